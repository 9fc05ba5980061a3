import fc from 'fast-check';
import { ExpressionSyntaxError } from '../../../lib/expressions/evaluation-error';
import { parseRegularExpression } from '../../../lib/expressions/path/regular-expression';

const matches = (pattern: string, text: string): boolean => parseRegularExpression({ text: pattern, at: 0 })(text);

test.each<[string, string, boolean]>([
  ['/abc/', 'abc', true],
  ['/abc/', 'xabcx', false],
  ['/^abc$/', 'abc', true],
  ['/a.c/', 'a\nc', false],
  ['/a.c/s', 'a\nc', true],
  ['/a|bc/', 'bc', true],
  ['/(a|b)+c?/', 'abba', true],
  ['/(?:ab){2,3}/', 'abab', true],
  ['/(?:ab){2,3}/', 'ab', false],
  ['/(?:ab){2,3}/', 'abababab', false],
  ['/a{0}/', '', true],
  ['/a{2,}/', 'aaaa', true],
  ['/[^a-c]+/', 'xyz', true],
  ['/[^a-c]+/', 'xbz', false],
  ['/[a\\]-]+/', 'a]-', true],
  ['/[]a]+/', ']a', true],
  ['/\\d{4}-\\d\\d/', '2026-01', true],
  ['/\\w+@\\w+\\.com/', 'a@b.com', true],
  ['/\\s\\S\\D\\W/', ' aa-', true],
  ['/a\\/b/', 'a/b', true],
  ['/HELLO/i', 'hello', true],
  ['/[a-z]+/i', 'ABC', true],
  ['/\\u00e4/', 'ä', true],
  ['/./', '😀', true],
  ['/a*?b/', 'aab', true],
  ['//', '', true],
  ['/()*/', '', true],
])('%s on %j: %s', (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));

test.each([
  ['/(?=a)/', 'look-around'],
  ['/(?<n>a)/', 'named groups'],
  ['/(a)\\1/', 'this escape is not supported'],
  ['/\\bword/', 'this escape is not supported'],
  ['/a++/', 'possessive'],
  ['/a**/', 'a quantifier follows a quantifier'],
  ['/*/', 'unexpected character'],
  ['/a)/', 'unexpected character'],
  ['/(a/', "expected ')'"],
  ['/[a/', 'expected a character'],
  ['/[b-a]/', 'ends before it begins'],
  ['/[a&&b]/', 'a class inside a class'],
  ['/a{3,1}/', 'wrong order'],
  ['/a/x', "the flag 'x'"],
  ['/a', 'a pattern is not closed'],
  ['/((a{1,100}){1,100}){1,100}/', 'more than 500 states'],
  ['/a{1000000000}/', 'more than 500 states'],
  [`/${'('.repeat(10_000)}/`, 'nests at most 50 groups'],
])('refuses %s', (pattern, message) => {
  expect(() => matches(pattern, 'a')).toThrow(ExpressionSyntaxError);
  expect(() => matches(pattern, 'a')).toThrow(message);
});

test.each(['/(a+)+$/', '/(a|aa)+b/', '/(.*a){12}/', '/(a*)*b/', '/(a|a|a)*b/'])('%s takes no exponential time', (pattern) => {
  const started = process.hrtime.bigint();
  matches(pattern, `${'a'.repeat(20_000)}!`);
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(5_000);
});

test('agrees with RegExp', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '(a|b)',
    '(?:ab)',
    'a*',
    'b+',
    'a?',
    '(ab|b)*',
    'b{2}',
    '(a{1,2}b?)+',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), fc.stringMatching(/^[abc]{0,6}$/), (pieces, text) => {
      const pattern = pieces.join('');
      expect(matches(`/${pattern}/`, text)).toBe(new RegExp(`^(?:${pattern})$`).test(text));
    }),
    { numRuns: 2_000 },
  );
});
