import type { ChoiceRule } from '../asl/types';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';

/** Comparison operators that read as a sign. The rest of the name (`String`, `Numeric`, …) shows in the value. */
const SIGNS: readonly (readonly [suffix: string, sign: string])[] = [
  ['LessThanEquals', '≤'],
  ['GreaterThanEquals', '≥'],
  ['LessThan', '<'],
  ['GreaterThan', '>'],
  ['Equals', '='],
  ['Matches', '~'],
];

/** What the `Is…` operators ask for. https://states-language.net/spec.html#choice-state */
const KINDS: Readonly<Record<string, string>> = {
  IsNull: 'null',
  IsPresent: 'present',
  IsNumeric: 'a number',
  IsString: 'a string',
  IsBoolean: 'a boolean',
  IsTimestamp: 'a timestamp',
};

const NOT_OPERATORS: ReadonlySet<string> = new Set(['Variable', 'Next', 'Comment', 'Assign', 'Output']);

/**
 * A Choice Rule for people: its Comment, as Workflow Studio shows it, else its test as a formula, `$.total > 100 and $.vip = true`.
 */
export function renderChoiceRule(rule: ChoiceRule): string {
  return rule.Comment ?? renderTest(rule as JsonObject, false);
}

function renderTest(test: JsonObject, nested: boolean): string {
  const condition = test.Condition;
  if (typeof condition === 'string') return condition.replace(/^\{%\s*|\s*%\}$/g, '');
  if (condition !== undefined) return JSON.stringify(condition);
  if (isArray(test.And)) return joined(test.And, ' and ', nested);
  if (isArray(test.Or)) return joined(test.Or, ' or ', nested);
  if (isObject(test.Not)) return `not (${renderTest(test.Not, false)})`;
  return renderComparison(test);
}

function joined(tests: readonly Json[], word: string, nested: boolean): string {
  const text = tests.map((test) => (isObject(test) ? renderTest(test, true) : '')).join(word);
  return nested && tests.length > 1 ? `(${text})` : text;
}

function renderComparison(test: JsonObject): string {
  const variable = typeof test.Variable === 'string' ? test.Variable : '';
  const operator = Object.keys(test).find((field) => !NOT_OPERATORS.has(field)) ?? '';
  const value = test[operator];
  const kind = Object.hasOwn(KINDS, operator) ? KINDS[operator] : undefined;
  if (kind !== undefined) return `${variable} is ${value === false ? 'not ' : ''}${kind}`;
  const compared = operator.endsWith('Path') && typeof value === 'string' ? value : JSON.stringify(value);
  const name = operator.replace(/Path$/, '');
  const sign = SIGNS.find(([suffix]) => name.endsWith(suffix))?.[1] ?? operator;
  return `${variable} ${sign} ${compared}`;
}
