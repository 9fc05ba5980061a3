import { isObject, type JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { constantOf } from './constant';
import { workflow } from './example';
import { calls, requestField, requestOf } from './request';
import type { Rule } from './rule';

const start = (name: JsonObject) =>
  workflow({
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Report', ...name },
      End: true,
    },
  });

export const rule: Rule = {
  id: 'constant-execution-name',
  summary: 'A child execution is started with a constant name',
  why: 'The first start works; for 90 days after its end every other one fails with ExecutionAlreadyExists.',
  source: 'https://github.com/aws/aws-cdk/issues/8801 · https://github.com/getmoto/moto/issues/9490',
  failing: { definition: start({ Name: 'nightly' }) },
  corrected: { definition: start({ 'Name.$': '$$.Execution.Name' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const request = requestOf(node);
      const starts = calls(node, 'states', 'startExecution') || calls(node, 'aws-sdk:sfn', 'startExecution');
      const given = isObject(request) ? request['Name'] : undefined;
      const name = node.language === 'JSONata' ? constantOf(given) : given;
      if (!starts || typeof name !== 'string') return [];
      return [
        {
          at: memberOf(memberOf(node.position, requestField(node)), 'Name'),
          message: `Every execution starts a child named '${name}': the second start fails`,
          hint: 'make it of $$.Execution.Name, or of what the child is about',
        },
      ];
    }),
};
