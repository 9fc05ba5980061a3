import type { Catcher, QueryLanguage, Retrier } from '../asl/types';
import type { Json } from '../json/json';
import { type Branch, exit } from './branch';
import type { DataFlow, StateOutcome } from './data-flow/data-flow';
import { compileJsonPathAssign, compileResultPath } from './data-flow/json-path';
import { compileJsonataOutcome, StatesScope } from './data-flow/jsonata';
import type { Effect, Heard } from './effects';
import { Failure, isFatal, matches } from './failure';
import { ENTERED, failedStep, type FailureData, type Frame } from './frame';
import { MAX_EXECUTION_SECONDS } from './limits';
import type { CompiledState, ExitableState } from './program';
import { SimulatorError } from './simulator-error';
import { tryFailure } from './try-failure';

/** One attempt at a state's work, as `CompiledState.run` has it; when it is done, the frame's step holds the result. */
export type Attempt = (branch: Branch, heard: Heard | undefined) => Effect | undefined;

/** What a state type does with its work, under the policies. */
export interface Work {
  readonly attempt: Attempt;
  readonly flow: DataFlow;
  /** Writes the event of a state that has failed for good; a Task has none. */
  readonly failed?: (branch: Branch, failure: FailureData, at: 'stateFailed' | 'branchFailed') => void;
}

interface FailingState {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
}

/** The state's work and output with its Retry around them and its Catch around that. */
export function withPolicies(
  state: FailingState,
  language: QueryLanguage,
  work: Work,
  compiled: () => ExitableState,
): CompiledState['run'] {
  const retriers = state.Retry ?? [];
  const findCatcher = compileCatch(state.Catch ?? [], language);
  return (branch, hearing) => {
    const { frame } = branch;
    let heard = hearing;
    for (;;) {
      let outcome: StateOutcome;
      let next = state.Next;
      try {
        const { step } = frame;
        if (step.at === 'stateFailed' || step.at === 'failed' || step.at === 'catchFailed') throw Failure.from(step);
        if (step.at === 'backoff') {
          if (heard === undefined) return { kind: 'sleep', untilMs: step.untilMs };
          heard = undefined;
          frame.step = ENTERED;
        }
        const effect = work.attempt(branch, heard);
        heard = undefined;
        if (effect !== undefined) return effect;
        outcome = work.flow.output(branch, resultOf(frame));
      } catch (thrown) {
        heard = undefined;
        const failure = tryFailure(thrown, branch);
        if (failure !== undefined && isFatal(failure) && frame.step.at === 'succeeded' && frame.step.eventId !== undefined)
          // Measured: github.com/floci-io/floci, AslExecutorBranchHistoryEventsTest.
          frame.previousEventId = frame.step.eventId;
        if (failure === undefined || isFatal(failure)) throw failure ?? thrown;
        if (frame.step.at === 'catchFailed') {
          work.failed?.(branch, failure, 'branchFailed');
          throw failure;
        }
        if (frame.step.at !== 'stateFailed') {
          if (backOff(branch, retriers, failure)) continue;
          work.failed?.(branch, failure, 'stateFailed');
        }
        const caught = findCatcher(failure);
        if (caught === undefined) throw failure;
        outcome = outcomeOf(branch, caught, failure, work);
        next = caught.next;
      }
      exit(branch, compiled(), outcome, next);
      return undefined;
    }
  };
}

/** What the work has come to. */
export function resultOf({ step, state }: Frame): Json {
  if (step.at === 'succeeded') return step.result;
  throw new SimulatorError(`The frame of "${state}" stands at "${step.at}", where no work is done.`);
}

