import { accountWith, pass, PREFIX, refusal, ROLE, settled, wait } from './account';

const arn = `${PREFIX}stateMachine:orders`;
const orders = { name: 'orders', definition: pass(), roleArn: ROLE };

describe('CreateStateMachine', () => {
  test('is asked twice for the same', async () => {
    const { call } = accountWith();
    const created = await call('CreateStateMachine', orders);
    expect(created).toEqual({ stateMachineArn: arn, creationDate: new Date('2025-01-01T00:00:00Z') });
    const again = { ...orders, roleArn: `${ROLE}-other`, tags: [{ key: 'a', value: 'b' }] };
    expect(await call('CreateStateMachine', again)).toEqual(created);
    expect(await call('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({ roleArn: ROLE });
    expect(await call('ListTagsForResource', { resourceArn: arn })).toEqual({ tags: [] });
  });

  test.each<[string, object]>([
    ['text of the definition', { definition: `${pass()} ` }],
    ['type', { type: 'EXPRESS' }],
    ['tracing', { tracingConfiguration: { enabled: true } }],
    ['publish', { publish: true }],
    ['encryption', { encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/key' } }],
  ])('is refused with the same name and another %s', async (_, other) => {
    const { call } = accountWith();
    await call('CreateStateMachine', orders);
    expect(await refusal(call('CreateStateMachine', { ...orders, ...other }))).toEqual([
      'StateMachineAlreadyExists',
      `State Machine Already Exists: '${arn}'`,
    ]);
  });

  test.each<[object, string, string]>([
    [{ name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [{ roleArn: 'role' }, 'InvalidArn', "Invalid Role Arn: 'role'"],
    [
      { definition: '{}' },
      'InvalidDefinition',
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'",
    ],
    [{ versionDescription: 'first' }, 'ValidationException', 'Version description can only be set when publish is true'],
    [
      { loggingConfiguration: { level: 'ALL' } },
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ],
    [
      { encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY' } },
      'InvalidEncryptionConfiguration',
      'Invalid Encryption Configuration: the type CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId',
    ],
  ])('refuses %j', async (wrong, code, message) => {
    const { call } = accountWith();
    expect(await refusal(call('CreateStateMachine', { ...orders, ...wrong }))).toEqual([code, message]);
    expect((await call('ListStateMachines')).stateMachines).toEqual([]);
  });
});

test('DescribeStateMachine tells what was given, what was left out, and the variables that states read', async () => {
  const { call } = accountWith();
  const definition = JSON.stringify({
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { total: 3 }, Next: 'Read' },
      Read: { Type: 'Pass', Parameters: { 'a.$': '$total' }, End: true },
    },
  });
  const logGroupArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/orders:*';
  await call('CreateStateMachine', {
    ...orders,
    definition,
    loggingConfiguration: { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] },
  });
  const described = {
    stateMachineArn: arn,
    name: 'orders',
    status: 'ACTIVE',
    type: 'STANDARD',
    definition,
    roleArn: ROLE,
    creationDate: new Date('2025-01-01T00:00:00Z'),
    loggingConfiguration: {
      level: 'OFF',
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
    },
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    variableReferences: { Read: ['total'] },
  };
  expect(await call('DescribeStateMachine', { stateMachineArn: arn })).toEqual(described);
  const { variableReferences: _, ...metadata } = described;
  expect(await call('DescribeStateMachine', { stateMachineArn: arn, includedData: 'METADATA_ONLY' })).toEqual({
    ...metadata,
    definition: '{}',
  });
});

describe('UpdateStateMachine', () => {
  test('makes a revision of what changes, and none of what does not', async () => {
    const { call } = accountWith();
    await call('CreateStateMachine', orders);
    expect(await call('DescribeStateMachine', { stateMachineArn: arn })).not.toHaveProperty('revisionId');
    const { revisionId: first } = await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(2) });
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    const { revisionId: second } = await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass(2) });
    expect(second).toBe(first);
    const { revisionId: third } = await call('UpdateStateMachine', { stateMachineArn: arn, roleArn: `${ROLE}-2` });
    expect(third).not.toBe(first);
    expect(await call('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({
      revisionId: third,
      definition: pass(2),
      roleArn: `${ROLE}-2`,
    });
  });

  test('wants something to change', async () => {
    const { call } = accountWith();
    await call('CreateStateMachine', orders);
    expect(await refusal(call('UpdateStateMachine', { stateMachineArn: arn }))).toEqual([
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    ]);
  });

  test('leaves executions that run with what they began with', async () => {
    const { call, world } = accountWith();
    await call('CreateStateMachine', { ...orders, definition: callback });
    const { executionArn } = await call('StartExecution', { stateMachineArn: arn });
    await settled();
    await call('UpdateStateMachine', { stateMachineArn: arn, definition: pass('new') });
    expect((await call('DescribeStateMachineForExecution', { executionArn })).definition).toBe(callback);
    const { executionArn: later } = await call('StartExecution', { stateMachineArn: arn });
    await settled();
    expect(await call('DescribeExecution', { executionArn: later })).toMatchObject({ status: 'SUCCEEDED', output: '"new"' });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
    expect(world.epochMs).toBe(Date.UTC(2025, 0, 1));
  });
});

/** Waits for a token that nobody sends. */
const callback = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
      Next: 'After',
    },
    After: { Type: 'Pass', End: true },
  },
});

