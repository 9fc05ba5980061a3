import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  type MapRunItemCounts,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '../../lib/server/server-options';
import { service } from '../../lib/testing/fakes/service';
import { served } from './served';

const EACH = 'arn:aws:states:us-east-1:123456789012:stateMachine:orders/each';

/** Every item waits for its token. */
const orders = (rest: object, ExecutionType = 'STANDARD'): string =>
  JSON.stringify({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Label: 'each',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
          StartAt: 'Ask',
          States: {
            Ask: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
              Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'item.$': '$' } },
              End: true,
            },
          },
        },
        End: true,
        ...rest,
      },
    },
  });

/** A server with a Map Run over 1, 2, 3 and 4. */
async function mapping(definition: string, options: ServerOptions = {}) {
  const tokens = new Map<number, string>();
  const fakes = [
    service('sqs:sendMessage', (request, { token }) => {
      const { MessageBody } = request as { readonly MessageBody: { readonly item: number } };
      tokens.set(MessageBody.item, token as string);
      return { MessageId: 'm-1' };
    }),
  ];
  const { client, server } = await served({ fakes, stateMachines: [{ name: 'orders', definition }], ...options });
  const [stateMachineArn] = server.stateMachineArns;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '[1,2,3,4]' }));
  await client.send(new GetExecutionHistoryCommand({ executionArn }));
  const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn }));
  return { ...driving(client, executionArn, mapRuns?.[0]?.mapRunArn, tokens), fakes, stateMachineArn, server, mapRuns };
}

function driving(
  client: SFNClient,
  executionArn: string | undefined,
  mapRunArn: string | undefined,
  tokens: Map<number, string>,
) {
  /** Counts that are not 0; they add up. */
  const counts = async (): Promise<Partial<MapRunItemCounts>> => {
    const { itemCounts, executionCounts } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
    expect(executionCounts).toEqual(itemCounts);
    const all = itemCounts as MapRunItemCounts;
    const { total, resultsWritten: _written, failuresNotRedrivable: _spent, ...places } = all;
    expect(Object.values(places).reduce((sum, count) => (sum as number) + (count as number), 0)).toBe(total);
    return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== 0));
  };
  const list = async (statusFilter?: ExecutionStatus) =>
    (await client.send(new ListExecutionsCommand({ mapRunArn, statusFilter }))).executions ?? [];
  const succeed = async (item: number): Promise<void> => {
    await client.send(new SendTaskSuccessCommand({ taskToken: tokens.get(item), output: `"done ${item}"` }));
  };
  const fail = async (item: number): Promise<void> => {
    await client.send(new SendTaskFailureCommand({ taskToken: tokens.get(item), error: 'No', cause: `not ${item}` }));
  };
  const describe = (arn: string | undefined) => client.send(new DescribeExecutionCommand({ executionArn: arn }));
  return { client, executionArn, mapRunArn, tokens, counts, list, succeed, fail, describe };
}

