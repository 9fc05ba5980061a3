import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { LambdaInvocationType } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { withEntry } from '../../../lib';
import {
  activity,
  createTestWorld,
  fails,
  lambda,
  limit,
  neverAnswers,
  service,
  simulate,
  start,
  StatesError,
  takes,
  type SimulationOptions,
} from '../../../lib/testing';
import { answersOfBundled, SOURCE } from './bundled';
import { handlersStack, HandlersStack, type HandlersOptions } from './stack';

const directories: string[] = [];
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true })));

/** Runs functions with this code, and gives what they answer, or the error of the first that fails. */
async function answers(codes: readonly string[], options: HandlersOptions = {}, simulation: SimulationOptions = {}) {
  const run = await simulate<readonly unknown[]>(handlersStack(codes, options).machine, simulation);
  if (run.status === 'SUCCEEDED') return run.output;
  return { error: run.error, cause: JSON.parse(run.cause ?? 'null') as unknown, durationMs: run.durationMs };
}

const answer = async (code: string, options?: HandlersOptions, simulation?: SimulationOptions): Promise<unknown> => {
  const all = await answers([code], options, simulation);
  return 'error' in all ? all : all[0];
};

const PUT = `await dynamoDb.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: NAME }, by: { S: process.env.NAME } } }));`;

describe('DynamoDB', () => {
  test('a handler writes to the table that the test sees, and reads what is there', async () => {
    const stack = handlersStack([
      `${PUT} const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: TABLE, Key: { id: { S: 'seeded' } } })); return Item.by.S;`,
    ]);
    const world = createTestWorld(stack.machine);
    await world.seedTable(stack.table, [{ id: { S: 'seeded' }, by: { S: 'the test' } }]);
    expect(await simulate(stack.machine, { world })).toMatchObject({ output: ['the test'], durationMs: 0 });
    expect(await world.items(stack.table)).toContainEqual({ id: { S: 'Function0' }, by: { S: 'Function0' } });
  });

  test('what is refused has its class, its metadata, and a request id from the seed', async () => {
    const code = `${PUT} try {
        await dynamoDb.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: NAME } }, ConditionExpression: 'attribute_not_exists(id)' }));
      } catch (error) {
        return [error instanceof ConditionalCheckFailedException, error.name, error.message, error.$metadata];
      }`;
    const refused = await answer(code);
    expect(refused).toEqual([
      true,
      'ConditionalCheckFailedException',
      'The conditional request failed',
      expect.objectContaining({
        httpStatusCode: 400,
        attempts: 1,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      }),
    ]);
    expect(await answer(code)).toEqual(refused);
    expect(await answer(code, {}, { seed: 'another' })).not.toEqual(refused);
  });

  test('two functions at once have each their own environment, in the region in which they are deployed', async () => {
    const code = `
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      ${PUT} return [process.env.NAME, process.env.AWS_REGION, await dynamoDb.config.region(), (await dynamoDb.config.credentials()).sessionToken];`;
    const env = { account: '111122223333', region: 'eu-west-3' };
    expect(await answers([code, code], { env })).toEqual([
      ['Function0', 'eu-west-3', 'eu-west-3', 'token'],
      ['Function1', 'eu-west-3', 'eu-west-3', 'token'],
    ]);
  });

  test('what the developer has in ~/.aws is not what a handler has', async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    directories.push(home);
    writeFileSync(join(home, 'config'), '[default]\nendpoint_url = http://127.0.0.1:1\n');
    const before = { ...process.env };
    process.env['AWS_CONFIG_FILE'] = join(home, 'config');
    try {
      expect(await answer(`${PUT} return Object.keys(process.env).includes('AWS_CONFIG_FILE');`)).toBe(false);
    } finally {
      if (before['AWS_CONFIG_FILE'] === undefined) delete process.env['AWS_CONFIG_FILE'];
    }
  });
});

