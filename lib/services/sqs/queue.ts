import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json/json';
import { ApiFailure } from '../api';

/** A queue as the simulator knows it. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly isFifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly delaySeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  /** Where messages go that have been received too often. */
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
}

/** A message in a queue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** `MessageAttributes` as the API has them. */
  readonly messageAttributes: JsonObject;
  /** Of a FIFO queue, and of a standard queue where the sender gave one. */
  readonly messageGroupId: string | undefined;
  readonly messageDeduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
  /** Virtual time, milliseconds since 1970. */
  readonly sentAtMs: number;
  /** How often it has been received. */
  readonly receiveCount: number;
  /** When it can be received, the next time. */
  readonly visibleAtMs: number;
}

/** A message as the queue keeps it. */
export interface KeptMessage extends QueueMessage {
  receiveCount: number;
  visibleAtMs: number;
  firstReceivedAtMs: number | undefined;
  /** Of the last receive; undefined: it has not been received, or is visible again. */
  receiptHandle: string | undefined;
  /** In flight: received, neither deleted nor visible again. */
  isInFlight: boolean;
  /** The queue that it was a dead letter of. */
  readonly sourceArn: string | undefined;
}

/** What is sent. */
export interface Draft {
  readonly body: string;
  readonly messageAttributes?: JsonObject;
  readonly delaySeconds?: number | undefined;
  readonly messageGroupId?: string | undefined;
  readonly messageDeduplicationId?: string | undefined;
}

/** Time and chance, from whoever calls. */
export interface Moment {
  readonly epochMs: number;
  uuid(): string;
}

/** How long a deduplication id is remembered. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html */
const DEDUPLICATION_MS = 5 * 60 * 1000;

/** The first of the 20 digits of a sequence number. */
const FIRST_SEQUENCE_NUMBER = 18_849_496_460_467_696_128n;

/**
 * A queue on virtual time. Messages are received in the order in which they were sent; a standard queue on AWS only tries to.
 */
export class Queue {
  private messages: KeptMessage[] = [];
  private readonly duplicates = new Map<string, { readonly message: KeptMessage; readonly untilMs: number }>();
  private sequence = 0n;

  constructor(
    readonly definition: QueueDefinition,
    /** Takes a message that has been received too often. */
    private readonly bury: (message: KeptMessage, epochMs: number) => void,
    /** A message has come, or may be visible from then on. */
    private readonly changed: (queue: Queue) => void,
  ) {}

  /** What is in the queue, in the order of sending. */
  content(epochMs: number): readonly QueueMessage[] {
    this.forgetExpired(epochMs);
    return this.messages.map(
      ({ messageId, body, messageAttributes, messageGroupId, messageDeduplicationId, sequenceNumber, sentAtMs, ...rest }) => ({
        messageId,
        body,
        messageAttributes,
        messageGroupId,
        messageDeduplicationId,
        sequenceNumber,
        sentAtMs,
        receiveCount: rest.receiveCount,
        visibleAtMs: rest.visibleAtMs,
      }),
    );
  }

  /** Takes a message. @throws ApiFailure as SQS refuses it */
  send(draft: Draft, at: Moment): QueueMessage {
    checkDraft(draft, this.definition);
    const { isFifo, contentBasedDeduplication, delaySeconds } = this.definition;
    const { body, messageAttributes = {}, messageGroupId } = draft;
    const messageDeduplicationId =
      draft.messageDeduplicationId ?? (isFifo && contentBasedDeduplication ? sha256(body) : undefined);
    const key = isFifo ? this.deduplicationKey(messageGroupId, messageDeduplicationId) : undefined;
    const known = key === undefined ? undefined : this.duplicates.get(key);
    if (known !== undefined && at.epochMs < known.untilMs) return known.message;
    const message: KeptMessage = {
      messageId: at.uuid(),
      body,
      messageAttributes,
      messageGroupId,
      messageDeduplicationId,
      sequenceNumber: isFifo ? String(FIRST_SEQUENCE_NUMBER + 256n * this.sequence++) : undefined,
      sentAtMs: at.epochMs,
      receiveCount: 0,
      visibleAtMs: at.epochMs + (draft.delaySeconds ?? delaySeconds) * 1000,
      firstReceivedAtMs: undefined,
      receiptHandle: undefined,
      isInFlight: false,
      sourceArn: undefined,
    };
    if (key !== undefined) this.duplicates.set(key, { message, untilMs: at.epochMs + DEDUPLICATION_MS });
    this.messages.push(message);
    this.changed(this);
    return message;
  }

  /** Takes a dead letter: it keeps what it is and when it was sent. */
  takeDeadLetter(message: KeptMessage, sourceArn: string, epochMs: number): void {
    this.messages.push({ ...message, visibleAtMs: epochMs, isInFlight: false, receiptHandle: undefined, sourceArn });
    this.changed(this);
  }

