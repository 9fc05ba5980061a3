import type { JsonObject } from '../../json/json';
import { memberOf } from '../position';
import { looksDynamic } from '../static-paths';
import { workflow } from './example';
import { eachMember } from './request';
import type { Finding, Rule } from './rule';

const ask = (token: JsonObject) =>
  workflow(
    {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'ask', Payload: token },
        End: true,
      },
    },
    { QueryLanguage: 'JSONata' },
  );

/** Fields that hold templates. */
const TEMPLATES = [
  'Arguments',
  'Output',
  'Assign',
  'Items',
  'ItemSelector',
  'ItemBatcher',
  'ItemReader',
  'ResultWriter',
  'Catch',
  'Choices',
];

export const rule: Rule = {
  id: 'jsonpath-in-jsonata',
  summary: 'A JSONata state holds a path of JSONPath, which is plain text there',
  why: 'The text itself is sent: a worker gets "$$.Task.Token" and no token. sfn.JsonPath in a JSONata task of aws-cdk ends this way.',
  source: 'https://github.com/aws/aws-cdk/issues/34352 · https://github.com/aws/aws-cdk/issues/32262',
  failing: { definition: ask({ 'name.$': '$$.Execution.Name' }) },
  corrected: { definition: ask({ name: '{% $states.context.Execution.Name %}' }) },
  check: ({ nodes }) =>
    nodes.flatMap(({ language, source, position }) => {
      const findings: Finding[] = [];
      if (language === 'JSONata')
        for (const field of TEMPLATES)
          eachMember(source[field], memberOf(position, field), (_, member, at) => {
            if (looksDynamic(member))
              findings.push({
                at,
                message: `'${member}' is plain text in JSONata`,
                hint: member.startsWith('$$')
                  ? `write {% $states.context${member.slice(2)} %}`
                  : 'write an expression: {% $states.input.… %}',
              });
          });
      return findings;
    }),
};
