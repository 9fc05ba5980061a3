import type { Catcher, Retrier } from '../asl/types';
import type { Json } from '../json/json';
import { type Branch, exit } from './branch';
import { compileResultPath } from './data-flow';
import type { Routine } from './effects';
import { Failure, matches, tryFailure } from './failure';
import { ENTERED, type FailureData, type Frame } from './frame';
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

/** The state's work with its Retry around it and its Catch around that, then its output. */
export function withPolicies(state: FailingState, work: Work, compiled: () => ExitableState): (branch: Branch) => Routine<void> {
  const attempts = withRetry(state.Retry ?? [], work);
  const findCatcher = compileCatch(state.Catch ?? []);
  return function* (branch) {
    let result: Json;
    try {
      result = yield* attempts(branch);
    } catch (thrown) {
      const failure = tryFailure(thrown, branch.frame);
      const caught = failure === undefined || failure.fatal ? undefined : findCatcher(failure);
      if (failure === undefined || caught === undefined) throw failure ?? thrown;
      return exit(branch, compiled(), caught.output(branch.frame.input, failure), caught.next);
    }
    return exit(branch, compiled(), work.output(branch, result), state.Next);
  };
}

function withRetry(retriers: readonly Retrier[], { attempt, failed }: Work): Attempt {
  return function* (branch) {
    const { frame, execution } = branch;
    for (;;) {
      try {
        if (frame.step.at === 'stateFailed') throw Failure.from(frame.step);
        if (frame.step.at === 'backoff') {
          yield { kind: 'sleep', untilMs: frame.step.untilMs };
          frame.step = ENTERED;
        }
        return yield* attempt(branch);
      } catch (thrown) {
        const failure = tryFailure(thrown, frame);
        if (failure === undefined || failure.fatal || frame.step.at === 'stateFailed') throw failure ?? thrown;
        const delayMs = retryDelayMs(retriers, frame, failure, () => execution.random.next());
        if (delayMs === undefined) {
          failed?.(branch, failure);
          throw failure;
        }
        frame.step = { at: 'backoff', untilMs: execution.epochMs + delayMs };
      }
    }
  };
}

/**
 * The delay before the next attempt, counted in the frame; undefined: no more attempts. Only the first retrier that
 * matches counts, and its count is its own. https://states-language.net/spec.html#retrying-after-error
 */
export function retryDelayMs(
  retriers: readonly Retrier[],
  frame: Frame,
  failure: FailureData,
  random: () => number,
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
  const seconds = Math.min(backoff, retrier.MaxDelaySeconds ?? Infinity);
  // FULL: anything between nothing and the delay.
  return Math.round(seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? random() : 1));
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
