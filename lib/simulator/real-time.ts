// The only place in the simulator that knows real time: a guard against handlers that never answer. Node's own timers are
// taken, and taken once, so that a test's fake timers neither stop the guard nor set it off.
import * as timers from 'node:timers';

const { setTimeout: startTimer, clearTimeout: stopTimer } = timers;

/** Ends a wait before its time. */
export type Interruption = () => void;

/**
 * Waits for the promise to settle, whatever it settles with, but no longer than the limit.
 * @param interruptible is given the means to end the wait early
 */
export function settlesWithin(
  promise: Promise<unknown>,
  limitMs: number,
  interruptible: (interruption: Interruption) => void,
): Promise<'settled' | 'stalled' | 'interrupted'> {
  return new Promise((resolve) => {
    const guard = startTimer(() => resolve('stalled'), limitMs);
    const endWith = (outcome: 'settled' | 'interrupted') => (): void => {
      stopTimer(guard);
      resolve(outcome);
    };
    promise.then(endWith('settled'), endWith('settled'));
    interruptible(endWith('interrupted'));
  });
}
