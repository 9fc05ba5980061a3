import type { Json, JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import type { Delivery, Outcome } from '../../../lib/services/deliveries';
import { createSns } from '../../../lib/services/sns/sns';
import type { SubscriptionDefinition } from '../../../lib/services/sns/subscription';
import { createSqs } from '../../../lib/services/sqs/sqs';
import type { Queues } from '../../../lib/services/sqs/queues';
import type { Service } from '../../../lib/services/service';
import { StatesError } from '../../../lib/simulator/states-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';
import { queueOf } from '../sqs/queues';
import { timeline } from '../timeline';
import { topicOf } from './topics';

const TOPIC = topicOf('news');
const FIFO = topicOf('news.fifo');
const QUEUE = queueOf('inbox');
const DEAD = queueOf('dead');
const FIFO_QUEUE = queueOf('inbox.fifo', { contentBasedDeduplication: true });

const toQueue = (topic = TOPIC, more: Partial<SubscriptionDefinition> = {}): SubscriptionDefinition => ({
  topicArn: topic.arn,
  protocol: 'sqs',
  endpoint: QUEUE.arn,
  rawMessageDelivery: false,
  filterPolicy: undefined,
  filterPolicyScope: 'MessageAttributes',
  deadLetterArn: undefined,
  ...more,
});
const toFunction = (more: Partial<SubscriptionDefinition> = {}) =>
  toQueue(TOPIC, { protocol: 'lambda', endpoint: 'arn:aws:lambda:eu-central-1:123456789012:function:work', ...more });

function world(subscriptions: readonly SubscriptionDefinition[], answer?: (call: Delivery) => Outcome) {
  const time = timeline(answer);
  const { queues } = createSqs(time);
  queues.add([QUEUE, FIFO_QUEUE, DEAD], []);
  const sns = createSns(time, queues);
  const hashed = { contentBasedDeduplication: true };
  const grouped = topicOf('grouped.fifo', { ...hashed, fifoThroughputScope: 'MessageGroup' });
  sns.topics.add([TOPIC, FIFO, topicOf('hashed.fifo', hashed), grouped], () => subscriptions);
  const publish = (request: JsonObject) =>
    time.ask(sns.api.operations['Publish'], { TopicArn: TOPIC.arn, ...request }) as JsonObject;
  const inbox = (queue = QUEUE) => queues.content(queue.arn);
  return { time, sns, queues, publish, inbox };
}
const only = (resourceType: string): Service =>
  world([]).sns.services.find((service) => service.resourceType === resourceType) as Service;

describeService('sns', {
  create: () => only('sns'),
  succeeding: { action: 'publish', parameters: { TopicArn: TOPIC.arn, Message: { Message: 'HelloWorld!' } } },
  failing: {
    action: 'publish',
    parameters: { TopicArn: FIFO.arn, Message: { Message: 'HelloWorld!' } },
    error: 'SNS.InvalidParameterException',
    cause:
      /^Invalid parameter: The MessageGroupId parameter is required for FIFO topics \(Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; Request ID: .*; Proxy: null\)$/,
  },
  malformed: {
    action: 'publish',
    parameters: { TopicArn: 1, MessageAttributes: { a: { StringValue: 'x' } } },
    problems: [
      "The field 'Message' is required but was missing",
      "The value for the field 'TopicArn' must be a STRING",
      "The field 'DataType' is required but was missing",
    ],
  },
});

describeService('aws-sdk:sns', {
  create: () => only('aws-sdk:sns'),
  succeeding: { action: 'publish', parameters: { TopicArn: TOPIC.arn, Message: 'x' } },
  failing: {
    action: 'publish',
    parameters: { TopicArn: `${TOPIC.arn}-2`, Message: 'x' },
    error: 'Sns.NotFoundException',
    cause: /^Topic does not exist \(Service: Sns, Status Code: 404, Request ID: /,
  },
  malformed: {
    action: 'publish',
    parameters: { TopicArn: TOPIC.arn, Message: {} },
    problems: ["The value for the field 'Message' must be a STRING"],
  },
});

test('sns:publish answers with the metadata that was recorded', () => {
  const { perform } = combineServices(world([]).sns.services);
  const answer = perform(callOf('sns', 'publish', { TopicArn: TOPIC.arn, Message: 'HelloWorld!' })).value as JsonObject;
  expect(Object.keys(answer)).toEqual(['MessageId', 'SdkHttpMetadata', 'SdkResponseMetadata']);
  expect(answer['SdkHttpMetadata']).toMatchObject({
    HttpHeaders: { connection: 'keep-alive', 'Content-Length': '294', 'Content-Type': 'text/xml' },
    HttpStatusCode: 200,
  });
  expect(Object.keys((answer['SdkHttpMetadata'] as JsonObject)['AllHttpHeaders'] as JsonObject)).toEqual([
    'x-amzn-RequestId',
    'connection',
    'Content-Length',
    'Date',
    'Content-Type',
  ]);
});

describe('a queue', () => {
  const attributes = { kind: { DataType: 'String', StringValue: 'rush' } };

  test('gets the envelope as SNS writes it', () => {
    const { publish, inbox } = world([toQueue()]);
    const { MessageId } = publish({ Message: 'He said "hi": {x}', Subject: 'Greeting', MessageAttributes: attributes });
    const body = inbox()[0]?.body ?? '';
    expect(body).toContain('{\n  "Type" : "Notification",\n  "MessageId" : "');
    expect(body).toContain('  "Message" : "He said \\"hi\\": {x}",\n');
    expect(body).toContain('  "MessageAttributes" : {\n    "kind" : {\n      "Type" : "String",');
    expect(JSON.parse(body)).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn: TOPIC.arn,
      Subject: 'Greeting',
      Message: 'He said "hi": {x}',
      Timestamp: '2025-11-22T10:00:00.000Z',
      SignatureVersion: '1',
      Signature: expect.any(String) as string,
      SigningCertURL: expect.stringContaining('https://sns.eu-central-1.amazonaws.com/') as string,
      UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${TOPIC.arn}:`) as string,
      MessageAttributes: { kind: { Type: 'String', Value: 'rush' } },
    });
    expect(inbox()[0]?.messageAttributes).toEqual({});
  });

  test('gets the message alone with raw message delivery, its attributes too', () => {
    const { publish, inbox } = world([toQueue(TOPIC, { rawMessageDelivery: true })]);
    publish({ Message: 'hello', MessageAttributes: attributes });
    expect(inbox()).toMatchObject([{ body: 'hello', messageAttributes: attributes }]);
  });

  test('gets what its filter policy accepts', () => {
    const { publish, inbox } = world([
      toQueue(TOPIC, { rawMessageDelivery: true, filterPolicy: { kind: ['rush'] } }),
      toQueue(TOPIC, {
        rawMessageDelivery: true,
        filterPolicy: { total: [{ numeric: ['>', 5] }] },
        filterPolicyScope: 'MessageBody',
      }),
    ]);
    publish({ Message: 'by attributes', MessageAttributes: attributes });
    publish({ Message: '{"total":6}' });
    publish({ Message: '{"total":5}' });
    expect(inbox().map(({ body }) => body)).toEqual(['by attributes', '{"total":6}']);
  });

  test('that is not in the stack stops the run', () => {
    const { publish } = world([toQueue(TOPIC, { endpoint: 'arn:aws:sqs:eu-central-1:123456789012:gone' })]);
    expect(() => publish({ Message: 'x' })).toThrow(/the topic news delivers to the queue .*:gone, which is not in the stack/);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html, sns-message-delivery-retries.html
describe('with a dead-letter queue', () => {
  const deadLetterArn = DEAD.arn;
  const buried = ({ queues }: { readonly queues: Queues }) => queues.content(DEAD.arn);

  test('what a queue refuses goes there, as it would have come, with the error', () => {
    const made = world([toQueue(TOPIC, { endpoint: FIFO_QUEUE.arn, deadLetterArn })]);
    const { MessageId } = made.publish({ Message: 'x' });
    const [dead] = buried(made);
    expect(JSON.parse(dead?.body ?? '')).toMatchObject({ Type: 'Notification', MessageId, Message: 'x' });
    expect(dead?.messageAttributes).toMatchObject({
      RequestID: { StringValue: expect.any(String) as string },
      ErrorCode: { StringValue: 'MissingParameter' },
      ErrorMessage: { StringValue: 'The request must contain the parameter MessageGroupId.' },
    });
  });

  test('a function that Lambda cannot invoke now is tried 100,015 times in 23 days', () => {
    const made = world([toFunction({ deadLetterArn })], () => ({
      kind: 'error',
      error: new StatesError('Lambda.TooManyRequestsException', 'Rate Exceeded.'),
    }));
    made.publish({ Message: 'x' });
    made.time.pass(60_000);
    const seconds = made.time.calls.map(({ atMs }) => (atMs - NOW_MS) / 1000);
    expect(seconds.slice(0, 12)).toEqual([0, 0, 0, 0, 1, 2, 3, 5, 9, 17, 33, 53]);
    expect(buried(made)).toEqual([]);
  });

  test('a function that there is not is not tried again', () => {
    const made = world([toFunction({ deadLetterArn })], () => ({
      kind: 'error',
      error: new StatesError('Lambda.ResourceNotFoundException', 'Function not found: x (Service: AWSLambda; Status Code: 404)'),
    }));
    made.publish({ Message: 'x' });
    made.time.pass(1_000_000);
    expect(made.time.calls).toHaveLength(1);
    expect(buried(made)).toMatchObject([{ messageAttributes: { ErrorMessage: { StringValue: 'Function not found: x' } } }]);
  });
});

test('a queue that refuses what the topic has for it stops the run', () => {
  const { publish } = world([toQueue(TOPIC, { endpoint: FIFO_QUEUE.arn })]);
  expect(() => publish({ Message: 'x' })).toThrow(
    /the topic news cannot deliver to .*inbox\.fifo: The request must contain the parameter MessageGroupId\. Correct the template\./,
  );
});

describe('a function', () => {
  const recordOf = ({ parameters }: Delivery) =>
    (((parameters as JsonObject)['Payload'] as JsonObject)['Records'] as readonly JsonObject[])[0] as JsonObject;

  test('gets the event as SNS sends it', () => {
    const { publish, time } = world([toFunction()]);
    const { MessageId } = publish({ Message: 'hello' });
    time.pass(0);
    expect(time.calls.map(recordOf)).toEqual([
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: expect.stringMatching(new RegExp(`^${TOPIC.arn}:[0-9a-f-]{36}$`)) as string,
        Sns: {
          Type: 'Notification',
          MessageId,
          TopicArn: TOPIC.arn,
          Subject: null,
          Message: 'hello',
          Timestamp: '2025-11-22T10:00:00.000Z',
          SignatureVersion: '1',
          Signature: expect.any(String) as string,
          SigningCertUrl: expect.any(String) as string,
          UnsubscribeUrl: expect.any(String) as string,
          MessageAttributes: {},
        },
      },
    ]);
  });

  test('is invoked asynchronously: Lambda tries it again where it fails', () => {
    const { publish, time } = world([toFunction()]);
    publish({ Message: 'hello' });
    time.pass(1_000_000);
    expect(time.calls).toMatchObject([{ action: 'invoke', parameters: { InvocationType: 'Event' } }]);
  });
});

describe('MessageStructure json', () => {
  test('says what each protocol is given', () => {
    const { publish, inbox, time } = world([toQueue(TOPIC, { rawMessageDelivery: true }), toFunction()]);
    publish({ Message: '{"default":"all","sqs":"queues"}', MessageStructure: 'json' });
    time.pass(0);
    expect(inbox()).toMatchObject([{ body: 'queues' }]);
    expect(JSON.stringify(time.calls[0]?.parameters)).toContain('"Message":"all"');
  });
  test.each(['{"sqs":"x"}', 'x', '[]'])('%s is refused', (Message) => {
    expect(() => world([]).publish({ Message, MessageStructure: 'json' })).toThrow(/Message Structure/);
  });
});

describe('a FIFO topic', () => {
  const raw = { endpoint: FIFO_QUEUE.arn, rawMessageDelivery: true };

  test('hands group and deduplication id on, and numbers its messages', () => {
    const { publish, inbox } = world([toQueue(FIFO, raw)]);
    const answer = publish({ TopicArn: FIFO.arn, Message: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' });
    expect(answer['SequenceNumber']).toMatch(/^\d{20}$/);
    expect(inbox(FIFO_QUEUE)).toMatchObject([{ body: 'x', messageGroupId: 'g', messageDeduplicationId: 'd' }]);
  });

  test('publishes the same once in five minutes', () => {
    const hashed = 'arn:aws:sns:eu-central-1:123456789012:hashed.fifo';
    const { publish, time, inbox } = world([toQueue(FIFO, { ...raw, topicArn: hashed, endpoint: QUEUE.arn })]);
    const first = publish({ TopicArn: hashed, Message: 'x', MessageGroupId: 'g' });
    time.pass(299_999);
    expect(publish({ TopicArn: hashed, Message: 'x', MessageGroupId: 'g' })).toEqual(first);
    time.pass(1);
    publish({ TopicArn: hashed, Message: 'x', MessageGroupId: 'g' });
    expect(inbox()).toHaveLength(2);
  });

  test('may remember ids for each group', () => {
    const grouped = topicOf('grouped.fifo');
    const { publish, inbox } = world([toQueue(grouped, { rawMessageDelivery: true })]);
    for (const MessageGroupId of ['a', 'b', 'a']) publish({ TopicArn: grouped.arn, Message: 'x', MessageGroupId });
    expect(inbox().map(({ messageGroupId }) => messageGroupId)).toEqual(['a', 'b']);
  });

  test('wants a deduplication id, unless it compares bodies', () => {
    expect(() => world([]).publish({ TopicArn: FIFO.arn, Message: 'x', MessageGroupId: 'g' })).toThrow(
      /ContentBasedDeduplication/,
    );
  });
});

test('a batch tells what went well beside what did not', () => {
  const { time, sns, inbox } = world([toQueue(TOPIC, { rawMessageDelivery: true })]);
  const entries: readonly JsonObject[] = [
    { Id: '1', Message: 'a' },
    { Id: '2', Message: '' },
  ];
  const ask = (PublishBatchRequestEntries: readonly JsonObject[]) =>
    time.ask(sns.api.operations['PublishBatch'], { TopicArn: TOPIC.arn, PublishBatchRequestEntries });
  expect(ask(entries)).toMatchObject({
    Successful: [{ Id: '1' }],
    Failed: [{ Id: '2', Code: 'InvalidParameter', SenderFault: true }],
  });
  expect(inbox()).toHaveLength(1);
  expect(() => ask([])).toThrow(/doesn't contain any entries/);
  expect(() =>
    ask([
      { Id: '1', Message: 'a' },
      { Id: '1', Message: 'b' },
    ]),
  ).toThrow(/same Id/);
  expect(() => ask([{ Id: 'a b', Message: 'a' }])).toThrow(/doesn't abide by the specification/);
  expect(() => ask(Array.from({ length: 11 }, (_, index) => ({ Id: String(index), Message: 'a' })))).toThrow(/more entries/);
});

test.each<[string, JsonObject, RegExp]>([
  ['nothing', { Message: '' }, /Empty message/],
  ['too much', { Message: 'x'.repeat(256 * 1024 + 1) }, /Message too long/],
  [
    'too much with its attributes',
    { Message: 'x'.repeat(256 * 1024 - 7), MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } },
    /^Invalid parameter: Message too long$/,
  ],
  ['with a subject of 100 characters', { Message: 'x', Subject: 's'.repeat(100) }, /^Invalid parameter: Subject$/],
  ['with a subject of two lines', { Message: 'x', Subject: 'a\nb' }, /^Invalid parameter: Subject$/],
  [
    'with a deduplication id, to a standard topic',
    { Message: 'x', MessageDeduplicationId: 'd' },
    /MessageDeduplicationId parameter that is not valid for this topic type$/,
  ],
  ['with a group of two words', { Message: 'x', MessageGroupId: 'two words' }, /MessageGroupId can only include alphanumeric/],
  [
    'with an attribute of no value',
    { Message: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
    /^The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'\.$/,
  ],
  ['to a telephone', { PhoneNumber: '+49', Message: 'x' }, /"Ask" publishes to a telephone, which is not simulated/],
])('publishing %s is refused', (_, request, message) => expect(() => world([]).publish(request)).toThrow(message));

test('an account without any topic stops the run, whatever the request', () => {
  const time = timeline();
  const { perform } = combineServices(createSns(time, createSqs(time).queues).services);
  const publish = (parameters: Json) => perform(callOf('sns', 'publish', parameters));
  expect(() => publish({ TopicArn: TOPIC.arn, Message: 'x' })).toThrow(
    /the stack has no topic at all\..*service\('arn:aws:states:::sns:publish', …\)/,
  );
  expect(() => publish({ Message: 'x' })).toThrow(/the stack has no topic at all/);
});
