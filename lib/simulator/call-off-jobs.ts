import type { Execution } from './execution';
import type { Frame } from './frame';
import type { Program } from './program';

/**
 * Calls off the jobs that the Tasks of a branch wait for, at every depth: the branch is aborted, or its execution is stopped.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync
 */
export function callOffJobs(execution: Execution, frame: Frame, program: Program): void {
  const state = program.states.get(frame.state);
  state?.callOff?.(execution, frame);
  if (frame.step.at !== 'branches' || state?.nested === undefined) return;
  for (const inner of frame.step.frames) callOffJobs(execution, inner, state.nested.program(inner.index));
}
