import type { Json, JsonObject } from '../../json/json';
import type { Shape } from '../shapes/shape';
import type { Comparison, StateUse } from '../shapes/visit';
import type { QueryLanguage } from '../types';
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
  why: 'A comparison of different types is never true (in JSONata, < and > of them end the execution): DynamoDB gives numbers as strings ({ "N": "5" }), a cell of CSV is a string, and every execution takes Default.',
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
  check: ({ flow }) => [...flow.comparisons.flatMap(inJsonPath), ...flow.uses.flatMap(inJsonata)],
};

function inJsonPath({ rule: choiceRule, position, shape }: Comparison): readonly Finding[] {
  const operator = operatorOf(choiceRule);
  const wanted = operator === undefined ? undefined : typeOf(operator);
  if (operator === undefined || wanted === undefined || matches(shape, wanted, operator, choiceRule[operator] as Json)) return [];
  return [
    { at: position, message: `${operator} never holds: the Variable is ${describe(shape)}`, hint: hintFor(shape, 'JSONPath') },
  ];
}

function inJsonata({ node, name, shapes: [one, other], position }: StateUse): readonly Finding[] {
  if (node.state.Type !== 'Choice' || one === undefined || other === undefined) return [];
  const isOrder = ORDERS.has(name);
  if (!isOrder && name !== '=' && name !== '!=') return [];
  const why = isOrder ? whyNoOrder(one, other) : whyNeverEqual(one, other);
  if (why === undefined) return [];
  const text = [one, other].find((shape) => shape.kind === 'scalar' && shape.type === 'string') ?? one;
  return [
    {
      at: position,
      message: `${name} ${why}: it compares ${describe(one)} with ${describe(other)}`,
      hint: hintFor(text, 'JSONata'),
    },
  ];
}

const ORDERS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

function whyNoOrder(one: Shape, other: Shape): string | undefined {
  const shapes = [one, other];
  const isBarred = (shape: Shape): boolean =>
    shape.kind === 'object' ||
    shape.kind === 'array' ||
    (shape.kind === 'scalar' && (shape.type === 'boolean' || shape.type === 'null'));
  if (shapes.some(isBarred)) return 'fails with States.QueryEvaluationError';
  if (one.kind !== 'scalar' || other.kind !== 'scalar') return undefined;
  if (one.type !== other.type) return 'fails with States.QueryEvaluationError';
  // "10" < "9"
  return one.holds === 'number' || other.holds === 'number' ? 'orders numbers as text' : undefined;
}

/** null is a value of its own, with which anything may be compared. */
function whyNeverEqual(one: Shape, other: Shape): string | undefined {
  const types = [one, other].map((shape) => (shape.kind === 'scalar' ? shape.type : shape.kind));
  const isOpen = types.some((type) => type === 'unknown' || type === 'null') || types[0] === types[1];
  return isOpen ? undefined : 'never finds the two equal';
}

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

const hintFor = (shape: Shape, language: QueryLanguage): string =>
  shape.kind === 'scalar' && shape.type === 'string'
    ? language === 'JSONata'
      ? 'convert it with $number'
      : 'make a number of it first, with States.StringToJson in a Pass state, or compare strings'
    : shape.kind === 'object'
      ? 'compare a field of it'
      : 'use the operator of its type';
