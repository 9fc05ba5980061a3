import { elementOf, memberOf } from '../position';
import type { StateNode } from '../workflow';
import { catchersOf, errorPrefixOf, isStatesError, retriersOf } from './error-names';
import { workflow } from './example';
import { misspeltName } from './known-errors';
import type { Finding, Rule } from './rule';

const reserve = (name: string) =>
  workflow({
    Reserve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:updateItem',
      Parameters: { TableName: 'stock', Key: { id: { 'S.$': '$.id' } } },
      ResultPath: null,
      Catch: [{ ErrorEquals: [name], Next: 'SoldOut' }],
      End: true,
    },
    SoldOut: { Type: 'Fail', Error: 'SoldOut' },
  });

export const rule: Rule = {
  id: 'error-name-never-raised',
  summary: 'A Retrier or Catcher names an error that the integration never raises',
  why: 'Optimised integrations and SDK integrations name the same error differently (DynamoDB.… and DynamoDb.…), and States.… names are few; a slip of the pen makes another name: a wrong one is never matched.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html · https://github.com/aws-solutions-library-samples/accelerated-intelligent-document-processing-on-aws/issues/787',
  failing: { definition: reserve('DynamoDb.ConditionalCheckFailedException') },
  corrected: { definition: reserve('DynamoDB.ConditionalCheckFailedException') },
  check: ({ nodes }) =>
    nodes.flatMap((node) => {
      const findings: Finding[] = [];
      const look = (field: string, index: number, names: readonly string[]): void =>
        names.forEach((name, place) => {
          const why = whyNever(name, node);
          if (why === undefined) return;
          findings.push({
            at: elementOf(memberOf(elementOf(memberOf(node.position, field), index), 'ErrorEquals'), place),
            ...why,
          });
        });
      retriersOf(node).forEach(({ ErrorEquals }, index) => look('Retry', index, ErrorEquals));
      catchersOf(node).forEach(({ ErrorEquals }, index) => look('Catch', index, ErrorEquals));
      return findings;
    }),
};

function whyNever(name: string, node: StateNode): Pick<Finding, 'message' | 'hint'> | undefined {
  const meant = isStatesError(name) ? undefined : misspeltName(name);
  if (name.startsWith('States.')) {
    return isStatesError(name)
      ? undefined
      : {
          message: `There is no error ${name}`,
          hint:
            meant === undefined
              ? 'names that begin with States. are AWS’s own: States.ALL, States.TaskFailed, States.Timeout …'
              : `write ${meant}`,
        };
  }
  const prefix = errorPrefixOf(node);
  if (prefix !== undefined && !name.startsWith(`${prefix}.`)) {
    const [own, ...rest] = name.split('.');
    const isSameService = rest.length > 0 && own?.toLowerCase() === prefix.toLowerCase();
    return {
      message: `"${node.name}" never raises ${name}: the errors of ${node.resource?.kind === 'service' ? node.resource.resourceType : ''} begin with ${prefix}.`,
      hint: isSameService
        ? `write ${[prefix, ...rest].join('.')}`
        : `name an error that begins with ${prefix}., or States.TaskFailed`,
    };
  }
  // A function raises errors of whatever name; one that is all but AWS's own is most likely that.
  return meant === undefined ? undefined : { message: `${name} looks like ${meant}, misspelt`, hint: `write ${meant}` };
}
