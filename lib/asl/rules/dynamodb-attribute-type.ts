import type { JsonObject } from '../../json/json';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import type { Json } from '../../json/json';
import { memberOf } from '../position';
import { valueAt } from '../shapes/flow';
import { workflow } from './example';
import { eachMember, requestField, requestOf } from './request';
import type { Finding, Rule } from './rule';

const put = (attribute: JsonObject) =>
  workflow({
    Count: { Type: 'Pass', Parameters: { 'pieces.$': 'States.ArrayLength($.items)' }, ResultPath: '$.count', Next: 'Store' },
    Store: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:putItem',
      Parameters: { TableName: 'orders', Item: { id: { 'S.$': '$.id' }, pieces: attribute } },
      ResultPath: null,
      End: true,
    },
  });

/** Types of attribute values that are written as strings. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
const TEXT_TYPES: ReadonlySet<string> = new Set(['S', 'N', 'B']);

export const rule: Rule = {
  id: 'dynamodb-attribute-type',
  summary: 'An attribute value of DynamoDB is a string in JSON, also a number, and this is none',
  why: 'The task cannot be started: States.Runtime, The value for the field ‘N’ must be a STRING.',
  source: 'https://github.com/aws/aws-cdk/issues/12456 · https://github.com/aws/aws-cdk/issues/9181',
  failing: { definition: put({ 'N.$': '$.count.pieces' }) },
  corrected: { definition: put({ 'N.$': "States.Format('{}', $.count.pieces)" }) },
  check: ({ nodes, flow }) =>
    nodes.flatMap((node) => {
      const { resource } = node;
      if (resource?.kind !== 'service' || !/^(?:aws-sdk:)?dynamodb$/.test(resource.resourceType)) return [];
      const findings: Finding[] = [];
      const add = (type: string, at: Finding['at'], found: string): number =>
        findings.push({
          at,
          message: `The attribute type ${type} takes a string, found ${found}`,
          hint: `write it as text: ${node.language === 'JSONata' ? '$string(…)' : "States.Format('{}', …)"}`,
        });
      eachMember(requestOf(node), memberOf(node.position, requestField(node)), (key, member, at) => {
        const type = key.replace(/\.\$$/, '');
        if (!TEXT_TYPES.has(type)) return;
        if (isWrong(member)) return void add(type, at, typeof member);
        const shape = key.endsWith('.$') || isJsonata(member) ? valueAt(flow, node, at) : undefined;
        if (shape?.kind === 'scalar' && shape.type !== 'string' && shape.type !== 'null') add(type, at, `a ${shape.type}`);
      });
      return findings;
    }),
};

const isWrong = (member: Json): boolean => typeof member === 'number' || typeof member === 'boolean';
