import { isObject, type JsonObject } from '../json/json';
import type { SubscriptionDefinition, TopicDefinition } from '../services/sns/topics';
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
    },
  );
}

/**
 * The subscriptions that stand in a topic itself.
 */
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
      filterPolicy: () => fields().object('FilterPolicy'),
      filterPolicyScope: () =>
        fields().text('FilterPolicyScope') === 'MessageBody' ? ('MessageBody' as const) : ('MessageAttributes' as const),
    },
  );
}
