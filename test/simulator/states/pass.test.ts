import { detailsOfType, linesOf, only, runDefinition } from '../run-definition';

const pass = (fields: object) => only({ Type: 'Pass', ...fields });
const outputOf = async (fields: object, input: object = { a: 1, b: { c: 2 } }): Promise<unknown> => {
  const run = await runDefinition(pass(fields), { input: input as never });
  return run.status === 'SUCCEEDED' ? run.output : `${run.error}: ${run.cause}`;
};

test('writes Entered and Exited with name, input and output', async () => {
  const run = await runDefinition(pass({ Result: [1, 'é'] }), { input: { a: 1 } });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 PassStateEntered Only',
    '3←2 PassStateExited Only',
    '4←3 ExecutionSucceeded',
  ]);
  expect(detailsOfType(run, 'ExecutionStarted')).toEqual({
    input: '{"a":1}',
    inputDetails: { truncated: false },
    roleArn: 'arn:aws:iam::123456789012:role/MachineRole',
  });
  expect(detailsOfType(run, 'PassStateEntered')).toEqual({ name: 'Only', input: '{"a":1}', inputDetails: { truncated: false } });
  expect(detailsOfType(run, 'PassStateExited')).toEqual({ name: 'Only', output: '[1,"é"]', outputDetails: { truncated: false } });
  expect(detailsOfType(run, 'ExecutionSucceeded')).toEqual({ output: '[1,"é"]', outputDetails: { truncated: false } });
});

test('without fields hands its input on', async () => {
  expect(await outputOf({})).toEqual({ a: 1, b: { c: 2 } });
});

test.each([[0], [false], [''], [null], [[]]])('Result %j survives', async (result) => {
  expect(await outputOf({ Result: result })).toEqual(result);
  expect(await outputOf({ Result: result, ResultPath: '$.b.d' })).toEqual({ a: 1, b: { c: 2, d: result } });
});

test('InputPath, Parameters, ResultPath, OutputPath apply in this order; ResultPath writes into the raw input', async () => {
  const fields = { InputPath: '$.b', Parameters: { 'x.$': '$.c', y: 3 }, ResultPath: '$.r' };
  expect(await outputOf(fields)).toEqual({ a: 1, b: { c: 2 }, r: { x: 2, y: 3 } });
  expect(await outputOf({ ...fields, OutputPath: '$.r.x' })).toBe(2);
});

test('null means an empty input, a dropped result, an empty output', async () => {
  expect(await outputOf({ InputPath: null })).toEqual({});
  expect(await outputOf({ Result: 5, ResultPath: null })).toEqual({ a: 1, b: { c: 2 } });
  expect(await outputOf({ OutputPath: null })).toEqual({});
});

test('Result goes before Parameters', async () => {
  expect(await outputOf({ Parameters: { 'x.$': '$.a' }, Result: 'literal' })).toBe('literal');
});

test('the Context Object has the state without RetryCount, the execution and the machine', async () => {
  const run = await runDefinition(pass({ InputPath: '$$' }), {
    input: { a: 1 },
    startTime: new Date('2026-03-04T05:06:07.008Z'),
  });
  expect(run).toMatchObject({
    output: {
      Execution: {
        Id: 'arn:aws:states:us-east-1:123456789012:execution:Machine:run',
        Input: { a: 1 },
        Name: 'run',
        RoleArn: 'arn:aws:iam::123456789012:role/MachineRole',
        StartTime: '2026-03-04T05:06:07.008Z',
        RedriveCount: 0,
      },
      State: { Name: 'Only', EnteredTime: '2026-03-04T05:06:07.008Z' },
      StateMachine: { Id: 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine', Name: 'Machine' },
    },
  });
  expect(JSON.stringify(run)).not.toContain('RetryCount');
});

test('a path that leads nowhere fails the execution, with the sentence about state and event', async () => {
  const run = await runDefinition(pass({ Parameters: { 'x.$': '$.nope' } }), { input: { a: 1 } });
  expect(run).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause:
      "An error occurred while executing the state 'Only' (entered at the event id #2). The JSONPath '$.nope' specified for the field 'x.$' could not be found in the input '{\"a\":1}'",
  });
  expect(linesOf(run)).toEqual(['1←0 ExecutionStarted', '2←0 PassStateEntered Only', '3←2 ExecutionFailed States.Runtime']);
});

test('a ResultPath through a scalar is a ResultPathMatchFailure', async () => {
  expect(await outputOf({ Result: 1, ResultPath: '$.a.b' })).toMatch(
    /^States\.ResultPathMatchFailure: .*Unable to apply ReferencePath \$\.a\.b to input/,
  );
});

test('states follow each other: each event points to the one before', async () => {
  const run = await runDefinition({
    StartAt: 'A',
    States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Succeed' } },
  });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 PassStateEntered A',
    '3←2 PassStateExited A',
    '4←3 PassStateEntered B',
    '5←4 PassStateExited B',
    '6←5 SucceedStateEntered C',
    '7←6 SucceedStateExited C',
    '8←7 ExecutionSucceeded',
  ]);
});
