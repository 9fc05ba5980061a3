import {
  CreateActivityCommand,
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteActivityCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import fs, { appendFileSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../lib/server/start-server';
import { service } from '../../lib/testing/fakes/service';
import { served } from './served';

const roleArn = 'arn:aws:iam::123456789012:role/role';
const path = (name = 'state.jsonl'): string => join(mkdtempSync(join(tmpdir(), 'baton-state-')), name);
const pass = (result: unknown): string =>
  JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', Result: result, End: true } } });

/** Waits for a token between two Passes, in two branches. */
const ask = JSON.stringify({
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: ['A', 'B'].map((name) => ({
        StartAt: `Ask${name}`,
        States: {
          [`Ask${name}`]: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
            End: true,
          },
        },
      })),
      Next: 'Last',
    },
    Last: { Type: 'Pass', End: true },
  },
});

const tokens: string[] = [];
const fakes = [
  service('sqs:sendMessage', (_, { token }) => {
    tokens.push(token as string);
    return { MessageId: 'm-1' };
  }),
];

/** Describes an execution until it has ended. */
async function ended(client: SFNClient, executionArn: string | undefined) {
  for (;;) {
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (described.status !== 'RUNNING') return described;
  }
}

test('resources, versions, aliases and tags are there again, and numbers and names go on', async () => {
  const stateFile = path();
  const { client, server } = await served({ stateFile });
  const tags = [{ key: 'a', value: 'b' }];
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name: 'orders', definition: pass(1), roleArn, tags, publish: true }),
  );
  await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: pass(2), publish: true }));
  const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
  const { stateMachineAliasArn } = await client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
  await client.send(new CreateActivityCommand({ name: 'pack' }));
  const { stateMachineArn: gone } = await client.send(
    new CreateStateMachineCommand({ name: 'gone', definition: pass(1), roleArn }),
  );
  const { executionArn: ofGone } = await client.send(new StartExecutionCommand({ stateMachineArn: gone }));
  await ended(client, ofGone);
  await client.send(new DeleteStateMachineCommand({ stateMachineArn: gone }));
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: stateMachineAliasArn }));
  await ended(client, executionArn);

  const see = async (seen: SFNClient): Promise<object> => {
    const answers = await Promise.all([
      seen.send(new ListStateMachinesCommand({})),
      seen.send(new DescribeStateMachineCommand({ stateMachineArn })),
      seen.send(new DescribeStateMachineCommand({ stateMachineArn: `${stateMachineArn}:1` })),
      seen.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })),
      seen.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn })),
      seen.send(new ListActivitiesCommand({})),
      seen.send(new ListExecutionsCommand({ stateMachineArn })),
      seen.send(new DescribeExecutionCommand({ executionArn })),
      seen.send(new GetExecutionHistoryCommand({ executionArn })),
      seen.send(new DescribeExecutionCommand({ executionArn: ofGone })),
    ]);
    return answers.map(({ $metadata: _metadata, ...answer }) => answer);
  };
  const before = await see(client);
  await server.close();
  const { client: second } = await served({ stateFile });
  expect(await see(second)).toEqual(before);
  expect(await second.send(new PublishStateMachineVersionCommand({ stateMachineArn }))).toMatchObject({
    stateMachineVersionArn: `${stateMachineArn}:2`,
  });
  await second.send(new UpdateStateMachineCommand({ stateMachineArn, definition: pass(3) }));
  expect(await second.send(new PublishStateMachineVersionCommand({ stateMachineArn }))).toMatchObject({
    stateMachineVersionArn: `${stateMachineArn}:3`,
  });
  const { executionArn: later } = await second.send(new StartExecutionCommand({ stateMachineArn }));
  expect(later).not.toBe(executionArn);
});

