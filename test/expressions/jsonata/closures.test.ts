import fc from 'fast-check';
import { compileJsonata } from '../../../lib/expressions/jsonata/compile-jsonata';
import { tryCompileClosure } from '../../../lib/expressions/jsonata/closures';
import { evaluateByTwin } from '../../../lib/expressions/jsonata/evaluate-by-twin';
import { JsonataError } from '../../../lib/expressions/jsonata/jsonata-error';
import { findReferences } from '../../../lib/expressions/jsonata/references';
import { parseJsonata } from '../../../lib/expressions/jsonata/twin';
import type { JsonataScope } from '../../../lib/expressions/scope';
import { scopeOf } from './scope-of';

const outcome = (run: () => unknown): unknown => {
  try {
    return { value: run() };
  } catch (error) {
    if (!(error instanceof JsonataError)) throw error;
    return { code: error.code, message: error.message };
  }
};

const byClosure = (source: string, scope: JsonataScope) => outcome(() => compileJsonata(source).evaluate(scope));
const byTwin = (source: string, scope: JsonataScope) =>
  parseJsonata(source, (program) => outcome(() => evaluateByTwin(program, findReferences(program.ast()).names, scope)));

const isClosure = (source: string): boolean => parseJsonata(source, (program) => tryCompileClosure(program.ast()) !== undefined);

const scope = scopeOf(
  {
    a: 1,
    text: 'x',
    none: null,
    yes: true,
    empty: [],
    emptyObject: {},
    one: [1],
    oneNested: [[1]],
    list: [{ b: 1 }, { b: 2 }, { c: 3 }, [{ b: 4 }]],
    single: [{ b: [1] }],
    deep: { a: [{ b: [{ c: 1 }, { c: [2, 3] }] }, { b: { c: 4 } }] },
    matrix: [[1, 2], [3]],
    big: 1e300,
    lambda: { _jsonata_lambda: true, b: 1 },
    __proto__x: 1,
  },
  { v: 5, w: [1, 2, 3], o: { k: 'v' }, f: 0.1 },
);

