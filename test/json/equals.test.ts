import fc from 'fast-check';
import { equals } from '../../lib/json/equals';
import type { Json } from '../../lib/json/json';

test('a value equals its copy, whatever the order of keys', () => {
  const reversed = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, reversed(member)])); // prettier-ignore
  };
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(equals(value as Json, reversed(value as Json))).toBe(true)));
});

test.each<[Json, Json]>([
  [0, false],
  [0, ''],
  [0, null],
  [1, '1'],
  [[], {}],
  [[1], [1, 2]],
  [{ a: 1 }, { b: 1 }],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: null }, {}],
  [{}, JSON.parse('{"__proto__":null}') as Json],
  [JSON.parse('{"__proto__":1}') as Json, JSON.parse('{"toString":1}') as Json],
])('%j is not %j', (a, b) => {
  expect(equals(a, b)).toBe(false);
  expect(equals(b, a)).toBe(false);
});
