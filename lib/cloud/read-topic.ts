import { isObject, type JsonObject } from '../json/json';
import type { SubscriptionDefinition } from '../services/sns/subscription';
import type { TopicDefinition } from '../services/sns/topics';
import type { Resource } from './cloud';
import { lazyFields } from './lazy-fields';
import { fieldsOf } from './resource-fields';

/** An SNS topic of a template. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export function readTopic(resource: Resource): TopicDefinition {
  const fields = () => fieldsOf(resource, resource.properties);
  return lazyFields(
    { name: resource.name ?? '' },
    {
      arn: () => resource.arn ?? '',
      isFifo: () => fields().flag('FifoTopic'),
      contentBasedDeduplication: () => fields().flag('ContentBasedDeduplication'),
      fifoThroughputScope: () =>
        fields().text('FifoThroughputScope') === 'MessageGroup' ? ('MessageGroup' as const) : ('Topic' as const),
      maximumMessageBytes: () => fields().number('MaximumMessageSize') ?? MAX_MESSAGE_BYTES,
    },
  );
}

/** Of a topic that says nothing of it. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const MAX_MESSAGE_BYTES = 256 * 1024;

/** The subscriptions that stand in a topic itself. */
export const readOwnSubscriptions = (resource: Resource): readonly SubscriptionDefinition[] =>
  fieldsOf(resource, resource.properties)
    .list('Subscription')
    .map((subscription) =>
      subscriptionOf(resource, () => ({ ...(isObject(subscription) ? subscription : {}), TopicArn: resource.arn ?? '' })),
    );

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const readSubscription = (resource: Resource): SubscriptionDefinition =>
  subscriptionOf(resource, () => resource.properties);

function subscriptionOf(resource: Resource, properties: () => JsonObject): SubscriptionDefinition {
  const fields = () => fieldsOf(resource, properties());
  return lazyFields(
    {},
    {
      topicArn: () => fields().required('TopicArn'),
      protocol: () => fields().required('Protocol'),
      endpoint: () => fields().text('Endpoint') ?? '',
      rawMessageDelivery: () => fields().flag('RawMessageDelivery'),
      deadLetterArn: () => {
        const policy = fields().object('RedrivePolicy');
        return policy === undefined ? undefined : fieldsOf(resource, policy).required('deadLetterTargetArn');
      },
      filterPolicy: () => fields().object('FilterPolicy'),
      filterPolicyScope: () =>
        fields().text('FilterPolicyScope') === 'MessageBody' ? ('MessageBody' as const) : ('MessageAttributes' as const),
    },
  );
}