test('a Map Run is described, updated and listed while it runs, and so are its children', async () => {
  const run = await mapping(orders({ MaxConcurrency: 2, ToleratedFailureCount: 1 }));
  const { client, mapRunArn, executionArn, counts, list, succeed, fail, describe } = run;
  expect(run.mapRuns).toEqual([{ executionArn, mapRunArn, stateMachineArn: run.stateMachineArn, startDate: expect.any(Date) }]);
  expect(mapRunArn).toMatch(/:mapRun:orders\/each:[0-9a-f-]{36}$/);
  const { $metadata: _, ...described } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
  const standing = {
    pending: 2,
    running: 2,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    total: 4,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
  expect(described).toEqual({
    mapRunArn,
    executionArn,
    status: 'RUNNING',
    startDate: run.mapRuns?.[0]?.startDate,
    maxConcurrency: 2,
    toleratedFailurePercentage: 0,
    toleratedFailureCount: 1,
    itemCounts: standing,
    executionCounts: standing,
    redriveCount: 0,
  });

  await client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 3, toleratedFailureCount: 2 }));
  expect(await counts()).toEqual({ pending: 1, running: 3, total: 4 });
  expect(await client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
    maxConcurrency: 3,
    toleratedFailureCount: 2,
  });

  const [third, second, first] = await list();
  expect(first).toEqual({
    executionArn: expect.stringMatching(/:execution:orders\/each:[0-9a-f-]{36}$/),
    stateMachineArn: EACH,
    name: expect.any(String),
    status: 'RUNNING',
    startDate: expect.any(Date),
    mapRunArn,
    itemCount: 1,
    redriveCount: 0,
  });
  expect(await describe(first?.executionArn)).toMatchObject({ input: '1', mapRunArn, stateMachineArn: EACH, status: 'RUNNING' });
  expect(await describe(third?.executionArn)).toMatchObject({ input: '3' });
  const forChild = new DescribeStateMachineForExecutionCommand({ executionArn: first?.executionArn });
  expect(await client.send(forChild)).toMatchObject({ stateMachineArn: EACH, mapRunArn, label: 'each' });

  await succeed(1);
  await fail(2);
  expect(await counts()).toEqual({ running: 2, succeeded: 1, failed: 1, total: 4 });
  const { stopDate } = await client.send(new StopExecutionCommand({ executionArn: third?.executionArn, error: 'Enough' }));
  expect(await counts()).toEqual({ running: 1, succeeded: 1, failed: 1, aborted: 1, total: 4 });
  await succeed(4);
  expect(await counts()).toEqual({ succeeded: 2, failed: 1, aborted: 1, total: 4, resultsWritten: 4 });
  expect(await describe(executionArn)).toMatchObject({ status: 'SUCCEEDED' });

  // Ended children are there.
  expect((await list()).map(({ status }) => status)).toEqual(['SUCCEEDED', 'ABORTED', 'FAILED', 'SUCCEEDED']);
  expect(await list('FAILED')).toMatchObject([{ executionArn: second?.executionArn, stopDate: expect.any(Date) }]);
  expect(await describe(third?.executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough', stopDate });
  expect(await describe(second?.executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'No',
    cause: 'not 2',
    redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  });
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn: first?.executionArn }));
  expect(events?.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  const names: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListExecutionsCommand({ mapRunArn, maxResults: 3, nextToken }));
    names.push(...(page.executions ?? []).map(({ name }) => name));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(names).toEqual((await list()).map(({ name }) => name));

  const { status, stopDate: runStopped } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
  expect([status, runStopped]).toEqual(['SUCCEEDED', expect.any(Date)]);
  await expect(client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 1 }))).rejects.toMatchObject({
    name: 'ValidationException',
    reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN',
  });
  const other = `${mapRunArn?.slice(0, -1)}x`;
  for (const command of [new DescribeMapRunCommand({ mapRunArn: other }), new UpdateMapRunCommand({ mapRunArn: other })])
    await expect(client.send(command as DescribeMapRunCommand)).rejects.toMatchObject({ name: 'ResourceNotFound' });
  await expect(
    client.send(new ListExecutionsCommand({ stateMachineArn: run.stateMachineArn, statusFilter: 'PENDING_REDRIVE' })),
  ).rejects.toThrow('mapRunArn');
});

test('a lower tolerance counts at once', async () => {
  const { client, mapRunArn, executionArn, counts, fail, describe } = await mapping(orders({ ToleratedFailureCount: 3 }));
  await fail(1);
  await fail(2);
  expect(await counts()).toEqual({ running: 2, failed: 2, total: 4 });
  await client.send(new UpdateMapRunCommand({ mapRunArn, toleratedFailureCount: 1 }));
  expect(await counts()).toMatchObject({ failed: 2, aborted: 2, total: 4 });
  expect(await describe(executionArn)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
});

test('a redrive runs again what did not succeed: one after the other here, the rest pending', async () => {
  const run = await mapping(orders({}));
  const { client, mapRunArn, executionArn, counts, list, succeed, fail, describe } = run;
  await succeed(2);
  await fail(3);
  expect(await counts()).toMatchObject({ succeeded: 1, failed: 1, aborted: 2, total: 4 });
  const [, third] = await list();
  await expect(client.send(new RedriveExecutionCommand({ executionArn: third?.executionArn }))).rejects.toMatchObject({
    name: 'ExecutionNotRedrivable',
  });
  const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
  await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(await counts()).toEqual({ running: 3, succeeded: 1, total: 4 });
  expect(await describe(third?.executionArn)).toMatchObject({ status: 'RUNNING', redriveCount: 1, redriveDate });
  const redriven = await client.send(new ListExecutionsCommand({ mapRunArn, redriveFilter: 'REDRIVEN' }));
  expect(redriven.executions).toHaveLength(3);

  await fail(1);
  await client.send(new RedriveExecutionCommand({ executionArn }));
  await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(await client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({ status: 'RUNNING', redriveCount: 2 });
  for (const item of [1, 3, 4]) await succeed(item);
  expect(await counts()).toEqual({ succeeded: 4, total: 4, resultsWritten: 4 });
  expect(await describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '["done 1","done 2","done 3","done 4"]' });
  expect((await list('SUCCEEDED')).map(({ redriveCount }) => redriveCount)).toEqual([2, 2, 0, 2]);
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.flatMap(({ executionRedrivenEventDetails }) => executionRedrivenEventDetails ?? [])).toEqual([
    { redriveCount: 1 },
    { redriveCount: 2 },
  ]);
  expect(events?.flatMap(({ mapRunRedrivenEventDetails }) => mapRunRedrivenEventDetails ?? [])).toEqual([
    { mapRunArn, redriveCount: 1 },
    { mapRunArn, redriveCount: 2 },
  ]);
});

