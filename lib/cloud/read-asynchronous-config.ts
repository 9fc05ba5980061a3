import type { AsynchronousDefinition } from '../services/lambda/asynchronous-invocations';
import type { Resource } from './cloud';
import { fieldsOf } from './resource-fields';

/**
 * How Lambda treats the asynchronous invocations of a function, by a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */
export function readAsynchronousConfig(resource: Resource): AsynchronousDefinition {
  const fields = fieldsOf(resource, resource.properties);
  const destinations = fieldsOf(resource, fields.object('DestinationConfig') ?? {});
  const destination = (name: string): string | undefined =>
    fieldsOf(resource, destinations.object(name) ?? {}).text('Destination');
  const given = {
    maximumRetryAttempts: fields.number('MaximumRetryAttempts'),
    maximumEventAgeSeconds: fields.number('MaximumEventAgeInSeconds'),
    onSuccess: destination('OnSuccess'),
    onFailure: destination('OnFailure'),
    qualifier: fields.text('Qualifier'),
  };
  return {
    functionName: fields.required('FunctionName'),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}
