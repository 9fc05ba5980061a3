import type { Json, JsonObject } from '../../../lib/json/json';
import { compileFilterPolicy } from '../../../lib/services/sns/filter-policy';

// https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
// https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
// https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
// https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html

const text = (value: string): Json => ({ DataType: 'String', StringValue: value });
const number = (value: string): Json => ({ DataType: 'Number', StringValue: value });
const list = (...values: readonly Json[]): Json => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });

const byAttributes = (policy: Json, attributes: JsonObject) =>
  compileFilterPolicy(policy, 'MessageAttributes', 'the subscription')('no JSON', attributes);
const byBody = (policy: Json, body: string) => compileFilterPolicy(policy, 'MessageBody', 'the subscription')(body, {});

describe('by attributes', () => {
  test.each<[string, boolean, Json, JsonObject]>([
    ['exact', true, ['rugby', 'tennis'], { a: text('rugby') }],
    ['exact, another', false, ['rugby', 'tennis'], { a: text('baseball') }],
    ['exact, in a list', true, ['rugby'], { a: list('rugby', 'baseball') }],
    ['anything-but', true, [{ 'anything-but': ['rugby', 'tennis'] }], { a: text('baseball') }],
    ['anything-but, one of a list', true, [{ 'anything-but': ['rugby', 'tennis'] }], { a: list('rugby', 'baseball') }],
    ['anything-but, all of a list', false, [{ 'anything-but': ['rugby', 'tennis'] }], { a: list('rugby') }],
    ['anything-but a prefix', false, [{ 'anything-but': { prefix: 'bas' } }], { a: text('baseball') }],
    ['anything-but a suffix', true, [{ 'anything-but': { suffix: 'ball' } }], { a: text('rugby') }],
    ['anything-but a wildcard', false, [{ 'anything-but': { wildcard: '*ball' } }], { a: text('baseball') }],
    ['wildcard', true, [{ wildcard: '*ball' }], { a: text('baseball') }],
    ['equals-ignore-case', true, [{ 'equals-ignore-case': 'tennis' }], { a: text('TENNIS') }],
    ['cidr', true, [{ cidr: '10.0.0.0/24' }], { a: text('10.0.0.255') }],
    ['cidr, outside', false, [{ cidr: '10.0.0.0/24' }], { a: text('10.1.1.0') }],
    ['prefix', true, [{ prefix: 'bas' }], { a: text('basketball') }],
    ['suffix', false, [{ suffix: 'ball' }], { a: text('rugby') }],
    ['a number', true, [{ numeric: ['=', 301.5] }], { a: number('3.015e2') }],
    ['a number as a value', true, [100], { a: number('100') }],
    ['a number in a text is none', false, [{ numeric: ['=', 5] }], { a: text('5') }],
    ['a number in a list', true, [{ numeric: ['>', 0, '<=', 150] }], { a: list('x', 100) }],
    ['anything-but numbers', false, [{ 'anything-but': [100, 500] }], { a: number('100') }],
    ['true in a list', true, [true], { a: list(true) }],
    ['null in a list', true, [null], { a: list(null) }],
    ['exists', true, [{ exists: true }], { a: text('') }],
    ['exists, missing', false, [{ exists: true }], { b: text('x') }],
    ['does not exist', true, [{ exists: false }], { b: text('x') }],
    ['anything-but or absent', true, [{ 'anything-but': ['rugby'] }, { exists: false }], {}],
    ['a binary attribute has nothing to compare', false, [{ exists: true }], { a: { DataType: 'Binary', BinaryValue: 'eA==' } }],
    ['a list that is none', true, ['rugby'], { a: { DataType: 'String.Array', StringValue: 'rugby' } }],
  ])('%s: %s', (_, expected, conditions, attributes) => expect(byAttributes({ a: conditions }, attributes)).toBe(expected));

  test('several keys are joined by and, $or by or', () => {
    const policy: Json = { a: ['x'], $or: [{ b: ['y'] }, { c: [{ numeric: ['>', 1] }] }] };
    expect(byAttributes(policy, { a: text('x'), c: number('2') })).toBe(true);
    expect(byAttributes(policy, { a: text('x'), c: number('1') })).toBe(false);
    expect(byAttributes(policy, { b: text('y') })).toBe(false);
  });
});

describe('by the body', () => {
  test('at any depth, lists included', () => {
    const policy = { order: { items: { sku: ['kettle'] }, total: [{ numeric: ['>=', 10] }] } };
    expect(byBody(policy, '{"order":{"items":[{"sku":"cup"},{"sku":"kettle"}],"total":10}}')).toBe(true);
    expect(byBody(policy, '{"order":{"items":[{"sku":"cup"}],"total":10}}')).toBe(false);
  });
  test.each(['text', '[1]', '1', ''])('%j is no object, and is not accepted', (body) =>
    expect(byBody({ a: [{ exists: false }] }, body)).toBe(false),
  );
});

test.each<[Json, RegExp]>([
  [
    { a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] },
    /the subscription is not valid: it has 6 keys, and SNS takes 5/,
  ],
  [{ a: { b: ['x'] } }, /it has an object at a, and attributes have no fields of their own: FilterPolicyScope MessageBody/],
  [{ a: [{ numeric: ['>', 1e9 + 1] }] }, /not between -1000000000 and 1000000000/],
])('%j is refused', (policy, message) => expect(() => byAttributes(policy, {})).toThrow(message));

test('an operator that SNS does not know is refused', () => {
  expect(() => byAttributes({ a: [{ prefix: { 'equals-ignore-case': 'x' } }] }, {})).toThrow(
    /the subscription is not valid at a/,
  );
});
