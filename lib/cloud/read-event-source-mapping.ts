import { isObject, type Json } from '../json/json';
import type { MappingDefinition } from '../services/sqs/event-source-mapping';
import type { Resource } from './cloud';
import { lazyFields } from './lazy-fields';
import { fieldsOf } from './resource-fields';

/**
 * What has a function invoked, of a template. One whose source is no queue drives nothing here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export function readEventSourceMapping(resource: Resource): MappingDefinition {
  const fields = () => fieldsOf(resource, resource.properties);
  return lazyFields(
    {},
    {
      queueArn: () => fields().text('EventSourceArn') ?? '',
      functionName: () => fields().required('FunctionName'),
      isEnabled: () => ![false, 'false'].includes(resource.properties['Enabled'] as boolean | string),
      batchSize: () => fields().number('BatchSize') ?? 10,
      batchingWindowSeconds: () => fields().number('MaximumBatchingWindowInSeconds') ?? 0,
      maximumConcurrency: () => {
        const scaling = fields().object('ScalingConfig');
        return (scaling === undefined ? undefined : fieldsOf(resource, scaling).number('MaximumConcurrency')) ?? Infinity;
      },
      reportsBatchItemFailures: () => fields().list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
      filterPatterns: () => filterPatterns(resource),
    },
  );
}

function filterPatterns(resource: Resource): readonly Json[] {
  const criteria = fieldsOf(resource, resource.properties).object('FilterCriteria');
  if (criteria === undefined) return [];
  return fieldsOf(resource, criteria)
    .list('Filters')
    .map((filter) => {
      const fields = fieldsOf(resource, isObject(filter) ? filter : {});
      const text = fields.required('Pattern');
      try {
        return JSON.parse(text) as Json;
      } catch {
        throw fields.wrong('FilterCriteria.Filters.Pattern', 'JSON', text);
      }
    });
}