/** What a Catcher hands on. If that cannot be evaluated the state has failed, with that error; no other Catcher is asked. */
function outcomeOf(branch: Branch, caught: Caught, failure: Failure, work: Work): StateOutcome {
  try {
    return caught.outcome(branch, failure);
  } catch (thrown) {
    const second = tryFailure(thrown, branch, (data) => failedStep('catchFailed', data, branch.frame.step));
    if (second === undefined || isFatal(second)) throw second ?? thrown;
    if (second.error !== 'States.QueryEvaluationError') branch.execution.assume('catch-result-path');
    work.failed?.(branch, second, 'branchFailed');
    throw second;
  }
}

/** Puts the frame between two attempts, if a retrier wants another one. */
function backOff({ frame, execution }: Branch, retriers: readonly Retrier[], failure: FailureData): boolean {
  if (frame.step.at === 'succeeded') execution.assume('output-failure-is-the-states');
  const delayMs = retryDelayMs(retriers, frame, failure, () => {
    execution.assume('jitter-full');
    return execution.random.next();
  });
  if (delayMs === undefined) return false;
  frame.step = { at: 'backoff', untilMs: execution.epochMs + delayMs };
  return true;
}

/**
 * The delay before the next attempt, counted in the frame; undefined: no more attempts. Only the first retrier that
 * matches counts, and its count is its own. https://states-language.net/spec.html#retrying-after-error
 * @param jitter a random number in [0, 1), asked for only where the retrier wants jitter
 */
export function retryDelayMs(
  retriers: readonly Retrier[],
  frame: Pick<Frame, 'retries' | 'retryCount'>,
  failure: FailureData,
  jitter: () => number,
): number | undefined {
  const index = retriers.findIndex((retrier) => retrier.ErrorEquals.some((name) => matches(name, failure)));
  const retrier = retriers[index];
  if (retrier === undefined) return undefined;
  const counts = (frame.retries ??= retriers.map(() => 0));
  const count = counts[index] ?? 0;
  if (count >= (retrier.MaxAttempts ?? 3)) return undefined;
  counts[index] = count + 1;
  frame.retryCount++;
  const backoff = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** count;
  // No execution lives to see the end of a longer delay.
  const seconds = Math.min(backoff, retrier.MaxDelaySeconds ?? MAX_EXECUTION_SECONDS);
  return Math.round(seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? jitter() : 1));
}

/** The Catcher that takes a failure. */
export interface Caught {
  /** Its place in `Catch`. */
  readonly index: number;
  readonly next: string;
  /** What it hands on. */
  readonly outcome: (branch: Branch, failure: Failure) => StateOutcome;
}

/** Compiles `Catch`; undefined where no Catcher takes the failure. */
export function compileCatch(catchers: readonly Catcher[], language: QueryLanguage): (failure: Failure) => Caught | undefined {
  const compile = language === 'JSONata' ? compileJsonataCatcher : compileJsonPathCatcher;
  const compiled = catchers.map((catcher, index) => ({
    names: catcher.ErrorEquals,
    caught: { index, next: catcher.Next, outcome: compile(catcher, index) },
  }));
  return (failure) => compiled.find(({ names }) => names.some((name) => matches(name, failure)))?.caught;
}

/** OutputPath does not apply to what a Catcher hands on (recorded). */
function compileJsonPathCatcher(catcher: Catcher): Caught['outcome'] {
  const place = compileResultPath(catcher.ResultPath);
  const assign = compileJsonPathAssign(catcher.Assign);
  return ({ scope, frame }, failure) => {
    const error = errorOutput(failure);
    return { assigned: assign?.(scope, error), output: place(frame.input, error) };
  };
}

function compileJsonataCatcher(catcher: Catcher, index: number): Caught['outcome'] {
  const outcome = compileJsonataOutcome(catcher, `Catch[${index}]/`);
  return (branch, failure) => {
    const error = errorOutput(failure);
    return outcome(new StatesScope(branch.scope, branch, branch.frame.input, undefined, error), error);
  };
}

/** The Error Output. What the failure does not have is null (recorded). */
const errorOutput = ({ error, cause }: FailureData): Json => ({ Error: error ?? null, Cause: cause ?? null });
