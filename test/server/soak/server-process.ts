import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const COMMAND = join(__dirname, '../../../dist/bin/baton.js');
const PROBE = join(__dirname, 'memory-probe.cjs');

/** What the process uses right after a garbage collection. */
export interface Memory {
  readonly heldBytes: number;
  readonly residentBytes: number;
}

/** `baton serve` in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly stateMachineArns: readonly string[];
  /** What it has written to standard error. */
  errors(): string;
  /** Sends the signal, and waits for the end. @returns the exit code; null: the signal has ended it */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null>;
  memory(): Promise<Memory>;
}

const running = new Set<() => void>();

afterAll(() => {
  for (const kill of running) kill();
});

/** Starts `baton serve` with these arguments, and waits until it listens. */
export async function startServerProcess(argv: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--expose-gc', '--require', PROBE, COMMAND, 'serve', '--json', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  running.add(kill);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await Promise.race([once(lines, 'line'), exited])) as [string | number | null];
  if (typeof line !== 'string') throw new Error(`baton serve ended with ${line}: ${errors}`);
  const { url, stateMachineArns } = JSON.parse(line) as Pick<ServerProcess, 'url' | 'stateMachineArns'>;
  return {
    url,
    port: Number(new URL(url).port),
    stateMachineArns,
    errors: () => errors,
    async end(signal) {
      child.kill(signal);
      const [code] = await exited;
      running.delete(kill);
      return code;
    },
    async memory() {
      const answer = once(child, 'message') as Promise<[Memory]>;
      child.send('measure');
      const [memory] = await answer;
      return memory;
    },
  };
}
