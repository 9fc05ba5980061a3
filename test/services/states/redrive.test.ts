import { answerIn, readMockConfig } from '../../../lib/services/states/mock-config';
import type { StatusChange } from '../../../lib/services/states/status-change';
import { StatesError } from '../../../lib/simulator/states-error';
import type { Perform } from '../../../lib/simulator/task-call';
import { accountWith, pass, PREFIX, refusal, ROLE, settled } from './account';

const stateMachineArn = `${PREFIX}stateMachine:orders`;
const executionArn = `${PREFIX}execution:orders:first`;
const DAY_SECONDS = 86_400;

/** Waits for a minute, and then calls a function. */
const charge = JSON.stringify({
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Charge' },
    Charge: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:charge', End: true },
  },
});

/** An account with an execution that has failed; what it calls fails as often as that. */
async function failedOnce(times = 1, options: Parameters<typeof accountWith>[0] = {}) {
  let left = times;
  const perform: Perform = () => {
    if (left-- > 0) throw new StatesError('Busy', 'try later');
    return { value: 'charged', durationMs: 1000 };
  };
  const made = accountWith({ perform, ...options });
  await made.call('CreateStateMachine', { name: 'orders', definition: charge, roleArn: ROLE });
  await made.call('StartExecution', { stateMachineArn, name: 'first' });
  await settled();
  const after = async (seconds: number): Promise<void> => {
    const definition = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: seconds, End: true } } });
    const { stateMachineArn: pause } = await made.call('CreateStateMachine', {
      name: `after${seconds}`,
      definition,
      roleArn: ROLE,
    });
    await made.call('StartExecution', { stateMachineArn: pause });
    await settled();
  };
  return { ...made, after };
}

const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

test('an execution goes on where it failed, and everybody is told', async () => {
  const changes: StatusChange[] = [];
  const { call, account } = await failedOnce(1, { onStatusChange: (change) => changes.push(change) });
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
  const redriveDate = new Date('2025-01-01T00:01:00Z');
  const answers = await Promise.all([call('RedriveExecution', { executionArn }), call('DescribeExecution', { executionArn })]);
  expect(answers[0]).toEqual({ redriveDate });
  expect(answers[1]).toEqual({
    executionArn,
    stateMachineArn,
    name: 'first',
    status: 'RUNNING',
    startDate: new Date('2025-01-01T00:00:00Z'),
    input: '{}',
    inputDetails: { included: true },
    redriveCount: 1,
    redriveDate,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
  });
  await settled();
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({
    status: 'SUCCEEDED',
    output: '"charged"',
    stopDate: new Date('2025-01-01T00:01:01Z'),
    redriveCount: 1,
    redriveDate,
  });
  expect(account.ended.size).toBe(1);
  expect(account.stateMachines.get(stateMachineArn)?.running.size).toBe(0);
  const { events } = await call('GetExecutionHistory', { executionArn });
  expect(types(events).slice(-7)).toEqual([
    'ExecutionFailed',
    'ExecutionRedriven',
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    'LambdaFunctionSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events.find(({ type }: { type: string }) => type === 'ExecutionRedriven')).toMatchObject({
    executionRedrivenEventDetails: { redriveCount: 1 },
  });
  const told = changes.map((change) => [
    change.status,
    change.redriveCount,
    change.redriveDate,
    change.redriveStatus,
    change.stopDate,
  ]);
  const [startMs, redriveMs] = [Date.UTC(2025, 0, 1), redriveDate.getTime()];
  expect(told).toEqual([
    ['RUNNING', 0, null, 'NOT_REDRIVABLE', null],
    ['FAILED', 0, null, 'REDRIVABLE', startMs + 60_000],
    ['RUNNING', 1, redriveMs, 'NOT_REDRIVABLE', null],
    ['SUCCEEDED', 1, redriveMs, 'NOT_REDRIVABLE', startMs + 61_000],
  ]);
});

test('a client token answers again for fifteen minutes, and without one each call is a redrive', async () => {
  const { call, after } = await failedOnce(13);
  const redrive = async (clientToken?: string) => {
    const { redriveDate } = await call('RedriveExecution', { executionArn, clientToken });
    await settled();
    return redriveDate as Date;
  };
  const count = async () => (await call('DescribeExecution', { executionArn })).redriveCount as number;
  const first = await redrive('a');
  await after(60);
  expect(await redrive('a')).toEqual(first);
  expect(await count()).toBe(1);
  await after(15 * 60);
  expect((await redrive('a')).getTime()).toBeGreaterThan(first.getTime());
  expect(await count()).toBe(2);
  for (const token of 'bcdefghijk') await redrive(token);
  expect(await count()).toBe(12);
  // Ten tokens have come since.
  await redrive('a');
  expect(await count()).toBe(13);
  // This one has succeeded, and is answered all the same.
  await redrive('a');
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', redriveCount: 13 });
});