describe('DeleteStateMachine', () => {
  test('takes versions and aliases along, and does nothing the second time', async () => {
    const { call } = accountWith();
    await call('CreateStateMachine', { ...orders, publish: true });
    await call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }],
    });
    expect(await call('DeleteStateMachine', { stateMachineArn: arn })).toEqual({});
    expect(await call('DeleteStateMachine', { stateMachineArn: arn })).toEqual({});
    expect((await refusal(call('DescribeStateMachine', { stateMachineArn: arn })))[0]).toBe('StateMachineDoesNotExist');
    expect((await refusal(call('DescribeStateMachineAlias', { stateMachineAliasArn: `${arn}:live` })))[0]).toBe(
      'ResourceNotFound',
    );
    await call('CreateStateMachine', orders);
    expect(await call('ListStateMachineVersions', { stateMachineArn: arn })).toEqual({ stateMachineVersions: [] });
  });

  test('waits for executions that run: they end at their next transition', async () => {
    const tokens: string[] = [];
    const { call, world } = accountWith({
      perform: ({ token }) => {
        tokens.push(token as string);
        return { value: null, durationMs: 0 };
      },
    });
    await call('CreateStateMachine', { ...orders, definition: callback });
    const { executionArn } = await call('StartExecution', { stateMachineArn: arn });
    await settled();
    await call('DeleteStateMachine', { stateMachineArn: arn });
    expect(await call('DescribeStateMachine', { stateMachineArn: arn })).toMatchObject({ status: 'DELETING' });
    expect((await refusal(call('StartExecution', { stateMachineArn: arn })))[0]).toBe('StateMachineDeleting');
    world.sendTaskSuccess(tokens[0] as string, '{}');
    await settled();
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      redriveStatusReason: 'State machine is in DELETING status',
    });
    expect((await refusal(call('DescribeStateMachine', { stateMachineArn: arn })))[0]).toBe('StateMachineDoesNotExist');
  });

  test('an execution whose Map Run is under way ends at its own next transition, not at one of its children', async () => {
    const tokens: string[] = [];
    const { call, world } = accountWith({
      perform: ({ token }) => {
        tokens.push(token as string);
        return { value: null, durationMs: 0 };
      },
    });
    const child = JSON.parse(callback) as { StartAt: string; States: Record<string, object> };
    const after = { ...child.States[child.StartAt], End: undefined, Next: 'After' };
    const definition = JSON.stringify({
      StartAt: 'Map',
      States: {
        Map: {
          Type: 'Map',
          Items: [1, 2],
          QueryLanguage: 'JSONata',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            ...child,
            States: { ...child.States, [child.StartAt]: after, After: { Type: 'Pass', End: true } },
          },
          End: true,
        },
      },
    });
    await call('CreateStateMachine', { ...orders, definition });
    const { executionArn } = await call('StartExecution', { stateMachineArn: arn });
    await settled();
    const { mapRuns } = await call('ListMapRuns', { executionArn });
    await call('DeleteStateMachine', { stateMachineArn: arn });
    for (const token of tokens) world.sendTaskSuccess(token, '{}');
    await settled();
    expect(await call('DescribeMapRun', { mapRunArn: mapRuns[0].mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { succeeded: 2 },
    });
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'ABORTED' });
  });
});

test('ListStateMachines pages, and a token is good for its own list and for a day', async () => {
  const { call, world } = accountWith();
  for (const name of ['a', 'b', 'c', 'd']) await call('CreateStateMachine', { ...orders, name });
  const first = await call('ListStateMachines', { maxResults: 2 });
  expect(first.stateMachines.map(({ name }: { name: string }) => name)).toEqual(['a', 'b']);
  // What goes away meanwhile is not missed.
  await call('DeleteStateMachine', { stateMachineArn: `${PREFIX}stateMachine:b` });
  const second = await call('ListStateMachines', { nextToken: first.nextToken });
  expect(second.stateMachines.map(({ name }: { name: string }) => name)).toEqual(['c', 'd']);
  expect(second).not.toHaveProperty('nextToken');
  const invalid = ['InvalidToken', "Invalid Token: 'Invalid token'"];
  expect(await refusal(call('ListActivities', { nextToken: first.nextToken }))).toEqual(invalid);
  expect(await refusal(call('ListStateMachines', { nextToken: 'no token' }))).toEqual(invalid);
  await call('CreateStateMachine', { ...orders, name: 'waits', definition: wait(90_000) });
  await call('StartExecution', { stateMachineArn: `${PREFIX}stateMachine:waits` });
  await settled();
  expect(world.epochMs).toBe(Date.UTC(2025, 0, 2, 1));
  expect(await refusal(call('ListStateMachines', { nextToken: first.nextToken }))).toEqual(invalid);
});

test.each<[string, string]>([
  ['not_an_arn', "Invalid Arn: 'Invalid ARN prefix: not_an_arn'"],
  [`${PREFIX}execution:a:b`, "Invalid Arn: 'Resource type not valid in this context: execution'"],
  ['arn:aws:s3:::bucket', "Invalid Arn: 'Invalid ARN: arn:aws:s3:::bucket'"],
  [`${PREFIX}stateMachine:`, `Invalid Arn: 'Invalid ARN: ${PREFIX}stateMachine:'`],
])('%s is no ARN of a state machine', async (stateMachineArn, message) => {
  expect(await refusal(accountWith().call('DescribeStateMachine', { stateMachineArn }))).toEqual(['InvalidArn', message]);
});
