import { renderTimeline } from '../../report/timeline';
import { SimulatorError } from '../../simulator/simulator-error';
import { isPromiseLike } from '../is-promise-like';
import type { SimulatedRun } from '../begin';

/** What a matcher gives to `expect`. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What `expect` lends a matcher as `this`, in Jest and in Vitest. */
export interface MatcherContext {
  readonly isNot?: boolean | undefined;
  readonly utils: {
    readonly printExpected: (value: unknown) => string;
    readonly printReceived: (value: unknown) => string;
    readonly diff?: (expected: unknown, received: unknown) => string | null | undefined;
  };
  readonly customTesters?: unknown[];
  equals(a: unknown, b: unknown, customTesters?: unknown[]): boolean;
}

/** The run that `expect` was given. @throws SimulatorError for anything else: `.not` must not pass because of it */
export function runOf(received: unknown, matcher: string): SimulatedRun {
  if (isPromiseLike(received))
    throw new SimulatorError(`expect(…).${matcher} was given a promise: write expect(await simulate(…)).`);
  if (
    typeof received === 'object' &&
    received !== null &&
    'status' in received &&
    'events' in received &&
    'definition' in received
  ) {
    return received as SimulatedRun;
  }
  throw new SimulatorError(
    `expect(…).${matcher} wants what simulate(…) gives; it got ${received === null ? 'null' : typeof received}.`,
  );
}

/** How the run ended, its timeline and the seed: what somebody wants to see whose test has just failed. */
export function renderRun(run: SimulatedRun): string {
  const unused = run.unusedFakes.length === 0 ? '' : `\nFakes that nothing used: ${run.unusedFakes.join(', ')}`;
  return `${renderTimeline(run.events)}\nSeed: ${run.seed}${unused}`;
}

/** How the run ended, in a line. */
export const renderEnding = (run: SimulatedRun): string =>
  run.status === 'SUCCEEDED'
    ? 'SUCCEEDED'
    : `${run.status} with ${run.error ?? 'no error name'}${run.cause === undefined ? '' : `: ${run.cause}`}`;

/** Text against text, a regular expression, or an asymmetric matcher. */
export function matchesText(context: MatcherContext, received: string | undefined, expected: unknown): boolean {
  return expected instanceof RegExp
    ? received !== undefined && new RegExp(expected).test(received)
    : context.equals(received, expected, context.customTesters);
}
