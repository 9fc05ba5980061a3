import type { Json, JsonObject } from '../../../lib/json/json';
import type { Delivery, Outcome } from '../../../lib/services/deliveries';
import type { MappingDefinition } from '../../../lib/services/sqs/event-source-mapping';
import { createSqs } from '../../../lib/services/sqs/sqs';
import { StatesError } from '../../../lib/simulator/states-error';
import { NOW_MS } from '../call-of';
import { timeline } from '../timeline';
import { mappingOf, queueOf } from './queues';

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-errorhandling.html

const dead = queueOf('dead');
const queue = queueOf('orders', { redrive: { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 } });

const recordsOf = ({ parameters }: Delivery): readonly JsonObject[] =>
  ((parameters as JsonObject)['Payload'] as JsonObject)['Records'] as readonly JsonObject[];
const bodiesOf = (call: Delivery): readonly Json[] => recordsOf(call).map((record) => record['body'] as Json);
const answering = (Payload: Json): Outcome => ({ kind: 'answer', value: { Payload } });
const failing: Outcome = { kind: 'error', error: new StatesError('Error', 'no') };

function driven(answer: (call: Delivery) => Outcome, more: Partial<MappingDefinition> = {}, definition = queue) {
  const time = timeline(answer);
  const { api, queues } = createSqs(time);
  queues.add([definition, dead], [mappingOf(definition, more)]);
  const send = (...bodies: readonly string[]) => {
    for (const MessageBody of bodies)
      void time.ask(api.operations['SendMessage'], {
        QueueUrl: definition.url,
        MessageBody,
        ...(definition.isFifo ? { MessageGroupId: 'g' } : {}),
      });
  };
  const left = () => queues.content(definition.arn).map(({ body }) => body);
  const buried = () => queues.content(dead.arn).map(({ body }) => body);
  return { time, send, left, buried, calls: time.calls };
}

test('the function gets the event as AWS sends it', () => {
  const time = timeline();
  const { api, queues } = createSqs(time);
  queues.add([queue, dead], [mappingOf(queue)]);
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'rush' } };
  void time.ask(api.operations['SendMessage'], { QueueUrl: queue.url, MessageBody: 'hello', MessageAttributes });
  time.pass(0);
  expect(time.calls).toEqual([
    {
      resourceType: 'lambda',
      action: 'invoke',
      from: queue.arn,
      atMs: NOW_MS,
      parameters: {
        FunctionName: 'work',
        Payload: {
          Records: [
            {
              messageId: '00000000-0000-4000-8000-000000000001',
              receiptHandle: expect.stringMatching(/^AQEB/) as string,
              body: 'hello',
              attributes: {
                ApproximateReceiveCount: '1',
                SentTimestamp: String(NOW_MS),
                SenderId: '123456789012',
                ApproximateFirstReceiveTimestamp: String(NOW_MS),
              },
              messageAttributes: {
                kind: { stringValue: 'rush', stringListValues: [], binaryListValues: [], dataType: 'String' },
              },
              md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
              md5OfBody: '5d41402abc4b2a76b9719d911017c592',
              eventSource: 'aws:sqs',
              eventSourceARN: queue.arn,
              awsRegion: 'eu-central-1',
            },
          ],
        },
      },
    },
  ]);
});

test('messages that are there together come in batches, and are deleted when the function has answered', () => {
  const { time, send, left, calls } = driven(() => answering(null), { batchSize: 2 });
  send('a', 'b', 'c');
  time.pass(0);
  expect(calls.map(bodiesOf)).toEqual([['a', 'b'], ['c']]);
  expect(left()).toEqual([]);
});

test('a batching window is waited for, unless the batch is full before', () => {
  const { time, send, calls } = driven(() => answering(null), { batchSize: 3, batchingWindowSeconds: 60 });
  send('a', 'b');
  time.pass(59_999);
  expect(calls).toEqual([]);
  time.pass(1);
  expect(calls.map(bodiesOf)).toEqual([['a', 'b']]);
  send('c', 'd', 'e');
  time.pass(0);
  expect(calls.map(bodiesOf)).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
});

test('a batch that fails comes again after the visibility timeout, and in the end to the dead-letter queue', () => {
  const { time, send, left, buried, calls } = driven(() => failing);
  send('a');
  time.pass(1_000_000);
  expect(calls.map(({ atMs }) => atMs - NOW_MS)).toEqual([0, 30_000, 60_000]);
  expect(calls.map((call) => recordsOf(call)[0]?.['attributes'])).toMatchObject(
    ['1', '2', '3'].map((ApproximateReceiveCount) => ({ ApproximateReceiveCount })),
  );
  expect([left(), buried()]).toEqual([[], ['a']]);
});

