import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  type SFNClient,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TestStateCommand,
  ValidationException,
} from '@aws-sdk/client-sfn';
import { createServer } from 'node:net';
import { startServer } from '../../lib/server/start-server';
import { lambda } from '../../lib/testing/fakes/lambda';
import { service } from '../../lib/testing/fakes/service';
import { ShopStack } from '../testing/shop-stack';
import { served } from './served';

const roleArn = 'arn:aws:iam::123456789012:role/role';

const callback = {
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
      TimeoutSeconds: 3600,
      End: true,
    },
  },
};
const pass = { StartAt: 'P', States: { P: { Type: 'Pass', Result: { ok: true }, End: true } } };

/** Describes an execution until it has ended. */
async function ended(client: SFNClient, executionArn: string | undefined) {
  for (;;) {
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (described.status !== 'RUNNING') return described;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('a client creates, starts, describes and reads the history', async () => {
  const { client } = await served();
  const created = await client.send(new CreateStateMachineCommand({ name: 'orders', definition: JSON.stringify(pass), roleArn }));
  expect(created).toMatchObject({
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:orders',
    creationDate: new Date('2025-01-01T00:00:00Z'),
  });
  const { executionArn, startDate } = await client.send(
    new StartExecutionCommand({ stateMachineArn: created.stateMachineArn, input: '{"a":1}' }),
  );
  expect(startDate).toEqual(new Date('2025-01-01T00:00:00Z'));
  expect(await ended(client, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":true}' });
  const types: unknown[] = [];
  for await (const { events } of paginateGetExecutionHistory({ client, pageSize: 2 }, { executionArn }))
    types.push(...(events ?? []).map(({ type }) => type));
  expect(types).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
});

test('errors are the classes of the client, with the reason of a ValidationException', async () => {
  const { client } = await served();
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:none';
  const missing = client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  await expect(missing).rejects.toThrow(StateMachineDoesNotExist);
  await expect(missing).rejects.toThrow(`State Machine Does Not Exist: '${stateMachineArn}'`);
  await expect(missing).rejects.toMatchObject({ $metadata: { httpStatusCode: 400, requestId: expect.any(String) as string } });
  const labelled = client.send(new DescribeStateMachineCommand({ stateMachineArn: `${stateMachineArn}/label` }));
  await expect(labelled).rejects.toThrow(ValidationException);
  await expect(labelled).rejects.toMatchObject({ reason: 'API_DOES_NOT_SUPPORT_LABELED_ARNS' });
});

test('StartSyncExecution and TestState', async () => {
  const { client, server } = await served({ stateMachines: [{ name: 'quick', definition: pass, type: 'EXPRESS' }] });
  const [stateMachineArn] = server.stateMachineArns;
  expect(await client.send(new StartSyncExecutionCommand({ stateMachineArn }))).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"ok":true}',
    billingDetails: { billedDurationInMilliseconds: 100 },
  });
  const state = JSON.stringify({ Type: 'Pass', Result: 1, Next: 'Other' });
  expect(await client.send(new TestStateCommand({ definition: state, roleArn }))).toMatchObject({
    status: 'SUCCEEDED',
    output: '1',
    nextState: 'Other',
  });
  await expect(client.send(new TestStateCommand({ definition: '{}', roleArn }))).rejects.toThrow(
    'Invalid State Machine Definition',
  );
});

test('time jumps, but waits for whoever could still answer', async () => {
  const tokens: string[] = [];
  const { client, server } = await served({
    stateMachines: [{ name: 'ask', definition: callback }],
    fakes: [
      service('sqs:sendMessage', (_, { token }) => {
        tokens.push(token as string);
        return { MessageId: 'm-1' };
      }),
    ],
  });
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: server.stateMachineArns[0] }));
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'RUNNING' });
  await client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '"yes"' }));
  expect(await ended(client, executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '"yes"',
    stopDate: new Date('2025-01-01T00:00:00Z'),
  });
});

