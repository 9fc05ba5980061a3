import type { Catcher, Retrier } from '../asl/types';
import type { Json } from '../json/json';
import { type Branch, exit } from './branch';
import { compileResultPath } from './data-flow';
import type { Routine } from './effects';
import { Failure, isFatal, matches, tryFailure } from './failure';
import { ENTERED, type FailureData, type Frame } from './frame';
import { MAX_EXECUTION_SECONDS } from './limits';
import type { ExitableState } from './program';

/** One attempt at a state's work: returns the raw result, throws a `Failure`. Goes on from the frame's step. */
export type Attempt = (branch: Branch) => Routine<Json>;

/** What a state type does with its work, under the policies. */
export interface Work {
  readonly attempt: Attempt;
  readonly output: (branch: Branch, result: Json) => Json;
  /** Writes the event of a state that has failed for good; a Task has none. */
  readonly failed?: (branch: Branch, failure: FailureData) => void;
}

interface FailingState {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
}

/** The state's work and output with its Retry around them and its Catch around that. */
export function withPolicies(state: FailingState, work: Work, compiled: () => ExitableState): (branch: Branch) => Routine<void> {
  const retriers = state.Retry ?? [];
  const findCatcher = compileCatch(state.Catch ?? []);
  return function* (branch) {
    const { frame } = branch;
    let output: Json;
    let next = state.Next;
    for (;;) {
      try {
        if (frame.step.at === 'stateFailed') throw Failure.from(frame.step);
        if (frame.step.at === 'backoff') {
          yield { kind: 'sleep', untilMs: frame.step.untilMs };
          frame.step = ENTERED;
        }
        output = work.output(branch, yield* work.attempt(branch));
        break;
      } catch (thrown) {
        const failure = tryFailure(thrown, frame);
        if (failure === undefined || isFatal(failure)) throw failure ?? thrown;
        if (frame.step.at !== 'stateFailed') {
          if (backOff(branch, retriers, failure)) continue;
          work.failed?.(branch, failure);
        }
        const caught = findCatcher(failure);
        if (caught === undefined) throw failure;
        output = caught.output(frame.input, failure);
        next = caught.next;
        break;
      }
    }
    exit(branch, compiled(), output, next);
  };
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

interface Caught {
  readonly next: string;
  readonly output: (rawInput: Json, failure: Failure) => Json;
}

/** OutputPath does not apply to what a Catcher hands on (recorded). */
function compileCatch(catchers: readonly Catcher[]): (failure: Failure) => Caught | undefined {
  const compiled = catchers.map((catcher) => {
    const place = compileResultPath(catcher.ResultPath);
    return {
      names: catcher.ErrorEquals,
      caught: { next: catcher.Next, output: (rawInput: Json, failure: Failure) => place(rawInput, errorOutput(failure)) },
    };
  });
  return (failure) => compiled.find(({ names }) => names.some((name) => matches(name, failure)))?.caught;
}

/** The Error Output. What the failure does not have is null (recorded). */
const errorOutput = ({ error, cause }: FailureData): Json => ({ Error: error ?? null, Cause: cause ?? null });
