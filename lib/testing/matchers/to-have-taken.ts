import { type DurationLike, toMs } from '../fakes/script';
import { type MatcherContext, type MatcherResult, renderRun, runOf } from './matcher';

/** See `BatonMatchers`. */
export function toHaveTaken(this: MatcherContext, received: unknown, duration: DurationLike): MatcherResult {
  const run = runOf(received, 'toHaveTaken');
  const expectedMs = toMs(duration);
  return {
    pass: run.durationMs === expectedMs,
    message: () =>
      `Expected the execution ${this.isNot === true ? 'not ' : ''}to take ${expectedMs / 1000} s of virtual time.\n` +
      `It took ${run.durationMs / 1000} s\n\n${renderRun(run)}`,
  };
}