test('children that wait for their redrive are told', async () => {
  const run = await mapping(orders({ MaxConcurrency: 2 }));
  const { client, mapRunArn, executionArn, counts, list, fail, describe } = run;
  await fail(1);
  expect(await counts()).toMatchObject({ pending: 2, failed: 1, aborted: 1, total: 4 });
  await client.send(new RedriveExecutionCommand({ executionArn }));
  await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(await counts()).toEqual({ pending: 2, running: 2, total: 4 });
  await client.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 1 }));
  await fail(2);
  await client.send(new RedriveExecutionCommand({ executionArn }));
  await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(await counts()).toEqual({ pending: 2, running: 1, pendingRedrive: 1, total: 4 });
  const waiting = await list('PENDING_REDRIVE');
  expect(waiting).toHaveLength(1);
  expect(waiting[0]?.stopDate).toBeUndefined();
  expect(await describe(waiting[0]?.executionArn)).toMatchObject({
    status: 'PENDING_REDRIVE',
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is PENDING_REDRIVE and cannot be redriven',
  });
});

test('Express children are listed, and nothing else', async () => {
  const definition = orders({}, 'EXPRESS').replace('.waitForTaskToken', '').replace('"token.$":"$$.Task.Token",', '');
  const { client, mapRunArn, list } = await mapping(definition);
  const children = await list('SUCCEEDED');
  expect(children).toHaveLength(4);
  expect(children[0]).toMatchObject({ mapRunArn, itemCount: 1, stopDate: expect.any(Date) });
  const { executionArn } = children[0] ?? {};
  expect(executionArn).toContain(':express:orders/each:');
  await expect(client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({ name: 'InvalidArn' });
});

test('a Map Run goes on after a restart, with the tokens of its children', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'baton-state-')), 'state.jsonl');
  const { executionArn, mapRunArn, tokens, fakes, succeed } = await mapping(orders({ MaxConcurrency: 2 }), { stateFile });
  await succeed(1);
  const copy = join(mkdtempSync(join(tmpdir(), 'baton-state-')), 'state.jsonl');
  copyFileSync(stateFile, copy);
  const { client } = await served({ stateFile: copy, fakes });
  const second = driving(client, executionArn, mapRunArn, tokens);
  expect(await second.counts()).toEqual({ pending: 1, running: 2, succeeded: 1, total: 4 });
  // Of those that had ended only the counts are saved.
  expect((await second.list()).map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING']);
  for (const item of [2, 3, 4]) await second.succeed(item);
  expect(await second.counts()).toEqual({ succeeded: 4, total: 4, resultsWritten: 4 });
  expect(await second.describe(executionArn)).toMatchObject({ output: '["done 1","done 2","done 3","done 4"]' });

  const last = join(mkdtempSync(join(tmpdir(), 'baton-state-')), 'state.jsonl');
  copyFileSync(copy, last);
  const { client: third } = await served({ stateFile: last, fakes });
  const { $metadata: _before, ...before } = await client.send(new DescribeMapRunCommand({ mapRunArn }));
  const { $metadata: _after, ...after } = await third.send(new DescribeMapRunCommand({ mapRunArn }));
  expect(after).toEqual(before);
  expect(await driving(third, executionArn, mapRunArn, tokens).list()).toEqual([]);
});
