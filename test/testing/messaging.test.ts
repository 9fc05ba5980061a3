import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { EventBus, EventField, Rule, RuleTargetInput, Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as ToFunction, SfnStateMachine, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { FilterOrPolicy, SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { JsonObject } from '../../lib/json/json';
import { createTestWorld, fails, lambda, service, simulate, SimulatorError, start } from '../../lib/testing';
import { inARow } from './definitions';

const at = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
const task = (resource: string, Parameters: object) => ({ Type: 'Task', Resource: `arn:aws:states:::${resource}`, Parameters });
const sendOrder = (body: unknown = { id: 1 }) =>
  inARow({ Send: task('sqs:sendMessage', { QueueUrl: url('orders'), MessageBody: body }) });

/** Everything that sends to everything. */
class MailStack extends Stack {
  readonly dead = new Queue(this, 'Dead', { queueName: 'dead' });
  readonly orders = new Queue(this, 'Orders', { queueName: 'orders', deadLetterQueue: { queue: this.dead, maxReceiveCount: 2 } });
  readonly inbox = new Queue(this, 'Inbox', { queueName: 'inbox' });
  readonly work = this.defineFunction('Work');
  readonly hear = this.defineFunction('Hear');
  readonly news = new Topic(this, 'News', { topicName: 'news' });
  readonly bus = new EventBus(this, 'Bus', { eventBusName: 'shop' });
  readonly machine = new StateMachine(this, 'Machine', {
    stateMachineName: 'follow-up',
    definitionBody: DefinitionBody.fromChainable(new Pass(this, 'Nothing')),
  });

  constructor(code?: string) {
    super(new App(), 'Mail', { env: { account: '123456789012', region: 'us-east-1' } });
    if (code !== undefined) (this.work.node.defaultChild as { code?: unknown } & object).code = { zipFile: code };
    this.work.addEventSource(new SqsEventSource(this.orders, { reportBatchItemFailures: true }));
    const filterPolicyWithMessageBody = { kind: FilterOrPolicy.filter(SubscriptionFilter.stringFilter({ allowlist: ['rush'] })) };
    this.news.addSubscription(new SqsSubscription(this.inbox, { rawMessageDelivery: true, filterPolicyWithMessageBody }));
    this.news.addSubscription(new LambdaSubscription(this.hear));
    new Rule(this, 'Paid', {
      eventBus: this.bus,
      eventPattern: { source: ['shop'], detail: { total: [{ numeric: ['>', 5] }] } },
      targets: [
        new SqsQueue(this.inbox, { message: RuleTargetInput.fromObject({ total: EventField.fromPath('$.detail.total') }) }),
        new SfnStateMachine(this.machine, { input: RuleTargetInput.fromEventPath('$.detail') }),
      ],
    });
    new Rule(this, 'Failed', {
      eventPattern: { source: ['aws.states'], detail: { status: ['FAILED'] } },
      targets: [new ToFunction(this.hear)],
    });
  }

  private defineFunction(id: string): Function {
    const code = Code.fromInline('exports.handler = async (event) => ({ heard: event });');
    return new Function(this, id, { functionName: id, runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code });
  }
}

describe('a queue of the stack', () => {
  test('has what a Task has sent', async () => {
    const stack = new MailStack();
    const world = createTestWorld(stack, { fakes: [lambda(stack.work, fails('Busy'))] });
    const run = await simulate(sendOrder(), { world });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { MD5OfMessageBody: 'd2ce28b9a7fd7e4407e2b0fd499b7fe4' } });
    expect(world.messages(stack.orders)).toMatchObject([{ body: '{"id":1}', receiveCount: 1 }]);
    expect(world.messages('dead')).toEqual([]);
  });

  test('drives its function, which has answered when the simulation is over', async () => {
    const stack = new MailStack();
    const worker = lambda(stack.work, () => null);
    const world = createTestWorld(stack, { fakes: [worker] });
    await simulate(sendOrder('hello'), { world });
    expect(worker.calls).toHaveLength(1);
    expect(worker.calls[0]?.request).toMatchObject({ Records: [{ body: 'hello', eventSourceARN: at('sqs', 'orders') }] });
    expect(world.messages(stack.orders)).toEqual([]);
  });

  test('drives the real handler', async () => {
    const stack = new MailStack(`exports.handler = async ({ Records }) => ({ batchItemFailures: Records
      .filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) });`);
    const world = createTestWorld(stack);
    const Entries = ['good', 'bad', 'fine'].map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await simulate(inARow({ Send: task('aws-sdk:sqs:sendMessageBatch', { QueueUrl: url('orders'), Entries }) }), { world });
    expect(world.messages(stack.orders)).toMatchObject([{ body: 'bad', receiveCount: 1 }]);
    await world.advance(Duration.minutes(2));
    expect([world.messages(stack.orders), world.messages(stack.dead)]).toMatchObject([[], [{ body: 'bad', receiveCount: 2 }]]);
  });

  test('whose function answers the task token ends the wait', async () => {
    const stack = new MailStack();
    const world = createTestWorld(stack, {
      fakes: [
        lambda(stack.work, ({ Records }: { Records: readonly { body: string }[] }) => {
          const { token } = JSON.parse(Records[0]?.body ?? '') as { token: string };
          world.sendTaskSuccess(token, { approved: true });
        }),
      ],
    });
    const wait = {
      ...task('sqs:sendMessage.waitForTaskToken', { QueueUrl: url('orders'), MessageBody: { 'token.$': '$$.Task.Token' } }),
      HeartbeatSeconds: 60,
    };
    const run = await simulate(inARow({ Wait: wait }), { world });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { approved: true }, durationMs: 0 });
  });

  test('is received from by a Task that waits, while time goes on', async () => {
    const stack = new MailStack();
    const world = createTestWorld(stack);
    const receive = inARow({
      Send: task('aws-sdk:sqs:sendMessage', { QueueUrl: url('inbox'), MessageBody: 'late', DelaySeconds: 7 }),
      Receive: task('aws-sdk:sqs:receiveMessage', { QueueUrl: url('inbox'), WaitTimeSeconds: 20 }),
    });
    const run = await simulate(receive, { world });
    expect(run).toMatchObject({ output: { Messages: [{ Body: 'late' }] }, durationMs: 7000 });
  });

  test('that the stack has not gets AWS’s error, which a Catch may catch', async () => {
    const run = await simulate(inARow({ Send: task('sqs:sendMessage', { QueueUrl: url('other'), MessageBody: 'x' }) }), {
      world: createTestWorld(new MailStack()),
    });
    expect(run).toMatchObject({
      status: 'FAILED',
      error: 'SQS.QueueDoesNotExistException',
      cause: expect.stringContaining('Error Code: AWS.SimpleQueueService.NonExistentQueue') as string,
    });
    await expect(simulate(sendOrder())).rejects.toThrow(SimulatorError);
    expect(() => createTestWorld(new MailStack()).messages('other')).toThrow(/There is no queue "other"\. There are:/);
  });

  test('has nothing where a fake has answered for it', async () => {
    const stack = new MailStack();
    const world = createTestWorld(stack, { fakes: [service('sqs:sendMessage', { MessageId: 'm-1', MD5OfMessageBody: 'x' })] });
    expect(await simulate(sendOrder(), { world })).toMatchObject({ output: { MessageId: 'm-1' } });
    expect(world.messages(stack.orders)).toEqual([]);
  });

  test('is the same each time', async () => {
    const once = async () => {
      const world = createTestWorld(new MailStack(), { seed: 's' });
      const run = await simulate(sendOrder(), { world });
      return JSON.stringify([run.events, world.messages('orders')]);
    };
    expect(await once()).toBe(await once());
  });
});

