import { perform } from '../../../lib/services/states/operations';
import { accountWith, PREFIX, refusal, ROLE, settled } from './account';

const arn = `${PREFIX}activity:pack`;

test('is created, described, listed and deleted', async () => {
  const { call } = accountWith();
  const creationDate = new Date('2025-01-01T00:00:00Z');
  expect(await call('CreateActivity', { name: 'pack' })).toEqual({ activityArn: arn, creationDate });
  expect(await call('CreateActivity', { name: 'pack' })).toEqual({ activityArn: arn, creationDate });
  expect(await call('DescribeActivity', { activityArn: arn })).toEqual({
    activityArn: arn,
    name: 'pack',
    creationDate,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
  });
  const encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/key' };
  expect((await refusal(call('CreateActivity', { name: 'pack', encryptionConfiguration })))[0]).toBe('ActivityAlreadyExists');
  expect(await call('ListActivities')).toEqual({ activities: [{ activityArn: arn, name: 'pack', creationDate }] });
  expect(await call('DeleteActivity', { activityArn: arn })).toEqual({});
  expect(await call('DeleteActivity', { activityArn: arn })).toEqual({});
  expect(await refusal(call('DescribeActivity', { activityArn: arn }))).toEqual([
    'ActivityDoesNotExist',
    `Activity Does Not Exist: '${arn}'`,
  ]);
});

const machine = {
  name: 'parcels',
  roleArn: ROLE,
  definition: JSON.stringify({
    StartAt: 'Pack',
    States: { Pack: { Type: 'Task', Resource: arn, TimeoutSeconds: 600, End: true } },
  }),
};
const stateMachineArn = `${PREFIX}stateMachine:parcels`;

test('a worker that has gone away already is given no task', async () => {
  const { call, account } = accountWith();
  await call('CreateActivity', { name: 'pack' });
  await call('CreateStateMachine', machine);
  await call('StartExecution', { stateMachineArn });
  await settled();
  expect(await perform(account, 'GetActivityTask', { activityArn: arn }, AbortSignal.abort())).toEqual({});
  expect(await call('GetActivityTask', { activityArn: arn })).toMatchObject({ input: '{}' });
});

test('a worker polls for a task, beats and answers', async () => {
  const { call } = accountWith();
  await call('CreateActivity', { name: 'pack' });
  await call('CreateStateMachine', machine);
  const { executionArn } = await call('StartExecution', { stateMachineArn, input: '{"parcel":1}' });
  const { taskToken, input } = await call('GetActivityTask', { activityArn: arn, workerName: 'worker-1' });
  expect(input).toBe('{"parcel":1}');
  await call('SendTaskHeartbeat', { taskToken });
  await call('SendTaskSuccess', { taskToken, output: '{"packed":true}' });
  await settled();
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED', output: '{"packed":true}' });
  const { events } = await call('GetExecutionHistory', { executionArn });
  expect(events[3].activityStartedEventDetails).toEqual({ workerName: 'worker-1' });
});

test('a worker may poll before there is a task, and its minute ends', async () => {
  const timers: (() => void)[] = [];
  const { call } = accountWith({
    after: (durationMs, action) => {
      expect(durationMs).toBe(60_000);
      timers.push(action);
      return () => undefined;
    },
  });
  await call('CreateActivity', { name: 'pack' });
  await call('CreateStateMachine', machine);
  const late = call('GetActivityTask', { activityArn: arn });
  await settled();
  timers[0]?.();
  expect(await late).toEqual({});
  const early = call('GetActivityTask', { activityArn: arn });
  await call('StartExecution', { stateMachineArn });
  expect(await early).toMatchObject({ input: '{}' });
});

test('an execution fails if the activity is gone', async () => {
  const { call } = accountWith();
  await call('CreateStateMachine', machine);
  const { executionArn } = await call('StartExecution', { stateMachineArn });
  await settled();
  expect(await call('DescribeExecution', { executionArn })).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining(`The activity ${arn} does not exist.`) as string,
  });
});

test.each(['a b', 'a#b', 'a/b', '\u0000a', 'a\u007f'])('%j is no name', async (name) => {
  expect(await refusal(accountWith().call('CreateActivity', { name }))).toEqual(['InvalidName', `Invalid Name: '${name}'`]);
});