test('time runs as told', async () => {
  const waiting = (Seconds: number) => ({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds, End: true } } });
  const begun = Date.now();
  const stateMachines = [
    { name: 'wait', definition: waiting(60) },
    { name: 'long', definition: waiting(86_400) },
  ];
  const { client, server } = await served({ time: 60, stateMachines });
  const [stateMachineArn, long] = server.stateMachineArns;
  const { executionArn, startDate } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  expect(startDate?.getTime()).toBeGreaterThanOrEqual(begun);
  expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'RUNNING' });
  const { stopDate } = await ended(client, executionArn);
  expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBe(60_000);
  expect(Date.now() - begun).toBeGreaterThanOrEqual(1000);
  const { executionArn: stopped } = await client.send(new StartExecutionCommand({ stateMachineArn: long }));
  await client.send(new StopExecutionCommand({ executionArn: stopped, cause: 'enough' }));
  expect(await ended(client, stopped)).toMatchObject({ status: 'ABORTED', cause: 'enough' });
});

test('a worker polls; one that goes away gets no task', async () => {
  const { client, server } = await served();
  const { activityArn } = await client.send(new CreateActivityCommand({ name: 'pack' }));
  const definition = JSON.stringify({ StartAt: 'T', States: { T: { Type: 'Task', Resource: activityArn, End: true } } });
  const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name: 'parcels', definition, roleArn }));
  const gone = new AbortController();
  const abandoned = client.send(new GetActivityTaskCommand({ activityArn, workerName: 'gone' }), { abortSignal: gone.signal });
  setTimeout(() => gone.abort(), 50);
  await expect(abandoned).rejects.toThrow('aborted');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const task = client.send(new GetActivityTaskCommand({ activityArn, workerName: 'here' }));
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"parcel":1}' }));
  const { taskToken, input } = await task;
  expect(input).toBe('{"parcel":1}');
  await client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
  expect(await ended(client, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.map((event) => event.activityStartedEventDetails?.workerName)).toContain('here');
  // A poll that finds nothing ends.
  expect(await client.send(new GetActivityTaskCommand({ activityArn }))).not.toHaveProperty('taskToken');
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
});

test('what a stack has is there: state machines, functions, tables', async () => {
  const { client, server } = await served({ target: new ShopStack() as never });
  const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
  expect(stateMachines?.map((machine) => machine.stateMachineArn)).toEqual(server.stateMachineArns);
  expect(server.stateMachineArns.length).toBeGreaterThan(0);
  expect(await client.send(new ListActivitiesCommand({}))).toMatchObject({ activities: expect.any(Array) as unknown });
});

test('what nobody answers is shown as failed, and close says so if nobody listens', async () => {
  const definition = {
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' }, End: true } },
  };
  const server = await startServer({ port: 0, stateMachines: [{ name: 'm', definition }] });
  const { client } = await served({ stateMachines: [{ name: 'm', definition }], fakes: [lambda('f', 1)] });
  const [stateMachineArn] = server.stateMachineArns;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  expect(await ended(client, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  const body = JSON.stringify({ stateMachineArn });
  await fetch(server.url, { method: 'POST', headers: { 'X-Amz-Target': 'AWSStepFunctions.StartExecution' }, body });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(server.close()).rejects.toThrow(/:execution:m:.*invokes the function f, which is not in the stack/);
});

test('a port that is taken, a time that is none and a definition that is wrong are refused', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  await expect(startServer({ port })).rejects.toThrow(`No server on 127.0.0.1:${port}: something else listens there`);
  other.close();
  await expect(startServer({ port: 0, time: 0 })).rejects.toThrow("The option time is 'jump' or how many virtual seconds");
  const definition = { StartAt: 'A', States: {} };
  await expect(startServer({ port: 0, stateMachines: [{ name: 'm', definition }] })).rejects.toThrow(
    'CreateStateMachine of "m", which is to be there from the beginning: InvalidDefinition:',
  );
});
