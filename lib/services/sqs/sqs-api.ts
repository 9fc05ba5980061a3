import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { ApiFailure } from '../api';
import type { Api, Caller } from '../api';
import { stringField } from '../parameter-types';
import { md5, md5OfAttributes } from './md5';
import type { Draft, KeptMessage, Queue, QueueMessage } from './queue';
import type { Queues } from './queues';
import { systemAttributes } from './system-attributes';

/** SQS's API on the queues of a world. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html */
export function sqsApi(queues: Queues): Api {
  const queueOf = (request: JsonObject, from: Caller): Queue => queues.find(stringField(request, 'QueueUrl'), from);
  return {
    name: 'sqs',
    operations: {
      SendMessage: (request, from) => sent(queueOf(request, from).send(draftOf(request), from)),
      SendMessageBatch: (request, from) => {
        const queue = queueOf(request, from);
        return eachEntry(request, 'SendMessageBatchRequestEntry', (entry) => sent(queue.send(draftOf(entry), from)));
      },
      ReceiveMessage: (request, from) => receive(queues, queueOf(request, from), request, from),
      DeleteMessage: (request, from) => {
        queueOf(request, from).delete(required(request, 'ReceiptHandle'));
        return {};
      },
      DeleteMessageBatch: (request, from) => {
        const queue = queueOf(request, from);
        return eachEntry(request, 'DeleteMessageBatchRequestEntry', (entry) => {
          queue.delete(required(entry, 'ReceiptHandle'));
          return {};
        });
      },
      ChangeMessageVisibility: (request, from) => {
        const seconds = number(request, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
        if (seconds === undefined) throw missing('VisibilityTimeout');
        queueOf(request, from).changeVisibility(required(request, 'ReceiptHandle'), seconds, from.epochMs);
        return {};
      },
      GetQueueUrl: (request, from) => ({ QueueUrl: queues.find(required(request, 'QueueName'), from).definition.url }),
      GetQueueAttributes: (request, from) => attributesOf(queueOf(request, from), request, from),
      PurgeQueue: (request, from) => {
        queueOf(request, from).purge();
        return {};
      },
    },
  };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_VISIBILITY_SECONDS = 43_200;

const missing = (parameter: string): ApiFailure =>
  new ApiFailure('MissingParameter', `The request must contain the parameter ${parameter}.`);

function required(request: JsonObject, field: string): string {
  const value = stringField(request, field);
  if (value === undefined) throw missing(field);
  return value;
}

function number(request: JsonObject, field: string, least: number, most: number): number | undefined {
  const value = get(request, field);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new ApiFailure(
    'InvalidParameterValue',
    `Value ${renderJson(value)} for parameter ${field} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

function draftOf(request: JsonObject): Draft {
  const messageAttributes = get(request, 'MessageAttributes');
  const delaySeconds = get(request, 'DelaySeconds');
  return {
    body: stringField(request, 'MessageBody') ?? '',
    messageAttributes: isObject(messageAttributes) ? messageAttributes : {},
    delaySeconds: typeof delaySeconds === 'number' ? delaySeconds : undefined,
    messageGroupId: stringField(request, 'MessageGroupId'),
    messageDeduplicationId: stringField(request, 'MessageDeduplicationId'),
  };
}

function sent({ body, messageAttributes, messageId, sequenceNumber }: QueueMessage): JsonObject {
  const md5OfMessageAttributes = md5OfAttributes(messageAttributes);
  return {
    ...(md5OfMessageAttributes === undefined ? {} : { MD5OfMessageAttributes: md5OfMessageAttributes }),
    MD5OfMessageBody: md5(body),
    MessageId: messageId,
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
  };
}

const MAX_ENTRIES = 10;

/** Performs the entries of a batch, one after the other; those that fail are told beside the others. */
function eachEntry(request: JsonObject, what: string, perform: (entry: JsonObject) => JsonObject): JsonObject {
  const given = get(request, 'Entries');
  const entries = isArray(given) ? given.filter(isObject) : [];
  if (entries.length === 0) throw new ApiFailure('EmptyBatchRequest', `There should be at least one ${what} in the request.`);
  if (entries.length > MAX_ENTRIES) {
    throw new ApiFailure(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map((entry) => required(entry, 'Id'));
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new ApiFailure('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  entries.forEach((entry, index) => {
    const Id = ids[index] as string;
    try {
      Successful.push({ Id, ...perform(entry) });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  });
  return { Successful, ...(Failed.length === 0 ? {} : { Failed }) };
}

function receive(queues: Queues, queue: Queue, request: JsonObject, from: Caller): Json | Promise<Json> {
  const count = number(request, 'MaxNumberOfMessages', 1, 10) ?? 1;
  const visibility = number(request, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS);
  const waitSeconds = number(request, 'WaitTimeSeconds', 0, 20) ?? queue.definition.receiveWaitSeconds;
  const answer = (messages: readonly KeptMessage[]): JsonObject =>
    messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, queue, request)) };
  const messages = queue.receive(count, visibility, from);
  if (messages.length > 0 || waitSeconds === 0) return answer(messages);
  const unpark = from.park();
  return new Promise((resolve) => {
    queues.wait(queue, count, visibility, waitSeconds * 1000, (found) => {
      unpark();
      resolve(answer(found));
    });
  });
}

function received(message: KeptMessage, { definition }: Queue, request: JsonObject): JsonObject {
  const { messageId, receiptHandle, body } = message;
  const wanted = [...texts(get(request, 'AttributeNames')), ...texts(get(request, 'MessageSystemAttributeNames'))];
  const system = Object.entries(systemAttributes(message, definition.arn)).filter(([name]) => asksFor(wanted, name));
  const names = texts(get(request, 'MessageAttributeNames'));
  const attributes = Object.fromEntries(Object.entries(message.messageAttributes).filter(([name]) => asksFor(names, name)));
  const md5OfMessageAttributes = md5OfAttributes(attributes);
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle ?? '',
    MD5OfBody: md5(body),
    Body: body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(md5OfMessageAttributes === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfMessageAttributes, MessageAttributes: attributes }),
  };
}

const texts = (value: Json | undefined): readonly string[] =>
  isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** `All`, `.*`, `prefix.*`, or the name. */
const asksFor = (names: readonly string[], name: string): boolean =>
  names.some((one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))));

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
function attributesOf(queue: Queue, request: JsonObject, from: Caller): JsonObject {
  const { definition } = queue;
  const { visible, inFlight, delayed } = queue.counts(from.epochMs);
  const { redrive } = definition;
  const all: Readonly<Record<string, string>> = {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    DelaySeconds: String(definition.delaySeconds),
    MessageRetentionPeriod: String(definition.retentionSeconds),
    QueueArn: definition.arn,
    ReceiveMessageWaitTimeSeconds: String(definition.receiveWaitSeconds),
    VisibilityTimeout: String(definition.visibilityTimeoutSeconds),
    ...(redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }),
    ...(definition.isFifo
      ? {
          FifoQueue: 'true',
          ContentBasedDeduplication: String(definition.contentBasedDeduplication),
          DeduplicationScope: definition.deduplicationScope,
        }
      : {}),
  };
  const wanted = texts(get(request, 'AttributeNames'));
  const found = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  return found.length === 0 ? {} : { Attributes: Object.fromEntries(found) };
}
