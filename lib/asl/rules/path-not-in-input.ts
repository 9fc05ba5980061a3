import { describeLoss, isLost, isLostToSchema } from './lost-path';
import { workflow } from './example';
import type { Rule } from './rule';

const inputSchema = {
  type: 'object',
  required: ['detail'],
  properties: {
    detail: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' }, note: { type: 'string' } } },
  },
};
const greet = (path: string) =>
  workflow({
    Queue: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl: 'https://sqs.example/orders', MessageBody: { 'orderId.$': path } },
      End: true,
    },
  });

export const rule: Rule = {
  id: 'path-not-in-input',
  summary: "A path reads what the input's schema does not promise",
  why: 'The execution dies with States.Runtime, which nothing catches: an EventBridge event holds the order in $.detail, an optional field is not always there.',
  source: 'https://github.com/aws-samples/serverless-coffee-workshop/issues/56 · https://github.com/floci-io/floci/issues/2521',
  failing: { definition: greet('$.orderId'), inputSchema },
  corrected: { definition: greet('$.detail.orderId'), inputSchema },
  check: ({ flow }) =>
    flow.readings
      .filter((reading) => isLost(reading) && isLostToSchema(reading))
      .map((reading) => ({
        at: reading.position,
        message: describeLoss(reading),
        hint: 'read it from where the schema has it; test with IsPresent what may be missing; or add it to the schema',
      })),
};
