import type { JsonObject } from '../../json/json';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import { memberOf } from '../position';
import { looksDynamic } from '../static-paths';
import type { StateNode } from '../workflow';
import { findAssignments, type IsAssigned } from './assigned-variables';
import { workflow } from './example';
import { eachMember, requestField, requestOf } from './request';
import type { Finding, Rule } from './rule';

const fail = (more: JsonObject) => workflow({ Refuse: { Type: 'Fail', Error: 'BadOrder', ...more } });

export const rule: Rule = {
  id: 'path-in-text',
  summary: 'A text has a path or an expression in it, which nothing replaces',
  why: 'Error and Cause of a Fail state are constants, and so is a message that is no path as a whole: the path itself is what people read. Tokens of aws-cdk (JsonPath.stringAt) in text end this way.',
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html · https://github.com/aws/aws-cdk/issues/20152',
  failing: { definition: fail({ Cause: 'The order $.order.id is not valid' }) },
  corrected: { definition: fail({ CausePath: "States.Format('The order {} is not valid', $.order.id)" }) },
  check: ({ nodes }) => {
    const isAssigned = findAssignments();
    return nodes.flatMap((node) =>
      node.state.Type === 'Fail'
        ? ['Error', 'Cause'].flatMap((field) => inFail(node, field, isAssigned))
        : node.language === 'JSONPath'
          ? inMessage(node)
          : [],
    );
  },
};

function inFail({ source, position, language, scope }: StateNode, field: string, isAssigned: IsAssigned): readonly Finding[] {
  const value = source[field];
  if (typeof value !== 'string') return [];
  const text: string = value;
  if (isJsonata(value)) return [];
  const at = memberOf(position, field);
  if (language === 'JSONata') {
    const names = [...text.matchAll(/\$([\p{ID_Start}_][\p{ID_Continue}]*)/gu)].map(([, name = '']) => name);
    const isMeant =
      PATH.test(text) || /\{%.*%\}/s.test(text) || names.some((name) => name === 'states' || isAssigned(name, scope));
    return isMeant
      ? [
          {
            at,
            message: `${field} is a constant: what is in it is not evaluated`,
            hint: "write {% '…' & $states.input.… & '…' %}",
          },
        ]
      : [];
  }
  // What is a path as a whole is AWS's own warning, NO_PATH.
  if (looksDynamic(text) || !PATH.test(text)) return [];
  return [
    {
      at,
      message: `${field} is a constant: the path in it is not replaced`,
      hint: `use ${field}Path with States.Format('… {} …', $.…)`,
    },
  ];
}

const PATH = /(?:^|[^\w$])\$\$?\.[A-Za-z_]\w*/;

/** Fields that people read. In others, such as queries and patterns, text with a path may be meant. */
const MESSAGES: ReadonlySet<string> = new Set(['Message', 'Subject', 'MessageBody', 'Body', 'Text', 'Html', 'Data']);

function inMessage(node: StateNode): readonly Finding[] {
  const { resource, position } = node;
  if (resource?.kind !== 'service' || !/^(?:aws-sdk:)?(?:sns|sqs|ses|sesv2)$/.test(resource.resourceType)) return [];
  const findings: Finding[] = [];
  eachMember(requestOf(node), memberOf(position, requestField(node)), (key, member, at) => {
    if (typeof member !== 'string' || !MESSAGES.has(key) || looksDynamic(member) || !PATH.test(member)) return;
    findings.push({
      at,
      message: `${key} is a constant: the path in it is not replaced`,
      hint: `write "${key}.$": "States.Format('… {} …', $.…)"`,
    });
  });
  return findings;
}
