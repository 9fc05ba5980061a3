import { StatesError } from '../../../lib/simulator/states-error';
import type { TaskCall } from '../../../lib/simulator/task-call';
import { after, CALL, detailsOfType, INVOKE, linesOf, never, only, runDefinition, secondsOf, typesOf } from '../run-definition';

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:charge';
const task = (fields: object = {}) => only({ ...CALL, ...fields });

test('writes Scheduled, Started and Succeeded, with the parameters and the output as text', async () => {
  const run = await runDefinition(task({ Parameters: { FunctionName: 'f', 'Payload.$': '$' } }), {
    input: { id: 1 },
    answers: { Only: () => ({ Payload: 'ok' }) },
    region: 'eu-west-1',
  });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 TaskStateEntered Only',
    '3←2 TaskScheduled',
    '4←3 TaskStarted',
    '5←4 TaskSucceeded',
    '6←5 TaskStateExited Only',
    '7←6 ExecutionSucceeded',
  ]);
  expect(detailsOfType(run, 'TaskScheduled')).toEqual({
    resourceType: 'lambda',
    resource: 'invoke',
    region: 'eu-west-1',
    parameters: '{"FunctionName":"f","Payload":{"id":1}}',
  });
  expect(detailsOfType(run, 'TaskStarted')).toEqual({ resourceType: 'lambda', resource: 'invoke' });
  expect(detailsOfType(run, 'TaskSucceeded')).toEqual({
    resourceType: 'lambda',
    resource: 'invoke',
    output: '{"Payload":"ok"}',
    outputDetails: { truncated: false },
  });
});

test("a function's ARN as Resource has events of its own, Started without details", async () => {
  const run = await runDefinition(only({ Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 9 }), {
    input: { id: 1 },
    answers: { Only: () => 5 },
  });
  expect(typesOf(run).slice(2, 5)).toEqual(['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded']);
  expect(detailsOfType(run, 'LambdaFunctionScheduled')).toEqual({
    resource: FUNCTION,
    input: '{"id":1}',
    inputDetails: { truncated: false },
    timeoutInSeconds: 9,
  });
  expect(Object.keys(run.events[3] ?? {})).toEqual(['timestamp', 'type', 'id', 'previousEventId']);
  expect(detailsOfType(run, 'LambdaFunctionSucceeded')).toEqual({ output: '5', outputDetails: { truncated: false } });
});