describe('with ReportBatchItemFailures', () => {
  const report = (of: (ids: Readonly<Record<string, string>>) => Json) =>
    driven(
      (call) =>
        answering(
          of(Object.fromEntries(recordsOf(call).map(({ body, messageId }) => [body, messageId])) as Record<string, string>),
        ),
      { reportsBatchItemFailures: true },
    );

  test('only what has failed comes again', () => {
    const { time, send, calls } = report(({ b = '' }) => ({ batchItemFailures: b === '' ? [] : [{ itemIdentifier: b }] }));
    send('a', 'b', 'c');
    time.pass(30_000);
    expect(calls.map(bodiesOf)).toEqual([['a', 'b', 'c'], ['b']]);
  });

  test.each<[string, Json]>([
    ['null', null],
    ['an empty object', {}],
    ['no failures', { batchItemFailures: [] }],
    ['null failures', { batchItemFailures: null }],
    ['an empty text', ''],
  ])('%s means that all went well', (_, answer) => {
    const { time, send, left } = report(() => answer);
    send('a', 'b');
    time.pass(0);
    expect(left()).toEqual([]);
  });

  test.each<[string, Json]>([
    ['an id that is not in the batch', { batchItemFailures: [{ itemIdentifier: 'other' }] }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['null as id', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['another key', { batchItemFailures: [{ id: 'x' }] }],
    ['failures that are no list', { batchItemFailures: 'a' }],
    ['a text', 'failed'],
  ])('%s fails the whole batch', (_, answer) => {
    const { time, send, left } = report(() => answer);
    send('a', 'b');
    time.pass(0);
    expect(left()).toEqual(['a', 'b']);
  });
});

test('without it an answer is of no matter', () => {
  const { time, send, left } = driven(() => answering({ batchItemFailures: [{ itemIdentifier: 'x' }] }));
  send('a');
  time.pass(0);
  expect(left()).toEqual([]);
});

test('what its filter does not let through is deleted, and the function hears nothing of it', () => {
  const { time, send, left, calls } = driven(() => answering(null), { filterPatterns: [{ body: { rush: [true] } }] });
  send('{"rush":false}', '{"rush":true}', 'text');
  time.pass(0);
  expect(calls.map(bodiesOf)).toEqual([['{"rush":true}']]);
  expect(left()).toEqual([]);
});

test('delayed messages are brought when they are due', () => {
  const { time, send, calls } = driven(() => answering(null), {}, queueOf('slow', { delaySeconds: 900 }));
  send('a');
  time.pass(900_000);
  expect(calls.map(({ atMs }) => atMs - NOW_MS)).toEqual([900_000]);
});

test('a group of a FIFO queue that fails holds those behind it', () => {
  let tries = 0;
  const { time, send, calls } = driven(
    () => ((tries += 1) < 2 ? failing : answering(null)),
    { batchSize: 1 },
    queueOf('q.fifo', { contentBasedDeduplication: true }),
  );
  send('a', 'b');
  time.pass(30_000);
  expect(calls.map(bodiesOf)).toEqual([['a'], ['a'], ['b']]);
});

test('a batch that is answered after others have received it again deletes nothing of theirs', () => {
  const time = timeline();
  const answers: (() => void)[] = [];
  const slow = {
    ...time,
    get epochMs() {
      return time.epochMs;
    },
    perform: (_: string, callOf: () => Delivery | undefined, land: (outcome: Outcome) => void) => {
      if (callOf() !== undefined) answers.push(() => land(answering(null)));
    },
  };
  const { api, queues } = createSqs(slow);
  queues.add([queueOf('slow')], [mappingOf(queueOf('slow'), { maximumConcurrency: 1 })]);
  const ask = (operation: string, request: JsonObject) =>
    time.ask(api.operations[operation], { QueueUrl: queueOf('slow').url, ...request }) as JsonObject;
  ask('SendMessage', { MessageBody: 'a' });
  expect(answers).toHaveLength(1);
  time.pass(30_000);
  expect(ask('ReceiveMessage', {})).toMatchObject({ Messages: [{ Body: 'a' }] });
  answers.forEach((answer) => answer());
  expect(queues.content(queueOf('slow').arn)).toMatchObject([{ body: 'a', receiveCount: 2 }]);
});

test('one that is not enabled brings nothing', () => {
  const { time, send, left } = driven(() => answering(null), { isEnabled: false });
  send('a');
  time.pass(60_000);
  expect(left()).toEqual(['a']);
});

test('a dead-letter queue that is not in the stack stops the run', () => {
  const time = timeline(() => failing);
  const { api, queues } = createSqs(time);
  queues.add([queue], [mappingOf(queue)]);
  void time.ask(api.operations['SendMessage'], { QueueUrl: queue.url, MessageBody: 'a' });
  expect(() => time.pass(1_000_000)).toThrow(
    /The queue orders sends its dead letters to .*:dead, which is no queue of the stack/,
  );
});
