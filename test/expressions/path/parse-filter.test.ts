import { ExpressionSyntaxError } from '../../../lib/expressions/evaluation-error';
import { compilePath } from '../../../lib/expressions/json-path';
import type { Json } from '../../../lib/json/json';
import { scopeOf } from '../scope';

const items: Json = [
  { id: 1, name: 'ant', tags: ['small', 'red'], price: 5, note: '' },
  { id: 2, name: 'bee', tags: [], price: '7', note: null },
  { id: '3', name: 'Cat', tags: ['small'], inner: { ok: false } },
];

const ids = (filter: string): unknown[] => {
  const found = compilePath(`$.items[?(${filter})]`).evaluate(scopeOf({ items, limit: 6, wanted: ['ant', 'Cat'] }));
  return (found as { id: unknown }[]).map(({ id }) => id);
};

test.each<[string, unknown[]]>([
  ['@.inner', ['3']],
  ['@.inner.ok', ['3']],
  ['@.note', [1, 2]],
  ['!@.note', ['3']],
  ['!(@.note)', ['3']],
  ['@.id == 1', [1]],
  ['@.id == 3', ['3']],
  ['@.id === 3', []],
  ["@.id === '3'", ['3']],
  ["@.id == '1'", [1]],
  ["@.name != 'ant'", [2, '3']],
  ["@.absent != 'x'", [1, 2, '3']],
  ["@.absent == 'x'", []],
  ['@.absent == null', []],
  ['@.note == null', [2]],
  ['@.inner.ok == false', ['3']],
  ['@.price < 6', [1]],
  ['@.price <= 5', [1]],
  ['@.price >= 5', [1, 2]],
  ['@.price > $.limit', [2]],
  ['6 > @.price', [1]],
  ['@.tags > 1', []],
  ['@.name in [\'ant\', "bee"]', [1, 2]],
  ['@.name in $.wanted', [1, '3']],
  ["@.name nin ['ant']", [2, '3']],
  ["@.tags subsetof ['small','red','blue']", [1, 2, '3']],
  ["@.tags anyof ['red']", [1]],
  ["@.tags noneof ['red']", [2, '3']],
  ["@.tags all ['small','red']", [1]],
  ["@.tags contains 'small'", [1, '3']],
  ["@.name contains 'e'", [2]],
  ['@.tags size 2', [1]],
  ['@.name size 3', [1, 2, '3']],
  ['@.tags empty true', [2]],
  ['@.tags empty false', [1, '3']],
  ['@.note empty true', [1]],
  ['@.name =~ /[a-c].*/', [1, 2]],
  ['@.name =~ /[A-C].*/i', [1, 2, '3']],
  ['@.name =~ /a/', []],
  ['@.tags =~ /sm.*/', [1, '3']],
  ['@.tags[0] == "small"', [1, '3']],
  ["@['name'] == 'bee'", [2]],
  ['@.tags.length() == 1', ['3']],
  ['@.tags[*]', [1, '3']],
  ['@.id == 1 || @.id == 2', [1, 2]],
  ["@.price && @.name == 'bee'", [2]],
  ["@.id == 1 || @.price && @.name == 'bee'", [1, 2]],
  ["(@.id == 1 || @.price) && @.name == 'bee'", [2]],
  ['@', [1, 2, '3']],
  ["@.name=='bee'", [2]],
  ["@.name == 'it\\'s'", []],
  ['@.id == -1', []],
  ['@.id == 1e0', [1]],
])('%s', (filter, expected) => expect(ids(filter)).toEqual(expected));

test('an element may be a scalar', () => {
  expect(compilePath('$[?(@ > 1)]').evaluate(scopeOf([1, 2, 3]))).toEqual([2, 3]);
});

test.each([
  ['', 'expected a path, a string, a number'],
  ['@.a ==', 'expected a path, a string, a number'],
  ['@.a = 1', 'expected'],
  ['@.a like 1', "unknown operator 'like'"],
  ['@.a constructor 1', "unknown operator 'constructor'"],
  ['1', 'expected an operator'],
  ['@.a == 1 &&', 'expected a path, a string'],
  ['(@.a', "expected ')'"],
  ["@.a == 'x", 'a string is not closed'],
  ['@.a =~ /x', 'a pattern is not closed'],
  ['@.a in [1', "expected ','"],
  [`${'('.repeat(10_000)}@.a`, 'nests at most 50 levels'],
  [`${'!'.repeat(10_000)}@.a`, 'nests at most 50 levels'],
  [`@.a in ${'['.repeat(10_000)}`, 'nests at most 50 levels'],
])('refuses %s', (filter, message) => {
  expect(() => compilePath(`$[?(${filter})]`)).toThrow(ExpressionSyntaxError);
  expect(() => compilePath(`$[?(${filter})]`)).toThrow(message);
});
