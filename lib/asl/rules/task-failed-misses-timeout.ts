import { memberOf } from '../position';
import { catchersOf, takesTimeout } from './error-names';
import { invoke, workflow } from './example';
import type { Rule } from './rule';

const charge = (...names: string[]) =>
  workflow({
    Charge: {
      ...invoke('charge'),
      TimeoutSeconds: 30,
      Catch: [{ ErrorEquals: names, ResultPath: '$.error', Next: 'Release' }],
      End: true,
    },
    Release: { ...invoke('release'), End: true },
  });

export const rule: Rule = {
  id: 'task-failed-misses-timeout',
  summary: 'A task has a timeout, and its catch-all is States.TaskFailed, which does not take timeouts',
  why: 'States.TaskFailed matches every error of a task but States.Timeout: a slow task skips the compensation and ends the execution.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html · https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/787',
  failing: { definition: charge('States.TaskFailed') },
  corrected: { definition: charge('States.TaskFailed', 'States.Timeout') },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const catchers = catchersOf(node);
      const hasTimeout = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'].some(
        (field) => node.source[field] !== undefined,
      );
      const names = catchers.flatMap(({ ErrorEquals }) => ErrorEquals);
      if (!hasTimeout || !names.includes('States.TaskFailed') || takesTimeout(names)) return [];
      return [
        {
          at: memberOf(node.position, 'Catch'),
          message: `"${node.name}" has a timeout, and no Catcher takes States.Timeout: States.TaskFailed does not`,
          hint: 'add States.Timeout beside States.TaskFailed, or catch States.ALL',
        },
      ];
    }),
};
