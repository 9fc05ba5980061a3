// The only place in the simulator that knows real time: a guard against handlers that never answer, and the clock of a server. Node's own
// timers are taken, and taken once, so that a test's fake timers neither stop the guard nor set it off.
import * as timers from 'node:timers';

const { setTimeout: startTimer, clearTimeout: stopTimer } = timers;
// oxlint-disable-next-line eslint/no-restricted-properties -- the clock of a server
const { hrtime } = process;

/** Real milliseconds since some moment; never goes back. */
export const realMs = (): number => Number(hrtime.bigint()) / 1e6;

/** Longest time that Node's timers take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Waits some real time, or a little less: whoever waits looks again. */
export const passes = (durationMs: number, interruptible: (interruption: Interruption) => void): Promise<void> =>
  new Promise((resolve) => {
    const timer = durationMs === Infinity ? undefined : startTimer(resolve, Math.min(Math.ceil(durationMs), MAX_TIMER_MS));
    interruptible(() => {
      stopTimer(timer);
      resolve();
    });
  });

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

/** True where a test has put timers of its own in place of the real ones: one that is awaited fires when the test says so, or never. */
export function hasFakeTimers(): boolean {
  const { setTimeout: present } = globalThis as {
    readonly setTimeout?: { readonly clock?: unknown; readonly _isMockFunction?: unknown };
  };
  // Those of Jest, Vitest and Sinon carry their clock; Jest's legacy ones are mocks.
  return present?.clock !== undefined || present?._isMockFunction === true;
}