test('a topic of the stack delivers to the queue that accepts the message, and to the function', async () => {
  const stack = new MailStack();
  const listener = lambda(stack.hear, () => null);
  const world = createTestWorld(stack, { fakes: [listener] });
  const publish = (Message: object) => task('sns:publish', { TopicArn: at('sns', 'news'), Message });
  await simulate(inARow({ One: publish({ kind: 'rush' }), Other: publish({ kind: 'slow' }) }), { world });
  expect(world.messages(stack.inbox).map(({ body }) => body)).toEqual(['{"kind":"rush"}']);
  expect(listener).toHaveBeenCalledTimes(2);
});

describe('a bus of the stack', () => {
  const put = (total: number) =>
    inARow({
      Put: task('events:putEvents', {
        Entries: [{ Source: 'shop', DetailType: 'Paid', EventBusName: 'shop', Detail: { total } }],
      }),
    });

  test('sends what a rule means to its targets, a state machine among them', async () => {
    const stack = new MailStack();
    const world = createTestWorld(stack);
    await simulate(put(7), { world });
    await simulate(put(5), { world });
    await world.settled();
    expect(world.events(stack.bus).map(({ detail }) => detail)).toEqual([{ total: 7 }, { total: 5 }]);
    expect(world.messages(stack.inbox).map(({ body }) => body)).toEqual(['{"total":7}']);
    expect(world.executions()).toMatchObject([
      { stateMachineArn: at('states', 'stateMachine:follow-up'), input: { total: 7 }, status: 'SUCCEEDED' },
    ]);
  });

  test('tells what there are where there is none of the name', () => {
    expect(() => createTestWorld(new MailStack()).events('other')).toThrow(/There is no event bus "other"/);
  });
});

