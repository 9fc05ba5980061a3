import type { Run } from '../simulator/run';
import { SimulatorError } from '../simulator/simulator-error';
import type { StartedExecution, World } from '../simulator/world';
import { END_OF_TIME_MS } from '../simulator/pace';
import type { HandPace } from './hand-pace';

/**
 * Drives a world up to a moment, or until something has come about.
 * @throws SimulatorError if it never can, with what all that is under way waits for
 */
export const driveUntil = (world: World, pace: HandPace, untilMs: number, isMet?: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const wish = { untilMs, isMet, fulfil: resolve, refuse: (why: string) => reject(new SimulatorError(why)) };
    pace.wish(wish);
    world.drive().then(() => pace.free(wish), reject);
  });

/** Runs all that is under way to its end, also in a world whose time is in the test's hand. */
export async function driveToEnd(world: World, pace: HandPace): Promise<void> {
  if (!pace.isInHand) return world.drive();
  let over = false;
  const end = world.drive().then(() => void (over = true));
  await driveUntil(world, pace, END_OF_TIME_MS, () => over);
  await end;
}

/** Runs an execution to its end, also in a world whose time is in the test's hand. */
export async function runToEnd(world: World, pace: HandPace, execution: StartedExecution): Promise<Run> {
  const run = execution.run();
  if (!pace.isInHand) return run;
  let over = execution.ending() !== undefined;
  execution.onEnd(() => (over = true));
  // Whoever awaits it hears of it.
  run.catch(() => undefined);
  await driveUntil(world, pace, END_OF_TIME_MS, () => over);
  return run;
}