describe('however the code is deployed', () => {
  test('with the SDK in one minified file', async () => {
    expect(await answersOfBundled('cjs')).toEqual([
      ['Function0', 200],
      ['Function1', 200],
    ]);
  });

  test('from its source in TypeScript', async () => {
    const stack = new HandlersStack([Code.fromInline('x'), Code.fromInline('x')]);
    for (const fn of stack.functions) withEntry(fn, { entry: SOURCE });
    expect(await simulate(stack.machine)).toMatchObject({
      output: [
        ['Function0', 200],
        ['Function1', 200],
      ],
    });
  });
});

test('SES: what a handler sends is in the outbox', async () => {
  const stack = handlersStack([
    `await ses.send(new SendEmailCommand({ FromEmailAddress: 'a@example.com', Destination: { ToAddresses: ['b@example.com'] },
       Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'you' } } } } }));`,
  ]);
  const world = createTestWorld(stack.machine);
  expect(await simulate(stack.machine, { world })).toMatchObject({ status: 'SUCCEEDED' });
  expect(world.outbox).toEqual([expect.objectContaining({ to: ['b@example.com'], state: 'Call0' })]);
});

describe('Lambda: one function invokes another', () => {
  const invoke = (more = '') => `
    const { Payload, FunctionError = null, StatusCode, name, $metadata } =
      await lambda.send(new InvokeCommand({ FunctionName: OTHER, Payload: JSON.stringify({ from: NAME }) ${more} })).catch(({ name, $metadata }) => ({ name, $metadata }));
    if (StatusCode === undefined) return [name, $metadata.httpStatusCode, $metadata.attempts];
    return [StatusCode, FunctionError, Payload && JSON.parse(Buffer.from(Payload).toString())];`;

  test('which runs, with its own environment', async () => {
    expect(await answer(invoke())).toEqual([200, null, { got: { from: 'Function0' }, name: 'Other' }]);
  });

  test('which fails', async () => {
    const failed = await answer(invoke(), { other: "throw new RangeError('too far');" });
    expect(failed).toEqual([200, 'Unhandled', expect.objectContaining({ errorType: 'RangeError', errorMessage: 'too far' })]);
  });

  test.each<[string, unknown, unknown]>([
    ['that answers', ({ from }: { from: string }) => ({ hello: from }), [200, null, { hello: 'Function0' }]],
    ['that fails', fails('Busy'), [200, 'Unhandled', { errorType: 'Busy', errorMessage: 'Busy', trace: [] }]],
    ['of which Lambda knows nothing', fails('Lambda.ResourceNotFoundException'), ['ResourceNotFoundException', 404, 1]],
  ])('in whose place stands a fake %s', async (_, answering, expected) => {
    const stack = handlersStack([invoke()]);
    const fake = lambda(stack.other, answering);
    const run = await simulate(stack.machine, { fakes: [fake] });
    expect(run).toMatchObject({ output: [expected] });
    expect(fake.calls).toMatchObject([{ request: { from: 'Function0' }, state: 'Call0' }]);
  });

  test('which takes its time, and the caller with it', async () => {
    const stack = handlersStack([invoke()]);
    expect(await simulate(stack.machine, { fakes: [lambda(stack.other, takes(2))] })).toMatchObject({
      output: [[200, null, { name: 'Other' }]],
      durationMs: 2000,
    });
    expect(await simulate(stack.machine, { fakes: [lambda(stack.other, takes(1, 'slow'))] })).toMatchObject({
      output: [[200, null, 'slow']],
      durationMs: 1000,
    });
  });

  test('which never answers: the caller ends with its own timeout', async () => {
    const stack = handlersStack([invoke()]);
    const run = await simulate(stack.machine, { fakes: [lambda(stack.other, neverAnswers())] });
    expect(run).toMatchObject({ error: 'Sandbox.Timedout', durationMs: 3000 });
  });

  test('that is not there stops the run, though the handler catches it', async () => {
    const code = `await lambda.send(new InvokeCommand({ FunctionName: 'ghost' })).catch(() => {}); return 1;`;
    await expect(answer(code)).rejects.toThrow(
      /the handler of "Handlers-Function0.*" invokes the function ghost, which is not in the stack\. Add a fake: lambda\('ghost', …\)\./,
    );
  });

  test('asynchronously: later, and nobody waits for it but the test', async () => {
    const stack = handlersStack([`${invoke(", InvocationType: 'Event'")}`], { other: PUT });
    const world = createTestWorld(stack.machine);
    expect(await simulate(stack.machine, { world })).toMatchObject({ output: [[202, null, null]], durationMs: 0 });
    expect(await world.items(stack.table)).toEqual([{ id: { S: 'Other' }, by: { S: 'Other' } }]);
  });
});