test('executions go on from where they were, with the tokens that were given out', async () => {
  const stateFile = path();
  tokens.length = 0;
  const { client, server } = await served({ stateFile, fakes, stateMachines: [{ name: 'ask', definition: ask }] });
  const [stateMachineArn] = server.stateMachineArns;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"a":1}' }));
  const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  await client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '"first"' }));
  // Killed right after that answer: the file is as it is now.
  const copy = path();
  copyFileSync(stateFile, copy);
  const { client: second } = await served({ stateFile: copy, fakes });
  const { events: again } = await second.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(again?.slice(0, events?.length)).toEqual(events);
  await expect(second.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '1' }))).rejects.toThrow('Task Timed Out');
  await second.send(new SendTaskSuccessCommand({ taskToken: tokens[1], output: '"second"' }));
  expect(await ended(second, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '["first","second"]' });
  expect(tokens).toHaveLength(2);
});

test('an execution is redriven after a restart, and goes on after another', async () => {
  const stateFile = path();
  tokens.length = 0;
  const { client, server } = await served({ stateFile, fakes, stateMachines: [{ name: 'ask', definition: ask }] });
  const [stateMachineArn] = server.stateMachineArns;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  await client.send(new GetExecutionHistoryCommand({ executionArn }));
  await client.send(new SendTaskSuccessCommand({ taskToken: tokens[0], output: '"first"' }));
  await client.send(new SendTaskFailureCommand({ taskToken: tokens[1], error: 'No' }));
  expect(await ended(client, executionArn)).toMatchObject({ status: 'FAILED', error: 'No', redriveStatus: 'REDRIVABLE' });
  await server.close();
  const { client: second } = await served({ stateFile, fakes });
  const redrive = new RedriveExecutionCommand({ executionArn, clientToken: 'once' });
  const { redriveDate } = await second.send(redrive);
  await second.send(new GetExecutionHistoryCommand({ executionArn }));
  const copy = path();
  copyFileSync(stateFile, copy);
  const { client: third } = await served({ stateFile: copy, fakes });
  expect(await third.send(redrive)).toMatchObject({ redriveDate });
  // Of the two branches one has succeeded.
  expect(tokens).toHaveLength(3);
  await third.send(new SendTaskSuccessCommand({ taskToken: tokens[2], output: '"second"' }));
  expect(await ended(third, executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '["first","second"]',
    redriveCount: 1,
    redriveDate,
  });
  const { executions } = await third.send(new ListExecutionsCommand({ stateMachineArn, redriveFilter: 'REDRIVEN' }));
  expect(executions).toMatchObject([{ executionArn, redriveCount: 1, redriveDate }]);
});

test('a task that a worker has is not given out again; one that nobody has is', async () => {
  const stateFile = path();
  const { client } = await served({ stateFile });
  const { activityArn } = await client.send(new CreateActivityCommand({ name: 'pack' }));
  const definition = JSON.stringify({ StartAt: 'T', States: { T: { Type: 'Task', Resource: activityArn, End: true } } });
  const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name: 'm', definition, roleArn }));
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'taken', input: '1' }));
  const { taskToken } = await client.send(new GetActivityTaskCommand({ activityArn }));
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'open', input: '2' }));
  const copy = path();
  copyFileSync(stateFile, copy);
  const { client: second } = await served({ stateFile: copy });
  const { input, taskToken: other } = await second.send(new GetActivityTaskCommand({ activityArn }));
  expect(input).toBe('2');
  await second.send(new SendTaskSuccessCommand({ taskToken, output: '"one"' }));
  await second.send(new SendTaskSuccessCommand({ taskToken: other, output: '"two"' }));
  expect(await ended(second, executionArn)).toMatchObject({ output: '"two"' });
  expect(await ended(second, executionArn?.replace('open', 'taken'))).toMatchObject({ output: '"one"' });
});

test('a state machine to begin with is brought to what it is now', async () => {
  const stateFile = path();
  const machine = (result: number) => ({ stateFile, stateMachines: [{ name: 'm', definition: pass(result) }] });
  const { server } = await served(machine(1));
  await server.close();
  const { client, server: second } = await served(machine(2));
  const [stateMachineArn] = second.stateMachineArns;
  expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
    definition: pass(2),
    revisionId: expect.any(String) as string,
  });
});

