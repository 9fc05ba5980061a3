import { App, Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { createTestWorld, simulate } from '../../../lib/testing';

class MessagingStack extends Stack {
  readonly jobs = new Queue(this, 'Jobs');
  readonly copies = new Queue(this, 'Copies');
  readonly events = new Queue(this, 'Events');
  readonly files = new Bucket(this, 'Files');
  readonly machine: StateMachine;

  constructor(code: string) {
    super(new App(), 'Messaging');
    const news = new Topic(this, 'News');
    news.addSubscription(new SqsSubscription(this.copies, { rawMessageDelivery: true }));
    const bus = new EventBus(this, 'Bus');
    new Rule(this, 'Paid', { eventBus: bus, eventPattern: { detailType: ['Paid'] }, targets: [new SqsQueue(this.events)] });
    const lambdaFunction = new Function(this, 'Function', {
      runtime: Runtime.NODEJS_20_X,
      handler: 'index.handler',
      code: Code.fromInline(`
        const { SQSClient, SendMessageCommand, ReceiveMessageCommand, DeleteMessageCommand, QueueDoesNotExist } = require('@aws-sdk/client-sqs');
        const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
        const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
        const sqs = new SQSClient({}), sns = new SNSClient({}), events = new EventBridgeClient({});
        const { JOBS, NEWS, BUS } = process.env;
        exports.handler = async () => { ${code} };`),
      environment: { JOBS: this.jobs.queueUrl, NEWS: news.topicArn, BUS: bus.eventBusName, FILES: this.files.bucketName },
    });
    const task = new LambdaInvoke(this, 'Call', { lambdaFunction, payloadResponseOnly: true });
    this.machine = new StateMachine(this, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
  }
}

test('what a handler sends to queues, topics and buses arrives in the world', async () => {
  const stack = new MessagingStack(`
    await sqs.send(new SendMessageCommand({ QueueUrl: JOBS, MessageBody: 'job', MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } } }));
    await sns.send(new PublishCommand({ TopicArn: NEWS, Message: 'news' }));
    await events.send(new PutEventsCommand({ Entries: [{ EventBusName: BUS, Source: 'shop', DetailType: 'Paid', Detail: '{"total":7}' }] }));`);
  const world = createTestWorld(stack.machine);
  expect(await simulate(stack.machine, { world })).toMatchObject({ status: 'SUCCEEDED' });
  expect(world.messages(stack.jobs)).toMatchObject([{ body: 'job' }]);
  expect(world.messages(stack.copies)).toMatchObject([{ body: 'news' }]);
  expect(world.messages(stack.events).map(({ body }) => (JSON.parse(body) as { detail: unknown }).detail)).toEqual([
    { total: 7 },
  ]);
});

test('a handler receives and deletes, and waits for messages in virtual time', async () => {
  const stack = new MessagingStack(`
    const receive = async (seconds) => (await sqs.send(new ReceiveMessageCommand({ QueueUrl: JOBS, WaitTimeSeconds: seconds }))).Messages ?? [];
    await sqs.send(new SendMessageCommand({ QueueUrl: JOBS, MessageBody: 'later', DelaySeconds: 1 }));
    const [now, later] = [await receive(0), await receive(2)];
    await sqs.send(new DeleteMessageCommand({ QueueUrl: JOBS, ReceiptHandle: later[0].ReceiptHandle }));
    return [now, later.map(({ Body }) => Body)];`);
  const world = createTestWorld(stack.machine);
  expect(await simulate(stack.machine, { world })).toMatchObject({ output: [[], ['later']], durationMs: 1000 });
  expect(world.messages(stack.jobs)).toEqual([]);
});

test('objects that a handler puts are in the bucket', async () => {
  const stack = new MessagingStack(`
    const { S3Client, PutObjectCommand, GetObjectCommand } = require('@aws-sdk/client-s3');
    const s3 = new S3Client({}), Bucket = process.env.FILES;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b.txt', Body: 'hello' }));
    return (await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b.txt' }))).Body.transformToString();`);
  const world = createTestWorld(stack.machine);
  expect(await simulate(stack.machine, { world })).toMatchObject({ output: 'hello' });
  expect(await world.objects(stack.files)).toMatchObject([{ key: 'a/b.txt' }]);
});

test('a queue that is not there has its exception', async () => {
  const stack = new MessagingStack(
    `return sqs.send(new SendMessageCommand({ QueueUrl: JOBS + 'x', MessageBody: 'a' })).catch((error) => error instanceof QueueDoesNotExist);`,
  );
  expect(await simulate(stack.machine)).toMatchObject({ output: true });
});
