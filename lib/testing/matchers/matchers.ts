import { toHaveTaken } from './to-have-taken';
import { toHaveVisited } from './to-have-visited';
import { toFailWith } from './to-fail-with';
import { toSucceedWith } from './to-succeed-with';
import type { DurationLike } from '../fakes/script';

/** The matchers, for `expect.extend(matchers)`: Jest's and Vitest's alike. Jest's users set up `cdk-baton/testing/jest` instead. */
export const matchers = { toSucceedWith, toFailWith, toHaveVisited, toHaveTaken };

/**
 * The matchers' types. `cdk-baton/testing/jest` adds them to Jest's; for Vitest add
 * `declare module 'vitest' { interface Matchers<T> extends BatonMatchers<T> {} }`.
 */
export interface BatonMatchers<R = unknown> {
  /** The run has SUCCEEDED with this output; asymmetric matchers such as `expect.objectContaining` hold. Without an argument: with any output. */
  toSucceedWith(output?: unknown): R;
  /** The run has ended in FAILED, TIMED_OUT or ABORTED with this error and, if given, this cause: a text, a regular expression or an asymmetric matcher each. */
  toFailWith(error: unknown, cause?: unknown): R;
  /** These states were entered, in this order; others may stand between. Throws if the definition has no state of that name. */
  toHaveVisited(...states: string[]): R;
  /** The run has taken exactly this much virtual time. */
  toHaveTaken(duration: DurationLike): R;
}
