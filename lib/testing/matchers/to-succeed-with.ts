import { type MatcherContext, type MatcherResult, renderEnding, renderRun, runOf } from './matcher';

/** See `BatonMatchers`. */
export function toSucceedWith(this: MatcherContext, received: unknown, ...expected: readonly unknown[]): MatcherResult {
  const run = runOf(received, 'toSucceedWith');
  const { printExpected, printReceived, diff } = this.utils;
  const pass = run.status === 'SUCCEEDED' && (expected.length === 0 || this.equals(run.output, expected[0], this.customTesters));
  return {
    pass,
    message: () => {
      const not = this.isNot === true ? 'not ' : '';
      const wanted = expected.length === 0 ? '' : ` with ${printExpected(expected[0])}`;
      const got =
        run.status === 'SUCCEEDED' ? `It succeeded with ${printReceived(run.output)}` : `It ended in ${renderEnding(run)}`;
      const difference = this.isNot !== true && run.status === 'SUCCEEDED' ? (diff?.(expected[0], run.output) ?? '') : '';
      return `Expected the execution ${not}to succeed${wanted}.\n${got}${difference === '' ? '' : `\n\n${difference}`}\n\n${renderRun(run)}`;
    },
  };
}