test('what AWS refuses is refused in its words, which DescribeExecution tells before', async () => {
  const { call, after } = await failedOnce();
  const refused = async (reason: string) => {
    expect(await call('DescribeExecution', { executionArn })).toMatchObject({
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: reason,
    });
    expect(await refusal(call('RedriveExecution', { executionArn }))).toEqual([
      'ExecutionNotRedrivable',
      `Execution Not Redrivable: '${reason}'`,
    ]);
  };
  await after(14 * DAY_SECONDS);
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ redriveStatus: 'REDRIVABLE' });
  await after(1);
  await refused('Execution redrivable period exceeded');
  await call('DeleteStateMachine', { stateMachineArn });
  await refused('State machine is in DELETING status');
});

test('an execution of a year cannot be redriven', async () => {
  const { call } = accountWith();
  const definition = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 400 * DAY_SECONDS, End: true } } });
  await call('CreateStateMachine', { name: 'orders', definition, roleArn: ROLE });
  await call('StartExecution', { stateMachineArn, name: 'first' });
  await settled();
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({
    status: 'TIMED_OUT',
    redriveStatusReason: 'Execution has exceeded the max execution time',
  });
});

test('lists tell what was redriven, and can be had of that alone', async () => {
  const { call } = await failedOnce(2);
  await call('StartExecution', { stateMachineArn, name: 'second' });
  await settled();
  await call('RedriveExecution', { executionArn });
  await settled();
  const list = async (redriveFilter?: string) =>
    (await call('ListExecutions', { stateMachineArn, redriveFilter })).executions.map(
      ({ name, redriveCount, redriveDate }: Record<string, unknown>) => [name, redriveCount, redriveDate],
    );
  const [first, second] = [
    ['first', 1, new Date('2025-01-01T00:02:00Z')],
    ['second', 0, undefined],
  ];
  expect(await list()).toEqual([second, first]);
  expect(await list('REDRIVEN')).toEqual([first]);
  expect(await list('NOT_REDRIVEN')).toEqual([second]);
});

test('what runs again is not forgotten 90 days after its first end', async () => {
  const { call, after } = await failedOnce();
  await call('UpdateStateMachine', { stateMachineArn, definition: pass() });
  await after(10 * DAY_SECONDS);
  await call('RedriveExecution', { executionArn });
  await settled();
  await after(85 * DAY_SECONDS);
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '"charged"' });
  await after(6 * DAY_SECONDS);
  expect((await refusal(call('DescribeExecution', { executionArn })))[0]).toBe('ExecutionDoesNotExist');
});

test('a redrive before anybody has heard of the end counts as running', async () => {
  let isFirst = true;
  const made = accountWith({
    perform: () => {
      if (isFirst) throw new StatesError('Busy', 'try later');
      return { value: 'charged', durationMs: 1000 };
    },
    onStatusChange: ({ status }) => {
      if (status !== 'FAILED') return;
      isFirst = false;
      void Promise.resolve().then(() => made.call('RedriveExecution', { executionArn }));
    },
  });
  await made.call('CreateStateMachine', { name: 'orders', definition: charge, roleArn: ROLE });
  await made.call('StartExecution', { stateMachineArn, name: 'first' });
  await settled();
  expect(await made.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  expect([...made.account.ended].map(({ name }) => name)).toEqual(['first']);
  expect(made.account.stateMachines.get(stateMachineArn)?.running.size).toBe(0);
});

test('an execution in a test case goes on with its mocks', async () => {
  const mockConfig = readMockConfig({
    StateMachines: { orders: { TestCases: { Sad: { Charge: 'No' } } } },
    MockedResponses: { No: { '0': { Throw: { Error: 'Refused', Cause: 'no' } } } },
  });
  const made = accountWith({
    mockConfig,
    perform: (asked) => {
      const testCase = made.account.testCases.get(asked.executionArn);
      return (testCase === undefined ? undefined : answerIn(testCase, asked, made.world)) ?? { value: 'real', durationMs: 0 };
    },
  });
  await made.call('CreateStateMachine', { name: 'orders', definition: charge, roleArn: ROLE });
  await made.call('StartExecution', { stateMachineArn: `${stateMachineArn}#Sad`, name: 'first' });
  await settled();
  expect(made.account.testCases.size).toBe(0);
  await made.call('RedriveExecution', { executionArn });
  await settled();
  expect(await made.call('DescribeExecution', { executionArn })).toMatchObject({ error: 'Refused', redriveCount: 1 });
});
