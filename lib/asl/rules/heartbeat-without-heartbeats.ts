import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { workflow } from './example';
import type { Rule } from './rule';

const job = (more: JsonObject) =>
  workflow({
    Render: {
      Type: 'Task',
      Resource: 'arn:aws:states:::batch:submitJob.sync',
      Parameters: { JobDefinition: 'render', JobName: 'render', JobQueue: 'jobs' },
      ...more,
      End: true,
    },
  });

export const rule: Rule = {
  id: 'heartbeat-without-heartbeats',
  summary: 'A task has HeartbeatSeconds, and nothing sends heartbeats',
  why: 'Only who has a task token can send a heartbeat: every call or job that takes longer than HeartbeatSeconds is taken for dead.',
  source:
    'https://github.com/aws-samples/aws-batch-genomics/issues/16 · https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html',
  failing: { definition: job({ HeartbeatSeconds: 60 }) },
  corrected: { definition: job({ TimeoutSeconds: 3600 }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const field = ['HeartbeatSeconds', 'HeartbeatSecondsPath'].find((name) => node.source[name] !== undefined);
      const { resource } = node;
      const beats = resource?.kind === 'activity' || (resource?.kind === 'service' && resource.pattern === 'waitForTaskToken');
      // A job that got a token of its own choosing may send heartbeats with it.
      const hasToken = JSON.stringify(node.source).includes('Task.Token');
      if (field === undefined || resource === undefined || beats || hasToken) return [];
      return [
        {
          at: memberOf(node.position, field),
          message: `Nothing sends heartbeats for "${node.name}": it fails after the heartbeat's time, however well it goes`,
          hint: 'use TimeoutSeconds',
        },
      ];
    }),
};
