import { DescribeExecutionCommand, ListStateMachinesCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { assembly, folder, LOST, PATIENT, runBaton } from './run-baton';

const clientOf = (endpoint: string): SFNClient =>
  new SFNClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 });

/** Serves, uses the server as soon as it says its URL, and interrupts it. */
async function serve(
  argv: readonly string[],
  use: (client: SFNClient, url: string) => Promise<void> = async () => undefined,
): Promise<{ readonly exitCode: number; readonly output: string; readonly errors: string }> {
  const lines: string[] = [];
  const run = await runBaton(['serve', '--port', '0', '--time', 'jump', ...argv], {
    print: (text) => lines.push(text),
    interrupted: async () => {
      const url = /http:\/\/[\w.:[\]]+/.exec(lines.join('\n'))?.[0] ?? '';
      const client = clientOf(url);
      await use(client, url);
      client.destroy();
    },
  });
  return { ...run, output: lines.join('\n') };
}

const tasks = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'charge' },
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      OutputPath: '$.Payload',
      End: true,
    },
  },
};

/** Starts an execution and describes it when it has ended. */
async function ran(client: SFNClient, stateMachineArn: string) {
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'a' }));
  for (;;) {
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (described.status !== 'RUNNING') return described;
  }
}

const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine';

test('files and an assembly are served, executions are told, and it ends when it is interrupted', async () => {
  const file = folder({
    'order.asl.json': PATIENT,
    'my tasks.yaml': JSON.stringify(tasks),
    'fakes.json': { functions: { charge: { answer: { paid: true } } } },
    ...assembly({ Shop: { StateMachineName: 'shop', DefinitionString: JSON.stringify(PATIENT) } }),
  });
  const { exitCode, output, errors } = await serve(
    [file('order.asl.json'), file('my tasks.yaml'), file('cdk.out'), '--fakes', file('fakes.json')],
    async (client) => {
      const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
      expect(stateMachines?.map(({ name }) => name)).toEqual(['shop', 'order', 'my-tasks']);
      expect(await ran(client, `${arn}:order`)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await ran(client, `${arn}:my-tasks`)).toMatchObject({ output: '{"paid":true}' });
    },
  );
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  expect(output).toMatch(/^Step Functions on http:\/\/127\.0\.0\.1:\d+ time: jump/);
  expect(output).toContain(`  ${arn}:order\n`);
  expect(output).toMatch(/\n\S+Z RUNNING {3}order:a\n\S+Z SUCCEEDED order:a\n/);
});

test('--json prints lines of JSON, and --seed makes the same names', async () => {
  const file = folder({ 'order.json': PATIENT });
  const names: (string | undefined)[] = [];
  for (let times = 0; times < 2; times++) {
    const { output } = await serve([file('order.json'), '--json', '--seed', 's'], async (client) => {
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:order` }));
      names.push(executionArn);
    });
    const [server, ...changes] = output.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(server).toEqual({ url: expect.any(String) as string, stateMachineArns: [`${arn}:order`] });
    expect(changes.map(({ status }) => status)).toEqual(['RUNNING', 'SUCCEEDED']);
  }
  expect(names[1]).toBe(names[0]);
});

test("the server's line is the first, also where something has ended before it is open", async () => {
  const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 1, End: true } } };
  const file = folder({ 'wait.json': wait });
  const argv = [file('wait.json'), '--json', '--time', '1', '--state', file('state.jsonl')];
  await serve(argv, async (client) => {
    await client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:wait` }));
  });
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const { output } = await serve(argv);
  const lines = output.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toEqual([
    expect.objectContaining({ url: expect.any(String) as string }),
    expect.objectContaining({ status: 'SUCCEEDED' }),
  ]);
});

test('what the state file does not keep is named', async () => {
  const [manifest, machines] = Object.entries(
    assembly({ Shop: { StateMachineName: 'shop', DefinitionString: JSON.stringify(PATIENT) } }),
  );
  const [path, { Resources }] = machines as [string, { Resources: object }];
  const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' }];
  const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
  const holders = {
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
    Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
    Orders: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders', AttributeDefinitions, KeySchema } },
    News: { Type: 'AWS::SNS::Topic', Properties: {} },
  };
  const file = folder({
    ...Object.fromEntries([manifest as [string, unknown]]),
    [path]: { Resources: { ...Resources, ...holders } },
  });
  const argv = [file('cdk.out'), '--state', file('state.jsonl')];
  expect((await serve(argv)).output).toContain(
    `\n  not in ${file('state.jsonl')}, and new at each start: table orders, queue jobs, bucket files\n`,
  );
  expect(JSON.parse((await serve([...argv, '--json'])).output)).toMatchObject({
    notKept: ['table orders', 'queue jobs', 'bucket files'],
  });
  expect((await serve([file('cdk.out')])).output).not.toContain('new at each start');
});

