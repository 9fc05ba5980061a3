import { type MatcherContext, type MatcherResult, matchesText, renderEnding, renderRun, runOf } from './matcher';

/** See `BatonMatchers`. */
export function toFailWith(this: MatcherContext, received: unknown, error: unknown, ...cause: readonly unknown[]): MatcherResult {
  const run = runOf(received, 'toFailWith');
  const pass =
    run.status !== 'SUCCEEDED' &&
    matchesText(this, run.error, error) &&
    (cause.length === 0 || matchesText(this, run.cause, cause[0]));
  return {
    pass,
    message: () => {
      const { printExpected } = this.utils;
      const wanted = `${printExpected(error)}${cause.length === 0 ? '' : ` and the cause ${printExpected(cause[0])}`}`;
      return `Expected the execution ${this.isNot === true ? 'not ' : ''}to fail with ${wanted}.\nIt ended in ${renderEnding(run)}\n\n${renderRun(run)}`;
    },
  };
}