describe('an asynchronous invocation by a task', () => {
  const count = `await dynamoDb.send(new UpdateItemCommand({ TableName: TABLE, Key: { id: { S: 'tries' } },
    UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } }));`;
  const event = { invocationType: LambdaInvocationType.EVENT };

  test('is accepted before the function has begun', async () => {
    const stack = handlersStack([`${PUT}`], event);
    const world = createTestWorld(stack.machine);
    const run = await simulate(stack.machine, { world });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: [{ StatusCode: 202 }] });
    expect(await world.items(stack.table)).toHaveLength(1);
  });

  test('that fails is tried twice more, a minute and two minutes later', async () => {
    const stack = handlersStack([`${count} throw new Error('no');`], event);
    const world = createTestWorld(stack.machine);
    const begun = world.now.getTime();
    expect(await simulate(stack.machine, { world })).toMatchObject({ status: 'SUCCEEDED', durationMs: 0 });
    expect(await world.items(stack.table)).toEqual([{ id: { S: 'tries' }, n: { N: '3' } }]);
    expect(world.now.getTime() - begun).toBe(180_000);
  });

  test('is not tried again before its time, where time is in the hand of the test', async () => {
    const stack = handlersStack([`${count} throw new Error('no');`], { ...event, pause: Duration.minutes(10) });
    const execution = start(stack.machine);
    await execution.reached('Pause');
    expect(await execution.world.items(stack.table)).toEqual([{ id: { S: 'tries' }, n: { N: '1' } }]);
    await execution.advance(60);
    expect(await execution.world.items(stack.table)).toEqual([{ id: { S: 'tries' }, n: { N: '2' } }]);
    expect(await execution.finished()).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('that does what is not simulated is heard of by the test', async () => {
    await expect(answer(`await fetch('https://example.com').catch(() => {});`, event)).rejects.toThrow(
      /wants to reach example\.com/,
    );
  });
});

describe('Step Functions', () => {
  const startSync = (arn: string) =>
    `await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: ${arn}, input: '{"a":1}' }))`;

  test('a synchronous start takes its virtual time, and the clock goes on meanwhile', async () => {
    const code = `
      const before = context.getRemainingTimeInMillis();
      const { output, status } = ${startSync('QUICK')};
      return [status, JSON.parse(output), before, context.getRemainingTimeInMillis()];`;
    const stack = handlersStack([code, code]);
    expect(await simulate(stack.machine)).toMatchObject({
      output: Array(2).fill(['SUCCEEDED', { a: 1 }, 3000, 1000]) as unknown[],
      durationMs: 2000,
    });
  });

  test('a handler that waits for longer than its timeout ends as Lambda ends it', async () => {
    expect(await answer(`${startSync('SLOW')}; return 'never';`)).toEqual({
      error: 'Sandbox.Timedout',
      cause: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 3\.00 seconds$/) as string,
      },
      durationMs: 3000,
    });
  });

  test('or as its task does, if that is less patient', async () => {
    const patient = { timeout: Duration.minutes(15), taskTimeout: Duration.minutes(1) };
    expect(await answer(`${startSync('SLOW')}; return 'never';`, patient)).toEqual({
      error: 'States.Timeout',
      cause: null,
      durationMs: 60_000,
    });
  });

  test('an execution that a handler starts and does not wait for', async () => {
    const code = `const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn: QUICK })); return executionArn.split(':').slice(5, 7);`;
    expect(await answer(code)).toEqual(['express', expect.stringContaining('Quick')]);
  });

  test('a state machine that is not there stops the run', async () => {
    await expect(answer(`${startSync("QUICK + 'x'")}; return 1;`)).rejects.toThrow(
      /the handler of "Handlers-Function0.*" starts the state machine .*x, which is not in the stack \(it has: .*\)\. Add it with the option stateMachines/,
    );
  });
});

