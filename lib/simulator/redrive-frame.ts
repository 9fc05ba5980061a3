import { begunIn, ENTERED, type FailureData, type Frame } from './frame';
import type { Program } from './program';

/**
 * Puts a branch that has failed, or was stopped, where a redrive goes on: at the state that did not end, with its input and its retries as at
 * its first attempt. Of a Parallel or a Map only what did not succeed runs again.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 * @param canRedrive of a Map Run: it can be gone on with; else the state starts a new one
 */
export function redriveFrame(frame: Frame, program: Program, canRedrive: (mapRunArn: string) => boolean): void {
  frame.ticket = 0;
  frame.parked = 'ready';
  const { step } = frame;
  if (step.at === 'done' || step.at === 'enter' || step.at === 'turn') return;
  frame.retries = undefined;
  frame.retryCount = 0;
  const begun = begunIn(step);
  frame.step = ENTERED;
  if (begun === undefined || tookTooMuch(step)) return;
  if (begun.at === 'mapRun') {
    if (canRedrive(begun.mapRunArn)) frame.step = { ...begun, redriven: true };
    return;
  }
  const nested = program.states.get(frame.state)?.nested;
  if (nested === undefined) return;
  begun.failedIndex = undefined;
  for (const branch of begun.frames) {
    if (branch.step.at === 'done') continue;
    branch.closed = 'open';
    redriveFrame(branch, nested.program(branch.index), canRedrive);
  }
  frame.step = begun;
}

/** All branches run again: what they come to together was too large. */
const tookTooMuch = (step: object): boolean => (step as Partial<FailureData>).error === 'States.DataLimitExceeded';
