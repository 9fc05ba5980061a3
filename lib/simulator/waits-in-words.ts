import { hasFakeTimers } from './real-time';
import type { Strand } from './strand';

/** Why strands would wait for ever, and what to do. Those that wait for one of the others say nothing, and what many wait for is said once. */
export const renderAllStuck = (strands: readonly Strand[]): string =>
  [...new Set(strands.filter(({ signal }) => signal === undefined).map(renderStuck))].join('\n');

const renderStuck = ({ token, task, flight, what }: Strand): string => {
  if (task !== undefined)
    return `${what} waits for a worker, and nobody asks for the task: call getActivityTask for ${task.activityArn}.`;
  if (flight !== undefined) return `${what} waits for something else in this world that cannot go on.`;
  return token?.wait === undefined
    ? `${what} never answers, and no TimeoutSeconds ends the wait: give the fake an answer, or the state a TimeoutSeconds.`
    : `${what} waits for its task token and nothing will send it: send it with sendTaskSuccess or sendTaskFailure, or set TimeoutSeconds.`;
};

/** Why virtual time cannot go on, and what to do. @param what is pending */
export const renderStalled = (what: string, stallLimitMs: number): string =>
  `${what} has been pending for ${stallLimitMs / 1000} s of real time, and virtual time waits for it. ${
    hasFakeTimers() ? FAKE_TIMERS : 'Make it answer, give it a fake, or raise the limit with the option stallSeconds.'
  }`;

const FAKE_TIMERS =
  "The test has fake timers (as of jest.useFakeTimers()), and a timer that the handler or fake awaits does not fire by itself. The simulator's " +
  'clock is virtual without them: leave timers real (jest.useRealTimers()), or fake the date alone (jest.useFakeTimers({ doNotFake: ' +
  "['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'] })). A fake that takes its time says so with takes(…).";

/** A duration that none can be. */
export const renderDuration = (durationMs: unknown): string =>
  `a durationMs of ${String(durationMs)}: give the virtual milliseconds it takes, 0 or more; Infinity if it never answers.`;
