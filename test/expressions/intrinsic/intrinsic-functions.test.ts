import { compileIntrinsic } from '../../../lib/expressions/intrinsic/compile-intrinsic';
import { intrinsicFunctions } from '../../../lib/expressions/intrinsic/intrinsic-functions';
import type { Json } from '../../../lib/json/json';
import { JsonError } from '../../../lib/json/json-error';
import { scopeOf } from '../scope';

const run = (call: string, input: Json = {}): Json => compileIntrinsic(call)(scopeOf(input));

const failureOf = (call: string, input: Json = {}): { error?: string; message: string } => {
  try {
    run(call, input);
  } catch (error) {
    return error as { error: string; message: string };
  }
  throw new Error('it did not fail');
};

test('there are eighteen', () => expect(Object.keys(intrinsicFunctions)).toHaveLength(18));

test.each<[string, Json, Json]>([
  ["States.Format('no braces')", {}, 'no braces'],
  ["States.Format('{}, {}!', 'Hello', $.name)", { name: 'Ida' }, 'Hello, Ida!'],
  ["States.Format('{}{}{}{}', 1, 1.5, true, null)", {}, '11.5truenull'],
  ["States.Format('{}', $.o)", { o: { a: 1, b: [], c: [1, 'x', null], d: {} } }, '{a=1, b=[], c=[1, x, null], d={}}'],
  ["States.Format('\\{{}\\} it\\'s \\\\', 1)", {}, "{1} it's \\"],
  ["States.Format($.template, 'x')", { template: 'a{}b' }, 'axb'],
  ["States.Format('{}', $.text)", { text: '{} \\ {' }, '{} \\ {'],
  ['States.StringToJson($.s)', { s: ' {"a":[1,-0]} ' }, { a: [1, 0] }],
  ['States.StringToJson($.s)', { s: '' }, null],
  ["States.Format('{}', States.StringToJson($.s))", { s: '"x"' }, '"x"'],
  ["States.Format('{}', States.StringToJson($.s))", { s: ' {"a": [1]}' }, '{"a":[1]}'],
  ["States.Format('{} {}', States.JsonToString($.s), $.s)", { s: 'x' }, '"x" x'],
  ['States.StringToJson($.s)', { s: ' \n' }, null],
  ['States.JsonToString($.o)', { o: { b: 'x', a: [1, null] } }, '{"b":"x","a":[1,null]}'],
  ["States.JsonToString('é\"')", {}, '"é\\""'],
  ['States.Array()', {}, []],
  ["States.Array('a', 1, null, true, $.x, States.Array())", { x: { y: 1 } }, ['a', 1, null, true, { y: 1 }, []]],
  ['States.ArrayPartition($.a, 2)', { a: [1, 2, 3, 4, 5] }, [[1, 2], [3, 4], [5]]],
  ['States.ArrayPartition($.a, 2.9)', { a: [1, 2, 3] }, [[1, 2], [3]]],
  ['States.ArrayPartition($.a, 1e9)', { a: [1] }, [[1]]],
  ['States.ArrayPartition($.a, 3)', { a: [] }, []],
  ['States.ArrayContains($.a, 2)', { a: [1, 2] }, true],
  ['States.ArrayContains($.a, 3)', { a: [1, 2] }, false],
  ['States.ArrayContains($.a, $.v)', { a: [{ x: 1, y: 2 }], v: { x: 1, y: 2 } }, true],
  ['States.ArrayContains($.a, $.v)', { a: [{ x: 1, y: 2 }], v: { y: 2, x: 1 } }, false],
  ['States.ArrayContains($.a, 1)', { a: ['1'] }, true],
  ['States.ArrayContains($.a, true)', { a: ['true'] }, true],
  ['States.ArrayContains($.a, false)', { a: [0, ''] }, false],
  ['States.ArrayContains($.a, null)', { a: [null] }, true],
  ['States.ArrayContains($.a, $.v)', { a: [{ a: 1 }], v: '{"a":1}' }, false],
  ['States.ArrayContains($.a, $.a)', { a: [] }, false],
  ['States.ArrayRange(1, 9, 2)', {}, [1, 3, 5, 7, 9]],
  ['States.ArrayRange(0, 10, 3)', {}, [0, 3, 6, 9]],
  ['States.ArrayRange(5, 1, -2)', {}, [5, 3, 1]],
  ['States.ArrayRange(5, 1, 2)', {}, []],
  ['States.ArrayRange(3, 3, -1)', {}, [3]],
  ['States.ArrayRange(1.6, 1.4, 1)', {}, [1]],
  ['States.ArrayRange(5.4, -0.6, -2.4)', {}, [5, 3, 1]],
  ['States.ArrayGetItem($.a, 1)', { a: ['x', 'y'] }, 'y'],
  ['States.ArrayGetItem($.a, 1.9)', { a: ['x', 'y'] }, 'y'],
  ['States.ArrayGetItem($.a, 7)', { a: [] }, null],
  ['States.ArrayLength($.a)', { a: [[1], [2]] }, 2],
  ['States.ArrayUnique($.a)', { a: [3, 1, 3, 2] }, [1, 2, 3]],
  ['States.ArrayUnique($.a)', { a: [true, false, true] }, [false, true]],
  [
    'States.ArrayUnique($.a)',
    {
      a: [
        [1, 2],
        [1, 2],
        [2, 1],
      ],
    },
    [
      [2, 1],
      [1, 2],
    ],
  ],
  ['States.ArrayUnique($.a)', { a: [null, 1, '1', 1, '01', null] }, [null, 1, '1', '01']],
  [
    'States.ArrayUnique($.a)',
    {
      a: [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
    },
    [{ a: 1, b: [2] }],
  ],
  ["States.Base64Encode('Ünï')", {}, 'w5xuw68='],
  ["States.Base64Encode('')", {}, ''],
  ["States.Base64Decode('w5xuw68=')", {}, 'Ünï'],
  ["States.Base64Decode(' YWJj ')", {}, 'abc'],
  ["States.Hash('order', 'MD5')", {}, '70a17ffa722a3985b86d30b034ad06d7'],
  ["States.Hash('', 'SHA-256')", {}, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['States.JsonMerge($.a, $.b, false)', { a: { x: { y: 1 }, z: 1 }, b: { x: { w: 2 } } }, { x: { w: 2 }, z: 1 }],
  ["States.JsonMerge($.a, $.b, 'no')", { a: { x: 1 }, b: {} }, { x: 1 }],
  ['States.MathRandom(1, 5)', {}, 2],
  ['States.MathRandom(1.6, 2.4)', {}, 1],
  ['States.MathRandom(-5, -1)', {}, -4],
  ['States.MathAdd(111, -1)', {}, 110],
  ['States.MathAdd(1.5, 2.5)', {}, 5],
  ['States.MathAdd(-1.5, -2.5)', {}, -3],
  ['States.MathAdd(-0.4, 0)', {}, 0],
  ['States.MathAdd(2147483646, 1)', {}, 2147483647],
  ["States.StringSplit('a,b;c', ',;')", {}, ['a', 'b', 'c']],
  ["States.StringSplit(',a,,b,', ',')", {}, ['a', 'b']],
  ["States.StringSplit('', ',')", {}, []],
  ["States.StringSplit('abc', '')", {}, ['abc']],
  ["States.StringSplit('a.b+c', '.+')", {}, ['a', 'b', 'c']],
  ['States.UUID()', {}, '01234567-89ab-4cde-8f01-23456789abcd'],
  ["States.UUID(1, 'x')", {}, '01234567-89ab-4cde-8f01-23456789abcd'],
])('%s of %j', (call, input, expected) => {
  const result = run(call, input);
  expect(result).toEqual(expected);
  expect(Object.is(result, -0)).toBe(false);
});

test('ArrayRange makes a thousand numbers and no more, however far apart the bounds are', () => {
  expect(run('States.ArrayRange(1, 1000, 1)')).toHaveLength(1_000);
  expect(failureOf('States.ArrayRange(1, 1001, 1)').message).toContain('Invalid arguments in States.ArrayRange');
  expect(failureOf('States.ArrayRange(0, 1e300, 1)').message).toContain('Invalid arguments in States.ArrayRange');
});

test.each([
  ['States.MathRandom(1, 100, 42)', 63],
  ['States.MathRandom(1, 1000, 1)', 106],
  ['States.MathRandom(1, 1000, 2)', 806],
  ['States.MathRandom(2147483640, 2147483647, 1)', 2147483644],
])('%s draws what AWS was seen to draw', (call, expected) => expect(run(call)).toBe(expected));

test.each<[string, Json]>([
  ['States.Format($.n, 1)', { n: 1 }],
  ['States.StringToJson(1)', {}],
  ['States.StringToJson()', {}],
  ['States.StringToJson($.a, $.a)', { a: '1' }],
  ['States.ArrayPartition($.a, 0)', { a: [1] }],
  ['States.ArrayPartition($.a, 0.9)', { a: [1] }],
  ["States.ArrayPartition('a', 1)", {}],
  ["States.ArrayContains('abc', 'a')", {}],
  ['States.ArrayRange(1, 10, 0.4)', {}],
  ["States.ArrayRange('1', 10, 1)", {}],
  ['States.ArrayGetItem($.a, 2)', { a: [1, 2] }],
  ['States.ArrayGetItem($.a, -1)', { a: [1, 2] }],
  ["States.ArrayGetItem($.a, '1')", { a: [1, 2] }],
  ["States.ArrayLength('abc')", {}],
  ['States.ArrayUnique($.o)', { o: {} }],
  ['States.Base64Encode($.s)', { s: 'x'.repeat(10_001) }],
  ['States.Base64Decode(1)', {}],
  ["States.Hash('x', 'SHA256')", {}],
  ["States.Hash('x', 'toString')", {}],
  ["States.Hash($.s, 'MD5')", { s: 'x'.repeat(10_001) }],
  ['States.Hash()', {}],
  ['States.JsonMerge($.a, $.a, true)', { a: {} }],
  ['States.JsonMerge($.a, $.l, false)', { a: {}, l: [] }],
  ['States.MathRandom(1, 1)', {}],
  ['States.MathRandom(1.4, 1.6)', {}],
  ["States.MathRandom(1, 10, 'x')", {}],
  ['States.MathAdd(2147483647, 1)', {}],
  ['States.MathAdd(3000000000, -2999999999)', {}],
  ["States.MathAdd('1', 1)", {}],
  ["States.StringSplit(1, ',')", {}],
])('%s of %j fails as on AWS', (call, input) => {
  const name = /^States\.\w+/.exec(call)?.[0];
  expect(failureOf(call, input)).toMatchObject({
    error: 'States.Runtime',
    message: `There was an error while evaluating the intrinsic function: ${call}. Invalid arguments in ${name}`,
  });
});

test.each([
  ["States.Format('Hello {', 'x')", "Invalid template in States.Format: matching '}' not found for '{'."],
  ["States.Format('{{}}', 'x')", "Invalid template in States.Format: matching '}' not found for '{'."],
  ["States.Format('}')", "Invalid template in States.Format: matching '{' not found for '}'."],
  ["States.Format('{}')", 'Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.'],
  ["States.Format('', 1)", 'Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.'],
  ['States.Format($.dangling)', "Invalid template in States.Format: nothing follows the last '\\'."],
  [
    'States.StringToJson($.bad)',
    "Cannot convert String to Json in States.StringToJson, caused by: Unexpected character ('b' (code 98)): was expecting double-quote to start field name\n" +
      ' at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]',
  ],
])('%s says what is wrong', (call, words) => {
  const { error, message } = failureOf(call, { dangling: 'a\\', bad: '{bad}' });
  expect(error).toBe('States.Runtime');
  expect(message).toContain(`There was an error while evaluating the intrinsic function: ${call}. ${words}`);
});

test.each(['9007199254740993', '{"a":1,"a":2}'])('StringToJson does not change in silence what AWS would read: %j', (s) => {
  expect(() => run('States.StringToJson($.s)', { s })).toThrow(JsonError);
});

test('JsonMerge keeps __proto__ a key', () => {
  const merged = run(
    'States.JsonMerge($.a, $.b, false)',
    JSON.parse('{"a":{"__proto__":{"isAdmin":true}},"b":{"x":1}}') as Json,
  ) as object;
  expect(Object.keys(merged)).toEqual(['__proto__', 'x']);
  expect('isAdmin' in merged).toBe(false);
});
