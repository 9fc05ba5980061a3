import { workflow } from './example';
import { requestField, requestOf } from './request';
import type { Rule } from './rule';

const send = (more: object) =>
  workflow({ Send: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', ...more, End: true } });

export const rule: Rule = {
  id: 'request-incomplete',
  summary: 'A task calls a service and has no request',
  why: 'CreateStateMachine refuses it: Parameters field is required for resource ARN. It is a warning here, so that a workflow under construction can be run.',
  source:
    'https://github.com/badmintoncryer/cdk-preflight · https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html',
  failing: { definition: send({}) },
  corrected: {
    definition: send({ Parameters: { QueueUrl: 'https://sqs.example/orders', 'MessageBody.$': '$' } }),
  },
  check: ({ nodes }) =>
    nodes
      .filter((node) => node.resource?.kind === 'service' && requestOf(node) === undefined)
      .map((node) => ({
        at: node.position,
        message: `"${node.name}" has no ${requestField(node)}, and CreateStateMachine wants one for every call of a service`,
        hint: `write the request into ${requestField(node)}; {} for one without fields`,
      })),
};
