import { isObject, type JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { workflow } from './example';
import { requestField, requestMember, requestOf } from './request';
import type { Rule } from './rule';

const send = (more: JsonObject) =>
  workflow({
    Send: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'https://sqs.example/orders', ...more },
      End: true,
    },
  });

/** Fields that CreateStateMachine asks for (measured: github.com/badmintoncryer/cdk-preflight). */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['FunctionName'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'sns:publish': ['Message'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'dynamodb:getItem': ['TableName', 'Key'],
  'states:startExecution': ['StateMachineArn'],
  'events:putEvents': ['Entries'],
  'ecs:runTask': ['TaskDefinition'],
  'glue:startJobRun': ['JobName'],
};

export const rule: Rule = {
  id: 'request-incomplete',
  summary: 'The request of a service task lacks what the service asks for',
  why: 'CreateStateMachine refuses it in words such as: The field ‘FunctionName’ is required but was missing. It is a warning here, so that a workflow under construction can be run.',
  source:
    'https://github.com/badmintoncryer/cdk-preflight · https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html',
  failing: { definition: send({}) },
  corrected: { definition: send({ 'MessageBody.$': '$' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const { resource } = node;
      if (resource?.kind !== 'service') return [];
      const field = requestField(node);
      const request = requestOf(node);
      if (request === undefined)
        return [
          {
            at: node.position,
            message: `"${node.name}" has no ${field}, which ${resource.resourceType}:${resource.action} asks for`,
            hint: `give ${field}, {} at least`,
          },
        ];
      if (!isObject(request)) return [];
      return (REQUIRED[`${resource.resourceType}:${resource.action}`] ?? [])
        .filter((name) => requestMember(node, name) === undefined)
        .map((name) => ({
          at: memberOf(node.position, field),
          message: `The request of "${node.name}" has no ${name}, which ${resource.resourceType}:${resource.action} asks for`,
          hint: `add ${name}`,
        }));
    }),
};
