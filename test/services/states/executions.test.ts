import { accountWith, type Call, pass, PREFIX, refusal, ROLE, settled, wait } from './account';

const stateMachineArn = `${PREFIX}stateMachine:orders`;
const started = new Date('2025-01-01T00:00:00Z');

async function orders(definition: string, options: Parameters<typeof accountWith>[0] & { type?: string } = {}): Promise<Call> {
  const { type, ...rest } = options;
  const { call } = accountWith(rest);
  await call('CreateStateMachine', { name: 'orders', definition, roleArn: ROLE, type });
  return call;
}

/** Waits for its token. */
const ask = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
      HeartbeatSeconds: 60,
      End: true,
    },
  },
});

/** The same, and the tokens that it was called with. */
async function asking(): Promise<{ readonly call: Call; readonly tokens: string[] }> {
  const tokens: string[] = [];
  const perform = ({ token }: { token: string | undefined }) => {
    tokens.push(token as string);
    return { value: null, durationMs: 0 };
  };
  return { call: await orders(ask, { perform }), tokens };
}

test('an execution that has timed out has neither error nor cause: its history has (measured: github.com/floci-io/floci, 2733)', async () => {
  const call = await orders(JSON.stringify({ ...(JSON.parse(wait(25)) as object), TimeoutSeconds: 3 }));
  const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'first' });
  await settled();
  expect(await call('DescribeExecution', { executionArn })).toEqual({
    executionArn,
    stateMachineArn,
    name: 'first',
    status: 'TIMED_OUT',
    startDate: started,
    stopDate: new Date('2025-01-01T00:00:03Z'),
    input: '{}',
    inputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'REDRIVABLE',
  });
  expect((await call('GetExecutionHistory', { executionArn })).events.at(-1)).toMatchObject({
    executionTimedOutEventDetails: { error: 'States.Timeout' },
  });
});

const resting = JSON.stringify({ StartAt: 'Rest', States: { Rest: { Type: 'Wait', SecondsPath: '$', End: true } } });
const DAYS_90 = 90 * 86_400;

