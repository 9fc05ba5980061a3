import fc from 'fast-check';
import { ExpressionSyntaxError } from '../../lib/expressions/evaluation-error';
import { compilePayloadTemplate } from '../../lib/expressions/payload-template';
import type { Json, JsonObject } from '../../lib/json/json';
import { findJsonProblems } from '../../lib/json/json-problems';
import { sizeBytes } from '../../lib/json/size-bytes';
import { toJson } from '../../lib/json/to-json';
import { scopeOf } from './scope';

const compiled = (template: Json): ((input: Json, context?: JsonObject) => Json) => {
  const { make } = compilePayloadTemplate(template);
  return (input, context = {}) => make(scopeOf(input, context), { bytes: 0 });
};

const evaluate = (template: Json, input: Json = {}, context: JsonObject = {}): Json =>
  compiled(toJson(template, 'The template'))(input, context);

test('fills in the fields whose names end in .$, at any depth', () => {
  const template = {
    'order.$': '$.order',
    constant: '$.order',
    list: [{ 'id.$': '$.order.id' }, 'plain', [{ deep: { 'run.$': '$$.Execution.Id' } }]],
    'text.$': "States.Format('#{}', $.order.id)",
    'all.$': '$',
  };
  const input = { order: { id: 7 } };
  expect(evaluate(template, input, { Execution: { Id: 'e' } })).toEqual({
    order: { id: 7 },
    constant: '$.order',
    list: [{ id: 7 }, 'plain', [{ deep: { run: 'e' } }]],
    text: '#7',
    all: input,
  });
});

