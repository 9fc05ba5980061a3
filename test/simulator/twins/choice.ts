import type { Json } from '../../../lib/testing';
import { conditions } from './conditions';
import { type Definition, evaluationFailed, failed, type Run, type Twins } from './twins';

const jsonPathEnds = { Yes: { Type: 'Pass', Result: 'yes', End: true }, No: { Type: 'Pass', Result: 'no', End: true } };
const jsonataEnds = { Yes: { Type: 'Pass', Output: 'yes', End: true }, No: { Type: 'Pass', Output: 'no', End: true } };

const asks = (choice: object, others: Definition['States']): Definition => ({
  StartAt: 'Ask',
  States: { Ask: { Type: 'Choice', ...choice }, ...others },
});

/** A Choice that says yes or no. */
const question = (name: string, rule: object, condition: string, runs: readonly Run[]): Twins => ({
  name,
  jsonPath: asks({ Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' }, jsonPathEnds),
  jsonata: asks({ Choices: [{ Condition: `{% ${condition} %}`, Next: 'Yes' }], Default: 'No' }, jsonataEnds),
  runs,
});

const answers = (yes: readonly Json[], no: readonly Json[], input: (value: Json) => Json): readonly Run[] => [
  ...yes.map((value): Run => [input(value), 'yes']),
  ...no.map((value): Run => [input(value), 'no']),
];

const conditionOf = (operator: string, operand: string): string =>
  (conditions[operator] as (typeof conditions)[string])('$states.input.v', operand);

/** An operator with an operand that is known beforehand, and the values that pass and do not. */
const operator = (name: string, operand: Json, yes: readonly Json[], no: readonly Json[]): Twins =>
  question(
    `${name} ${JSON.stringify(operand)}`,
    { Variable: '$.v', [name]: operand },
    conditionOf(name, JSON.stringify(operand)),
    answers(yes, no, (v) => ({ v })),
  );

/** The same with an operand out of the input. */
const comparison = (name: string, operand: Json, yes: readonly Json[], no: readonly Json[]): readonly Twins[] => [
  operator(name, operand, yes, no),
  question(`${name}Path`, { Variable: '$.v', [`${name}Path`]: '$.operand' }, conditionOf(name, '$states.input.operand'), [
    ...answers(yes, no, (v) => ({ v, operand })),
    // Two values of the same type, which is another than the operator's.
    ...answers([], typeof operand === 'string' ? [1, true, null, {}] : ['1', null, []], (v) => ({ v, operand: v })),
  ]),
];

const noon = '2026-01-31T12:00:00Z';
const others = [true, null, [], {}, ['a']];

const operators: readonly Twins[] = [
  ...comparison('StringEquals', 'a', ['a'], ['A', '', 1, ...others]),
  ...comparison('StringEquals', '', [''], ['a', 0, ...others]),
  ...comparison('StringLessThan', 'b', ['a', 'B', ''], ['b', 'c', 1, ...others]),
  ...comparison('StringLessThanEquals', 'b', ['a', 'b'], ['ba', 1, ...others]),
  ...comparison('StringGreaterThan', 'z', ['ä', 'za'], ['z', 'a', 1, ...others]),
  ...comparison('StringGreaterThanEquals', 'b', ['b', 'ba'], ['a', '', 1, ...others]),
  ...comparison('NumericEquals', 0, [0], [1, -0.1, '0', ...others, false]),
  ...comparison('NumericEquals', 1.5, [1.5], [1, '1.5', ...others]),
  ...comparison('NumericLessThan', 500, [499.9, -1], [500, 501, '1', ...others]),
  ...comparison('NumericLessThanEquals', 500, [500, 0], [500.1, '1', ...others]),
  ...comparison('NumericGreaterThan', 500, [500.1, 1e9], [500, 0, '900', ...others]),
  ...comparison('NumericGreaterThanEquals', 500, [500, 501], [499, '900', ...others]),
  ...comparison('BooleanEquals', true, [true], [false, 'true', 1, null, [], {}]),
  ...comparison('BooleanEquals', false, [false], [true, 'false', 0, null, [], {}]),
  ...comparison(
    'TimestampEquals',
    noon,
    [noon, '2026-01-31T13:00:00+01:00', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:01Z', '2026-01-31', 'noon', 1, ...others],
  ),
  ...comparison(
    'TimestampLessThan',
    noon,
    ['2026-01-31T11:59:59Z', '2026-01-31T12:30:00+01:00'],
    [noon, '2026-01-31', 0, ...others],
  ),
  ...comparison('TimestampLessThanEquals', noon, [noon, '2025-01-31T12:00:00Z'], ['2026-01-31T12:00:00.001Z', '', ...others]),
  ...comparison('TimestampGreaterThan', noon, ['2026-02-01T00:00:00Z'], [noon, '2027-01-01', 2e12, ...others]),
  ...comparison('TimestampGreaterThanEquals', noon, [noon, '2026-01-31T12:00:00-01:00'], ['2026-01-31T11:59:59Z', ...others]),

  operator(
    'StringMatches',
    'invoice-*.json',
    ['invoice-1.json', 'invoice-.json', 'invoice-a\nb.json'],
    ['invoice-1.xml', 'my invoice-1.json', 1, ...others],
  ),
  operator('StringMatches', '*', ['', 'a'], others),
  operator('StringMatches', 'a.c', ['a.c'], ['abc', 'a.c ']),
  operator('StringMatches', 'a\\*b', ['a*b'], ['axb']),
  operator('StringMatches', '\\\\*', ['\\', '\\x'], ['x']),
  operator('StringMatches', 'a*b*c', ['abc', 'axxbyyc'], ['axxcyyb']),
  operator('IsNull', true, [null], [0, '', false, [], {}]),
  operator('IsNull', false, [0, '', false, [], {}], [null]),
  operator('IsPresent', true, [null, 0, '', false, [], {}], []),
  operator('IsPresent', false, [], [null, 0, '', false, [], {}]),
  operator('IsNumeric', true, [0, -1.5], ['0', ...others]),
  operator('IsString', true, ['', '0'], [0, ...others]),
  operator('IsString', false, [0, ...others], ['']),
  operator('IsBoolean', true, [true, false], ['true', 0, null, [], {}]),
  operator(
    'IsTimestamp',
    true,
    [noon, '2026-01-31T12:00:00.5+05:30'],
    ['2026-01-31', '2026-01-31 12:00:00Z', '2026-01-31T12:00:00', 1, ...others],
  ),
];

const input = '$states.input';
const is = (name: string): object => ({ Variable: `$.${name}`, BooleanEquals: true });

const rules: readonly Twins[] = [
  question('And', { And: [is('a'), is('b')] }, `${input}.a = true and ${input}.b = true`, [
    [{ a: true, b: true }, 'yes'],
    [{ a: true, b: false }, 'no'],
    [{ a: false }, 'no'], // the right is not looked at
  ]),
  question('Or', { Or: [is('a'), is('b')] }, `${input}.a = true or ${input}.b = true`, [
    [{ a: false, b: true }, 'yes'],
    [{ a: false, b: false }, 'no'],
    [{ a: true }, 'yes'],
  ]),
  question('Not', { Not: is('a') }, `$not(${input}.a = true)`, [
    [{ a: false }, 'yes'],
    [{ a: 'true' }, 'yes'],
    [{ a: true }, 'no'],
  ]),
  question(
    'And, Or and Not in each other',
    { Not: { And: [is('a'), { Or: [is('b'), { Not: is('c') }] }] } },
    `$not(${input}.a = true and (${input}.b = true or $not(${input}.c = true)))`,
    [
      [{ a: true, b: false, c: true }, 'yes'],
      [{ a: true, b: true, c: true }, 'no'],
      [{ a: true, b: false, c: false }, 'no'],
      [{ a: false, b: true, c: true }, 'yes'],
    ],
  ),
  question(
    'IsPresent before the value is read',
    {
      And: [
        { Variable: '$.a.b', IsPresent: true },
        { Variable: '$.a.b', NumericGreaterThan: 3 },
      ],
    },
    `$exists(${input}.a.b) and $type(${input}.a.b) = 'number' and ${input}.a.b > 3`,
    [
      [{ a: { b: 4 } }, 'yes'],
      [{ a: { b: '4' } }, 'no'],
      [{ a: {} }, 'no'],
      [{ a: 'text' }, 'no'],
      [{}, 'no'],
    ],
  ),
  question('IsPresent of what is not there', { Variable: '$.a.b', IsPresent: false }, `$exists(${input}.a.b) = false`, [
    [{}, 'yes'],
    [{ a: null }, 'yes'],
    [{ a: { b: null } }, 'no'],
  ]),
  question('the whole input', { Variable: '$', StringEquals: 'go' }, `${input} = 'go'`, [
    ['go', 'yes'],
    [{ go: true }, 'no'],
  ]),
  question('an item of an array', { Variable: '$.list[1]', NumericEquals: 2 }, `${input}.list[1] = 2`, [
    [{ list: [1, 2] }, 'yes'],
    [{ list: [2, 1] }, 'no'],
  ]),
  question(
    'the Context Object on both sides',
    { Variable: '$$.State.Name', StringEqualsPath: '$$.Execution.Input.state' },
    '$states.context.State.Name = $states.context.Execution.Input.state',
    [
      [{ state: 'Ask' }, 'yes'],
      [{ state: 'Tell' }, 'no'],
    ],
  ),
  question(
    'a value that has to be there: a twin that is to fail says so',
    { Variable: '$.a', NumericEquals: 1 },
    `$exists(${input}.a) ? ${input}.a = 1 : $error('there is no a')`,
    [
      [{ a: 1 }, 'yes'],
      [{}, evaluationFailed],
    ],
  ),
];

const states: readonly Twins[] = [
  {
    name: 'the first rule that holds',
    jsonPath: asks(
      {
        Choices: [
          { Variable: '$.n', NumericGreaterThan: 100, Next: 'Many' },
          { Variable: '$.n', NumericGreaterThan: 10, Next: 'Yes' },
        ],
        Default: 'No',
      },
      { ...jsonPathEnds, Many: { Type: 'Pass', Result: 'many', End: true } },
    ),
    jsonata: asks(
      {
        Choices: [
          { Condition: '{% $states.input.n > 100 %}', Next: 'Many' },
          { Condition: '{% $states.input.n > 10 %}', Next: 'Yes' },
        ],
        Default: 'No',
      },
      { ...jsonataEnds, Many: { Type: 'Pass', Output: 'many', End: true } },
    ),
    runs: [
      [{ n: 101 }, 'many'],
      [{ n: 11 }, 'yes'],
      [{ n: 1 }, 'no'],
    ],
  },
  {
    name: 'InputPath and OutputPath of a Choice: the rules read the one, the next state gets the other',
    jsonPath: asks(
      {
        InputPath: '$.order',
        OutputPath: '$.total',
        Choices: [{ Variable: '$.total', NumericGreaterThan: 100, Next: 'Big' }],
        Default: 'Small',
      },
      { Big: { Type: 'Succeed' }, Small: { Type: 'Succeed' } },
    ),
    jsonata: asks(
      {
        Choices: [{ Condition: '{% $states.input.order.total > 100 %}', Output: '{% $states.input.order.total %}', Next: 'Big' }],
        Default: 'Small',
        Output: '{% $states.input.order.total %}',
      },
      { Big: { Type: 'Succeed' }, Small: { Type: 'Succeed' } },
    ),
    runs: [
      [{ order: { total: 101 } }, 101],
      [{ order: { total: 99 } }, 99],
    ],
  },
  {
    name: 'no rule holds and there is no Default',
    jsonPath: asks({ Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'Yes' }] }, { Yes: jsonPathEnds.Yes }),
    jsonata: asks({ Choices: [{ Condition: '{% $states.input.n = 1 %}', Next: 'Yes' }] }, { Yes: jsonataEnds.Yes }),
    runs: [
      [{ n: 1 }, 'yes'],
      [{ n: 2 }, failed('States.Runtime')],
    ],
  },
  {
    name: 'a loop that counts',
    jsonPath: {
      StartAt: 'Start',
      States: {
        Start: { Type: 'Pass', Result: 0, ResultPath: '$.i', Next: 'Ask' },
        Ask: { Type: 'Choice', Choices: [{ Variable: '$.i', NumericLessThanPath: '$.to', Next: 'Add' }], Default: 'Done' },
        Add: { Type: 'Pass', Parameters: { 'i.$': 'States.MathAdd($.i, 1)', 'to.$': '$.to' }, Next: 'Ask' },
        Done: { Type: 'Succeed', OutputPath: '$.i' },
      },
    },
    jsonata: {
      StartAt: 'Start',
      States: {
        Start: { Type: 'Pass', Output: "{% $merge([$states.input, { 'i': 0 }]) %}", Next: 'Ask' },
        Ask: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input.i < $states.input.to %}', Next: 'Add' }],
          Default: 'Done',
        },
        Add: { Type: 'Pass', Output: { i: '{% $states.input.i + 1 %}', to: '{% $states.input.to %}' }, Next: 'Ask' },
        Done: { Type: 'Succeed', Output: '{% $states.input.i %}' },
      },
    },
    runs: [
      [{ to: 3 }, 3],
      [{ to: 0 }, 0],
    ],
  },
];

export const choice: readonly Twins[] = [...operators, ...rules, ...states];