test('what nobody answers is told on standard error', async () => {
  const file = folder({ 'tasks.json': tasks });
  const { exitCode, errors } = await serve([file('tasks.json')], async (client) => {
    expect(await ran(client, `${arn}:tasks`)).toMatchObject({ status: 'FAILED', error: 'SimulatorError' });
  });
  expect(exitCode).toBe(0);
  expect(errors).toContain(`:execution:tasks:a: "Charge" invokes the function charge, which is not in the stack.`);
});

test('a MockConfigFile.json of Step Functions Local', async () => {
  const file = folder({
    'tasks.json': tasks,
    'MockConfigFile.json': {
      StateMachines: { tasks: { TestCases: { Busy: { Charge: 'BusyOnce' }, Down: { Charge: 'Down' } } } },
      MockedResponses: {
        BusyOnce: {
          '0': { Throw: { Error: 'Busy', Cause: 'later' } },
          '1': { Return: { StatusCode: 200, Payload: { paid: 1 } } },
        },
        Down: { '0-2': { Throw: { Error: 'Busy' } } },
      },
    },
  });
  await serve([file('tasks.json'), '--mock-config', file('MockConfigFile.json')], async (client) => {
    expect(await ran(client, `${arn}:tasks#Busy`)).toMatchObject({ status: 'SUCCEEDED', output: '{"paid":1}' });
    await expect(ran(client, `${arn}:tasks#Other`)).rejects.toThrow('has no test case "Other"');
  });
});

test.each<[readonly string[], number, string]>([
  [['--port', '70000'], 2, '--port is a number from 0 to 65535; found 70000.'],
  [['--time', 'fast'], 2, '--time is real, jump, or how many seconds pass in a real one, such as 60; found fast.'],
  [['nowhere.json'], 2, 'nowhere.json: there is no such file or directory.'],
  [['--host', '203.0.113.1', '--port', '0'], 4, 'No server on 203.0.113.1:0:'],
])('%j cannot be served', async (argv, code, message) => {
  const { exitCode, errors } = await runBaton(['serve', ...argv]);
  expect([exitCode, errors]).toEqual([code, expect.stringContaining(message)]);
});

test('a definition that AWS would refuse is told whole', async () => {
  const file = folder({ 'lost.json': LOST });
  const { exitCode, errors } = await runBaton(['serve', file('lost.json')]);
  expect(exitCode).toBe(3);
  expect(errors).toContain('MISSING_TRANSITION_TARGET');
  expect(errors).toContain("Field 'Ende' is not supported");
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the command cleanly', async (signal) => {
  const file = folder({ 'order.json': PATIENT });
  const command = join(__dirname, '../../dist/bin/baton.js');
  const child = spawn(process.execPath, [command, 'serve', file('order.json'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\/\/\S+/.exec(first.toString())?.[0] ?? '';
  const client = clientOf(url);
  await client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:order` }));
  child.kill(signal);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  client.destroy();
});

test('a server that is killed goes on from its file', async () => {
  const file = folder({ 'order.json': PATIENT });
  const command = join(__dirname, '../../dist/bin/baton.js');
  const start = async () => {
    const argv = [command, 'serve', file('order.json'), '--port', '0', '--state', file('state.jsonl')];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, client: clientOf(/http:\/\/\S+/.exec(first.toString())?.[0] ?? '') };
  };
  const { child, client } = await start();
  const { executionArn, startDate } = await client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:order` }));
  child.kill('SIGKILL');
  await once(child, 'exit');
  client.destroy();
  const { child: second, client: secondClient } = await start();
  expect(await secondClient.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({ status: 'RUNNING', startDate });
  second.kill('SIGINT');
  expect(await once(second, 'exit')).toEqual([0, null]);
  secondClient.destroy();
});