describe('the order of fields', () => {
  const order = (template: Json): string => JSON.stringify(evaluate(template, { a: 0 })).replaceAll(/["{}]|:0/g, '');
  const filled = (...names: string[]): JsonObject => Object.fromEntries(names.map((name) => [`${name}.$`, '$.a']));

  // Measured on AWS by others: github.com/gabrielmoreira/tiny-asl-machine.
  test('constants and nested templates first, as declared', () => {
    expect(order({ 'z.$': '$.a', z1: 0, 'y.$': '$.a', nested: { 'x.$': '$.a', w: 0 }, b: 0 })).toBe('z1,nested:w,x,b,y,z');
  });

  test('then what is filled in, in the order of a Java HashMap', () => {
    expect(order(filled('payload', 'requestId', 'original'))).toBe('original,payload,requestId');
    expect(order(filled('sku', 'quantity'))).toBe('quantity,sku');
    expect(order(filled('StateMachineArn', 'Input', 'Name'))).toBe('Input,StateMachineArn,Name');
  });

  test('which grows with the thirteenth entry', () => {
    const names = [...'abcdefghijkl'];
    // Of sixteen buckets `p` is in the first and `a` in the second; of thirty-two `p` is in the seventeenth.
    expect(order(filled(...names.slice(0, 11), 'p'))).toBe(['p', ...names.slice(0, 11)].join());
    expect(order(filled(...names, 'p'))).toBe([...names, 'p'].join());
  });

  test('as declared where they share a bucket', () => {
    expect(order(filled('Aa', 'BB'))).toBe('Aa,BB');
    expect(order(filled('BB', 'Aa'))).toBe('BB,Aa');
  });

  test('of several that fail, the first in it is told', () => {
    expect(() => order({ 'sku.$': '$.x', 'quantity.$': '$.y' })).toThrow("specified for the field 'quantity.$'");
  });

  test('in arrays and at any depth', () => {
    expect(order([[{ deep: filled('sku', 'quantity') }]])).toBe('[[deep:quantity,sku]]');
  });
});

test('null, 0, false and the empty string survive', () => {
  const input = { a: null, b: 0, c: false, d: '' };
  expect(evaluate({ 'a.$': '$.a', 'b.$': '$.b', 'c.$': '$.c', 'd.$': '$.d' }, input)).toEqual(input);
});

test('gives constants back as they are', () => {
  const template = toJson({ a: { b: [1, { c: null }] } }, 'The template') as JsonObject;
  expect(compiled(template)({})).toBe(template);

  const mixed = toJson({ constant: { a: 1 }, list: [[1], { 'x.$': '$.x' }], 'x.$': '$.x' }, 'The template') as JsonObject;
  const result = compiled(mixed)({ x: 1 }) as JsonObject;
  expect(result['constant']).toBe(mixed['constant']);
  expect((result['list'] as Json[])[0]).toBe((mixed['list'] as Json[])[0]);
});

test.each<Json>([{}, [], 'text', null, 0])('%j is a template too', (template) => expect(evaluate(template)).toEqual(template));

test('makes __proto__ a key, constant or not', () => {
  const result = evaluate(JSON.parse('{"__proto__.$":"$.a","b":{"__proto__":1,"c.$":"$.a"}}') as Json, {
    a: { isAdmin: true },
  }) as JsonObject;
  expect(JSON.stringify(result)).toBe('{"b":{"__proto__":1,"c":{"isAdmin":true}},"__proto__":{"isAdmin":true}}');
  expect('isAdmin' in result).toBe(false);
});

test('a path that finds nothing fails with the words AWS has', () => {
  expect(() => evaluate({ a: { 'total.$': '$.order.total' } }, { order: { id: 1 } })).toThrow(
    expect.objectContaining({
      error: 'States.Runtime',
      message: `The JSONPath '$.order.total' specified for the field 'total.$' could not be found in the input '{"order":{"id":1}}'`,
    }),
  );
});

test('an index past the end is null', () => expect(evaluate({ 'a.$': '$.list[5]' }, { list: [1] })).toEqual({ a: null }));

test('a wildcard that finds nothing is []', () => expect(evaluate({ 'a.$': '$.list[*]' }, {})).toEqual({ a: [] }));

test.each<[Json, string]>([
  [{ 'a.$': 1 }, "the field 'a.$' takes a string with a JSONPath or an intrinsic function, found a number"],
  [{ 'a.$': ['$.x'] }, 'found an array'],
  [{ 'a.$': null }, 'found null'],
  [{ x: [{ 'a.$': { b: 1 } }] }, 'found an object'],
  [{ 'a.$': 'x' }, "'x' is neither a JSONPath"],
  [{ 'a.$': '$.' }, 'expected the name of a field'],
  [{ 'a.$': "States.Format('\\\"')" }, "a '\\' is followed by"],
  [{ a: 1, 'a.$': '$.a' }, "'a' and 'a.$' would give the same field"],
])('%j is refused', (template, message) => {
  expect(() => compilePayloadTemplate(template)).toThrow(ExpressionSyntaxError);
  expect(() => compilePayloadTemplate(template)).toThrow(message);
});

test('names are text, whatever they look like', () => {
  const names = [
    '"',
    '\\',
    '`${1}`',
    '\n\u2028\u2029',
    '*/',
    "'];throw 1//",
    '1',
    '01',
    '-1',
    '',
    'constructor',
    'a b',
    '\ud83d\ude00',
    '})',
  ];
  const template = Object.fromEntries(names.map((name) => [`${name}.$`, '$.x']));
  const nested = { outer: [template, { constant: { '"];': 1 } }] };
  const filled = Object.fromEntries(names.map((name) => [name, 5]));
  expect(evaluate(nested, { x: 5 })).toEqual({ outer: [filled, { constant: { '"];': 1 } }] });
});

test('each evaluation makes new objects', () => {
  const make = compiled({ list: [{ 'x.$': '$.x' }] });
  const [one, two] = [make({ x: 1 }), make({ x: 2 })] as JsonObject[];
  expect([one, two]).toEqual([{ list: [{ x: 1 }] }, { list: [{ x: 2 }] }]);
  expect(one?.['list']).not.toBe(two?.['list']);
});

test('what is made is no larger than the bound of its size', () => {
  const expressions = ['$', '$.a', '$.b', '$..b', '$.none[5]', '$$', "States.Format('{}', $.b)"];
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(fc.string(), fc.oneof(fc.constantFrom(...expressions), fc.jsonValue({ maxDepth: 2 })), { maxKeys: 5 }),
      (value, fields) => {
        fc.pre(findJsonProblems([value, fields]).length === 0 && !JSON.stringify(fields).includes('.$":'));
        const input = { a: value as Json, b: 'x', none: [] };
        const template = {
          nested: [
            Object.fromEntries(
              Object.entries(fields).map(([name, field]) => [
                expressions.includes(field as string) ? `${name}.$` : `${name} constant`,
                field as Json,
              ]),
            ),
          ],
        };
        const { make, boundFor } = compilePayloadTemplate(template);
        const sum = { bytes: boundFor(sizeBytes(input)) };
        expect(sizeBytes(make(scopeOf(input, { deep: [input] }), sum))).toBeLessThanOrEqual(sum.bytes);
      },
    ),
  );
});
