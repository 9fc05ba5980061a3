import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json/json';
import { ApiFailure } from '../api';
import { Deduplication } from '../deduplication';
import { checkMessage, invalidValue } from './check-message';

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
  /** Of a message, its attributes included. */
  readonly maximumMessageBytes: number;
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
  /** When it was received last. */
  receivedAtMs: number | undefined;
  /** Of the last receive; undefined: it has not been received. */
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

/** How long a message may be in flight from one receive on. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
export const MAX_VISIBILITY_SECONDS = 43_200;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const PURGE_SECONDS = 60;

/** The first of the 20 digits of a sequence number. */
const FIRST_SEQUENCE_NUMBER = 18_849_496_460_467_696_128n;

/**
 * A queue on virtual time. Messages are received in the order in which they were sent; a standard queue on AWS only tries to.
 */
export class Queue {
  private messages: KeptMessage[] = [];
  private readonly duplicates = new Deduplication<KeptMessage>();
  private purgedAtMs = -Infinity;
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
    checkMessage(draft, this.definition);
    const { isFifo, contentBasedDeduplication, delaySeconds } = this.definition;
    const { body, messageAttributes = {}, messageGroupId } = draft;
    const messageDeduplicationId =
      draft.messageDeduplicationId ?? (isFifo && contentBasedDeduplication ? sha256(body) : undefined);
    const key = isFifo ? this.deduplicationKey(messageGroupId, messageDeduplicationId) : undefined;
    const known = key === undefined ? undefined : this.duplicates.tryFind(key, at.epochMs);
    if (known !== undefined) return known;
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
      receivedAtMs: undefined,
      receiptHandle: undefined,
      isInFlight: false,
      sourceArn: undefined,
    };
    if (key !== undefined) this.duplicates.remember(key, message, at.epochMs);
    this.messages.push(message);
    this.changed(this);
    return message;
  }

  /**
   * Takes a dead letter: it keeps what it is; in a FIFO queue, the retention period begins anew.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  takeDeadLetter(message: KeptMessage, sourceArn: string, epochMs: number): void {
    const sentAtMs = this.definition.isFifo ? epochMs : message.sentAtMs;
    const visibleAtMs = epochMs;
    this.messages.push({ ...message, sentAtMs, visibleAtMs, isInFlight: false, receiptHandle: undefined, sourceArn });
    this.changed(this);
  }

  /** Receives up to `count` messages, as they are now. Those that have been received too often go to the dead-letter queue instead. */
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
      message.receivedAtMs = at.epochMs;
      message.isInFlight = true;
      message.receiptHandle = `AQEB${Buffer.from(at.uuid()).toString('base64')}`;
      message.visibleAtMs = at.epochMs + (visibilityTimeoutSeconds ?? this.definition.visibilityTimeoutSeconds) * 1000;
      received.push({ ...message });
    }
    if (received.length > 0) this.changed(this);
    return received;
  }

  /**
   * Deletes the message of a receipt handle, if it is still there.
   * @throws ApiFailure if it can be no receipt handle, or if the message of a FIFO queue is visible again
   */
  delete(receiptHandle: string, epochMs: number): void {
    checkReceiptHandle(receiptHandle);
    const message = this.messages.find((one) => one.receiptHandle === receiptHandle);
    if (message === undefined) return;
    if (this.definition.isFifo && message.visibleAtMs <= epochMs)
      throw invalidValue(receiptHandle, 'ReceiptHandle', 'The receipt handle has expired.');
    this.remove(message);
    // The next of its group is free.
    this.changed(this);
  }

  /** Sets for how long a message that is in flight stays invisible. @throws ApiFailure if it is not in flight */
  changeVisibility(receiptHandle: string, seconds: number, epochMs: number): void {
    checkReceiptHandle(receiptHandle);
    const message = this.messages.find((one) => one.receiptHandle === receiptHandle);
    if (message === undefined || message.visibleAtMs <= epochMs) {
      throw invalidValue(
        receiptHandle,
        'ReceiptHandle',
        'Message does not exist or is not available for visibility timeout change.',
      );
    }
    if (epochMs + seconds * 1000 > (message.receivedAtMs ?? epochMs) + MAX_VISIBILITY_SECONDS * 1000) {
      throw invalidValue(
        seconds,
        'VisibilityTimeout',
        `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds]`,
      );
    }
    message.visibleAtMs = epochMs + seconds * 1000;
    this.changed(this);
  }

  /** Deletes everything. @throws ApiFailure if that was done less than a minute ago */
  purge(epochMs: number): void {
    if (epochMs < this.purgedAtMs + PURGE_SECONDS * 1000) {
      const message = `Only one PurgeQueue operation on ${this.definition.name} is allowed every ${PURGE_SECONDS} seconds.`;
      throw new ApiFailure('PurgeQueueInProgress', message);
    }
    this.purgedAtMs = epochMs;
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

function checkReceiptHandle(receiptHandle: string): void {
  if (receiptHandle.startsWith('AQEB')) return;
  throw new ApiFailure('ReceiptHandleIsInvalid', `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`);
}