describe('the default bus', () => {
  const fiveSeconds = {
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 5, Next: 'Stop' }, Stop: { Type: 'Fail', Error: 'No', Cause: 'why' } },
  };

  test('hears of starts and ends of executions, and its rules do', async () => {
    const stack = new MailStack();
    const listener = lambda(stack.hear, () => null);
    const world = createTestWorld(stack, { fakes: [listener] });
    const run = await simulate(fiveSeconds, { world });
    const startDate = run.startDate.getTime();
    const told = { executionArn: run.executionArn, name: run.name, input: '{}', inputDetails: { included: true }, startDate };
    expect(world.events('default').map(({ detail }) => detail)).toEqual([
      expect.objectContaining({ ...told, status: 'RUNNING', stopDate: null, output: null, error: null }),
      expect.objectContaining({ ...told, status: 'FAILED', stopDate: startDate + 5000, error: 'No', cause: 'why' }),
    ]);
    expect(listener.calls.map(({ request }) => (request as JsonObject)['detail-type'])).toEqual([
      'Step Functions Execution Status Change',
    ]);
  });

  test('hears nothing of Express executions', async () => {
    const world = createTestWorld(new MailStack());
    await simulate(inARow({ Pass: { Type: 'Pass' } }), { world, type: 'EXPRESS' });
    expect(world.events('default')).toEqual([]);
  });

  test('hears of the start first, also where an execution takes no time', async () => {
    const world = createTestWorld(new MailStack());
    await simulate(inARow({ Pass: { Type: 'Pass' } }), { world });
    expect(world.events('default').map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'SUCCEEDED']);
  });
});

test('a schedule that a Task makes comes at its time, which the test lets pass', async () => {
  const stack = new MailStack();
  const world = createTestWorld(stack);
  const create = task('aws-sdk:scheduler:createSchedule', {
    Name: 'remind',
    ScheduleExpression: 'at(2025-01-02T00:00:00)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: at('sqs', 'inbox'), RoleArn: 'arn:aws:iam::123456789012:role/r', Input: 'remember' },
  });
  await simulate(inARow({ Create: create }), { world });
  await world.advance(Duration.hours(23));
  expect(world.messages(stack.inbox)).toEqual([]);
  await world.advance(Duration.hours(1));
  expect(world.messages(stack.inbox)).toMatchObject([{ body: 'remember', sentAtMs: Date.parse('2025-01-02T00:00:00Z') }]);
  expect(world.now).toEqual(new Date('2025-01-02T00:00:00Z'));
});

test('time in the hand of a test brings what is due, after the execution too', async () => {
  const stack = new MailStack();
  const worker = lambda(stack.work, fails('Busy').times(1).then(null));
  const execution = start(sendOrder(), { world: createTestWorld(stack, { fakes: [worker] }) });
  await execution.finished();
  expect(worker.calls).toHaveLength(1);
  await execution.advance(Duration.seconds(29));
  expect(worker.calls).toHaveLength(1);
  await execution.advance(Duration.seconds(1));
  expect(worker.calls).toHaveLength(2);
});

test('a function that cannot be run stops the run that has sent to it', async () => {
  const stack = new MailStack();
  (stack.work.node.defaultChild as { runtime?: string } & object).runtime = 'python3.12';
  await expect(simulate(sendOrder(), { world: createTestWorld(stack) })).rejects.toThrow(/Work[^]*python3\.12/);
});

/** What comes by itself, and what fails on its way. */
class NightStack extends Stack {
  readonly dead = new Queue(this, 'Dead', { queueName: 'dead' });
  readonly inbox = new Queue(this, 'Inbox', { queueName: 'inbox' });
  readonly work = new Function(this, 'Work', {
    functionName: 'Work',
    runtime: Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => { throw new Error("no"); };'),
    onFailure: new SqsDestination(this.dead),
    retryAttempts: 1,
  });
  readonly machine = new StateMachine(this, 'Machine', {
    stateMachineName: 'nightly',
    definitionBody: DefinitionBody.fromChainable(new Pass(this, 'Nothing')),
  });
  readonly news = new Topic(this, 'News', { topicName: 'news' });

