import { executionResultOf } from '../../lib/report/execution-result';
import { historyOf, type Row } from './history';

const STARTED: Row = [0, 0, 'ExecutionStarted'];

test.each([
  [[STARTED, [1, 40, 'ExecutionSucceeded', '{"a":0}']], { status: 'SUCCEEDED', durationMs: 40, output: '{"a":0}' }],
  [[STARTED, [1, 40, 'ExecutionFailed', ['E', 'c']]], { status: 'FAILED', durationMs: 40, error: 'E', cause: 'c' }],
  [[STARTED, [1, 40, 'ExecutionFailed']], { status: 'FAILED', durationMs: 40 }],
  [[STARTED, [1, 40, 'ExecutionTimedOut', ['States.Timeout']]], { status: 'TIMED_OUT', durationMs: 40, error: 'States.Timeout' }],
  [[STARTED, [0, 40, 'ExecutionAborted']], { status: 'ABORTED', durationMs: 40 }],
  [[STARTED, [0, 40, 'PassStateEntered', 'A']], { status: 'RUNNING', durationMs: 40 }],
  [[], { status: 'RUNNING', durationMs: 0 }],
] as [Row[], object][])('%j', (rows, result) => {
  expect(executionResultOf(historyOf(rows))).toEqual(result);
});