describe('a real handler takes virtual time when told', () => {
  const code = `${PUT} return context.getRemainingTimeInMillis();`;
  const took = async (seconds: number, options: HandlersOptions) => {
    const stack = handlersStack([code], options);
    const [fn] = stack.functions;
    const world = createTestWorld(stack.machine, { fakes: [lambda(fn as never, takes(seconds))] });
    const run = await simulate(stack.machine, { world });
    return { run, items: await world.items(stack.table) };
  };

  test('its answer comes then, what it does is done at the beginning', async () => {
    const { run, items } = await took(300, { timeout: Duration.minutes(15) });
    expect(run).toMatchObject({ output: [900_000], durationMs: 300_000, unusedFakes: [] });
    expect(items).toHaveLength(1);
  });

  test('as lambda:invoke, too', async () => {
    const { run } = await took(5, { timeout: Duration.minutes(15), invocationType: LambdaInvocationType.REQUEST_RESPONSE });
    expect(run).toMatchObject({ output: [{ StatusCode: 200, Payload: 900_000 }], durationMs: 5_000 });
  });

  test("beyond the function's timeout it ends as Lambda ends it", async () => {
    const { run, items } = await took(300, { timeout: Duration.seconds(30) });
    expect(run).toMatchObject({ status: 'FAILED', error: 'Sandbox.Timedout', durationMs: 30_000 });
    expect(run).toMatchObject({ cause: expect.stringContaining('Error: Task timed out after 30.00 seconds') as string });
    expect(items).toHaveLength(1);
  });

  test("beyond the task's TimeoutSeconds it ends as States.Timeout", async () => {
    const { run } = await took(300, { timeout: Duration.minutes(15), taskTimeout: Duration.minutes(1) });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: 60_000 });
  });

  test('in a script', async () => {
    const stack = handlersStack(['return 7;'], { taskTimeout: Duration.minutes(1) });
    const [fn] = stack.functions;
    const fake = lambda(fn as never, takes(2).then('later'));
    const world = createTestWorld(stack.machine, { fakes: [fake] });
    expect(await simulate(stack.machine, { world })).toMatchObject({ output: [7], durationMs: 2000 });
    expect(await simulate(stack.machine, { world })).toMatchObject({ output: ['later'], durationMs: 0 });
  });
});

describe('a service that is not simulated, with a fake', () => {
  const code = `
    const { SecretsManagerClient, GetSecretValueCommand, ResourceNotFoundException } = require('@aws-sdk/client-secrets-manager');
    try {
      const { SecretString, CreatedDate } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: 's' }));
      return [SecretString, CreatedDate];
    } catch (error) {
      return [error instanceof ResourceNotFoundException, error.message];
    }`;
  const secret = 'aws-sdk:secretsmanager:getSecretValue';

  test('answers', async () => {
    const fake = service(secret, (request) => ({ SecretString: `${(request as { SecretId: string }).SecretId}!` }));
    expect(await answer(code, {}, { fakes: [fake] })).toEqual(['s!', null]);
    expect(fake.calls).toMatchObject([{ request: { SecretId: 's' }, state: 'Call0' }]);
  });

  test('times are what clients make of them', async () => {
    const fake = service(secret, { SecretString: 's', CreatedDate: '2025-01-02T03:04:05Z' });
    expect(await answer(code, {}, { fakes: [fake] })).toEqual(['s', '2025-01-02T03:04:05.000Z']);
  });

  test('fails', async () => {
    const fake = service(secret, fails('SecretsManager.ResourceNotFoundException', 'no such secret'));
    expect(await answer(code, {}, { fakes: [fake] })).toEqual([true, 'no such secret']);
  });

  test('has to have an answer', async () => {
    const fake = service(secret, limit(1).perSecond().elseThrottle());
    await expect(answer(code, {}, { fakes: [fake] })).rejects.toThrow(
      `the fake of arn:aws:states:::${secret} answers, and the fake has no answer: give it one.`,
    );
  });
});