  /** Receives up to `count` messages. Those that have been received too often go to the dead-letter queue instead. */
  receive(count: number, visibilityTimeoutSeconds: number | undefined, at: Moment): readonly KeptMessage[] {
    const { redrive, isFifo } = this.definition;
    this.forgetExpired(at.epochMs);
    const received: KeptMessage[] = [];
    const blocked = new Set<string | undefined>();
    for (const message of this.messages) {
      if (received.length === count) break;
      if (isFifo && blocked.has(message.messageGroupId)) continue;
      if (message.visibleAtMs > at.epochMs) {
        blocked.add(message.messageGroupId);
        continue;
      }
      if (redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount) {
        this.remove(message);
        this.bury(message, at.epochMs);
        continue;
      }
      message.receiveCount += 1;
      message.firstReceivedAtMs ??= at.epochMs;
      message.isInFlight = true;
      message.receiptHandle = `AQEB${Buffer.from(at.uuid()).toString('base64')}`;
      message.visibleAtMs = at.epochMs + (visibilityTimeoutSeconds ?? this.definition.visibilityTimeoutSeconds) * 1000;
      received.push(message);
    }
    if (received.length > 0) this.changed(this);
    return received;
  }

  /** Deletes the message of a receipt handle, if it is still there. @throws ApiFailure if it can be no receipt handle */
  delete(receiptHandle: string): void {
    checkReceiptHandle(receiptHandle);
    const message = this.messages.find((one) => one.receiptHandle === receiptHandle);
    if (message === undefined) return;
    this.remove(message);
    // The next of its group is free.
    this.changed(this);
  }

  /** Sets for how long a message that is in flight stays invisible. @throws ApiFailure if it is not in flight */
  changeVisibility(receiptHandle: string, seconds: number, epochMs: number): void {
    checkReceiptHandle(receiptHandle);
    const message = this.messages.find((one) => one.receiptHandle === receiptHandle);
    if (message === undefined || message.visibleAtMs <= epochMs) {
      throw new ApiFailure(
        'InvalidParameterValue',
        `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    }
    message.visibleAtMs = epochMs + seconds * 1000;
    this.changed(this);
  }

  purge(): void {
    this.messages = [];
  }

  /** How many messages can be received, are in flight, and are delayed. */
  counts(epochMs: number): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    this.forgetExpired(epochMs);
    const hidden = this.messages.filter(({ visibleAtMs }) => visibleAtMs > epochMs);
    const inFlight = hidden.filter(({ isInFlight }) => isInFlight).length;
    return { visible: this.messages.length - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  /** Something could be received now. */
  hasVisible(epochMs: number): boolean {
    this.forgetExpired(epochMs);
    const blocked = new Set<string | undefined>();
    for (const { visibleAtMs, messageGroupId } of this.messages) {
      if (this.definition.isFifo && blocked.has(messageGroupId)) continue;
      if (visibleAtMs <= epochMs) return true;
      blocked.add(messageGroupId);
    }
    return false;
  }

  /** When the next message that is hidden now will be visible; undefined: none is hidden. */
  nextVisibleMs(epochMs: number): number | undefined {
    const hidden = this.messages.map(({ visibleAtMs }) => visibleAtMs).filter((visibleAtMs) => visibleAtMs > epochMs);
    return hidden.length === 0 ? undefined : Math.min(...hidden);
  }

  private deduplicationKey(group: string | undefined, id: string | undefined): string {
    return this.definition.deduplicationScope === 'messageGroup' ? JSON.stringify([group, id]) : JSON.stringify([id]);
  }

  private remove(message: KeptMessage): void {
    this.messages = this.messages.filter((one) => one !== message);
  }

  private forgetExpired(epochMs: number): void {
    const sinceMs = epochMs - this.definition.retentionSeconds * 1000;
    if (this.messages.some(({ sentAtMs }) => sentAtMs <= sinceMs))
      this.messages = this.messages.filter(({ sentAtMs }) => sentAtMs > sinceMs);
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Longest message, in bytes, attributes included. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_MESSAGE_BYTES = 1024 * 1024;

const invalid = (message: string): ApiFailure => new ApiFailure('InvalidParameterValue', message);
const missing = (parameter: string): ApiFailure =>
  new ApiFailure('MissingParameter', `The request must contain the parameter ${parameter}.`);

/** Where a parameter belongs to the other type of queue. */
const wrongType = (value: string | number, parameter: string): ApiFailure =>
  invalid(
    `Value ${value} for parameter ${parameter} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );

function checkDraft(draft: Draft, { isFifo, contentBasedDeduplication }: QueueDefinition): void {
  const { body, delaySeconds, messageGroupId, messageDeduplicationId } = draft;
  // Recorded.
  if (body === '') throw missing('MessageBody');
  if (Buffer.byteLength(body) > MAX_MESSAGE_BYTES)
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${MAX_MESSAGE_BYTES} bytes.`);
  if (delaySeconds !== undefined && !(delaySeconds >= 0 && delaySeconds <= 900))
    throw invalid(`Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`);
  if (!isFifo) {
    if (messageDeduplicationId !== undefined) throw wrongType(messageDeduplicationId, 'MessageDeduplicationId');
    return;
  }
  if (delaySeconds !== undefined && delaySeconds !== 0) throw wrongType(delaySeconds, 'DelaySeconds');
  if (messageGroupId === undefined) throw missing('MessageGroupId');
  if (messageDeduplicationId === undefined && !contentBasedDeduplication)
    throw invalid('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
}

function checkReceiptHandle(receiptHandle: string): void {
  if (receiptHandle.startsWith('AQEB')) return;
  throw new ApiFailure('ReceiptHandleIsInvalid', `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`);
}