  constructor() {
    super(new App(), 'Night', { env: { account: '123456789012', region: 'us-east-1' } });
    const orders = new Queue(this, 'Orders', { queueName: 'orders.fifo', fifo: true });
    this.news.addSubscription(new SqsSubscription(orders, { deadLetterQueue: this.dead }));
    new Rule(this, 'Nightly', {
      schedule: RuleSchedule.cron({ hour: '3', minute: '0' }),
      targets: [new SfnStateMachine(this.machine, { input: RuleTargetInput.fromObject({ nightly: true }) })],
    });
    new Rule(this, 'Asked', {
      eventPattern: { source: ['shop'] },
      targets: [new SfnStateMachine(this.machine, { deadLetterQueue: this.dead, retryAttempts: 1 }), new ToFunction(this.work)],
    });
    new Schedule(this, 'Morning', {
      schedule: ScheduleExpression.cron({ hour: '8', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
      target: new SqsSendMessage(this.inbox, { input: ScheduleTargetInput.fromText('good morning') }),
    });
  }
}

describe('what nobody has asked for', () => {
  test('comes at its times: a rule of the stack in UTC, a schedule in its time zone', async () => {
    const stack = new NightStack();
    const world = createTestWorld(stack, { startTime: new Date('2025-01-01T00:00:00Z') });
    await world.advance(Duration.days(1));
    expect(world.executions()).toMatchObject([
      { input: { nightly: true }, startDate: new Date('2025-01-01T03:00:00Z'), status: 'SUCCEEDED' },
    ]);
    expect(world.messages(stack.inbox)).toMatchObject([{ body: 'good morning', sentAtMs: Date.parse('2025-01-01T07:00:00Z') }]);
  });

  test('keeps no run waiting that nothing else can wake', async () => {
    const stack = new NightStack();
    const wait = task('sqs:sendMessage.waitForTaskToken', {
      QueueUrl: url('inbox'),
      MessageBody: { 'token.$': '$$.Task.Token' },
    });
    await expect(simulate(inARow({ Wait: wait }), { world: createTestWorld(stack) })).rejects.toThrow(
      '"Wait" waits for its task token and nothing will send it',
    );
  });

  test('comes while an execution waits, too', async () => {
    const stack = new NightStack();
    const world = createTestWorld(stack, { startTime: new Date('2025-01-01T00:00:00Z') });
    await simulate({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 90_000, End: true } } }, { world });
    expect([world.executions().length, world.messages(stack.inbox).length]).toEqual([1, 1]);
  });
});

test('what cannot be delivered goes to the queues that the stack has for it', async () => {
  const stack = new NightStack();
  const busy = service('states:startExecution', fails('StepFunctions.ThrottlingException', 'Rate exceeded'));
  const world = createTestWorld(stack, { fakes: [busy] });
  const Entries = [{ Source: 'shop', DetailType: 'Paid', Detail: {} }];
  const run = await simulate(
    inARow({
      Publish: task('sns:publish', { TopicArn: at('sns', 'news'), Message: 'hello' }),
      Put: task('events:putEvents', { Entries }),
    }),
    { world },
  );
  expect(run.status).toBe('SUCCEEDED');
  await world.advance(Duration.minutes(5));
  const dead = world.messages(stack.dead);
  expect(dead.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { Type: 'Notification', Message: 'hello' },
    { source: 'shop', 'detail-type': 'Paid' },
    { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 }, responsePayload: { errorMessage: 'no' } },
  ]);
  expect(dead[1]?.messageAttributes).toMatchObject({
    ERROR_CODE: { StringValue: 'THROTTLING' },
    EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
    RETRY_ATTEMPTS: { StringValue: '1' },
  });
});

test('asynchronous invocations by a Task have the function’s destination, too', async () => {
  const stack = new NightStack();
  const world = createTestWorld(stack);
  const invoke = task('lambda:invoke', { FunctionName: 'Work', InvocationType: 'Event', Payload: { id: 1 } });
  await simulate(inARow({ Invoke: invoke }), { world });
  await world.settled();
  expect(world.messages(stack.dead).map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { requestContext: { functionArn: `${at('lambda', 'function:Work')}:$LATEST` }, requestPayload: { id: 1 } },
  ]);
});

test('a schedule that a Task has made keeps no run alive that nothing else can wake', async () => {
  const schedule = task('aws-sdk:scheduler:createSchedule', {
    Name: 'nightly',
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: at('lambda', 'function:Work'), RoleArn: 'arn:aws:iam::123456789012:role/Run' },
  });
  const wait = task('sqs:sendMessage.waitForTaskToken', { QueueUrl: url('q'), MessageBody: { 'token.$': '$$.Task.Token' } });
  const fakes = [lambda('Work', {}), service('sqs:sendMessage', { MessageId: 'm' })];
  await expect(simulate(inARow({ Schedule: schedule, Wait: wait }), { fakes })).rejects.toThrow(/"Wait"/);
});
