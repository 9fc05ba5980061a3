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

/** Says what a Task that calls a service lacks in the request that it has. What only the run knows is not looked at. */
export function checkRequiredParameters(
  state: JsonObject,
  { resourceType, action }: ServiceResource,
  language: QueryLanguage,
  place: Place,
): void {
  const field = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const request = state[field];
  if (!isObject(request)) return;
  const name = `${resourceType}:${action}`;
  for (const required of (Object.hasOwn(REQUIRED, name) ? REQUIRED[name] : undefined) ?? [])
    if (!Object.hasOwn(request, required) && !(language === 'JSONPath' && Object.hasOwn(request, `${required}.$`)))
      place.member(field).refuse(`The field '${required}' is required but was missing`, `${name} asks for ${required}: add it`);
}