describe('a service that is simulated, with a fake', () => {
  test('fails where the fake says so, and is itself again', async () => {
    const stack = handlersStack([
      `const put = () => ${PUT.replace(/^await |;$/g, '')}.then(() => 'put', (error) => [error.name, error.message, error.$metadata.httpStatusCode]);
       return [await put(), await put()];`,
    ]);
    const fake = service('aws-sdk:dynamodb:putItem', fails('DynamoDb.ResourceInUseException', 'busy').then({}));
    expect(await simulate(stack.machine, { fakes: [fake] })).toMatchObject({
      output: [[['ResourceInUseException', 'busy', 400], 'put']],
      unusedFakes: [],
    });
    expect(fake.calls).toMatchObject([{ request: { Item: { id: { S: 'Function0' } } } }, {}]);
  });

  test('is asked for what is not simulated; without the fake, the message says which', async () => {
    const code = `const { TransactWriteItemsCommand } = require('@aws-sdk/client-dynamodb');
      await dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: TABLE, Key: { id: { S: 'a' } } } }] })); return 'done';`;
    const fake = service('aws-sdk:dynamodb:transactWriteItems', {});
    expect(await answer(code, {}, { fakes: [fake] })).toBe('done');
    await expect(answer(code)).rejects.toThrow(
      /calls TransactWriteItems of dynamodb, which is not simulated .* Add a fake: service\('aws-sdk:dynamodb:transactWriteItems', …\)\./,
    );
  });

  test('has bodies as text, and the exceptions of the API', async () => {
    const code = `const { S3Client, GetObjectCommand, NoSuchKey } = require('@aws-sdk/client-s3');
      const get = (Key) => new S3Client({}).send(new GetObjectCommand({ Bucket: 'b', Key }));
      const found = await get('a'); const none = await get('b').catch((error) => error);
      return [await found.Body.transformToString(), found.LastModified, none instanceof NoSuchKey, none.name];`;
    const object = { Body: 'hällo', LastModified: '2025-01-02T03:04:05Z' };
    const fake = service('aws-sdk:s3:getObject', (request) => {
      if ((request as { Key: string }).Key === 'a') return object;
      throw new StatesError('S3.NoSuchKeyException', 'none');
    });
    expect(await answer(code, {}, { fakes: [fake] })).toEqual(['hällo', '2025-01-02T03:04:05.000Z', true, 'NoSuchKey']);
  });
});

test('the same history every time, whatever real time handlers take that run at once and meet in a table', async () => {
  const code = `
    const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
    const seen = [];
    for (let round = 0; round < 3; round++) {
      await pause();
      const { Attributes, $metadata } = await dynamoDb.send(new UpdateItemCommand({ TableName: TABLE, Key: { id: { S: 'count' } },
        UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } }, ReturnValues: 'UPDATED_NEW' }));
      seen.push(Attributes.n.N, $metadata.requestId);
      if (round === 1 && NAME !== 'Function2') await sfn.send(new StartSyncExecutionCommand({ stateMachineArn: QUICK }));
    }
    return seen;`;
  const stack = handlersStack([code, code, code]);
  const first = await simulate(stack.machine);
  expect(first.status).toBe('SUCCEEDED');
  for (let again = 0; again < 2; again++) expect((await simulate(stack.machine)).events).toEqual(first.events);
});

test('code of the test that a handler calls, is not the handler: its environment and its network are the own', async () => {
  const stack = handlersStack([
    `const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: OTHER })); return JSON.parse(Buffer.from(Payload).toString());`,
  ]);
  process.env['OF_THE_TEST'] = 'yes';
  const look = (): unknown => ({ own: process.env['OF_THE_TEST'], name: process.env['NAME'] ?? null });
  expect(await simulate(stack.machine, { fakes: [lambda(stack.other, look)] })).toMatchObject({
    output: [{ own: 'yes', name: null }],
  });
  delete process.env['OF_THE_TEST'];
});

test('takes without an answer is for what answers without the fake', async () => {
  const Resource = 'arn:aws:states:us-east-1:123456789012:activity:pack';
  const definition = { StartAt: 'S', States: { S: { Type: 'Task', Resource, End: true } } };
  await expect(simulate(definition, { fakes: [activity('pack', takes(5))] })).rejects.toThrow(
    'without an answer leave it to whoever answers without the fake, and here nobody does: takes(duration, answer)',
  );
});
