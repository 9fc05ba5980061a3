import childProcess, { ChildProcess } from 'node:child_process';
import workerThreads from 'node:worker_threads';
import { currentScope } from './handler-scope';

/**
 * Refuses handlers the processes and worker threads that they would start: those have a network of their own, which nobody here watches.
 *
 * `spawn`, `exec`, `execFile`, `fork` and their promises all end at `ChildProcess.prototype.spawn`.
 */
export function guardChildren(): void {
  const prototype = ChildProcess.prototype as unknown as { spawn: (options: { readonly args?: readonly string[] }) => unknown };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    refuseChild('a process', options.args ?? []);
    return Reflect.apply(spawn, this, [options]);
  };
  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const) {
    const original = childProcess[name] as (...given: readonly unknown[]) => unknown;
    const guarded = (...given: readonly unknown[]): unknown => {
      refuseChild('a process', given.slice(0, 2).flat());
      return original(...given);
    };
    Object.assign(childProcess, { [name]: guarded });
  }
  workerThreads.Worker = new Proxy(workerThreads.Worker, {
    construct(Worker, given: readonly unknown[], created) {
      refuseChild('a worker thread', given.slice(0, 1));
      return Reflect.construct(Worker, given, created) as object;
    },
  });
}

/** @param command what is started, with its arguments */
function refuseChild(kind: string, command: readonly unknown[]): void {
  const scope = currentScope();
  if (scope === undefined || command.some(isEsbuild)) return;
  const shown = command.filter((part) => typeof part === 'string' || part instanceof URL).join(' ');
  throw scope.refuseChild(`${kind} (${shown.length > LONG ? `${shown.slice(0, LONG)}…` : shown})`);
}

/** Of a command in a message, in characters. */
const LONG = 100;

/** It translates modules that a handler loads, for Jest, for tsx or for us, and asks nothing of a network. */
const isEsbuild = (part: unknown): boolean => /[\\/]@?esbuild[\\/]/.test(String(part));
