import type { Caller } from '../api';
import type { LambdaWorld } from './lambda-world';

/** Waits until virtual time has come to a moment; Infinity: for ever. */
export function passesUntil(untilMs: number, { park }: Caller, world: LambdaWorld): Promise<void> {
  const durationMs = untilMs - world.epochMs;
  if (!(durationMs > 0)) return Promise.resolve();
  const unpark = park();
  return new Promise((resolve) => {
    if (durationMs === Infinity) return;
    world.after(durationMs, () => {
      unpark();
      resolve();
    });
  });
}