test('a line that was being written when the server was killed is left out', async () => {
  const stateFile = path();
  const { server } = await served({ stateFile, stateMachines: [{ name: 'm', definition: pass(1) }] });
  await server.close();
  appendFileSync(stateFile, '{"kind":"stateMachineGone","arn":"arn:aws:st');
  const { server: second } = await served({ stateFile });
  expect(second.stateMachineArns).toHaveLength(1);
});

test.each<[string, string]>([
  ['{"a":1}\n', ':1 is no line of a state file'],
  ['{"kind":"other","format":1}\n', ' is no state file of this version'],
  ['notes without a line feed', ' is no state file of this version'],
  ['{"kind":"cdk-baton state","format":1}\nnot JSON\n', ':2 is no line of a state file'],
])('%j is refused, and stays as it is', async (text, message) => {
  const stateFile = path();
  writeFileSync(stateFile, text);
  await expect(startServer({ port: 0, stateFile })).rejects.toThrow(`${stateFile}${message}`);
  expect(readFileSync(stateFile, 'utf8')).toBe(text);
});

test('a server that has no port leaves the file of another alone', async () => {
  const stateFile = path();
  const { server } = await served({ stateFile, stateMachines: [{ name: 'm', definition: pass(1) }] });
  const before = readFileSync(stateFile, 'utf8');
  await expect(startServer({ port: server.port, stateFile })).rejects.toThrow('something else listens there');
  expect(readFileSync(stateFile, 'utf8')).toBe(before);
});

test('a server that has no port runs nothing of its file', async () => {
  const stateFile = path();
  const call = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Parameters: { QueueUrl: 'q', MessageBody: 'b' },
    End: true,
  };
  const definition = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'C' }, C: call } };
  const { server, client } = await served({ stateFile, time: 1, stateMachines: [{ name: 'm', definition }] });
  await client.send(new StartExecutionCommand({ stateMachineArn: server.stateMachineArns[0] }));
  const send = service('sqs:sendMessage', { MessageId: 'm-1' });
  await expect(startServer({ port: server.port, stateFile, fakes: [send] })).rejects.toThrow('something else listens there');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(send).not.toHaveBeenCalled();
});

test('other options than the file was begun with are refused, all at once', async () => {
  const stateFile = path();
  const given = { seed: 'a', region: 'eu-west-1', accountId: '111122223333' };
  const { server } = await served({ stateFile, ...given, stateMachines: [{ name: 'm', definition: pass(1) }] });
  await server.close();
  await expect(startServer({ port: 0, stateFile, seed: 'b', region: 'eu-west-1', accountId: '444455556666' })).rejects.toThrow(
    `${stateFile} goes on with what it was begun with: leave these options out, or give another file.\n` +
      '  - the option seed is "b"; the file was begun with "a"\n' +
      '  - the option accountId is "444455556666"; the file was begun with "111122223333"',
  );
  const { server: second } = await served({ stateFile, ...given });
  expect(second.stateMachineArns).toEqual(server.stateMachineArns);
});

test('when the file cannot be written any more, no request is answered, and close tells', async () => {
  const stateFile = path();
  const server = await startServer({ port: 0, stateFile, stateMachines: [{ name: 'm', definition: pass(1) }] });
  const post = (): Promise<unknown> =>
    fetch(server.url, { method: 'POST', headers: { 'x-amz-target': 'AWSStepFunctions.CreateActivity' }, body: '{"name":"a"}' });
  const write = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
    throw new Error('ENOSPC: no space left on device');
  });
  await expect(post()).rejects.toThrow('fetch failed');
  write.mockRestore();
  await expect(post()).rejects.toThrow('fetch failed');
  await expect(server.close()).rejects.toThrow(
    `${stateFile} cannot be written any more, and no request is answered: ENOSPC: no space left on device.`,
  );
});

