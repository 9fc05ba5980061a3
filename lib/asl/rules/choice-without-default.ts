import type { JsonObject } from '../../json/json';
import { equals } from '../../json/equals';
import { jsonataSource } from '../../expressions/jsonata/jsonata-template';
import type { ChoiceState } from '../types';
import { workflow } from './example';
import type { Rule } from './rule';

const choose = (more: JsonObject) =>
  workflow({
    Route: { Type: 'Choice', Choices: [{ Variable: '$.kind', StringEquals: 'book', Next: 'Ship' }], ...more },
    Ship: { Type: 'Succeed' },
  });

export const rule: Rule = {
  id: 'choice-without-default',
  summary: 'A Choice has no Default, and its rules do not cover every case',
  why: 'When no rule holds the execution fails with States.Runtime, and the Choice cannot catch it.',
  source:
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html · https://github.com/floci-io/floci/issues/3167',
  failing: { definition: choose({}) },
  corrected: { definition: choose({ Default: 'Ship' }) },
  check: ({ nodes }) =>
    nodes.flatMap((node) =>
      node.state.Type === 'Choice' && node.state.Default === undefined && !isExhaustive(node.state)
        ? [
            {
              at: node.position,
              message: `"${node.name}" has no Default: an input for which no rule holds ends the execution`,
              hint: 'add a Default, if only to a Fail state that says what was not expected',
            },
          ]
        : [],
    ),
};

/** True if one of the rules holds whatever comes: two that are each other's contrary, or one that always holds. */
function isExhaustive({ Choices: rules }: ChoiceState): boolean {
  const tests = rules.map(testOf);
  return tests.some((one, index) => isAlways(one) || tests.slice(index + 1).some((other) => isContrary(one, other)));
}

const testOf = ({
  Next: _next,
  Assign: _assign,
  Output: _output,
  Comment: _comment,
  ...test
}: Readonly<Record<string, unknown>>): JsonObject => test as JsonObject;

const isAlways = ({ Condition: condition }: JsonObject): boolean =>
  condition === true || (typeof condition === 'string' && jsonataSource(condition) === 'true');

const isContrary = (one: JsonObject, other: JsonObject): boolean =>
  equals(one, other['Not'] ?? null) ||
  equals(other, one['Not'] ?? null) ||
  isContraryTest(one, other) ||
  isContraryCondition(one, other);

/** Pairs of which one always holds, if both are of the type at all. */
const CONTRARY: readonly (readonly [RegExp, RegExp])[] = [
  [/LessThan(Path)?$/, /GreaterThanEquals(Path)?$/],
  [/LessThanEquals(Path)?$/, /GreaterThan(Path)?$/],
];

function isContraryTest(one: JsonObject, other: JsonObject): boolean {
  const [a, b] = [comparisonOf(one), comparisonOf(other)];
  if (a === undefined || b === undefined || one['Variable'] !== other['Variable']) return false;
  if (a.name === b.name && typeof a.operand === 'boolean' && typeof b.operand === 'boolean') return a.operand !== b.operand;
  if (!equals(a.operand, b.operand)) return false;
  return CONTRARY.some(([less, more]) => (less.test(a.name) && more.test(b.name)) || (less.test(b.name) && more.test(a.name)));
}

function comparisonOf(test: JsonObject) {
  const [name, ...others] = Object.keys(test).filter((key) => key !== 'Variable');
  return name === undefined || others.length > 0 ? undefined : { name, operand: test[name] as JsonObject[string] };
}

function isContraryCondition({ Condition: one }: JsonObject, { Condition: other }: JsonObject): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  const [a, b] = [one, other].map((text) => jsonataSource(text).replaceAll(/\s/g, '')) as [string, string];
  return a === `$not(${b})` || b === `$not(${a})`;
}