test('an SDK integration keeps its service and action', async () => {
  const run = await runDefinition(only({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sesv2:sendEmail', Parameters: {} }));
  expect(detailsOfType(run, 'TaskScheduled')).toMatchObject({
    resourceType: 'aws-sdk:sesv2',
    resource: 'sendEmail',
    parameters: '{}',
  });
});

test('Scheduled names timeout, heartbeat and role only where the definition has them, by value or path', async () => {
  const literal = await runDefinition(
    task({ TimeoutSeconds: 30, HeartbeatSeconds: 10, Credentials: { RoleArn: 'arn:aws:iam::1:role/a' } }),
  );
  expect(detailsOfType(literal, 'TaskScheduled')).toMatchObject({
    timeoutInSeconds: 30,
    heartbeatInSeconds: 10,
    taskCredentials: { roleArn: 'arn:aws:iam::1:role/a' },
  });
  const dynamic = await runDefinition(
    task({
      TimeoutSecondsPath: '$.t',
      HeartbeatSecondsPath: '$.h',
      Credentials: { 'RoleArn.$': "States.Format('role/{}', $.t)" },
    }),
    { input: { t: 3, h: 2 } },
  );
  expect(detailsOfType(dynamic, 'TaskScheduled')).toMatchObject({
    timeoutInSeconds: 3,
    heartbeatInSeconds: 2,
    taskCredentials: { roleArn: 'role/3' },
  });
});

test('the world is asked with everything it may need', async () => {
  let call: TaskCall | undefined;
  await runDefinition(task({ Parameters: { FunctionName: 'f' } }), {
    startTime: new Date(5000),
    region: 'eu-central-1',
    answers: { Only: (asked) => ((call = asked), null) },
  });
  expect(call).toMatchObject({
    resource: INVOKE,
    resourceType: 'lambda',
    action: 'invoke',
    parameters: { FunctionName: 'f' },
    state: 'Only',
    executionArn: 'arn:aws:states:us-east-1:123456789012:execution:Machine:run',
    attempt: 0,
    epochMs: 5000,
    region: 'eu-central-1',
    token: undefined,
  });
  expect(call?.uuid()).toMatch(/^[0-9a-f-]{36}$/);
});

test('data flows through all six fields', async () => {
  const run = await runDefinition(
    task({
      InputPath: '$.in',
      Parameters: { FunctionName: 'f', 'v.$': '$.x' },
      ResultSelector: { 'doubled.$': 'States.MathAdd($.v, $.v)', 'retries.$': '$$.State.RetryCount' },
      ResultPath: '$.out',
      OutputPath: '$',
    }),
    { input: { in: { x: 4 }, keep: true }, answers: { Only: ({ parameters }) => parameters } },
  );
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { in: { x: 4 }, keep: true, out: { doubled: 8, retries: 0 } } });
});

test.each([[0], [false], [''], [null], [[]]])('the result %j survives', async (result) => {
  expect(await runDefinition(task({ ResultPath: '$.r' }), { input: {}, answers: { Only: () => result } })).toMatchObject({
    output: { r: result },
  });
});

test('a failure writes TaskFailed and, uncaught, no Exited', async () => {
  const run = await runDefinition(task(), {
    answers: {
      Only: () => {
        throw new StatesError('Card.Declined', 'no money');
      },
    },
  });
  expect(run).toMatchObject({ status: 'FAILED', error: 'Card.Declined', cause: 'no money' });
  expect(linesOf(run).slice(4)).toEqual(['5←4 TaskFailed Card.Declined', '6←5 ExecutionFailed Card.Declined']);
  expect(detailsOfType(run, 'TaskFailed')).toEqual({
    resourceType: 'lambda',
    resource: 'invoke',
    error: 'Card.Declined',
    cause: 'no money',
  });
});

test('a promise takes no virtual time; a duration does', async () => {
  const promised = await runDefinition(task(), { answers: { Only: () => after(0, Promise.resolve(1)) } });
  expect([promised.durationMs, promised.status]).toEqual([0, 'SUCCEEDED']);
  const lasting = await runDefinition(task(), {
    answers: { Only: () => after(2500, Promise.reject(new StatesError('E', undefined))) },
  });
  expect(secondsOf(lasting)).toEqual([0, 0, 0, 0, 2.5, 2.5]);
  expect(lasting).toMatchObject({ error: 'E', cause: undefined });
});

describe('TimeoutSeconds', () => {
  test('ends a call that takes longer with States.Timeout and no cause; the execution is FAILED, not TIMED_OUT', async () => {
    const run = await runDefinition(task({ TimeoutSeconds: 5 }), { answers: { Only: () => after(5001, 'late') } });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined, durationMs: 5000 });
    expect(linesOf(run).slice(4)).toEqual(['5←4 TaskTimedOut States.Timeout', '6←5 ExecutionFailed States.Timeout']);
    expect(detailsOfType(run, 'TaskTimedOut')).toEqual({ resourceType: 'lambda', resource: 'invoke', error: 'States.Timeout' });
    expect(run.droppedCalls).toEqual([`The call of ${INVOKE} by "Only"`]);
  });

  test('lets a call that takes just as long succeed, and says that this is an assumption', async () => {
    const run = await runDefinition(task({ TimeoutSeconds: 5 }), { answers: { Only: () => after(5000, 'just') } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', assumptions: ['deadline-tie'] });
  });

  test('ends a call that never answers', async () => {
    expect(
      await runDefinition(task({ TimeoutSecondsPath: '$.t' }), { input: { t: 7 }, answers: { Only: () => never } }),
    ).toMatchObject({
      error: 'States.Timeout',
      durationMs: 7000,
    });
  });

  test("of a function's ARN writes LambdaFunctionTimedOut", async () => {
    const run = await runDefinition(only({ Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 1 }), {
      answers: { Only: () => never },
    });
    expect(linesOf(run)[4]).toBe('5←4 LambdaFunctionTimedOut States.Timeout');
  });

  test('starts anew with each attempt', async () => {
    const run = await runDefinition(
      task({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 2 }] }),
      {
        answers: { Only: ({ attempt }) => (attempt === 0 ? never : after(4000, 'ok')) },
      },
    );
    expect(run).toMatchObject({ status: 'SUCCEEDED', durationMs: 11_000 });
  });

  test.each([[0], [-1], [1.5], ['5'], [null]])(
    'that a path gives as %j fails with States.Runtime before anything is scheduled',
    async (t) => {
      const run = await runDefinition(
        task({ TimeoutSecondsPath: '$.t', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] }),
        { input: { t } },
      );
      expect(run).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
      expect(typesOf(run)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
    },
  );
});

test('HeartbeatSeconds bounds a call that nobody can send heartbeats for, by assumption', async () => {
  const run = await runDefinition(
    task({ HeartbeatSeconds: 3, TimeoutSeconds: 10, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Only2' }] }),
    {
      answers: { Only: () => after(4000) },
    },
  ).catch((error: unknown) => error);
  // Only2 does not exist: the definition is refused before anything runs.
  expect(String(run)).toContain('Only2');
  const lapsed = await runDefinition(task({ HeartbeatSeconds: 3, TimeoutSeconds: 10 }), { answers: { Only: () => after(4000) } });
  expect(lapsed).toMatchObject({ error: 'States.Timeout', durationMs: 3000, assumptions: ['heartbeat-without-token'] });
});

describe('parameters that AWS could not start the task with', () => {
  const problems = () => ["The value for the field 'N' must be a STRING"];

  test('fail the execution before anything is scheduled, and nothing catches that', async () => {
    const run = await runDefinition(task({ Parameters: { FunctionName: 'f', N: 5 }, Retry: [{ ErrorEquals: ['States.ALL'] }] }), {
      problems,
    });
    expect(run).toMatchObject({
      error: 'States.Runtime',
      cause:
        'An error occurred while executing the state \'Only\' (entered at the event id #2). The Parameters \'{"FunctionName":"f","N":5}\' could not be used to start the Task: [The value for the field \'N\' must be a STRING]',
    });
    expect(typesOf(run)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
  });
});
