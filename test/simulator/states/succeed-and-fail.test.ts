import { detailsOfType, linesOf, only, runDefinition } from '../run-definition';

test('Succeed ends the execution with what InputPath and OutputPath leave', async () => {
  const run = await runDefinition(only({ Type: 'Succeed', InputPath: '$.a', OutputPath: '$.b' }), { input: { a: { b: [0] } } });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: [0] });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 SucceedStateEntered Only',
    '3←2 SucceedStateExited Only',
    '4←3 ExecutionSucceeded',
  ]);
});

test('Fail ends the execution without an Exited event', async () => {
  const run = await runDefinition(only({ Type: 'Fail', Error: 'Broken', Cause: 'on purpose' }));
  expect(run).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'on purpose' });
  expect(linesOf(run)).toEqual(['1←0 ExecutionStarted', '2←0 FailStateEntered Only', '3←2 ExecutionFailed Broken']);
  expect(detailsOfType(run, 'ExecutionFailed')).toEqual({ error: 'Broken', cause: 'on purpose' });
});

test('Fail without Error and Cause has neither, in the run and in the history', async () => {
  const run = await runDefinition(only({ Type: 'Fail' }));
  expect(run).toMatchObject({ status: 'FAILED', error: undefined, cause: undefined });
  expect(run.events.at(-1)?.executionFailedEventDetails).toEqual({});
});

test('Fail reads ErrorPath and CausePath, also as intrinsic functions', async () => {
  const run = await runDefinition(only({ Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('{} and {}', $.e, $.n)" }), {
    input: { e: 'Dynamic', n: 0 },
  });
  expect(run).toMatchObject({ status: 'FAILED', error: 'Dynamic', cause: 'Dynamic and 0' });
});

test('Fail with a path that leads nowhere fails with States.Runtime', async () => {
  const run = await runDefinition(only({ Type: 'Fail', ErrorPath: '$.e' }), { input: {} });
  expect(run).toMatchObject({
    error: 'States.Runtime',
    cause:
      "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONPath '$.e' specified for the field 'ErrorPath' could not be found in the input '{}'",
  });
});

test('Fail with a path to no string fails with States.Runtime', async () => {
  const run = await runDefinition(only({ Type: 'Fail', Error: 'E', CausePath: '$.c' }), { input: { c: { deep: 1 } } });
  expect(run).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining('CausePath') as string });
});
