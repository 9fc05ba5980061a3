import { createHash } from 'node:crypto';
import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { ApiFailure } from '../api';
import type { Caller } from '../api';
import type { Deliveries } from '../deliveries';
import { delivering } from '../delivering';
import { invokeLater } from '../lambda/invoke-later';
import { noResource } from '../no-resource';
import type { Moment } from '../sqs/queue';
import type { Queues } from '../sqs/queues';
import { compileFilterPolicy } from './filter-policy';
import type { FilterPolicyScope } from './filter-policy';
import { notificationText, snsEvent } from './notification';
import type { Publication } from './notification';

/** A topic as the simulator knows it. */
export interface TopicDefinition {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly contentBasedDeduplication: boolean;
}

/** Who hears of a topic. */
export interface SubscriptionDefinition {
  readonly topicArn: string;
  /** `sqs`, `lambda`, `email`, … */
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
  readonly filterPolicy: Json | undefined;
  readonly filterPolicyScope: FilterPolicyScope;
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
  readonly duplicates: Map<string, { readonly published: Published; readonly untilMs: number }>;
  sequence: bigint;
}

interface Subscription {
  readonly definition: SubscriptionDefinition;
  accepts?: (message: string, attributes: JsonObject) => boolean;
}

/** https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html */
const DEDUPLICATION_MS = 5 * 60 * 1000;
const FIRST_SEQUENCE_NUMBER = 10_000_000_000_000_000_000n;
/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_MESSAGE_BYTES = 256 * 1024;

/** The topics of a world, which deliver to its queues and functions. */
export class Topics {
  private readonly topics: Topic[] = [];
  private readonly subscriptions: Subscription[] = [];
  private readonly unread: (() => readonly SubscriptionDefinition[])[] = [];

  constructor(
    private readonly deliveries: Deliveries,
    private readonly queues: Queues,
  ) {}

  /** @param subscriptions asked for when something is published */
  add(topics: readonly TopicDefinition[], subscriptions: () => readonly SubscriptionDefinition[]): void {
    this.topics.push(...topics.map((definition) => ({ definition, duplicates: new Map(), sequence: 0n })));
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
    checkDraft(draft, topic.definition);
    const { isFifo, contentBasedDeduplication } = topic.definition;
    const deduplicationId =
      draft.messageDeduplicationId ??
      (isFifo && contentBasedDeduplication ? createHash('sha256').update(draft.message).digest('hex') : undefined);
    const known = deduplicationId === undefined ? undefined : topic.duplicates.get(deduplicationId);
    if (isFifo && known !== undefined && at.epochMs < known.untilMs) return known.published;
    const published: Published = {
      messageId: at.uuid(),
      sequenceNumber: isFifo ? String(FIRST_SEQUENCE_NUMBER + 1000n * ++topic.sequence) : undefined,
    };
    if (isFifo && deduplicationId !== undefined)
      topic.duplicates.set(deduplicationId, { published, untilMs: at.epochMs + DEDUPLICATION_MS });
    for (const read of this.unread.splice(0)) this.subscriptions.push(...read().map((definition) => ({ definition })));
    for (const subscription of this.subscriptions)
      if (subscription.definition.topicArn === arn)
        this.deliver(subscription, topic, { ...draft, deduplicationId }, published, at);
    return published;
  }

  private deliver(
    subscription: Subscription,
    { definition: { arn, name } }: Topic,
    draft: TopicDraft & { readonly deduplicationId: string | undefined },
    { messageId, sequenceNumber }: Published,
    at: Moment,
  ): void {
    const { protocol, endpoint, rawMessageDelivery, filterPolicy, filterPolicyScope } = subscription.definition;
    if (protocol !== 'sqs' && protocol !== 'lambda') return;
    const { subject, messageAttributes = {}, messageGroupId } = draft;
    const message = messageFor(protocol, draft);
    const what = `the topic ${name}`;
    subscription.accepts ??=
      filterPolicy === undefined
        ? () => true
        : compileFilterPolicy(filterPolicy, filterPolicyScope, `the subscription of ${endpoint} to ${what}`);
    if (!subscription.accepts(message, messageAttributes)) return;
    const publication: Publication = {
      messageId,
      topicArn: arn,
      subject,
      message,
      messageAttributes,
      publishedAtMs: at.epochMs,
      sequenceNumber,
    };
    const subscriptionArn = `${arn}:${uuidOf(`${arn} ${protocol} ${endpoint}`)}`;
    if (protocol === 'lambda') {
      invokeLater(this.deliveries, what, arn, endpoint, snsEvent(publication, subscriptionArn));
      return;
    }
    const queue = this.queues.tryFind(endpoint);
    if (queue === undefined)
      throw new SimulatorError(
        `${what} delivers to the queue ${endpoint}, which is not in the stack: simulate the stack that has it.`,
      );
    const { isFifo } = queue.definition;
    delivering(what, endpoint, () =>
      queue.send(
        {
          body: rawMessageDelivery ? message : notificationText(publication, subscriptionArn),
          messageAttributes: rawMessageDelivery ? messageAttributes : {},
          messageGroupId,
          messageDeduplicationId: isFifo ? draft.deduplicationId : undefined,
        },
        at,
      ),
    );
  }
}

const invalid = (message: string): ApiFailure => new ApiFailure('InvalidParameter', `Invalid parameter: ${message}`);

function checkDraft(draft: TopicDraft, { isFifo, contentBasedDeduplication }: TopicDefinition): void {
  const { message, messageStructure, messageGroupId, messageDeduplicationId } = draft;
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) throw invalid('Message too long');
  // Recorded.
  if (isFifo && messageGroupId === undefined) throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (isFifo && messageDeduplicationId === undefined && !contentBasedDeduplication) {
    throw invalid('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
  }
  if (messageStructure === 'json') protocolMessages(message);
}

function messageFor(protocol: string, { message, messageStructure }: TopicDraft): string {
  if (messageStructure !== 'json') return message;
  const messages = protocolMessages(message);
  const own = get(messages, protocol);
  return typeof own === 'string' ? own : (get(messages, 'default') as string);
}

function protocolMessages(message: string): JsonObject {
  let parsed: Json;
  try {
    parsed = JSON.parse(message) as Json;
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (isObject(parsed) && typeof get(parsed, 'default') === 'string') return parsed;
  throw invalid('Message Structure - No default entry in JSON message body');
}

/** A UUID that is the same for the same text. */
function uuidOf(text: string): string {
  const digits = createHash('sha1').update(text).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
