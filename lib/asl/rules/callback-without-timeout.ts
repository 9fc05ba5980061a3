import type { JsonObject } from '../../json/json';
import { workflow } from './example';
import type { Rule } from './rule';

const approve = (more: JsonObject) =>
  workflow({
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'https://sqs.example/approvals', MessageBody: { 'token.$': '$$.Task.Token' } },
      ...more,
      End: true,
    },
  });

export const rule: Rule = {
  id: 'callback-without-timeout',
  summary: 'A task waits for its token or for an activity worker without a timeout or a heartbeat',
  why: 'A lost callback leaves the execution RUNNING for up to a year: no failure, no alarm.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html · https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/755',
  failing: { definition: approve({}) },
  corrected: { definition: approve({ TimeoutSeconds: 86_400 }) },
  check: ({ definition, nodes }) =>
    nodes.flatMap((node) => {
      const { resource, source } = node;
      const waits = resource?.kind === 'activity' || (resource?.kind === 'service' && resource.pattern === 'waitForTaskToken');
      const bounds = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];
      if (!waits || definition.TimeoutSeconds !== undefined || bounds.some((field) => source[field] !== undefined)) return [];
      return [
        {
          at: node.position,
          message: `"${node.name}" waits for ${resource.kind === 'activity' ? 'a worker' : 'its task token'} without a bound`,
          hint: 'set TimeoutSeconds, or HeartbeatSeconds if the worker sends heartbeats',
        },
      ];
    }),
};
