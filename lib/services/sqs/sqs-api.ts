import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { ApiFailure } from '../api';
import type { Api, Caller } from '../api';
import { isBatchId, MAX_BATCH_ENTRIES, performBatch, repeatedId } from '../batch';
import { messageBytes } from '../message-attributes';
import { stringField } from '../parameter-types';
import { invalidValue, missing } from './check-message';
import { md5, md5OfAttributes } from './md5';
import { MAX_VISIBILITY_SECONDS } from './queue';
import type { Draft, KeptMessage, Queue, QueueMessage } from './queue';
import type { Queues } from './queues';
import { systemAttributes } from './system-attributes';

/** SQS's API on the queues of a world. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html */
export function sqsApi(queues: Queues): Api {
  const queueOf = (request: JsonObject, from: Caller): Queue => queues.find(stringField(request, 'QueueUrl'), from);
  const remove = (queue: Queue, request: JsonObject, { epochMs }: Caller): JsonObject => {
    queue.delete(required(request, 'ReceiptHandle'), epochMs);
    return {};
  };
  const changeVisibility = (queue: Queue, request: JsonObject, { epochMs }: Caller): JsonObject => {
    const seconds = number(request, VISIBILITY_TIMEOUT);
    if (seconds === undefined) throw missing('VisibilityTimeout');
    queue.changeVisibility(required(request, 'ReceiptHandle'), seconds, epochMs);
    return {};
  };
  return {
    name: 'sqs',
    operations: {
      SendMessage: (request, from) => sent(queueOf(request, from).send(draftOf(request), from)),
      SendMessageBatch: (request, from) => {
        const queue = queueOf(request, from);
        const drafts = entriesOf(request, 'SendMessageBatchRequestEntry');
        checkTotalBytes(drafts);
        return performed(drafts, (entry) => sent(queue.send(draftOf(entry), from)));
      },
      ReceiveMessage: (request, from) => receive(queues, queueOf(request, from), request, from),
      DeleteMessage: (request, from) => remove(queueOf(request, from), request, from),
      DeleteMessageBatch: (request, from) => {
        const queue = queueOf(request, from);
        return performed(entriesOf(request, 'DeleteMessageBatchRequestEntry'), (entry) => remove(queue, entry, from));
      },
      ChangeMessageVisibility: (request, from) => changeVisibility(queueOf(request, from), request, from),
      ChangeMessageVisibilityBatch: (request, from) => {
        const queue = queueOf(request, from);
        const entries = entriesOf(request, 'ChangeMessageVisibilityBatchRequestEntry');
        return performed(entries, (entry) => changeVisibility(queue, entry, from));
      },
      GetQueueUrl: (request, from) => ({ QueueUrl: queues.find(required(request, 'QueueName'), from).definition.url }),
      GetQueueAttributes: (request, from) => attributesOf(queueOf(request, from), request, from),
      PurgeQueue: (request, from) => {
        queueOf(request, from).purge(from.epochMs);
        return {};
      },
    },
  };
}

function required(request: JsonObject, field: string): string {
  const value = stringField(request, field);
  if (value === undefined) throw missing(field);
  return value;
}

/** A number of a request, and what SQS says of one that it does not take. */
interface NumberField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly reason: string;
}

const VISIBILITY_TIMEOUT: NumberField = {
  name: 'VisibilityTimeout',
  least: 0,
  most: MAX_VISIBILITY_SECONDS,
  reason: `Must be between 0 and ${MAX_VISIBILITY_SECONDS}, if provided.`,
};
const MAX_NUMBER_OF_MESSAGES: NumberField = {
  name: 'MaxNumberOfMessages',
  least: 1,
  most: 10,
  reason: 'Must be between 1 and 10, if provided.',
};
const WAIT_TIME_SECONDS: NumberField = {
  name: 'WaitTimeSeconds',
  least: 0,
  most: 20,
  reason: 'Must be >= 0 and <= 20, if provided.',
};

function number(request: JsonObject, { name, least, most, reason }: NumberField): number | undefined {
  const value = get(request, name);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw invalidValue(typeof value === 'number' ? value : renderJson(value), name, reason);
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

/** The entries of a batch. @throws ApiFailure where SQS refuses the batch as a whole */
function entriesOf(request: JsonObject, what: string): readonly JsonObject[] {
  const given = get(request, 'Entries');
  const entries = isArray(given) ? given.filter(isObject) : [];
  if (entries.length === 0) throw new ApiFailure('EmptyBatchRequest', `There should be at least one ${what} in the request.`);
  if (entries.length > MAX_BATCH_ENTRIES) {
    throw new ApiFailure(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_BATCH_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map((entry) => required(entry, 'Id'));
  if (!ids.every(isBatchId)) {
    throw new ApiFailure(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  }
  const repeated = repeatedId(ids);
  if (repeated !== undefined) throw new ApiFailure('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
  return entries;
}

/** Of all messages of a batch together. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_BATCH_BYTES = 1024 * 1024;

function checkTotalBytes(entries: readonly JsonObject[]): void {
  const bytes = entries.map(draftOf).reduce((sum, draft) => sum + messageBytes(draft.body, draft.messageAttributes ?? {}), 0);
  if (bytes <= MAX_BATCH_BYTES) return;
  const message = `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`;
  throw new ApiFailure('BatchRequestTooLong', message);
}

function performed(entries: readonly JsonObject[], perform: (entry: JsonObject) => JsonObject): JsonObject {
  const { Successful, Failed } = performBatch(entries, (entry) => required(entry, 'Id'), perform);
  return { Successful, ...(Failed.length === 0 ? {} : { Failed }) };
}

function receive(queues: Queues, queue: Queue, request: JsonObject, from: Caller): Json | Promise<Json> {
  const count = number(request, MAX_NUMBER_OF_MESSAGES) ?? 1;
  const visibility = number(request, VISIBILITY_TIMEOUT);
  const waitSeconds = number(request, WAIT_TIME_SECONDS) ?? queue.definition.receiveWaitSeconds;
  const answer = (messages: readonly KeptMessage[]): JsonObject =>
    messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, queue, request)) };
  const messages = queue.receive(count, visibility, from);
  if (messages.length > 0 || waitSeconds === 0) return answer(messages);
  const unpark = from.park();
  return new Promise((resolve) => {
    const giveUp = queues.wait(queue, count, visibility, waitSeconds * 1000, (found) => {
      from.signal?.removeEventListener('abort', giveUp);
      unpark();
      resolve(answer(found));
    });
    from.signal?.addEventListener('abort', giveUp);
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

/** Those that a queue may have; of policies, encryption and its age the simulator knows nothing. */
const QUEUE_ATTRIBUTES: ReadonlySet<string> = new Set([
  'All',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'ContentBasedDeduplication',
  'CreatedTimestamp',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'LastModifiedTimestamp',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'Policy',
  'QueueArn',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]);

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
    MaximumMessageSize: String(definition.maximumMessageBytes),
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
  const unknown = wanted.find((name) => !QUEUE_ATTRIBUTES.has(name));
  if (unknown !== undefined) throw new ApiFailure('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const found = Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name));
  return found.length === 0 ? {} : { Attributes: Object.fromEntries(found) };
}
