import { isObject, type Json } from '../json/json';
import type { BusDefinition, RuleDefinition, RuleTarget } from '../services/events/buses';
import type { Resource } from './cloud';
import { lazyFields } from './lazy-fields';
import { fieldsOf } from './resource-fields';

/** An event bus of a template. */
export const readBus = (resource: Resource): BusDefinition =>
  lazyFields({ name: resource.name ?? '' }, { arn: () => resource.arn ?? '' });

/**
 * A rule of a template that waits for events; undefined for one that has a schedule only.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 */
export function tryReadRule(resource: Resource): RuleDefinition | undefined {
  const fields = fieldsOf(resource, resource.properties);
  const pattern = fields.object('EventPattern');
  if (pattern === undefined) return undefined;
  return {
    name: resource.name ?? '',
    arn: resource.arn ?? '',
    bus: fields.text('EventBusName') ?? 'default',
    isEnabled: fields.text('State') !== 'DISABLED',
    pattern,
    targets: fields.list('Targets').map((target) => ruleTarget(resource, target)),
  };
}

function ruleTarget(resource: Resource, target: Json): RuleTarget {
  const fields = fieldsOf(resource, isObject(target) ? target : {});
  const transformer = fields.object('InputTransformer');
  const sqs = fields.object('SqsParameters');
  return {
    arn: fields.required('Arn'),
    input: fields.text('Input'),
    inputPath: fields.text('InputPath'),
    inputTransformer: transformer === undefined ? undefined : inputTransformer(resource, transformer),
    messageGroupId: sqs === undefined ? undefined : fieldsOf(resource, sqs).text('MessageGroupId'),
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