describe('a closure gives what the twin gives', () => {
  const sources = [
    'a',
    'text',
    'none',
    'yes',
    'empty',
    'emptyObject',
    'one',
    'oneNested',
    'list.b',
    'list.c',
    'single.b',
    'deep.a.b.c',
    'matrix',
    'matrix.x',
    'missing',
    'missing.more',
    'text.b',
    'none.b',
    'empty.b',
    'oneNested.b',
    'list[0].b',
    'list[-1].b',
    'list[9].b',
    'matrix[0]',
    'matrix[1]',
    'matrix[-2]',
    'one[0]',
    'a[0]',
    'a[1]',
    'list.b[0]',
    'single.b[0]',
    'deep.a.b[0].c',
    'deep.a[0].b.c[1]',
    'list[1.9].b',
    '`a`',
    '"a"',
    'toString',
    'constructor',
    'list.length',
  ].map((path) => `$states.input.${path}`);

  // The npm package takes it for a function of its own and finds nothing in it. The library that AWS uses, in Java, knows functions by their class.
  test('an object that says it is a lambda is an object', () => {
    expect(byClosure('$states.input.lambda.b', scope)).toEqual({ value: 1 });
  });

  test.each(sources)('%s', (source) => {
    expect(isClosure(source)).toBe(true);
    expect(byClosure(source, scope)).toEqual(byTwin(source, scope));
  });

  test.each([
    '$v',
    '$w',
    '$w[1]',
    '$w[7]',
    '$o.k',
    '$missing',
    '$missing.k',
    '$w[0].x',
    '$states.context.State.Name',
    '$states.result',
    '$states.errorOutput.Error',
    '$states.input[0]',
    '1',
    '-1',
    '-$v',
    '-$missing',
    "'a'",
    'true',
    'null',
    '1 + 2',
    '$v * 2 - 1',
    '$v / 0',
    '$v % 3',
    '-1/0',
    '0/0',
    '1e308 * 10',
    '$missing + 1',
    '$f + 0.2',
    '1/3 & ""',
    '$v < 6',
    '$v <= 5',
    '$v > $missing',
    "'a' < 'b'",
    '$v >= 5 and $states.input.yes',
    '$v = 5',
    "$v != '5'",
    '$missing = $missing',
    '$missing != 1',
    '$w = [1,2,3]',
    '$o = {"k": "v"}',
    '$states.input.none = null',
    '$missing or 1',
    '$states.input.empty or false',
    '$states.input.one and true',
    '$states.input.emptyObject or $o',
    "'' or 0",
    "'a' & 1 & true & null",
    "$o & ''",
    '$w & $missing',
    '1 in $w',
    "'x' in 'x'",
    '$missing in $w',
    '$v = 5 ? 1 : 2',
    '$v = 4 ? 1',
    '($v)',
    '[1, $w, [$w], $missing]',
    '[]',
    '[[]]',
    "{'a': $v, 'b': $missing, 'c': [$w, 1]}",
    '{}',
    "{'2': 1, '1': 2}",
    "[$states.input.list.b, 'x']",
    '-(1 - 2)',
    '1e21 & ""',
    "[0.1 + 0.2] & ''",
    "$states.input.empty & ''",
    '[1/0]',
    "{'k': 1/0}",
    "'\\ud800'",
    "'😀' & '\\ud800'",
  ])('%s', (source) => {
    expect(isClosure(source)).toBe(true);
    expect(byClosure(source, scope)).toEqual(byTwin(source, scope));
  });

  test.each([
    "'a' + 1",
    '1 + null',
    '$w * 2',
    '1 + (1/0)',
    "1 < 'a'",
    'true < false',
    '$o > 1',
    "-'a'",
    "(1/0) & ''",
    '1/0 or 1',
    "$w = {'length': 3}",
    '[1] < 2',
  ])('fails as the twin: %s', (source) => {
    expect(isClosure(source)).toBe(true);
    expect(byClosure(source, scope)).toEqual(byTwin(source, scope));
  });

  test.each([
    '$states',
    '$states.other',
    '$sum($w)',
    '$w[$ > 1]',
    '$states.input.*',
    '$w[]',
    '$states.input.a[]',
    '[1..3]',
    '$states.input.list{b: c}',
    '($x := 1; $x)',
    '$w^($)',
    '$states.input.(a)',
    '{$v: 1}',
    '$now()',
    '$w#$i',
    '$map',
    "{'__proto__': 1}",
    "{'a': 1, 'a': 2}",
    '1' + '+1'.repeat(100),
  ])('leaves to the twin: %s', (source) => {
    expect(isClosure(source)).toBe(false);
    expect(byClosure(source, scope)).toEqual(byTwin(source, scope));
  });

  const value = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, 0, 1, -1.5, 'a', '', 'b', 1e300),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('json'), { maxKeys: 3 }),
    ),
  })).json;

  const expression = fc.letrec<{ expr: string; path: string }>((tie) => ({
    path: fc
      .tuple(
        fc.constantFrom('$states.input', '$v', '$w', '$missing', '$states.result', '$states.context'),
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('', '', '', '[0]', '[-1]', '[1]')), { maxLength: 4 }),
      )
      .map(([root, steps]) => root + steps.map(([name, index]) => `.${name}${index}`).join('')),
    expr: fc.oneof(
      { maxDepth: 4 },
      tie('path'),
      fc.constantFrom('1', '0', '-2.5', "'a'", "''", 'true', 'false', 'null', '[]', '{}'),
      fc
        .tuple(
          tie('expr'),
          fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '>', '>=', '=', '!=', 'and', 'or', '&', 'in'),
          tie('expr'),
        )
        .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc.tuple(tie('expr'), tie('expr'), tie('expr')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.array(tie('expr'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(tie('expr'), { maxLength: 3 })
        .map((items) => `{${items.map((item, index) => `'k${index}': ${item}`).join(', ')}}`),
      tie('expr').map((a) => `-(${a})`),
    ),
  })).expr;

  test('random expressions on random values', () => {
    fc.assert(
      fc.property(expression, value, value, value, (source, input, v, w) => {
        const around = scopeOf(input, { v, w });
        expect(isClosure(source)).toBe(true);
        expect(byClosure(source, around)).toEqual(byTwin(source, around));
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});

describe('the result', () => {
  test('shares what came from the input', () => {
    const { input } = scope;
    expect(compileJsonata('$states.input').evaluate(scope)).toBe(input);
    expect(compileJsonata('[$states.input.list]').evaluate(scope)).toEqual((input as { list: unknown }).list);
    const { o } = compileJsonata("{'o': $o}").evaluate(scope) as { o: unknown };
    expect(o).toBe(scope.variables.o);
  });

  test.each(["{'a': [1, $w]}", '$states.input.list.b', '$w[$ > 1]', '$map($w, function($x){ {"x": $x} })'])(
    'is frozen: %s',
    (source) => {
      const result = compileJsonata(source).evaluate(scope);
      const isDeeplyFrozen = (part: unknown): boolean =>
        typeof part !== 'object' || part === null || (Object.isFrozen(part) && Object.values(part).every(isDeeplyFrozen));
      expect(isDeeplyFrozen(result)).toBe(true);
      expect(Object.keys(result as object)).toEqual(Object.keys(JSON.parse(JSON.stringify(result)) as object));
    },
  );
});
