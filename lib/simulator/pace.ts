import { type Interruption, passes, realMs } from './real-time';

/** As far as time can go. */
export const END_OF_TIME_MS = Number.MAX_VALUE;

/** How virtual time crosses the gap to what is due next. A world without a pace jumps there at once. */
export interface Pace {
  /**
   * Up to where time may go now. From `END_OF_TIME_MS` on it goes without end: what waits then for what never comes is stuck.
   * @param answerable somebody outside may yet answer a token that is open, or take an activity's task
   */
  horizonMs(nowMs: number, answerable: boolean): number;
  /** Where time has come by itself, without anything that was due. @returns -Infinity where it only goes from one thing to the next */
  clockMs(): number;
  /**
   * The world is at rest: nothing can happen before `dueMs`, which is beyond the horizon; Infinity: nothing is due at all. Waits until it may
   * be worth to look again, or until the interruption: something has happened from outside.
   * @param why what all that is under way waits for, in words
   */
  rest(dueMs: number, interruptible: (interruption: Interruption) => void, why: () => string): Promise<void>;
}

/** Time jumps, as in a test, but waits for whoever could still answer a token or take an activity's task. */
export const patientPace: Pace = {
  horizonMs: (nowMs, answerable) => (answerable ? nowMs : Infinity),
  clockMs: () => -Infinity,
  rest: (_dueMs, interruptible) => passes(Infinity, interruptible),
};

/**
 * Time runs.
 * @param startMs virtual time now
 * @param factor virtual seconds in a real one: 1 is real time
 */
export function runningPace(startMs: number, factor: number): Pace {
  const realStartMs = realMs();
  const nowMs = (): number => startMs + (realMs() - realStartMs) * factor;
  return {
    horizonMs: nowMs,
    clockMs: nowMs,
    rest: (dueMs, interruptible) => passes((dueMs - nowMs()) / factor, interruptible),
  };
}
