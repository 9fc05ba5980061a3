import type { Json } from '../../lib/json/json';
import type { Snapshot } from '../../lib/simulator/execution';
import type { Perform, TaskCall } from '../../lib/simulator/task-call';
import { createWorld, type World, type WorldOptions } from '../../lib/simulator/world';
import { machineOf, renderRun } from './run-definition';

/** Somebody who holds a task token and writes at a moment of virtual time. */
export interface Letter {
  readonly atMs: number;
  readonly token: string;
  readonly write: (world: World, token: string) => void;
}

interface NotedLetter extends Letter {
  /** The number of snapshots when it arrived. */
  arrivedAt: number;
}

/** What a Task comes to: a function of the call alone, so that a call that is made again comes to the same. */
export type Behaviour = (call: TaskCall, post: (afterMs: number, write: Letter['write']) => void) => ReturnType<Perform>;

/** What a run came to, as text, and what it took to cut it everywhere. */
export interface Cuts {
  readonly whole: string;
  readonly snapshots: readonly string[];
  /** For each snapshot, what the run came to that went on from it. */
  resumed(index: number): Promise<string>;
}

/**
 * Runs a definition and takes a snapshot, as text, at every event; each can be gone on with in a world of its own. Letters that were
 * under way at the cut arrive there, too: who writes them is not part of the execution.
 */
export async function cutEverywhere(
  definition: unknown,
  input: Json,
  behaviour: Behaviour,
  options: Partial<WorldOptions> = {},
): Promise<Cuts> {
  const machine = machineOf(definition);
  const letters: NotedLetter[] = [];
  const snapshots: string[] = [];

  const worldOf = (posted: Set<string>, onEvent?: WorldOptions['onEvent']): World => {
    const world: World = createWorld({
      ...options,
      onEvent,
      perform: (call) =>
        behaviour(call, (afterMs, write) => {
          const letter = { atMs: call.epochMs + afterMs, token: String(call.token), write };
          if (onEvent === undefined) return post(world, posted, letter);
          const noted: NotedLetter = { ...letter, arrivedAt: Infinity };
          letters.push(noted);
          post(world, posted, {
            ...letter,
            write: (...given) => {
              noted.arrivedAt = snapshots.length;
              write(...given);
            },
          });
        }),
    });
    return world;
  };

  // Express children of an aborted Map Run go on after the end, and what it came to is shown as it was then.
  let hasEnded = false;
  const first = worldOf(new Set(), ({ snapshot }) => {
    if (hasEnded) return;
    const taken = snapshot();
    snapshots.push(JSON.stringify(taken));
    hasEnded = taken.ending !== undefined;
  });
  const whole = renderRun(await first.startExecution(machine, input, 'run').run());
  return {
    whole,
    snapshots,
    async resumed(index) {
      const snapshot = JSON.parse(snapshots[index] as string) as Snapshot;
      const posted = new Set<string>();
      const world = worldOf(posted);
      const execution = world.resumeExecution(machine, snapshot);
      const issued = JSON.stringify([snapshot.events, snapshot.frame, snapshot.mapRuns]);
      for (const letter of letters) {
        if (letter.arrivedAt > index && issued.includes(letter.token)) post(world, posted, letter);
      }
      return renderRun(await execution.run());
    },
  };
}

function post(world: World, posted: Set<string>, { atMs, token, write }: Letter): void {
  const key = `${atMs} ${token}`;
  // A call that is made again posts a second time what is under way, or has arrived before the cut.
  if (posted.has(key) || atMs < world.epochMs) return;
  posted.add(key);
  world.after(atMs - world.epochMs, () => write(world, token));
}
