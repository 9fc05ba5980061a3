import type { Json } from '../../../lib/testing';
import { evaluationFailed, failed, only, type Definition } from './twins';

/** What looks like a twin and is none: where a rewriting word by word changes what a workflow does. */
export interface Difference {
  readonly name: string;
  readonly jsonPath: Definition;
  readonly jsonata: Definition;
  readonly input: Json;
  /** How each ends. */
  readonly inJsonPath: unknown;
  readonly inJsonata: unknown;
}

/** A path or intrinsic function in Parameters, and an expression in its place. */
const value = (
  name: string,
  jsonPath: string,
  jsonata: string,
  input: Json,
  inJsonPath: unknown,
  inJsonata: unknown,
): Difference => ({
  name,
  jsonPath: only({ Type: 'Pass', Parameters: { 'value.$': jsonPath } }),
  jsonata: only({ Type: 'Pass', Output: { value: `{% ${jsonata} %}` } }),
  input,
  inJsonPath: inJsonPath === evaluationFailed ? inJsonPath : { value: inJsonPath },
  inJsonata: inJsonata === evaluationFailed ? inJsonata : { value: inJsonata },
});

const ask = (rule: object): Definition => ({
  StartAt: 'Ask',
  States: {
    Ask: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Succeed' },
    No: { Type: 'Fail', Error: 'No' },
  },
});

const question = (
  name: string,
  rule: object,
  Condition: string,
  input: Json,
  inJsonPath: unknown,
  inJsonata: unknown,
): Difference => ({
  name,
  jsonPath: ask(rule),
  jsonata: ask({ Condition }),
  input,
  inJsonPath,
  inJsonata,
});

/** JSONata's rules: https://docs.jsonata.org/processing */
export const differences: readonly Difference[] = [
  value('a sequence of one is its item', '$.items[*].sku', '$states.input.items.sku', { items: [{ sku: 'a' }] }, ['a'], 'a'),
  value(
    'a sequence of none is nothing, and fails',
    '$.items[*].sku',
    '$states.input.items.sku',
    { items: [] },
    [],
    evaluationFailed,
  ),
  value(
    'a field of an array is that of its items',
    '$.items.sku',
    '$states.input.items.sku',
    { items: [{ sku: 'a' }, { sku: 'b' }] },
    evaluationFailed,
    ['a', 'b'],
  ),
  value('what is no array is one of one', '$.item[0]', '$states.input.item[0]', { item: 'a' }, evaluationFailed, 'a'),
  value('an index past the end', '$.items[1]', '$states.input.items[1]', { items: ['a'] }, null, evaluationFailed),
  value(
    '[…] spreads the arrays in it',
    'States.Array($.a, $.b)',
    '[$states.input.a, $states.input.b]',
    { a: [1], b: [2] },
    [[1], [2]],
    [1, 2],
  ),
  value('a missing value in a text', "States.Format('{}!', $.name)", "$states.input.name & '!'", {}, evaluationFailed, '!'),
  value('an object in a text', "States.Format('{}', $.o)", "$states.input.o & ''", { o: { a: 1 } }, '{a=1}', '{"a":1}'),
  value('a text as JSON', 'States.JsonToString($.s)', '$string($states.input.s)', { s: 'a' }, '"a"', 'a'),
  value('JSON in an empty text', 'States.StringToJson($.s)', '$parse($states.input.s)', { s: '' }, null, evaluationFailed),
  value(
    'the order of distinct values',
    'States.ArrayUnique($.a)',
    '$distinct($states.input.a)',
    { a: [3, 1, 3] },
    [1, 3],
    [3, 1],
  ),
  value('an index below 0', 'States.ArrayGetItem($.a, -1)', '$states.input.a[-1]', { a: [1, 2] }, evaluationFailed, 2),
  value(
    'a text in numbers',
    'States.ArrayContains($.a, $.v)',
    '$states.input.v in $states.input.a',
    { a: ['1'], v: 1 },
    true,
    false,
  ),
  value(
    'an object among objects',
    'States.ArrayContains($.a, $.v)',
    '$states.input.v in $states.input.a',
    { a: [{ x: 1 }], v: { x: 1 } },
    true,
    false,
  ),
  value('halves are rounded up, or to the even number', 'States.MathAdd($.n, 0)', '$round($states.input.n)', { n: 2.5 }, 3, 2),
  value('fractions', 'States.MathAdd($.n, 0)', '$states.input.n + 0', { n: 2.25 }, 2, 2.25),
  value(
    'empty pieces',
    "States.StringSplit($.s, ',')",
    "$split($states.input.s, ',')",
    { s: 'a,,b' },
    ['a', 'b'],
    ['a', '', 'b'],
  ),
  value(
    'several separators',
    "States.StringSplit($.s, ',;')",
    "$split($states.input.s, ',;')",
    { s: 'a,b;c' },
    ['a', 'b', 'c'],
    ['a,b;c'],
  ),
  value('a seed: other random numbers', 'States.MathRandom(1, 100, 42)', '1 + $floor($random(42) * 99)', {}, 63, 73),

  question(
    'a missing value in a rule',
    { Variable: '$.n', NumericEquals: 1 },
    '{% $states.input.n = 1 %}',
    {},
    evaluationFailed,
    failed('No'),
  ),
  question(
    'values that cannot be ordered',
    { Variable: '$.n', NumericGreaterThan: 1 },
    '{% $states.input.n > 1 %}',
    { n: '2' },
    failed('No'),
    evaluationFailed,
  ),
  question(
    'two values of one type',
    { Variable: '$.a', StringEqualsPath: '$.a' },
    '{% $states.input.a = $states.input.a %}',
    { a: 1 },
    failed('No'),
    { a: 1 },
  ),
  question(
    'a field of an array',
    { Variable: '$.list.x', IsPresent: true },
    '{% $exists($states.input.list.x) %}',
    { list: [{ x: 1 }] },
    failed('No'),
    { list: [{ x: 1 }] },
  ),
];
