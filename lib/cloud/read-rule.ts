import { isObject, type Json } from '../json/json';
import type { BusDefinition } from '../services/events/buses';
import type { RuleDefinition, RuleTarget } from '../services/events/rule';
import { DEFAULT_RETRY_POLICY } from '../services/retry-policy';
import type { Resource } from './cloud';
import { lazyFields } from './lazy-fields';
import { fieldsOf } from './resource-fields';

/** An event bus of a template. */
export const readBus = (resource: Resource): BusDefinition =>
  lazyFields({ name: resource.name ?? '' }, { arn: () => resource.arn ?? '' });

/**
 * A rule of a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 */
export function readRule(resource: Resource): RuleDefinition {
  const fields = fieldsOf(resource, resource.properties);
  return {
    name: resource.name ?? '',
    arn: resource.arn ?? '',
    bus: fields.text('EventBusName') ?? 'default',
    isEnabled: fields.text('State') !== 'DISABLED',
    pattern: fields.object('EventPattern'),
    schedule: fields.text('ScheduleExpression'),
    targets: fields.list('Targets').map((target) => ruleTarget(resource, target)),
  };
}

function ruleTarget(resource: Resource, target: Json): RuleTarget {
  const fields = fieldsOf(resource, isObject(target) ? target : {});
  const transformer = fields.object('InputTransformer');
  const part = (name: string) => fieldsOf(resource, fields.object(name) ?? {});
  const retryPolicy = part('RetryPolicy');
  return {
    arn: fields.required('Arn'),
    input: fields.text('Input'),
    inputPath: fields.text('InputPath'),
    inputTransformer: transformer === undefined ? undefined : inputTransformer(resource, transformer),
    messageGroupId: part('SqsParameters').text('MessageGroupId'),
    deadLetterArn: part('DeadLetterConfig').text('Arn'),
    retryPolicy: {
      maximumRetryAttempts: retryPolicy.number('MaximumRetryAttempts') ?? DEFAULT_RETRY_POLICY.maximumRetryAttempts,
      maximumEventAgeSeconds: retryPolicy.number('MaximumEventAgeInSeconds') ?? DEFAULT_RETRY_POLICY.maximumEventAgeSeconds,
    },
  };
}

function inputTransformer(resource: Resource, transformer: Parameters<typeof fieldsOf>[1]): RuleTarget['inputTransformer'] {
  const fields = fieldsOf(resource, transformer);
  const paths = fields.object('InputPathsMap') ?? {};
  const pathFields = fieldsOf(resource, paths);
  return {
    inputPathsMap: Object.fromEntries(Object.keys(paths).map((name) => [name, pathFields.required(name)])),
    inputTemplate: fields.required('InputTemplate'),
  };
}
