import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import { bury } from '../dead-letters';
import type { Deliveries } from '../deliveries';
import { deliverToFunction } from '../lambda/deliver-to-function';
import { isPermanent, tryHandOver } from '../refusal';
import type { Refusal } from '../refusal';
import type { Queues } from '../sqs/queues';
import { compileFilterPolicy } from './filter-policy';
import type { FilterPolicyScope } from './filter-policy';
import { notificationText, snsEvent } from './notification';
import type { Publication } from './notification';

/** Who hears of a topic. */
export interface SubscriptionDefinition {
  readonly topicArn: string;
  /** `sqs`, `lambda`, `email`, … */
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
  readonly filterPolicy: Json | undefined;
  readonly filterPolicyScope: FilterPolicyScope;
  /** ARN of the queue for what cannot be delivered. */
  readonly deadLetterArn: string | undefined;
}

/** Where the messages of topics go. */
export interface Endpoints {
  readonly deliveries: Deliveries;
  readonly queues: Queues;
}

/** What a message is handed on with. */
export interface Ids {
  readonly messageGroupId: string | undefined;
  readonly messageDeduplicationId: string | undefined;
}

/**
 * How long SNS waits before a retry, counted from 0, for a queue or a function: three at once, two after a second each, ten with exponential
 * backoff from 1 to 20 seconds, 100,000 after 20 seconds each; undefined: it gives up.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
const retryAfterMs = (retries: number): number | undefined => {
  if (retries < 3) return 0;
  if (retries < 5) return 1000;
  if (retries < 15) return Math.min(2 ** (retries - 5), 20) * 1000;
  return retries < 100_015 ? 20_000 : undefined;
};

/** A subscription to a topic. */
export class Subscription {
  private readonly arn: string;
  private readonly what: string;
  private filter: ((message: string, attributes: JsonObject) => boolean) | undefined;

  constructor(
    readonly definition: SubscriptionDefinition,
    private readonly endpoints: Endpoints,
  ) {
    const { topicArn, protocol, endpoint } = definition;
    this.arn = `${topicArn}:${uuidOf(`${topicArn} ${protocol} ${endpoint}`)}`;
    this.what = `the topic ${topicArn.slice(topicArn.lastIndexOf(':') + 1)}`;
  }

  /** The filter policy lets the message through. */
  accepts(message: string, attributes: JsonObject): boolean {
    const { filterPolicy, filterPolicyScope, endpoint } = this.definition;
    if (filterPolicy === undefined) return true;
    this.filter ??= compileFilterPolicy(filterPolicy, filterPolicyScope, `the subscription of ${endpoint} to ${this.what}`);
    return this.filter(message, attributes);
  }

  /** Delivers to a queue or a function. */
  deliver(publication: Publication, ids: Ids): void {
    const attempt = (retries: number): void =>
      this.send(publication, ids, (refusal) => {
        if (refusal === undefined) return;
        const waitMs = isPermanent(refusal) ? undefined : retryAfterMs(retries);
        if (waitMs === undefined) this.giveUp(publication, ids, refusal);
        else this.endpoints.deliveries.after(waitMs, () => attempt(retries + 1));
      });
    attempt(0);
  }

  private send(publication: Publication, ids: Ids, tell: (refusal: Refusal | undefined) => void): void {
    const { what, arn } = this;
    const { deliveries, queues } = this.endpoints;
    const { protocol, endpoint, topicArn, rawMessageDelivery, deadLetterArn } = this.definition;
    if (protocol === 'lambda') {
      const event = snsEvent(publication, arn);
      deliverToFunction(deliveries, { what, from: topicArn, functionName: endpoint, event }, tell);
      return;
    }
    const queue = queues.tryFind(endpoint);
    if (queue === undefined) {
      throw new SimulatorError(
        `${what} delivers to the queue ${endpoint}, which is not in the stack: simulate the stack that has it.`,
      );
    }
    const { messageGroupId, messageDeduplicationId } = ids;
    const draft = {
      body: this.bodyOf(publication),
      messageAttributes: rawMessageDelivery ? publication.messageAttributes : {},
      messageGroupId,
      messageDeduplicationId: queue.definition.isFifo ? messageDeduplicationId : undefined,
    };
    tell(tryHandOver(what, endpoint, deadLetterArn, () => queue.send(draft, deliveries)));
  }

  private bodyOf(publication: Publication): string {
    const { rawMessageDelivery, protocol } = this.definition;
    return rawMessageDelivery && protocol === 'sqs' ? publication.message : notificationText(publication, this.arn);
  }

  /** The attributes are the assumption `sns-dead-letter`. */
  private giveUp(publication: Publication, ids: Ids, { code, message }: Refusal): void {
    const { deadLetterArn } = this.definition;
    const { deliveries, queues } = this.endpoints;
    if (deadLetterArn === undefined) return;
    const attributes = { RequestID: deliveries.uuid(), ErrorCode: code, ErrorMessage: message === '' ? code : message };
    bury(queues, deliveries, deadLetterArn, { what: this.what, body: this.bodyOf(publication), attributes, ...ids });
  }
}

/** A UUID that is the same for the same text. */
function uuidOf(text: string): string {
  const digits = createHash('sha1').update(text).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
