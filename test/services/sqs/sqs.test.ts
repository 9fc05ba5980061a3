import type { Json, JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import type { QueueDefinition } from '../../../lib/services/sqs/queue';
import { createSqs } from '../../../lib/services/sqs/sqs';
import type { Service } from '../../../lib/services/service';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';
import { timeline } from '../timeline';
import { queueOf } from './queues';

const ORDERS = queueOf('orders');

const only = (resourceType: string): Service => {
  const sqs = createSqs(timeline());
  sqs.queues.add([ORDERS], []);
  return sqs.services.find((service) => service.resourceType === resourceType) as Service;
};

describeService('sqs', {
  create: () => only('sqs'),
  succeeding: { action: 'sendMessage', parameters: { QueueUrl: ORDERS.url, MessageBody: { id: 1 } } },
  failing: {
    action: 'sendMessage',
    parameters: { QueueUrl: ORDERS.url, MessageBody: null },
    error: 'SQS.AmazonSQSException',
    cause:
      /^The request must contain the parameter MessageBody\. \(Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; Request ID: 0{8}-0000-4000-8000-000000000001; Proxy: null\)$/,
  },
  malformed: {
    action: 'sendMessage',
    parameters: { QueueUrl: 7, Body: 'x' },
    problems: [
      "The field 'MessageBody' is required but was missing",
      "The value for the field 'QueueUrl' must be a STRING",
      'The field "Body" is not supported by Step Functions',
    ],
  },
});

describeService('aws-sdk:sqs', {
  create: () => only('aws-sdk:sqs'),
  succeeding: { action: 'sendMessage', parameters: { QueueUrl: ORDERS.url, MessageBody: 'x' } },
  failing: {
    action: 'receiveMessage',
    parameters: { QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/others' },
    error: 'Sqs.QueueDoesNotExistException',
    cause: /^The specified queue does not exist\. \(Service: Sqs, Status Code: 400, Request ID: .*\) \(SDK Attempt Count: 1\)$/,
  },
  malformed: {
    action: 'sendMessage',
    parameters: { QueueUrl: ORDERS.url, MessageBody: { id: 1 } },
    problems: ["The value for the field 'MessageBody' must be a STRING"],
  },
});

test('sqs:sendMessage answers as recorded, and the queue has the body as JSON', () => {
  const sqs = createSqs(timeline());
  sqs.queues.add([ORDERS], []);
  const { perform } = combineServices(sqs.services);
  const parameters = { QueueUrl: ORDERS.url, MessageBody: { Message: 'txt', TaskToken: 'a' } };
  expect(perform(callOf('sqs', 'sendMessage', parameters)).value).toEqual({
    MD5OfMessageBody: 'f00adad21ed3cdcd3788acf71303f998',
    MessageId: '00000000-0000-4000-8000-000000000002',
    SdkHttpMetadata: {
      AllHttpHeaders: {
        'x-amzn-RequestId': ['00000000-0000-4000-8000-000000000001'],
        connection: ['keep-alive'],
        'Content-Length': ['106'],
        Date: ['Sat, 22 Nov 2025 10:00:00 GMT'],
        'Content-Type': ['application/x-amz-json-1.0'],
      },
      HttpHeaders: {
        connection: 'keep-alive',
        'Content-Length': '106',
        'Content-Type': 'application/x-amz-json-1.0',
        Date: 'Sat, 22 Nov 2025 10:00:00 GMT',
        'x-amzn-RequestId': '00000000-0000-4000-8000-000000000001',
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: '00000000-0000-4000-8000-000000000001' },
  });
  expect(sqs.queues.content(ORDERS.arn)).toMatchObject([{ body: '{"Message":"txt","TaskToken":"a"}', sentAtMs: NOW_MS }]);
});

test('the SDK integration has names after the methods of the SDK for Java', () => {
  const sqs = createSqs(timeline());
  sqs.queues.add([ORDERS], []);
  const { perform } = combineServices(sqs.services);
  const ask = (action: string, more: JsonObject) =>
    perform(callOf('aws-sdk:sqs', action, { QueueUrl: ORDERS.url, ...more })).value;
  expect(ask('sendMessage', { MessageBody: 'hello' })).toEqual({
    Md5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
    MessageId: expect.any(String) as string,
  });
  expect(ask('receiveMessage', {})).toMatchObject({
    Messages: [{ Body: 'hello', Md5OfBody: '5d41402abc4b2a76b9719d911017c592' }],
  });
});

test('an account without any queue stops the run', () => {
  const { perform } = combineServices(createSqs(timeline()).services);
  const call = callOf('sqs', 'sendMessage', { QueueUrl: ORDERS.url, MessageBody: 'x' });
  expect(() => perform(call)).toThrow(
    /^"Ask" calls arn:aws:states:::sqs:sendMessage for a queue, https.*orders, but the stack has no queue at all\..*add a fake: service\('arn:aws:states:::sqs:sendMessage', …\)/,
  );
});

/** The API on these queues, at a time that the test moves. */
function apiOn(...definitions: readonly QueueDefinition[]) {
  const time = timeline();
  const { api, queues } = createSqs(time);
  queues.add(definitions, []);
  const [first] = definitions as readonly [QueueDefinition];
  const ask = (operation: string, request: JsonObject = {}) =>
    time.ask(api.operations[operation], { QueueUrl: first.url, ...request }) as JsonObject;
  const receive = (request: JsonObject = {}, url = first.url) =>
    ((time.ask(api.operations['ReceiveMessage'], { QueueUrl: url, ...request }) as JsonObject)['Messages'] ??
      []) as readonly JsonObject[];
  const bodies = (request: JsonObject = { MaxNumberOfMessages: 10 }) => receive(request).map(({ Body }) => Body);
  return { time, ask, receive, bodies, queues, operations: api.operations };
}

describe('a message', () => {
  test('that was received comes again after the visibility timeout, unless it is deleted', () => {
    const { time, ask, receive, bodies } = apiOn(ORDERS);
    ask('SendMessage', { MessageBody: 'a' });
    const [message] = receive({ AttributeNames: ['All'] });
    expect(message).toMatchObject({
      Body: 'a',
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(NOW_MS),
        ApproximateFirstReceiveTimestamp: String(NOW_MS),
      },
    });
    time.pass(29_999);
    expect(bodies()).toEqual([]);
    time.pass(1);
    const [again] = receive({ AttributeNames: ['ApproximateReceiveCount'] });
    expect(again).toMatchObject({ Attributes: { ApproximateReceiveCount: '2' } });
    ask('DeleteMessage', { ReceiptHandle: again?.['ReceiptHandle'] as Json });
    time.pass(60_000);
    expect(bodies()).toEqual([]);
  });

  test('stays invisible as long as the receiver says, and until it says otherwise', () => {
    const { time, ask, receive, bodies } = apiOn(ORDERS);
    ask('SendMessage', { MessageBody: 'a' });
    const [message] = receive({ VisibilityTimeout: 5 });
    const ReceiptHandle = message?.['ReceiptHandle'] as string;
    ask('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 100 });
    time.pass(99_999);
    expect(bodies()).toEqual([]);
    ask('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 });
    expect(bodies()).toEqual(['a']);
    time.pass(30_000);
    expect(() => ask('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 1 })).toThrow(
      /not available for visibility timeout change/,
    );
    const [again] = receive({ VisibilityTimeout: 43_200 });
    time.pass(43_190_000);
    const later = { ReceiptHandle: again?.['ReceiptHandle'] as Json, VisibilityTimeout: 11 };
    expect(() => ask('ChangeMessageVisibility', later)).toThrow(
      'Value 11 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    );
    expect(ask('ChangeMessageVisibility', { ...later, VisibilityTimeout: 10 })).toEqual({});
    expect(() => ask('DeleteMessage', { ReceiptHandle: 'nonsense' })).toThrow(/"nonsense" is not a valid receipt handle/);
  });

  test.each([
    ['its own delay', queueOf('q'), { DelaySeconds: 10 }],
    ["the queue's delay", queueOf('q', { delaySeconds: 10 }), {}],
  ])('waits for %s', (_, queue, more) => {
    const { time, ask, bodies } = apiOn(queue);
    ask('SendMessage', { MessageBody: 'a', ...more });
    expect(bodies()).toEqual([]);
    expect(ask('GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessagesDelayed'] })).toEqual({
      Attributes: { ApproximateNumberOfMessagesDelayed: '1' },
    });
    time.pass(10_000);
    expect(bodies()).toEqual(['a']);
  });

  test('is forgotten after the retention period', () => {
    const { time, ask, bodies } = apiOn(queueOf('q', { retentionSeconds: 60 }));
    ask('SendMessage', { MessageBody: 'a' });
    time.pass(60_000);
    expect(bodies()).toEqual([]);
  });

  test('goes to the dead-letter queue when it has been received too often, and keeps what it is', () => {
    const dead = queueOf('dead');
    const { time, ask, receive, queues } = apiOn(
      queueOf('q', { redrive: { deadLetterTargetArn: dead.arn, maxReceiveCount: 2 } }),
      dead,
    );
    const { MessageId } = ask('SendMessage', { MessageBody: 'a' });
    for (let round = 0; round < 3; round += 1) {
      receive();
      time.pass(30_000);
    }
    expect(receive()).toEqual([]);
    expect(queues.content(dead.arn)).toMatchObject([{ messageId: MessageId, body: 'a', receiveCount: 2 }]);
    expect(receive({ AttributeNames: ['DeadLetterQueueSourceArn'] }, dead.url)).toMatchObject([
      { Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:q' } },
    ]);
  });

  test('has attributes, of which the receiver gets those that it asks for, and their MD5', () => {
    const { ask, receive } = apiOn(queueOf('q', { visibilityTimeoutSeconds: 0 }));
    const a = { DataType: 'String', StringValue: 'b' };
    const bytes = { DataType: 'Binary', BinaryValue: 'AAE=' };
    // Computed by another program, after the documentation of the algorithm.
    expect(ask('SendMessage', { MessageBody: 'hello', MessageAttributes: { a } })).toMatchObject({
      MD5OfMessageAttributes: 'bef8bf215374a0a228d67533b1a488be',
    });
    expect(ask('SendMessage', { MessageBody: 'hello', MessageAttributes: { 'my.a': a, bytes } })).toMatchObject({
      MD5OfMessageAttributes: 'df6e10d1c1cd8f328dbd65773ddf95dc',
    });
    expect(receive()[0]).not.toHaveProperty('MessageAttributes');
    expect(receive({ MaxNumberOfMessages: 2, MessageAttributeNames: ['my.*', 'a'] })).toMatchObject([
      { MessageAttributes: { a } },
      { MessageAttributes: { 'my.a': a } },
    ]);
  });

  test.each<[string, QueueDefinition, JsonObject, RegExp]>([
    ['without a body', queueOf('q'), { MessageBody: '' }, /must contain the parameter MessageBody/],
    ['that is too long', queueOf('q'), { MessageBody: 'x'.repeat(1024 * 1024 + 1) }, /must be shorter than 1048576 bytes/],
    [
      'that its attributes make too long',
      queueOf('q', { maximumMessageBytes: 1024 }),
      { MessageBody: 'x'.repeat(1012), MessageAttributes: { name: { DataType: 'String', StringValue: 'ab€' } } },
      /must be shorter than 1024 bytes/,
    ],
    [
      'with a character that XML has not',
      queueOf('q'),
      { MessageBody: 'a\uFFFF' },
      /^Invalid binary character '#xFFFF' was found in the message body, the set of allowed characters is #x9 \| #xA \| #xD/,
    ],
    [
      'with eleven attributes',
      queueOf('q'),
      {
        MessageBody: 'a',
        MessageAttributes: Object.fromEntries(
          Array.from({ length: 11 }, (_, index) => [`a${index}`, { DataType: 'String', StringValue: 'x' }]),
        ),
      },
      /^Number of message attributes \[11\] exceeds the allowed maximum \[10\]\.$/,
    ],
    [
      'with an attribute of no value',
      queueOf('q'),
      { MessageBody: 'a', MessageAttributes: { a: { DataType: 'Binary', StringValue: 'x' } } },
      /^The message attribute 'a' must contain non-empty message attribute value for message attribute type 'Binary'\.$/,
    ],
    [
      'with an attribute of another type',
      queueOf('q'),
      { MessageBody: 'a', MessageAttributes: { a: { DataType: 'Strings', StringValue: 'x' } } },
      /^The message attribute 'a' has an invalid message attribute type, /,
    ],
    [
      'with a group of two words',
      queueOf('q'),
      { MessageBody: 'a', MessageGroupId: 'two words' },
      /^Value two words for parameter MessageGroupId is invalid\. Reason: MessageGroupId can only include alphanumeric and punctuation characters\. 1 to 128 in length\.$/,
    ],
    [
      'with a delay of over 15 minutes',
      queueOf('q'),
      { MessageBody: 'a', DelaySeconds: 901 },
      /DelaySeconds must be >= 0 and <= 900/,
    ],
    [
      'with a deduplication id, to a standard queue',
      queueOf('q'),
      { MessageBody: 'a', MessageDeduplicationId: 'd' },
      /not valid for this queue type/,
    ],
    ['without a group, to a FIFO queue', queueOf('q.fifo'), { MessageBody: 'a' }, /must contain the parameter MessageGroupId/],
    [
      'without a deduplication id',
      queueOf('q.fifo'),
      { MessageBody: 'a', MessageGroupId: 'g' },
      /ContentBasedDeduplication enabled or MessageDeduplicationId/,
    ],
    [
      'with a delay of its own, to a FIFO queue',
      queueOf('q.fifo'),
      { MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd', DelaySeconds: 5 },
      /not valid for this queue type/,
    ],
  ])('%s is refused', (_, queue, request, message) => {
    const { ask, queues } = apiOn(queue);
    expect(() => ask('SendMessage', request)).toThrow(message);
    expect(queues.content(queue.arn)).toEqual([]);
  });
});

describe('a FIFO queue', () => {
  const fifo = queueOf('q.fifo', { contentBasedDeduplication: true });
  const send = (
    ask: (operation: string, request: JsonObject) => JsonObject,
    MessageBody: string,
    MessageGroupId: string,
    more: JsonObject = {},
  ) => ask('SendMessage', { MessageBody, MessageGroupId, ...more });

  test('keeps the order within a group, and holds a group while one of it is in flight', () => {
    const { ask, receive, bodies, time } = apiOn(fifo);
    for (const [body, group] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
      ['a3', 'a'],
    ] as const)
      send(ask, body, group);
    const [first] = receive();
    expect(first).toMatchObject({ Body: 'a1' });
    expect(bodies()).toEqual(['b1']);
    ask('DeleteMessage', { ReceiptHandle: first?.['ReceiptHandle'] as Json });
    expect(bodies()).toEqual(['a2', 'a3']);
    time.pass(30_000);
    expect(bodies()).toEqual(['a2', 'b1', 'a3']);
  });

  test('takes a message with the same id once in five minutes, and answers as the first time', () => {
    const { ask, bodies, time } = apiOn(fifo);
    const first = send(ask, 'x', 'a', { MessageDeduplicationId: 'd' });
    expect(send(ask, 'y', 'b', { MessageDeduplicationId: 'd' })).toMatchObject({
      MessageId: first['MessageId'],
      SequenceNumber: first['SequenceNumber'],
    });
    time.pass(299_999);
    send(ask, 'y', 'a', { MessageDeduplicationId: 'd' });
    expect(bodies({ MaxNumberOfMessages: 10, VisibilityTimeout: 0 })).toEqual(['x']);
    time.pass(1);
    send(ask, 'z', 'a', { MessageDeduplicationId: 'd' });
    expect(bodies()).toEqual(['x', 'z']);
  });

  test('compares bodies where it deduplicates by content', () => {
    const { ask, bodies } = apiOn(fifo);
    send(ask, 'same', 'a');
    send(ask, 'same', 'b');
    expect(bodies()).toEqual(['same']);
  });

  test('may remember ids for each group', () => {
    const { ask, bodies } = apiOn({ ...fifo, deduplicationScope: 'messageGroup' });
    send(ask, 'same', 'a');
    send(ask, 'same', 'b');
    expect(bodies()).toEqual(['same', 'same']);
  });

  test('does not delete what is visible again', () => {
    const { ask, receive, bodies, time } = apiOn(fifo);
    send(ask, 'x', 'a');
    const [message] = receive();
    time.pass(30_000);
    expect(() => ask('DeleteMessage', { ReceiptHandle: message?.['ReceiptHandle'] as Json })).toThrow(
      /^Value AQEB.* for parameter ReceiptHandle is invalid\. Reason: The receipt handle has expired\.$/,
    );
    expect(bodies()).toEqual(['x']);
  });

  test('counts the retention of its dead letters from when they came, a standard queue from when they were sent', () => {
    const keptFor = (suffix: string) => {
      const dead = queueOf(`dead${suffix}`, { retentionSeconds: 100 });
      const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: 1 };
      const { ask, receive, time, queues } = apiOn(queueOf(`q${suffix}`, { redrive, contentBasedDeduplication: true }), dead);
      ask('SendMessage', { MessageBody: 'x', MessageGroupId: 'g' });
      receive({ VisibilityTimeout: 60 });
      time.pass(60_000);
      receive();
      time.pass(40_000);
      return queues.content(dead.arn).length;
    };
    expect([keptFor('.fifo'), keptFor('')]).toEqual([1, 0]);
  });

  test('numbers its messages upward', () => {
    const { ask } = apiOn(fifo);
    const numbers = ['x', 'y'].map((body) => BigInt(send(ask, body, 'a')['SequenceNumber'] as string));
    expect(numbers[1]).toBeGreaterThan(numbers[0] as bigint);
    expect(String(numbers[0])).toHaveLength(20);
  });
});

describe('a batch', () => {
  test('tells what went well beside what did not', () => {
    const { ask, bodies } = apiOn(ORDERS);
    const Entries: readonly JsonObject[] = [
      { Id: '1', MessageBody: 'a' },
      { Id: '2', MessageBody: 'b', DelaySeconds: 1000 },
      { Id: '3', MessageBody: 'c' },
    ];
    expect(ask('SendMessageBatch', { Entries })).toMatchObject({
      Successful: [{ Id: '1', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }, { Id: '3' }],
      Failed: [{ Id: '2', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
    expect(bodies()).toEqual(['a', 'c']);
  });

  test.each<[string, readonly JsonObject[], RegExp]>([
    ['no entries', [], /at least one/],
    ['eleven', Array.from({ length: 11 }, (_, index) => ({ Id: String(index), MessageBody: 'a' })), /You have sent 11/],
    [
      'the same id twice',
      [
        { Id: '1', MessageBody: 'a' },
        { Id: '1', MessageBody: 'b' },
      ],
      /Id 1 repeated/,
    ],
    [
      'an id with a blank',
      [{ Id: 'a b', MessageBody: 'a' }],
      /A batch entry id can only contain alphanumeric characters, hyphens/,
    ],
    [
      'more than 1 MiB together',
      ['1', '2'].map((Id) => ({ Id, MessageBody: 'x'.repeat(524_289) })),
      /^Batch requests cannot be longer than 1048576 bytes\. You have sent 1048578 bytes\.$/,
    ],
  ])('of %s is refused', (_, Entries, message) => {
    expect(() => apiOn(ORDERS).ask('SendMessageBatch', { Entries })).toThrow(message);
  });

  test('deletes', () => {
    const { ask, receive, time, bodies } = apiOn(ORDERS);
    ask('SendMessage', { MessageBody: 'a' });
    const [message] = receive();
    const Entries = [{ Id: '1', ReceiptHandle: message?.['ReceiptHandle'] as Json }];
    expect(ask('DeleteMessageBatch', { Entries })).toEqual({ Successful: [{ Id: '1' }] });
    time.pass(60_000);
    expect(bodies()).toEqual([]);
  });

  test('changes visibility', () => {
    const { ask, receive, bodies } = apiOn(ORDERS);
    ask('SendMessage', { MessageBody: 'a' });
    const ReceiptHandle = receive()[0]?.['ReceiptHandle'] as Json;
    const entry = (Id: string, VisibilityTimeout: number): JsonObject => ({ Id, ReceiptHandle, VisibilityTimeout });
    expect(ask('ChangeMessageVisibilityBatch', { Entries: [entry('1', 43_201), entry('2', 0)] })).toMatchObject({
      Successful: [{ Id: '2' }],
      Failed: [{ Id: '1', Code: 'InvalidParameterValue' }],
    });
    expect(bodies()).toEqual(['a']);
  });
});

describe('a queue', () => {
  test('tells its URL and its attributes, and is purged', () => {
    const { ask, receive, bodies } = apiOn(ORDERS);
    expect(ask('GetQueueUrl', { QueueName: 'orders' })).toEqual({ QueueUrl: ORDERS.url });
    ask('SendMessage', { MessageBody: 'a' });
    ask('SendMessage', { MessageBody: 'b' });
    receive();
    expect(ask('GetQueueAttributes', { AttributeNames: ['All'] })).toMatchObject({
      Attributes: { QueueArn: ORDERS.arn, ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '1' },
    });
    expect(ask('GetQueueAttributes')).toEqual({});
    expect(() => ask('GetQueueAttributes', { AttributeNames: ['Size'] })).toThrow('Unknown Attribute Size.');
    ask('PurgeQueue');
    expect(bodies()).toEqual([]);
  });

  test('is purged once a minute', () => {
    const { ask, time } = apiOn(ORDERS);
    ask('PurgeQueue');
    time.pass(59_999);
    expect(() => ask('PurgeQueue')).toThrow('Only one PurgeQueue operation on orders is allowed every 60 seconds.');
    time.pass(1);
    expect(ask('PurgeQueue')).toEqual({});
  });

  test.each<[JsonObject, RegExp]>([
    [{ MaxNumberOfMessages: 11 }, /^Value 11 for parameter MaxNumberOfMessages .* Must be between 1 and 10, if provided\.$/],
    [{ WaitTimeSeconds: 21 }, /^Value 21 for parameter WaitTimeSeconds .* Must be >= 0 and <= 20, if provided\.$/],
    [{ VisibilityTimeout: 43_201 }, /^Value 43201 for parameter VisibilityTimeout .* Must be between 0 and 43200/],
  ])('does not give for %j', (request, message) => {
    expect(() => apiOn(ORDERS).receive(request)).toThrow(message);
  });
});

describe('long polling', () => {
  test('waits for a message, and parks meanwhile', async () => {
    const { time, ask } = apiOn(ORDERS);
    const answer = ask('ReceiveMessage', { WaitTimeSeconds: 20 }) as unknown as Promise<JsonObject>;
    time.pass(5000);
    ask('SendMessage', { MessageBody: 'late' });
    expect(await answer).toMatchObject({ Messages: [{ Body: 'late' }] });
  });

  test('ends when whoever asks has gone away, and takes nothing', async () => {
    const { time, ask, bodies, operations } = apiOn(ORDERS);
    const gone = new AbortController();
    const request = { QueueUrl: ORDERS.url, WaitTimeSeconds: 20 };
    const answer = operations['ReceiveMessage']?.(request, { ...time.caller(), signal: gone.signal });
    gone.abort();
    ask('SendMessage', { MessageBody: 'a' });
    expect(await answer).toEqual({});
    expect(bodies()).toEqual(['a']);
  });

  test('ends with nothing when its time is over', async () => {
    const { time, ask, bodies } = apiOn(queueOf('q', { receiveWaitSeconds: 20 }));
    const answer = ask('ReceiveMessage') as unknown as Promise<JsonObject>;
    time.pass(20_000);
    expect(await answer).toEqual({});
    ask('SendMessage', { MessageBody: 'too late' });
    expect(bodies()).toEqual(['too late']);
  });

  test('gets what becomes visible again', async () => {
    const { time, ask, receive } = apiOn(ORDERS);
    ask('SendMessage', { MessageBody: 'a' });
    receive({ VisibilityTimeout: 10 });
    const answer = ask('ReceiveMessage', { WaitTimeSeconds: 20 }) as unknown as Promise<JsonObject>;
    time.pass(10_000);
    expect(await answer).toMatchObject({ Messages: [{ Body: 'a' }] });
  });
});
