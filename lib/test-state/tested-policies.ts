import type { MapState, ParallelState, TaskState } from '../asl/types';
import { exit } from '../simulator/branch';
import type { DataFlow, StateOutcome } from '../simulator/data-flow/data-flow';
import type { Effect, Heard } from '../simulator/effects';
import { type Failure, isFatal, matches } from '../simulator/failure';
import { compileCatch, resultOf, retryDelayMs } from '../simulator/policies';
import type { ExitableState } from '../simulator/program';
import type { Inspection } from './inspection';
import type { InspectionErrorDetails } from './response';
import type { StateUnderTest } from './state-under-test';
import type { TestedBranch } from './tested-branch';
import { failedWith, failureOf, leftFor, type Verdict } from './verdict';

/** One attempt at a state's work, as the simulator's `Attempt` has it; when it is done, the frame's step holds the result. */
export type Work = (branch: TestedBranch, heard: Heard | undefined) => Effect | undefined;

/** Goes on until there is a verdict, or as far as it can without waiting. Throws what no Catcher takes. */
export type TestedRun = (branch: TestedBranch, heard: Heard | undefined) => Effect | Verdict;

/** One attempt, and what Retry and Catch make of its failure. Nothing is tried twice. */
export function withTestedPolicies(
  { state, language }: StateUnderTest & { readonly state: TaskState | ParallelState | MapState },
  work: Work,
  flow: DataFlow,
  exitable: ExitableState,
  inspection: Inspection,
): TestedRun {
  const retriers = state.Retry ?? [];
  const findCatcher = compileCatch(state.Catch ?? [], language);

  function handle(branch: TestedBranch, failure: Failure): Verdict {
    if (isFatal(failure)) return failedWith(failure);
    const retryIndex = retriers.findIndex(({ ErrorEquals }) => ErrorEquals.some((name) => matches(name, failure)));
    const details: { -readonly [K in keyof InspectionErrorDetails]: InspectionErrorDetails[K] } = {};
    if (retryIndex >= 0) inspection.errorDetails = Object.assign(details, { retryIndex });
    // Jitter, which AWS may add, is left out: the delay is the longest there can be.
    const delayMs = retryDelayMs(retriers, branch.frame, failure, () => 1);
    if (delayMs !== undefined) {
      details.retryBackoffIntervalSeconds = Math.floor(delayMs / 1000);
      return failedWith(failure, 'RETRIABLE');
    }
    const caught = findCatcher(failure);
    if (caught === undefined) return failedWith(failure);
    exit(branch, exitable, caught.outcome(branch, failure), caught.next);
    inspection.errorDetails = Object.assign(details, { catchIndex: caught.index });
    return { ...failedWith(failure, 'CAUGHT_ERROR'), output: branch.frame.input, nextState: caught.next };
  }

  return (branch, heard) => {
    let outcome: StateOutcome;
    try {
      const effect = work(branch, heard);
      if (effect !== undefined) return effect;
      outcome = flow.output(branch, resultOf(branch.frame));
    } catch (thrown) {
      return handle(branch, failureOf(thrown, branch));
    }
    exit(branch, exitable, outcome, state.Next);
    return leftFor(branch);
  };
}
