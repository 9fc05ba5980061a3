import type { Json, JsonObject } from '../../json/json';
import type { Shape } from '../shapes/shape';
import type { StateNode } from '../workflow';
import { workflow } from './example';
import type { Finding, Rule } from './rule';

const check = (more: JsonObject) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::dynamodb:getItem',
  Parameters: { TableName: 'stock', Key: { id: { 'S.$': '$.id' } } },
  ResultPath: '$.stock',
  ...more,
});
const ends = { Ship: { Type: 'Succeed' }, SoldOut: { Type: 'Fail', Error: 'SoldOut' } };
const guard = { Variable: '$.stock.Item.free.N', IsPresent: true };

export const rule: Rule = {
  id: 'choice-never-matches',
  summary: 'A Choice Rule compares a value with one of another type',
  why: 'A comparison of different types is no error, it is never true: DynamoDB gives numbers as strings ({ "N": "5" }), a cell of CSV is a string, and every execution takes Default.',
  source:
    'https://states-language.net/spec.html#choice-state · https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html · https://github.com/sam-goodwin/functionless/issues/446',
  failing: {
    definition: workflow({
      Check: check({ Next: 'InStock' }),
      InStock: {
        Type: 'Choice',
        Choices: [{ And: [guard, { Variable: '$.stock.Item.free.N', NumericGreaterThan: 0 }], Next: 'Ship' }],
        Default: 'SoldOut',
      },
      ...ends,
    }),
  },
  corrected: {
    definition: workflow({
      Check: check({ Next: 'Known' }),
      Known: { Type: 'Choice', Choices: [{ ...guard, Next: 'Count' }], Default: 'SoldOut' },
      Count: {
        Type: 'Pass',
        Parameters: { 'free.$': 'States.StringToJson($.stock.Item.free.N)' },
        ResultPath: '$.count',
        Next: 'InStock',
      },
      InStock: {
        Type: 'Choice',
        Choices: [{ Variable: '$.count.free', NumericGreaterThan: 0, Next: 'Ship' }],
        Default: 'SoldOut',
      },
      ...ends,
    }),
  },
  check: ({ flow }) =>
    flow.comparisons.flatMap(({ node, rule: choiceRule, position, shape }): readonly Finding[] => {
      const operator = operatorOf(choiceRule);
      const wanted = operator === undefined ? undefined : typeOf(operator);
      if (operator === undefined || wanted === undefined || matches(shape, wanted, operator, choiceRule[operator] as Json))
        return [];
      return [
        {
          at: position,
          message: `${operator} never holds: the Variable is ${describe(shape)}`,
          hint: hintFor(shape, node),
        },
      ];
    }),
};

const operatorOf = (choiceRule: JsonObject): string | undefined =>
  Object.keys(choiceRule).find((name) => /^(String|Numeric|Boolean|Timestamp)[A-Z]/.test(name));

type Wanted = 'string' | 'number' | 'boolean';

const typeOf = (operator: string): Wanted | undefined =>
  operator.startsWith('Numeric') ? 'number' : operator.startsWith('Boolean') ? 'boolean' : 'string';

function matches(shape: Shape, wanted: Wanted, operator: string, operand: Json): boolean {
  switch (shape.kind) {
    case 'unknown':
      return true;
    case 'array':
    case 'object':
      return false;
    case 'scalar':
      // Whether a null is all that can be there is not known.
      if (shape.type === 'null') return true;
      // Text orders numbers as text: "10" < "9". Equality is fine.
      if (shape.holds === 'number' && wanted === 'string')
        return !/Than/.test(operator) || typeof operand !== 'string' || !/^-?\d/.test(operand);
      return shape.type === wanted;
  }
}

const describe = (shape: Shape): string =>
  shape.kind === 'scalar'
    ? `a ${shape.type}${shape.origin === undefined ? '' : ` (${shape.origin})`}`
    : shape.kind === 'array'
      ? 'an array'
      : 'an object';

const hintFor = (shape: Shape, { language }: StateNode): string =>
  shape.kind === 'scalar' && shape.type === 'string'
    ? language === 'JSONata'
      ? 'convert it with $number'
      : 'make a number of it first, with States.StringToJson in a Pass state, or compare strings'
    : shape.kind === 'object'
      ? 'compare a field of it'
      : 'use the operator of its type';
