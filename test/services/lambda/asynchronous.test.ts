import { type AttemptResult, invokeAsynchronously } from '../../../lib/services/lambda/asynchronous';
import type { AsynchronousDefinition } from '../../../lib/services/lambda/asynchronous-invocations';
import { createMessaging } from '../../../lib/services/messaging';
import { NOW_MS } from '../call-of';
import { topicOf } from '../sns/topics';
import { queueOf } from '../sqs/queues';
import { timeline } from '../timeline';

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html

const work = 'arn:aws:lambda:eu-central-1:123456789012:function:work';
const QUEUE = queueOf('heard');
const NEWS = topicOf('news');
const BUS = 'arn:aws:events:eu-central-1:123456789012:event-bus/default';
const failing: AttemptResult = {
  kind: 'error',
  error: { errorType: 'Busy', errorMessage: 'Too busy.', trace: [] },
  executedVersion: '$LATEST',
};
const answering: AttemptResult = { kind: 'answer', payload: () => ({ done: true }), executedVersion: '7' };

/** What becomes of an event that the function `work` is given. */
function invoked(result: AttemptResult, definitions: readonly Partial<AsynchronousDefinition>[], functionName = work) {
  const time = timeline();
  const { queues, topics, buses, invocations } = createMessaging(time);
  queues.add([QUEUE], []);
  topics.add([NEWS], () => [
    {
      topicArn: NEWS.arn,
      protocol: 'sqs',
      endpoint: QUEUE.arn,
      rawMessageDelivery: true,
      filterPolicy: undefined,
      filterPolicyScope: 'MessageAttributes',
      deadLetterArn: undefined,
    },
  ]);
  invocations.add(() => definitions.map((definition) => ({ functionName: work, ...definition })));
  const attemptsAt: number[] = [];
  const attempts = {
    get epochMs() {
      return time.epochMs;
    },
    attempt(tell: (attempt: AttemptResult) => void) {
      attemptsAt.push((time.epochMs - NOW_MS) / 1000);
      tell(result);
    },
    wait: (durationMs: number, then: () => void) => time.after(durationMs, then),
  };
  const config = invocations.configOf(functionName);
  const invocation = { functionName, requestId: 'request-1', event: { id: 1 } };
  invokeAsynchronously(config, attempts, (finished) => invocations.finish(invocation, config, finished));
  time.pass(1_000_000);
  return { time, buses, heard: queues.content(QUEUE.arn), attemptsAt };
}

test('a destination hears that all tries have failed', () => {
  const { heard, attemptsAt } = invoked(failing, [{ onFailure: QUEUE.arn, onSuccess: BUS }]);
  expect(attemptsAt).toEqual([0, 60, 180]);
  expect(heard.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      version: '1.0',
      timestamp: '2025-11-22T10:03:00.000Z',
      requestContext: {
        requestId: 'request-1',
        functionArn: `${work}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { id: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Busy', errorMessage: 'Too busy.', trace: [] },
    },
  ]);
});

test('a destination hears of success; a bus as an event', () => {
  const { buses, heard } = invoked(answering, [{ onFailure: QUEUE.arn, onSuccess: BUS }]);
  expect(heard).toEqual([]);
  expect(buses.events('default')).toMatchObject([
    {
      source: 'lambda',
      'detail-type': 'Lambda Function Invocation Result - Success',
      account: '123456789012',
      resources: [BUS, `${work}:$LATEST`],
      detail: {
        requestContext: { condition: 'Success', approximateInvokeCount: 1 },
        responseContext: { statusCode: 200, executedVersion: '7' },
        responsePayload: { done: true },
      },
    },
  ]);
});

test('another function may be the destination, and topics', () => {
  const other = 'arn:aws:lambda:eu-central-1:123456789012:function:other';
  const { time } = invoked(answering, [{ onSuccess: other }]);
  expect(time.calls[0]).toMatchObject({
    parameters: { FunctionName: other, InvocationType: 'Event', Payload: { requestContext: { condition: 'Success' } } },
    from: `${work}:$LATEST`,
  });
  expect(JSON.parse(invoked(answering, [{ onSuccess: NEWS.arn }]).heard[0]?.body ?? '')).toMatchObject({
    requestPayload: { id: 1 },
  });
});

test('the dead-letter queue gets the event as it was, with the error', () => {
  const { heard } = invoked(failing, [{ deadLetterArn: QUEUE.arn }]);
  expect(heard).toMatchObject([
    {
      body: '{"id":1}',
      messageAttributes: {
        RequestID: { DataType: 'String' },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: 'Too busy.' },
      },
    },
  ]);
  expect(invoked(answering, [{ deadLetterArn: QUEUE.arn }]).heard).toEqual([]);
  expect(invoked(failing, [{ deadLetterArn: NEWS.arn }]).heard).toMatchObject([{ body: '{"id":1}' }]);
});

test('retries are as many as the function has, and none when the event is too old', () => {
  expect(invoked(failing, [{ maximumRetryAttempts: 0 }]).attemptsAt).toEqual([0]);
  expect(invoked(failing, [{ maximumRetryAttempts: 1 }]).attemptsAt).toEqual([0, 60]);
  const named = invoked(failing, [{ maximumRetryAttempts: 0, onFailure: QUEUE.arn }], 'work').heard[0]?.body;
  expect(named).toContain(`"functionArn":"${work}:$LATEST"`);
  const { attemptsAt, heard } = invoked(failing, [{ maximumEventAgeSeconds: 60, onFailure: QUEUE.arn }]);
  expect(attemptsAt).toEqual([0, 60]);
  expect(heard[0]?.body).toContain('"condition":"EventAgeExceeded","approximateInvokeCount":2');
});

test('what is said of one alias holds for no other, but the dead-letter queue is the function’s', () => {
  const definitions = [{ qualifier: 'live', maximumRetryAttempts: 0 }, { deadLetterArn: QUEUE.arn }];
  expect(invoked(failing, definitions).attemptsAt).toEqual([0, 60, 180]);
  const live = invoked(failing, definitions, `${work}:live`);
  expect([live.attemptsAt, live.heard.length]).toEqual([[0], 1]);
});
