import { compileJsonata } from '../../../lib/expressions/jsonata/compile-jsonata';
import { JsonataError } from '../../../lib/expressions/jsonata/jsonata-error';
import { scopeOf } from './scope-of';

const evaluate = (source: string, variables = {}): unknown =>
  compileJsonata(source).evaluate(scopeOf({ items: [1, 2, 3] }, variables));

describe('answers', () => {
  test.each<[string, unknown]>([
    ['$parse("{\\"b\\":1,\\"a\\":[true,null]}")', { b: 1, a: [true, null] }],
    ['$parse("{\\"a\\":1}").a', 1],
    ['$parse("-0")', 0],
    ['$parse("1.0")', 1],
    ['$parse("1e2")', 100],
    ['$parse("\\"text\\"")', 'text'],
    ['$exists($parse("null"))', true],
    ['$parse()', undefined],
    ['$parse($states.input.missing)', undefined],
    ['$map(["{\\"a\\":1}", "{\\"a\\":2}"], $parse).a', [1, 2]],
    [
      '$partition([1,2,3,4], 2)',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['$partition([1,2,3,4,5], 2.9)', [[1, 2], [3, 4], [5]]],
    ['$partition([0], 5)', [[0]]],
    ['$partition([1,2,3])', [[1, 2, 3]]],
    ['$partition([], 2)', undefined],
    ['$partition([1,2,3], 0)', undefined],
    ['$partition([1,2,3], -0.5)', undefined],
    ['$partition($states.input.missing, 2)', undefined],
    ['$range(0, 6, 2)', [0, 2, 4, 6]],
    ['$range(0, 10, 3)', [0, 3, 6, 9]],
    ['$range(10, 0, -5)', [10, 5, 0]],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(5, 1, -1.5)', [5, 4, 3, 2, 1]],
    ['$range(1, 9, 9)', 1],
    ['$range(3, 3, 1)', 3],
    ['$range(5, 1, 1)', undefined],
    ['$range(1, 5, 0)', undefined],
    ['$range(1, 5)', undefined],
    ['$hash("input", "SHA-1")', '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
    ['$hash("Hello", "MD5")', '8b1a9953c4611296a827abf8c47804d7'],
    ['$hash("Hello", "SHA-256")', '185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969'],
    ['$length($hash("Hello", "SHA-384"))', 96],
    ['$length($hash("Hello", "SHA-512"))', 128],
    ['$hash("ñ", "MD5")', '94e9342ecbb1458b6043ecd3bfcbc192'],
    ['$hash("Hello")', undefined],
    ['($md5 := $hash(?, "MD5"); $md5("Hello"))', '8b1a9953c4611296a827abf8c47804d7'],
    ['$random(42)', 0.7275636800328681],
    ['$random(0)', 0.730967787376657],
    ['$random(7)', 0.7306990420600421],
    ['$random(0.9) = $random(0)', true],
    ['$random()', 0.1],
    ['$random() = $random()', false],
    ['$uuid()', '00000000-0000-4000-8000-000000000001'],
  ])('%s', (source, value) => expect(evaluate(source)).toEqual(value));

  test('are what the scope’s variables say where they have the name', () => {
    expect(evaluate('$range', { range: 5 })).toBe(5);
    expect(evaluate('$sum', { sum: 6 })).toBe(6);
  });
});

describe('fails', () => {
  const T0410 = (name: string, index: number) => `Argument ${index} of function "${name}" does not match function signature`;
  test.each([
    ['$parse(null)', 'T0410', T0410('parse', 1)],
    ['$parse("{}", 1)', 'T0410', T0410('parse', 2)],
    ['$parse("")', 'D3137', 'Invalid JSON'],
    ['$parse("  ")', 'D3137', 'Invalid JSON'],
    ['$parse("{\\"a\\":1}{}")', 'D3137', 'Invalid JSON'],
    ['$parse("{\\"a\\":1,\\"a\\":2}")', 'D3137', 'Invalid JSON'],
    ['$parse("1e400")', 'D3137', 'Invalid JSON'],
    ['$parse("{a:1}")', 'D3137', 'Invalid JSON'],
    ['$parse("9007199254740993")', undefined, expect.stringContaining('which a double would change')],
    ['$partition(null, 2)', 'T0412', 'Argument 1 of function "partition" must be an array of undefined'],
    ['$partition([1], -1)', 'D3137', 'Second argument must be zero or greater'],
    ['$partition([1], "2")', 'T0410', T0410('partition', 2)],
    ['$partition([1], 1, 1)', 'T0410', T0410('partition', 3)],
    ['$range(1)', 'T0410', T0410('range', 2)],
    ['$range("1", 2, 1)', 'T0410', T0410('range', 1)],
    ['$range(1, 5, 1, 1)', 'T0410', T0410('range', 4)],
    ['$hash(42, "MD5")', 'T0410', T0410('hash', 1)],
    ['$hash("a", 5)', 'T0410', T0410('hash', 2)],
    ['$hash("a", "md5")', 'D3137', "Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
    ['$hash("a", "MD5", 1)', 'T0410', T0410('hash', 3)],
    ['$random("x")', 'T0410', T0410('random', 1)],
    ['$random(1, 2)', 'T0410', T0410('random', 2)],
    ['$uuid("seed")', 'T0410', T0410('uuid', 1)],
    ['$randomSeeded(1)', 'T1006', 'Attempted to invoke a non-function'],
  ])('%s', (source, code, message) => {
    let thrown: unknown;
    try {
      evaluate(source);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(JsonataError);
    expect(thrown).toMatchObject({ code, message });
  });
});
