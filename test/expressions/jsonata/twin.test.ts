import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import original from 'jsonata';
import { evaluateCase, plain } from './suite';

/** By hand: BATON_SEED=7 BATON_RUNS=100000 npx jest test/expressions/jsonata/twin */
const SEED = Number(process.env.BATON_SEED ?? 11);
const RUNS = Number(process.env.BATON_RUNS ?? 500);

/** The value, or the code of the error. */
const ofOriginal = async (expr: string, input: unknown): Promise<unknown> => {
  const document: unknown = structuredClone(input);
  const outcome = await original(expr)
    .evaluate(document)
    .then(
      (value: unknown) => ({ value: written(value) }),
      (error: unknown) => ({ code: (error as { code?: string }).code ?? 'none' }),
    );
  // The package writes an item into an empty array that is grouped, also into one of the input; the twin never does.
  fc.pre(isDeepStrictEqual(document, input));
  // The text of a function is that of its source.
  fc.pre(!/function/.test(JSON.stringify(outcome)));
  return outcome;
};

/** See above: an array that the package wrote into is as good as an empty one. */
const written = (value: unknown): string => String(JSON.stringify(plain(value))).replaceAll('[null]', '[]');

const parses = (expr: string): boolean => {
  try {
    return original(expr).ast() !== undefined;
  } catch {
    return false;
  }
};

const ofTwin = (expr: string, input: unknown): unknown => {
  const { value, code } = evaluateCase({ group: '', name: '', expr }, structuredClone(input));
  return code === undefined ? { value: written(value) } : { code: /^[A-Z]\d{4}$/.test(code) ? code : 'none' };
};

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, 2.5, -3, 'a', 'b', 'hello world'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const expression = fc.letrec<{ e: string }>((tie) => {
  const e = tie('e');
  const infix = ['+', '-', '*', '/', '%', '<', '>', '=', '!=', 'and', 'or', '&', 'in', '..', '~>', '?:', '??'];
  return {
    e: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom(
        'a',
        'b',
        'c',
        '$',
        '$$',
        '*',
        '**',
        '1',
        '0',
        '-1',
        "'a'",
        "''",
        'null',
        'true',
        '[]',
        '{}',
        '$x',
        '%',
        '[1..3]',
        '/a/',
      ),
      fc.tuple(e, fc.constantFrom(...infix), e).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc.tuple(e, e).map(([a, b]) => `${a}.${b}`),
      fc.tuple(e, e).map(([a, b]) => `${a}[${b}]`),
      e.map((a) => `${a}[]`),
      fc.tuple(e, e).map(([a, b]) => `${a}^(${b})`),
      fc.tuple(e, e, e).map(([a, b, c]) => `${a}{${b}: ${c}}`),
      fc.tuple(e, e).map(([a, b]) => `${a}@$x.${b}`),
      fc.tuple(e, e).map(([a, b]) => `${a}#$x[${b}]`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.array(e, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(e, e).map(([a, b]) => `{'k': ${a}, 'l': ${b}}`),
      fc.tuple(e, e).map(([a, b]) => `($x := ${a}; ${b})`),
      fc.tuple(e, e).map(([a, b]) => `function($x, $y){ ${a} }(${b}, 1)`),
      fc
        .tuple(
          fc.constantFrom(
            'sum',
            'count',
            'max',
            'string',
            'length',
            'uppercase',
            'number',
            'not',
            'boolean',
            'keys',
            'spread',
            'merge',
            'reverse',
            'distinct',
            'exists',
            'type',
            'sort',
            'trim',
            'base64encode',
            'floor',
            'clone',
            'zip',
            'shuffleless',
          ),
          e,
        )
        .map(([name, a]) => `$${name}(${a})`),
      fc
        .tuple(fc.constantFrom('map', 'filter', 'single', 'sift', 'each', 'sort'), e, e)
        .map(([name, a, b]) => `$${name}(${a}, function($x, $y){ ${b} })`),
      fc
        .tuple(
          fc.constantFrom(
            'append',
            'lookup',
            'split',
            'join',
            'contains',
            'substringBefore',
            'match',
            'round',
            'formatNumber',
            'formatBase',
            'power',
            'pad',
          ),
          e,
          e,
        )
        .map(([name, a, b]) => `$${name}(${a}, ${b})`),
      fc.tuple(e, e).map(([a, b]) => `$reduce(${a}, function($x, $y){ ${b} })`),
      fc.tuple(e, e, e).map(([a, b, c]) => `$replace(${a}, ${b}, ${c})`),
    ),
  };
}).e;

/**
 * The package evaluates the items of arrays and the fields of objects at once: where several fail, the one that fails after the fewest
 * waits is named, and the twin names the first.
 */
const nameable = (expr: string, outcome: unknown): unknown =>
  /[[{]/.test(expr) && typeof outcome === 'object' && outcome !== null && 'code' in outcome ? { code: 'any' } : outcome;

test('random expressions give what the package gives, or fail with its code', async () => {
  await fc.assert(
    fc.asyncProperty(expression.filter(parses), json, async (expr, input) => {
      expect(nameable(expr, ofTwin(expr, input))).toEqual(nameable(expr, await ofOriginal(expr, input)));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('an operand that doubles itself is stopped before it takes all memory', () => {
  const doubled = Array.from({ length: 40 }).reduce<string>((inner) => `(${inner} ?: 1)`, '$a');
  expect(evaluateCase({ group: '', name: '', expr: doubled }, null)).toMatchObject({ code: 'U1001' });
});
