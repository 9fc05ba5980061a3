import { compileFieldReader, isPlainName } from '../../lib/json/field-reader';
import type { Json } from '../../lib/json/json';

test.each<[readonly string[], Json | undefined, Json | undefined]>([
  [[], 1, 1],
  [['a'], { a: 0 }, 0],
  [['a', 'b'], { a: { b: null } }, null],
  [['a', 'b'], { a: {} }, undefined],
  [['a', 'b'], {}, undefined],
  [['a', 'b'], { a: null }, undefined],
  [['a', 'b'], { a: 'text' }, undefined],
  [['a', 'length'], { a: [1] }, undefined],
  [['length'], 'text', undefined],
  [['a'], undefined, undefined],
  [['a b', '"', '\u2028', '`'], { 'a b': { '"': { '\u2028': { '`': 5 } } } }, 5],
])('%j of %j is %j, the first time and the thousandth', (names, value, expected) => {
  const read = compileFieldReader(names);
  for (let time = 0; time < 1_000; time++) if (read(value) !== expected) expect({ time, found: read(value) }).toBe(expected);
  expect(read(value)).toBe(expected);
});

test('names that every object inherits are not plain', () => {
  expect(['a', 'constructor', '__proto__', 'toString', ''].map(isPlainName)).toEqual([true, false, false, false, true]);
});