test('90 days after its end an execution is gone, and its name is free', async () => {
  const call = await orders(resting);
  const start = async (name: string, seconds: number): Promise<string> => {
    const { executionArn } = await call('StartExecution', { stateMachineArn, name, input: `${seconds}` });
    await settled();
    return executionArn;
  };
  const names = async () =>
    (await call('ListExecutions', { stateMachineArn })).executions.map(({ name }: { name: string }) => name);
  const executionArn = await start('old', 0);
  await start('long', DAYS_90 - 1);
  expect(await names()).toEqual(['long', 'old']);
  expect((await call('GetExecutionHistory', { executionArn })).events).toHaveLength(4);
  await start('longer', 1);
  expect(await names()).toEqual(['longer', 'long']);
  const gone = ['ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`];
  for (const operation of [
    'DescribeExecution',
    'GetExecutionHistory',
    'StopExecution',
    'DescribeStateMachineForExecution',
  ] as const)
    expect(await refusal(call(operation, { executionArn }))).toEqual(gone);
  await start('old', 5);
  expect(await names()).toEqual(['old', 'longer', 'long']);
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', input: '5' });
});

describe('StartExecution', () => {
  test('with a name and an input that are running is answered with what runs', async () => {
    const { call } = await asking();
    const request = { stateMachineArn, name: 'first', input: '{"a": 1}' };
    const answer = { executionArn: `${PREFIX}execution:orders:first`, startDate: started };
    expect(await call('StartExecution', request)).toEqual(answer);
    expect(await call('StartExecution', request)).toEqual(answer);
    const exists = ['ExecutionAlreadyExists', `Execution Already Exists: '${answer.executionArn}'`];
    expect(await refusal(call('StartExecution', { ...request, input: '{"a":1}' }))).toEqual(exists);
    await call('StopExecution', { executionArn: answer.executionArn });
    expect(await refusal(call('StartExecution', request))).toEqual(exists);
  });

  test('an input or an output that grows when it is written anew is refused by the API', async () => {
    const growing = `[${'1e99,'.repeat(52_000)}1]`;
    const { call, tokens } = await asking();
    const why = 'is 312003 bytes of JSON, written anew; at most 262144 are taken';
    expect(await refusal(call('StartExecution', { stateMachineArn, input: growing }))).toEqual([
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: 'the execution's input ${why}'`,
    ]);
    await call('StartExecution', { stateMachineArn });
    await settled();
    expect(await refusal(call('SendTaskSuccess', { taskToken: tokens[0], output: growing }))).toEqual([
      'InvalidOutput',
      `Invalid Output: 'the output ${why}'`,
    ]);
  });

  test('without a name has a new one each time', async () => {
    const call = await orders(pass());
    const { executionArn: first } = await call('StartExecution', { stateMachineArn });
    const { executionArn: second } = await call('StartExecution', { stateMachineArn });
    expect(first).toMatch(/:execution:orders:[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  test.each<[object, readonly string[]]>([
    [{ name: 'a b' }, ['InvalidName', "Invalid Name: 'a b'"]],
    [
      { input: '{oops}' },
      [
        'InvalidExecutionInput',
        "Invalid State Machine Execution Input: 'Unexpected character ('o' (code 111)): was expecting double-quote to start field name'",
      ],
    ],
    [
      { stateMachineArn: `${PREFIX}stateMachine:other` },
      ['StateMachineDoesNotExist', `State Machine Does Not Exist: '${PREFIX}stateMachine:other'`],
    ],
    [{ stateMachineArn: `${stateMachineArn}:7` }, ['ResourceNotFound', 'Request references a resource that does not exist.']],
    [{ stateMachineArn: `${stateMachineArn}/label` }, ['ValidationException', expect.stringContaining('label')]],
  ])('is refused %j', async (wrong, expected) => {
    const call = await orders(pass());
    expect(await refusal(call('StartExecution', { stateMachineArn, ...wrong }))).toEqual(expected);
    expect(await call('ListExecutions', { stateMachineArn })).toEqual({ executions: [] });
  });

  test('of a version runs that version, and says so in its first event', async () => {
    const call = await orders(pass(1));
    await call('PublishStateMachineVersion', { stateMachineArn });
    await call('UpdateStateMachine', { stateMachineArn, definition: pass(2) });
    const { executionArn } = await call('StartExecution', { stateMachineArn: `${stateMachineArn}:1` });
    await settled();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      output: '1',
      stateMachineArn,
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
    const { events } = await call('GetExecutionHistory', { executionArn });
    expect(events[0].executionStartedEventDetails).toEqual({
      input: '{}',
      inputDetails: { truncated: false },
      roleArn: ROLE,
      stateMachineVersionArn: `${stateMachineArn}:1`,
    });
  });
});

test('DescribeExecution of one that runs, and of one that has succeeded', async () => {
  const { call, tokens } = await asking();
  const { executionArn } = await call('StartExecution', {
    stateMachineArn,
    name: 'a',
    input: ' {"a": 1}',
    traceHeader: 'Root=1',
  });
  await settled();
  const running = {
    executionArn,
    stateMachineArn,
    name: 'a',
    status: 'RUNNING',
    startDate: started,
    input: ' {"a": 1}',
    inputDetails: { included: true },
    traceHeader: 'Root=1',
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
  };
  expect(await call('DescribeExecution', { executionArn })).toEqual(running);
  await call('SendTaskSuccess', { taskToken: tokens[0], output: '[1]' });
  await settled();
  const succeeded = {
    ...running,
    status: 'SUCCEEDED',
    stopDate: started,
    output: '[1]',
    outputDetails: { included: true },
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  };
  expect(await call('DescribeExecution', { executionArn })).toEqual(succeeded);
  const { input: _, output: _2, ...metadata } = succeeded;
  expect(await call('DescribeExecution', { executionArn, includedData: 'METADATA_ONLY' })).toEqual({
    ...metadata,
    inputDetails: { included: false },
    outputDetails: { included: false },
  });
});

test('StopExecution ends what runs, and leaves what has ended', async () => {
  const { call } = await asking();
  const { executionArn } = await call('StartExecution', { stateMachineArn });
  await settled();
  expect(await call('StopExecution', { executionArn, error: 'Enough', cause: 'of that' })).toEqual({ stopDate: started });
  await settled();
  const described = {
    status: 'ABORTED',
    error: 'Enough',
    cause: 'of that',
    redriveStatus: 'REDRIVABLE',
  };
  expect(await call('DescribeExecution', { executionArn })).toMatchObject(described);
  expect(await call('StopExecution', { executionArn, error: 'Again' })).toEqual({ stopDate: started });
  expect(await call('DescribeExecution', { executionArn })).toMatchObject(described);
});

describe('tokens', () => {
  test('fail, and time out with the heartbeat', async () => {
    const { call, tokens } = await asking();
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    await settled();
    await call('SendTaskFailure', { taskToken: tokens[0], error: 'No', cause: 'never' });
    await settled();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'No', cause: 'never' });
    const gone = ['TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'"];
    expect(await refusal(call('SendTaskFailure', { taskToken: tokens[0] }))).toEqual(gone);
    expect(await refusal(call('SendTaskSuccess', { taskToken: tokens[0], output: '{}' }))).toEqual(gone);
    expect(await refusal(call('SendTaskHeartbeat', { taskToken: tokens[0] }))).toEqual(gone);
  });

  test('are refused if they never were any, and outputs if they are not JSON', async () => {
    const { call, tokens } = await asking();
    await call('StartExecution', { stateMachineArn });
    await settled();
    expect(await refusal(call('SendTaskHeartbeat', { taskToken: 'no token' }))).toEqual([
      'InvalidToken',
      "Invalid Token: 'Invalid token'",
    ]);
    expect((await refusal(call('SendTaskSuccess', { taskToken: tokens[0], output: '{' })))[0]).toBe('InvalidOutput');
    expect(await call('SendTaskSuccess', { taskToken: tokens[0], output: '{}' })).toEqual({});
  });
});

describe('ListExecutions', () => {
  test('lists the latest first, in pages, by status, version and alias', async () => {
    const { call } = await asking();
    const name = ({ name: one }: { name: string }): string => one;
    await call('PublishStateMachineVersion', { stateMachineArn });
    const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
    await call('CreateStateMachineAlias', { name: 'live', routingConfiguration });
    for (const one of ['a', 'b', 'c']) await call('StartExecution', { stateMachineArn, name: one });
    await call('StartExecution', { stateMachineArn: `${stateMachineArn}:1`, name: 'd' });
    await call('StartExecution', { stateMachineArn: `${stateMachineArn}:live`, name: 'e' });
    await settled();
    await call('StopExecution', { executionArn: `${PREFIX}execution:orders:b` });
    const list = async (request: object): Promise<readonly string[]> =>
      (await call('ListExecutions', { stateMachineArn, ...request })).executions.map(name);
    expect(await list({})).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(await list({ statusFilter: 'RUNNING' })).toEqual(['e', 'd', 'c', 'a']);
    expect(await list({ statusFilter: 'ABORTED' })).toEqual(['b']);
    expect(await list({ redriveFilter: 'REDRIVEN' })).toEqual([]);
    expect(await list({ stateMachineArn: `${stateMachineArn}:1` })).toEqual(['e', 'd']);
    expect(await list({ stateMachineArn: `${stateMachineArn}:live` })).toEqual(['e']);
    const first = await call('ListExecutions', { stateMachineArn, maxResults: 2 });
    // One that is started meanwhile does not push the others on.
    await call('StartExecution', { stateMachineArn, name: 'f' });
    const second = await call('ListExecutions', { stateMachineArn, maxResults: 10, nextToken: first.nextToken });
    expect([first.executions.map(name), second.executions.map(name)]).toEqual([
      ['e', 'd'],
      ['c', 'b', 'a'],
    ]);
    expect(second).not.toHaveProperty('nextToken');
    const other = call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING', nextToken: first.nextToken });
    expect((await refusal(other))[0]).toBe('InvalidToken');
  });

  test('wants a state machine that is there', async () => {
    const call = await orders(pass());
    expect((await refusal(call('ListExecutions', {})))[0]).toBe('ValidationException');
    const refused = async (arn: string): Promise<string> => (await refusal(call('ListExecutions', { stateMachineArn: arn })))[0];
    expect(await refused(`${PREFIX}stateMachine:other`)).toBe('StateMachineDoesNotExist');
    expect(await refused(`${stateMachineArn}:9`)).toBe('ResourceNotFound');
    expect((await refusal(call('ListExecutions', { mapRunArn: `${PREFIX}mapRun:orders/a:b` })))[0]).toBe('ResourceNotFound');
  });
});

describe('GetExecutionHistory', () => {
  test('pages, forwards and backwards', async () => {
    const call = await orders(pass());
    const { executionArn } = await call('StartExecution', { stateMachineArn });
    await settled();
    const ids = async (request: object): Promise<readonly [readonly number[], string | undefined]> => {
      const { events, nextToken } = await call('GetExecutionHistory', { executionArn, ...request });
      return [events.map(({ id }: { id: number }) => id), nextToken];
    };
    expect((await ids({}))[0]).toEqual([1, 2, 3, 4]);
    const [forwards, next] = await ids({ maxResults: 3 });
    expect([forwards, (await ids({ nextToken: next }))[0]]).toEqual([[1, 2, 3], [4]]);
    const [backwards, before] = await ids({ maxResults: 3, reverseOrder: true });
    expect([backwards, await ids({ nextToken: before, reverseOrder: true })]).toEqual([
      [4, 3, 2],
      [[1], undefined],
    ]);
    expect((await refusal(call('GetExecutionHistory', { executionArn, nextToken: before })))[0]).toBe('InvalidToken');
  });

  test('leaves data out when told', async () => {
    const call = await orders(pass({ secret: 1 }));
    const { executionArn } = await call('StartExecution', { stateMachineArn, input: '{"secret":2}' });
    await settled();
    const { events } = await call('GetExecutionHistory', { executionArn, includeExecutionData: false });
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(events[1].stateEnteredEventDetails).toEqual({ name: 'Pass' });
  });
});

describe('Express', () => {
  test('is answered with its result and its bill', async () => {
    const call = await orders(wait(7), { type: 'EXPRESS' });
    const answer = await call('StartSyncExecution', { stateMachineArn, name: 'a', input: '{"a":1}', traceHeader: 'Root=1' });
    expect(answer).toEqual({
      executionArn: expect.stringMatching(/:express:orders:a:[0-9a-f-]{36}$/) as string,
      stateMachineArn,
      name: 'a',
      startDate: started,
      stopDate: new Date('2025-01-01T00:00:07Z'),
      status: 'SUCCEEDED',
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      traceHeader: 'Root=1',
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 7000 },
    });
    expect(await call('StartSyncExecution', { stateMachineArn, name: 'a', includedData: 'METADATA_ONLY' })).not.toHaveProperty(
      'output',
    );
  });

  test('times out after five minutes', async () => {
    const call = await orders(wait(301), { type: 'EXPRESS' });
    expect(await call('StartSyncExecution', { stateMachineArn })).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  test('leaves nothing behind', async () => {
    const call = await orders(pass(), { type: 'EXPRESS' });
    const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'a' });
    await settled();
    await call('StartExecution', { stateMachineArn, name: 'a' });
    for (const operation of ['DescribeExecution', 'StopExecution', 'GetExecutionHistory'] as const)
      expect(await refusal(call(operation, { executionArn }))).toEqual([
        'InvalidArn',
        "Invalid Arn: 'Resource type not valid in this context: express'",
      ]);
    expect(await refusal(call('ListExecutions', { stateMachineArn }))).toEqual([
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    ]);
  });

  test('alone is started synchronously', async () => {
    const call = await orders(pass());
    expect((await refusal(call('StartSyncExecution', { stateMachineArn })))[0]).toBe('StateMachineTypeNotSupported');
  });
});

test('what the simulator cannot go on with is shown as failed, and told', async () => {
  const refusals: string[] = [];
  const call = await orders(
    JSON.stringify({
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          // Of an inline Map, which has none.
          ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'b' } },
          ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
          End: true,
        },
      },
    }),
    { onRefusal: (arn, why) => refusals.push(`${arn}: ${why.message}`) },
  );
  const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'a' });
  await settled();
  const cause = expect.stringContaining('What AWS makes of this is not known') as string;
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', error: 'SimulatorError', cause });
  const { events } = await call('GetExecutionHistory', { executionArn });
  expect(events.at(-1)).toMatchObject({
    type: 'ExecutionFailed',
    executionFailedEventDetails: { error: 'SimulatorError', cause },
  });
  expect(refusals).toEqual([expect.stringContaining(`${executionArn}: `)]);
});

test('starts and ends of Standard executions are told as EventBridge tells them', async () => {
  const changes: object[] = [];
  const call = await orders(wait(60), { onStatusChange: (change) => changes.push(change) });
  const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'a', input: '{"a":1}' });
  await settled();
  const running = {
    executionArn,
    stateMachineArn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name: 'a',
    status: 'RUNNING',
    startDate: 1_735_689_600_000,
    stopDate: null,
    input: '{"a":1}',
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    error: null,
    cause: null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
  };
  expect(changes).toEqual([
    running,
    {
      ...running,
      status: 'SUCCEEDED',
      stopDate: 1_735_689_660_000,
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    },
  ]);
});

test('payloads that are too long for an event are left out of it', async () => {
  const changes: { readonly input: string | null; readonly output: string | null }[] = [];
  const call = await orders(pass('small'), { onStatusChange: (change) => changes.push(change) });
  await call('StartExecution', { stateMachineArn, input: JSON.stringify('x'.repeat(254_000)) });
  await settled();
  expect(changes.map(({ input, output }) => [input, output])).toEqual([
    [null, null],
    [null, '"small"'],
  ]);
});
