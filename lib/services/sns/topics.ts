import { createHash } from 'node:crypto';
import type { JsonObject } from '../../json/json';
import { ApiFailure } from '../api';
import type { Caller } from '../api';
import { Deduplication } from '../deduplication';
import type { Deliveries } from '../deliveries';
import { noResource } from '../no-resource';
import type { Moment } from '../sqs/queue';
import type { Queues } from '../sqs/queues';
import { checkPublication, invalid, messageFor } from './check-publication';
import { Subscription } from './subscription';
import type { Endpoints, SubscriptionDefinition } from './subscription';

/** A topic as the simulator knows it. */
export interface TopicDefinition {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Within what a deduplication id is remembered. */
  readonly fifoThroughputScope: 'Topic' | 'MessageGroup';
  /** Of a message, its attributes included. */
  readonly maximumMessageBytes: number;
}

/** What is published. */
export interface TopicDraft {
  readonly message: string;
  readonly subject?: string | undefined;
  /** `json`: the message says what each protocol is given. */
  readonly messageStructure?: string | undefined;
  readonly messageAttributes?: JsonObject;
  readonly messageGroupId?: string | undefined;
  readonly messageDeduplicationId?: string | undefined;
}

/** What SNS answers. */
export interface Published {
  readonly messageId: string;
  readonly sequenceNumber: string | undefined;
}

interface Topic {
  readonly definition: TopicDefinition;
  readonly duplicates: Deduplication<Published>;
  sequence: bigint;
}

const FIRST_SEQUENCE_NUMBER = 10_000_000_000_000_000_000n;

/** The topics of a world, which deliver to its queues and functions. */
export class Topics {
  private readonly topics: Topic[] = [];
  private readonly subscriptions: Subscription[] = [];
  private readonly unread: (() => readonly SubscriptionDefinition[])[] = [];
  private readonly endpoints: Endpoints;

  constructor(deliveries: Deliveries, queues: Queues) {
    this.endpoints = { deliveries, queues };
  }

  /** @param subscriptions asked for when something is published */
  add(topics: readonly TopicDefinition[], subscriptions: () => readonly SubscriptionDefinition[]): void {
    this.topics.push(...topics.map((definition) => ({ definition, duplicates: new Deduplication<Published>(), sequence: 0n })));
    this.unread.push(subscriptions);
  }

  /** There is such a topic. */
  has(arn: string): boolean {
    return this.topics.some(({ definition }) => definition.arn === arn);
  }

  /**
   * The ARN of a topic that there is.
   * @throws ApiFailure if there is none; SimulatorError if there is no topic at all to compare with
   */
  check(arn: string | undefined, from: Caller): string {
    if (this.topics.length === 0) throw noResource(from, 'topic', arn);
    if (arn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    if (this.has(arn)) return arn;
    throw new ApiFailure('NotFound', 'Topic does not exist', 404);
  }

  /** Publishes to a topic that there is. @throws ApiFailure as SNS refuses the message */
  publish(arn: string, draft: TopicDraft, at: Moment): Published {
    const topic = this.topics.find(({ definition }) => definition.arn === arn) as Topic;
    const { definition, duplicates } = topic;
    checkPublication(draft, definition);
    if (!definition.isFifo) return this.deliver(definition, draft, { messageId: at.uuid(), sequenceNumber: undefined }, at);
    const messageDeduplicationId = draft.messageDeduplicationId ?? createHash('sha256').update(draft.message).digest('hex');
    const scope = definition.fifoThroughputScope === 'MessageGroup' ? draft.messageGroupId : undefined;
    const key = JSON.stringify([scope, messageDeduplicationId]);
    const known = duplicates.tryFind(key, at.epochMs);
    if (known !== undefined) return known;
    const published = { messageId: at.uuid(), sequenceNumber: String(FIRST_SEQUENCE_NUMBER + 1000n * ++topic.sequence) };
    duplicates.remember(key, published, at.epochMs);
    return this.deliver(definition, { ...draft, messageDeduplicationId }, published, at);
  }

  private deliver({ arn }: TopicDefinition, draft: TopicDraft, published: Published, at: Moment): Published {
    const { subject, messageAttributes = {}, messageGroupId, messageDeduplicationId } = draft;
    for (const read of this.unread.splice(0))
      this.subscriptions.push(...read().map((definition) => new Subscription(definition, this.endpoints)));
    for (const subscription of this.subscriptions) {
      const { topicArn, protocol } = subscription.definition;
      if (topicArn !== arn || (protocol !== 'sqs' && protocol !== 'lambda')) continue;
      const message = messageFor(protocol, draft);
      if (!subscription.accepts(message, messageAttributes)) continue;
      const publication = { ...published, topicArn: arn, subject, message, messageAttributes, publishedAtMs: at.epochMs };
      subscription.deliver(publication, { messageGroupId, messageDeduplicationId });
    }
    return published;
  }
}
