// The only place in the simulator that knows real time: a guard against handlers that never answer. Node's own timers are
// taken, not the globals, so that a test's fake timers neither stop the guard nor set it off.
import { clearTimeout, setTimeout } from 'node:timers';

/** Waits for the promise to settle, whatever it settles with, but no longer than the limit. Says whether it has settled. */
export function settlesWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const guard = setTimeout(() => resolve(false), limitMs);
    const settled = (): void => {
      clearTimeout(guard);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}