test('an execution whose test case is not there any more is not taken up without its mocks', async () => {
  const stateFile = path();
  const mockConfig = { StateMachines: { ask: { TestCases: { Yes: {} } } }, MockedResponses: {} };
  const { client, server } = await served({ stateFile, fakes, mockConfig, stateMachines: [{ name: 'ask', definition: ask }] });
  const stateMachineArn = `${server.stateMachineArns[0]}#Yes`;
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  await server.close();
  await expect(startServer({ port: 0, stateFile, fakes })).rejects.toThrow(
    `Give one that has:\n  - "Yes" of the state machine "ask", for ${executionArn}`,
  );
  await served({ stateFile, fakes, mockConfig });
});

test('what is no file is refused', async () => {
  const stateFile = path('.');
  await expect(startServer({ port: 0, stateFile })).rejects.toThrow(`${stateFile} is no file`);
});

test('a file that cannot be written is refused', async () => {
  await expect(startServer({ port: 0, stateFile: '/nowhere/state.jsonl' })).rejects.toThrow(
    '/nowhere/state.jsonl cannot be written',
  );
});

test('every change is in the file when its answer is given', async () => {
  const stateFile = path();
  const { client } = await served({ stateFile });
  const see = async (seen: SFNClient, stateMachineArn: string | undefined): Promise<object> => {
    const { stateMachines } = await seen.send(new ListStateMachinesCommand({}));
    const isThere = stateMachines?.some((machine) => machine.stateMachineArn === stateMachineArn) === true;
    const answers = await Promise.all([
      seen.send(new ListActivitiesCommand({})),
      ...(isThere
        ? [
            seen.send(new DescribeStateMachineCommand({ stateMachineArn })),
            seen.send(new ListStateMachineVersionsCommand({ stateMachineArn })),
            seen.send(new ListStateMachineAliasesCommand({ stateMachineArn })),
            seen.send(new ListTagsForResourceCommand({ resourceArn: stateMachineArn })),
            seen.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn })).catch(() => undefined),
          ]
        : []),
    ]);
    return [stateMachines, ...answers.map((answer) => ({ ...answer, $metadata: undefined }))];
  };
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:orders';
  const activityArn = 'arn:aws:states:us-east-1:123456789012:activity:pack';
  const stateMachineAliasArn = `${stateMachineArn}:live`;
  const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
  const changes = [
    () => client.send(new CreateStateMachineCommand({ name: 'orders', definition: pass(1), roleArn })),
    () => client.send(new PublishStateMachineVersionCommand({ stateMachineArn })),
    () => client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: pass(2) })),
    () => client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration })),
    () => client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, description: 'all' })),
    () => client.send(new TagResourceCommand({ resourceArn: stateMachineArn, tags: [{ key: 'a', value: 'b' }] })),
    () => client.send(new UntagResourceCommand({ resourceArn: stateMachineArn, tagKeys: ['a'] })),
    () => client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn })),
    () => client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${stateMachineArn}:1` })),
    () => client.send(new CreateActivityCommand({ name: 'pack' })),
    () => client.send(new DeleteActivityCommand({ activityArn })),
    () => client.send(new DeleteStateMachineCommand({ stateMachineArn })),
  ];
  let before: object = {};
  for (const change of changes) {
    await change();
    const copy = path();
    copyFileSync(stateFile, copy);
    const now = await see(client, stateMachineArn);
    expect(now).not.toEqual(before);
    before = now;
    const { client: second, server } = await served({ stateFile: copy });
    expect(await see(second, stateMachineArn)).toEqual(now);
    await server.close();
  }
});

test('of a step that was being written when the server was killed nothing is taken', async () => {
  const stateFile = path();
  const { client, server } = await served({ stateFile, stateMachines: [{ name: 'm', definition: pass(1) }] });
  const [stateMachineArn] = server.stateMachineArns;
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'whole' }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'torn' }));
  await server.close();
  const lines = readFileSync(stateFile, 'utf8').split('\n');
  const torn = lines.findIndex((line) => line.includes('execution:m:torn'));
  writeFileSync(stateFile, `${lines.slice(0, torn + 1).join('\n')}\n`);
  const { client: second } = await served({ stateFile });
  const { executions } = await second.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(executions?.map(({ name }) => name)).toEqual(['whole']);
  expect(await second.send(new StartExecutionCommand({ stateMachineArn }))).toMatchObject({
    executionArn: expect.any(String) as string,
  });
});

test('lines of any length are read: a file has more than fits in a text', async () => {
  const stateFile = path();
  const { client, server } = await served({ stateFile, stateMachines: [{ name: 'm', definition: pass(1) }] });
  const [stateMachineArn] = server.stateMachineArns;
  const input = JSON.stringify('ü€😀'.repeat(25_000));
  for (let count = 0; count < 12; count++)
    await client.send(new StartExecutionCommand({ stateMachineArn, input, name: `n${count}` }));
  await server.close();
  const { client: second } = await served({ stateFile });
  for (let count = 0; count < 12; count++)
    expect(
      (
        await second.send(
          new DescribeExecutionCommand({
            executionArn: `${stateMachineArn?.replace(':stateMachine:', ':execution:')}:n${count}`,
          }),
        )
      ).input,
    ).toBe(input);
});

test('many state machines make a request no slower', async () => {
  const { client, server } = await served({ stateFile: path() });
  const create = (index: number) =>
    client.send(new CreateStateMachineCommand({ name: `m${index}`, definition: pass(1), roleArn }));
  await create(0);
  const written = jest.spyOn(JSON, 'stringify');
  for (let index = 1; index < 50; index++) await create(index);
  const texts = written.mock.calls.filter(([value]) => (value as { kind?: string } | undefined)?.kind === 'stateMachine');
  written.mockRestore();
  expect(texts).toHaveLength(49);
  await server.close();
});

test.each([
  'arn:aws:states:::states:startExecution',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::aws-sdk:sfn:startExecution',
])('%s that is made again finds its execution, though that has ended', async (resource) => {
  const stateFile = path();
  const stateMachine = 'arn:aws:states:us-east-1:123456789012:stateMachine:child';
  const Parameters = { StateMachineArn: stateMachine, 'Name.$': '$$.Execution.Name' };
  const definition = {
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', Seconds: 20, Next: 'Start' },
      Start: { Type: 'Task', Resource: resource, Parameters, End: true },
    },
  };
  const stateMachines = [
    { name: 'child', definition: pass(1) },
    { name: 'parent', definition },
  ];
  const { client, server } = await served({ stateFile, time: 20, stateMachines });
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn: server.stateMachineArns[1], name: 'e' }),
  );
  const waiting = readFileSync(stateFile, 'utf8');
  expect(await ended(client, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  await ended(client, executionArn?.replace('parent', 'child'));
  await server.close();
  // As if the server had been killed after the child's end, but before the parent had heard of its start.
  const later = readFileSync(stateFile, 'utf8').slice(waiting.length).split('\n');
  writeFileSync(stateFile, waiting + later.filter((line) => !line.includes('"name":"parent"')).join('\n'));
  const { client: second } = await served({ stateFile, time: 20, stateMachines });
  expect(await ended(second, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
});

test('an execution that AWS has forgotten is not in the file, and its name begins anew', async () => {
  const stateFile = path();
  const definition = { StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$', End: true } } };
  const { client, server } = await served({ stateFile, stateMachines: [{ name: 'm', definition }] });
  const [stateMachineArn] = server.stateMachineArns;
  const start = async (seen: SFNClient, name: string, input: string): Promise<string | undefined> => {
    const { executionArn } = await seen.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    await ended(seen, executionArn);
    return executionArn;
  };
  const executionArn = await start(client, 'a', '1');
  await start(client, 'b', '0');
  await start(client, 'long', `${90 * 86_400}`);
  await start(client, 'a', '2');
  await server.close();
  const { client: second } = await served({ stateFile });
  const { executions } = await second.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(executions?.map(({ name }) => name)).toEqual(['a', 'long']);
  const { events } = await second.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.map(({ executionStartedEventDetails: details }) => details?.input)).toEqual(['2', ...Array<undefined>(3)]);
  // Those that are over are forgotten in the order of their ends, also those from the file.
  await start(second, 'longer', `${90 * 86_400}`);
  const { executions: later } = await second.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(later?.map(({ name }) => name)).toEqual(['longer']);
});
