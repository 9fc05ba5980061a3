import { memberOf } from '../position';
import { isRetrying, retriersOf } from './error-names';
import { workflow } from './example';
import { calls, requestField, requestMember, requestOf } from './request';
import { isObject, type JsonObject } from '../../json/json';
import type { Rule } from './rule';

const start = (name: JsonObject) =>
  workflow({
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Report', ...name },
      Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 2, MaxAttempts: 3 }],
      End: true,
    },
  });

export const rule: Rule = {
  id: 'start-execution-without-name',
  summary: 'The start of a child execution is retried without a name',
  why: 'When the answer to a start is lost, the retry starts the child a second time, and both run. A start with the same name and input is one start.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html · https://github.com/awslabs/genai-idp-terraform/issues/197',
  failing: { definition: start({}) },
  corrected: { definition: start({ 'Name.$': '$$.Execution.Name' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const starts = calls(node, 'states', 'startExecution') || calls(node, 'aws-sdk:sfn', 'startExecution');
      if (!starts || !isObject(requestOf(node)) || requestMember(node, 'Name') !== undefined) return [];
      if (!retriersOf(node).some(isRetrying)) return [];
      return [
        {
          at: memberOf(node.position, requestField(node)),
          message: `A retry of "${node.name}" may start the child a second time`,
          hint: 'give the child a Name made of $$.Execution.Name',
        },
      ];
    }),
};
