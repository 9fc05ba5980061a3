import { isObject, type JsonObject } from '../json/json';
import type { Place } from './place';
import type { ServiceResource } from './resource';
import type { QueryLanguage } from './types';

/**
 * Fields without which CreateStateMachine refuses a request, by integration (measured: github.com/badmintoncryer/cdk-preflight). They are
 * those that the model of the API requires, and so are the two that were not measured: dynamodb:deleteItem and dynamodb:updateItem.
 */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:deleteItem': ['TableName', 'Key'],
  'dynamodb:getItem': ['TableName', 'Key'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:updateItem': ['TableName', 'Key'],
  'ecs:runTask': ['TaskDefinition'],
  'events:putEvents': ['Entries'],
  'glue:startJobRun': ['JobName'],
  'lambda:invoke': ['FunctionName'],
  'sns:publish': ['Message'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'states:startExecution': ['StateMachineArn'],
};

/**
 * Says that a Task that calls a service has no request, or what this lacks. What only the run knows is not looked at. Without the field
 * CreateStateMachine refuses every integration (measured: github.com/badmintoncryer/cdk-preflight, pf-sfn-asl-integration-parameters),
 * also those whose APIs require nothing (`aws-sdk:neptune:describeDBClusters`).
 */
export function checkRequiredParameters(
  state: JsonObject,
  { resourceType, action }: ServiceResource,
  language: QueryLanguage,
  place: Place,
): void {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const request = state[field];
  const name = `${resourceType}:${action}`;
  const fields = (Object.hasOwn(REQUIRED, name) ? REQUIRED[name] : undefined) ?? [];
  if (request === undefined)
    return place.refuse(
      `${field} field is required for resource ARN: ${state['Resource'] as string}`,
      fields.length === 0
        ? `write the request into ${field}; {} for one without fields`
        : `write the request into ${field}; ${name} asks for ${fields.join(' and ')}`,
    );
  if (!isObject(request)) return;
  for (const required of fields)
    if (!Object.hasOwn(request, required) && !(language === 'JSONPath' && Object.hasOwn(request, `${required}.$`)))
      place.member(field).refuse(`The field '${required}' is required but was missing`, `${name} asks for ${required}: add it`);
}
