import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { DefinitionBody, JsonPath, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoAttributeValue, DynamoPutItem } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { createTestWorld, DEFAULT_SEED, lambda, service, simulate, SimulatorError } from '../../lib/testing';
import { inARow, send } from './definitions';
import { ShopStack } from './shop-stack';

/** Puts its input's id into a table. */
class NotesStack extends Stack {
  readonly notes = new TableV2(this, 'Notes', { partitionKey: { name: 'Id', type: AttributeType.STRING } });

  constructor(id = 'Notes') {
    super(new App(), id);
    const put = new DynamoPutItem(this, 'Put', {
      table: this.notes,
      item: { Id: DynamoAttributeValue.fromString(JsonPath.stringAt('$.id')) },
    });
    new StateMachine(this, 'Machine', { definitionBody: DefinitionBody.fromChainable(put) });
  }
}

const email = inARow({
  Mail: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:sesv2:sendEmail',
    Parameters: {
      FromEmailAddress: 'shop@example.com',
      Destination: { 'ToAddresses.$': 'States.Array($.to)' },
      Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'World' } } } },
    },
  },
});

describe('a table of the stack', () => {
  test.each([
    ['its construct', (stack: NotesStack) => stack.notes],
    ['its construct path', () => 'Notes/Notes'],
  ])('is there in memory, named by %s', async (_, tableOf) => {
    const stack = new NotesStack();
    const world = createTestWorld(stack);
    await world.seedTable(tableOf(stack), [{ Id: { S: 'first' } }]);
    await simulate(stack, { input: { id: 'second' }, world });
    const items = await world.items(tableOf(stack));
    expect(items).toHaveLength(2);
    expect(items).toEqual(expect.arrayContaining([{ Id: { S: 'first' } }, { Id: { S: 'second' } }]));
  });

  test('begins empty in each world', async () => {
    const stack = new NotesStack();
    await simulate(stack, { input: { id: 'a' } });
    expect(await createTestWorld(stack).items(stack.notes)).toEqual([]);
  });

  test('is known once its stack has been simulated in the world', async () => {
    const stack = new NotesStack();
    const world = createTestWorld();
    await expect(world.items(stack.notes)).rejects.toThrow('There is no table "Notes/Notes". There is no table at all.');
    await simulate(stack, { input: { id: 'a' }, world });
    expect(await world.items(stack.notes)).toEqual([{ Id: { S: 'a' } }]);
  });

  test('that is not there is refused, listing those that are', async () => {
    const world = createTestWorld(new NotesStack());
    await expect(world.seedTable('Note', [])).rejects.toThrow(
      /There is no table "Note"\. There are:\n {2}Notes-Notes\S* \(Notes\/Notes/,
    );
  });

  test('takes only items with its key', async () => {
    const world = createTestWorld(new NotesStack());
    await expect(world.seedTable('Notes', [{ Name: { S: 'x' } }])).rejects.toThrow(/[Kk]ey/);
  });
});

describe('the outbox', () => {
  test('has the emails that SES has accepted, in order', async () => {
    const world = createTestWorld();
    for (const to of ['a@example.com', 'b@example.com']) await simulate(email, { input: { to }, world });
    expect(world.outbox.map((mail) => JSON.stringify(mail))).toEqual([
      expect.stringContaining('a@example.com'),
      expect.stringContaining('b@example.com'),
    ]);
  });

  test('has nothing that SES has rejected', async () => {
    const world = createTestWorld(undefined, { rejectedAddresses: ['b@example.com'] });
    const run = await simulate(email, { input: { to: 'b@example.com' }, world });
    expect(run).toMatchObject({ status: 'FAILED', error: 'SesV2.MessageRejectedException' });
    expect(world.outbox).toEqual([]);
  });
});

describe('a task token', () => {
  const definition = inARow({
    Ask: {
      ...send({ HeartbeatSeconds: 600, TimeoutSeconds: 3_600 }),
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { 'MessageBody.$': '$$.Task.Token', QueueUrl: 'q' },
    },
  });

  test.each<[string, (world: ReturnType<typeof createTestWorld>, token: string) => boolean, object]>([
    [
      'succeeds',
      (world, token) => world.sendTaskSuccess(token, { approved: true }),
      { status: 'SUCCEEDED', output: { approved: true } },
    ],
    ['succeeds with false', (world, token) => world.sendTaskSuccess(token, false), { status: 'SUCCEEDED', output: false }],
    [
      'fails',
      (world, token) => world.sendTaskFailure(token, 'Declined', 'no'),
      { status: 'FAILED', error: 'Declined', cause: 'no' },
    ],
    [
      'is given up after its last heartbeat',
      (world, token) => world.sendTaskHeartbeat(token),
      { status: 'FAILED', error: 'States.Timeout' },
    ],
  ])('%s', async (_, answer, outcome) => {
    const answered: boolean[] = [];
    const world = createTestWorld(undefined, {
      fakes: [
        service('sqs:sendMessage', (_request, { token }) => {
          answered.push(answer(world, token as string));
          return {};
        }),
      ],
    });
    expect(await simulate(definition, { world })).toMatchObject(outcome);
    expect(answered).toEqual([true]);
  });

  test('that nobody waits for is answered with false', () => {
    const { sendTaskSuccess, sendTaskFailure, sendTaskHeartbeat } = createTestWorld();
    expect([sendTaskSuccess('none', 1), sendTaskFailure('none'), sendTaskHeartbeat('none')]).toEqual([false, false, false]);
  });

  test('that nobody sends: the simulation ends and says who waits', async () => {
    const endless = inARow({
      Ask: {
        ...send(),
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { 'MessageBody.$': '$$.Task.Token', QueueUrl: 'q' },
      },
    });
    const simulation = simulate(endless, { fakes: [service('sqs:sendMessage', {})] });
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(
      /"Ask" waits for its task token and nothing will send it: .*or set TimeoutSeconds\./,
    );
  });
});

test('a world says its seed and its time', () => {
  expect(createTestWorld().seed).toBe(DEFAULT_SEED);
  expect(createTestWorld(undefined, { seed: 'mine' }).seed).toBe('mine');
  expect(createTestWorld(undefined, { startTime: new Date(5) }).now).toEqual(new Date(5));
});

test('a fake of what the stack does not have is refused where the world is made', () => {
  expect(() => createTestWorld(new ShopStack(), { fakes: [lambda('Nothing', 1)] })).toThrow(
    "lambda('Nothing') is the fake of a function",
  );
});
