import fc from 'fast-check';
import { createPattern } from '../../../../lib/expressions/jsonata/pattern/pattern';

class Spent extends Error {}

/** All matches, as `exec` gives them one after the other. */
const matchesOf = (
  pattern: { lastIndex: number; exec(text: string): (ArrayLike<string | undefined> & { index: number }) | null },
  text: string,
): unknown[] => {
  const found: unknown[] = [];
  for (let round = 0; round < 20; round++) {
    const match = pattern.exec(text);
    if (match === null) break;
    found.push([match.index, ...Array.from(match)]);
    if (match[0] === '') pattern.lastIndex++;
    if (pattern.lastIndex > text.length) break;
  }
  return found;
};

const ours = (source: string, flags: string, budget = 5_000_000) => {
  let steps = 0;
  return createPattern(source, flags, {
    spend: (more) => {
      steps += more;
      if (steps > budget) throw new Spent();
    },
    overflow: () => {
      throw new Spent();
    },
  });
};

describe('matches as RegExp does', () => {
  test.each([
    ['a+b', 'xaaab ab', 'g'],
    ['(a)|(b)', 'ab', 'g'],
    ['(?:(a)|(b))*', 'abba', 'g'],
    ['(z)((a+)?(b+)?(c))*', 'zaacbbbcac', 'g'],
    ['(a*)*', 'b', 'g'],
    ['(?:a?)*?b', 'aab', 'g'],
    ['(a+)+$', 'aaaa', 'g'],
    ['^\\w+@[\\w.-]+\\.(\\w{2,})$', 'mail@example.org', 'g'],
    ['^b', 'a\nb\nb', 'gm'],
    ['a$', 'a\na', 'gm'],
    ['.', 'a\n\u2028b', 'g'],
    ['(?=(a+))a*b\\1', 'baaabac', 'g'],
    ['(.*?)a(?!(a+)b\\2c)\\2(.*)', 'baaabaac', 'g'],
    ['\\bfoo\\b|\\Boo', 'foo food', 'g'],
    ['(\\w)\\1', 'aabBcc', 'gi'],
    ['[a-c\\d_-]+', 'a-b_3Z', 'gi'],
    ['[^a-z]', 'aBé', 'gi'],
    ['ſ|K', 'sSkK', 'gi'],
    ['\\u0041\\x42\\103\\t', 'ABC\t', 'g'],
    ['\\2(a)', 'a\u0002a', 'g'],
    ['a{2}b{1,2}?c{0,}x{,3}', 'aabbccx{,3}', 'g'],
    ['[]', 'a', 'g'],
    ['[^]', '\n', 'g'],
    ['(?<year>\\d{4})-\\k<year>', '2020-2020', 'g'],
    ['', 'ab', 'g'],
    ['[\\w-.]+', 'a-b.c', 'g'],
    ['\\cA\\c', '\u0001\\c', 'g'],
    ['a|ab(c)?', 'abc', 'g'],
    ['(?:)', '', 'g'],
  ])('/%s/ on %j', (source, text, flags) => {
    expect(matchesOf(ours(source, flags), text)).toEqual(matchesOf(new RegExp(source, flags), text));
  });

  const piece: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^b]', '\\w', '^', '$', '\\b', '(?:)', '\\1', '[A-C]', '\\d'),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
      tie('pattern').map((a) => `(${a})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?'))
        .map(([a, q]) => `(?:${a})${q}`),
      tie('pattern').map((a) => `(?=${a})`),
      tie('pattern').map((a) => `(?!${a})`),
    ),
  })).pattern;

  test('random patterns on random texts', () => {
    fc.assert(
      fc.property(
        piece,
        fc.stringMatching(/^[abcA1\n]{0,8}$/),
        fc.constantFrom('g', 'gi', 'gm', 'gim'),
        (source, text, flags) => {
          expect(matchesOf(ours(source, flags), text)).toEqual(matchesOf(new RegExp(source, flags), text));
        },
      ),
      { numRuns: 3_000, seed: 1 },
    );
  });
});

describe('ends', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(100)}!`],
    ['^(a|a)*$', `${'a'.repeat(100)}!`],
    ['(.*)*x\\1', 'y'.repeat(5_000)],
    ['(a*)*b', 'a'.repeat(2_000_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(200)],
  ])('/%s/ at its bound', (source, text) => {
    expect(() => ours(source, 'g').exec(text)).toThrow(Spent);
  });

  test('a plain pattern reads a long text', () => {
    expect(ours('x+y', 'g').exec(`${'a'.repeat(1_000_000)}xxy`)?.[0]).toBe('xxy');
  });
});

describe('refuses what RegExp refuses', () => {
  test.each(['(', ')', 'a**', '[', '[b-a]', 'a{2,1}', '\\', '(?x)', '*', '(?<a>x)(?<a>y)', '(?<1', '(?<a>x)\\k<b>'])(
    '/%s/',
    (source) => {
      expect(() => new RegExp(source)).toThrow('Invalid regular expression');
      expect(() => ours(source, 'g')).toThrow('Invalid regular expression');
    },
  );
});

test.each([
  ['(?<=a)b', 'look-behind is not supported'],
  ['a{30000}', 'is not supported'],
  ['('.repeat(200) + ')'.repeat(200), 'inside each other are not supported'],
])('refuses %.20s by name', (source, message) => {
  expect(() => ours(source, 'g')).toThrow(message);
});
