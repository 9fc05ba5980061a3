import { compileJsonataTemplate } from '../../lib/expressions/jsonata/jsonata-template';
import { compilePayloadTemplate } from '../../lib/expressions/payload-template';
import type { Json } from '../../lib/json/json';
import { MAX_DEPTH } from '../../lib/json/limits';
import { scopeOf as jsonataScopeOf } from './jsonata/scope-of';
import { scopeOf } from './scope';

const nested = (levels: number, innermost: Json): Json => {
  let value = innermost;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value, level];
  return value;
};

test.each([1, 49, 50, 51, 100, 101, MAX_DEPTH - 1])('%i levels of arrays and objects are filled in', (levels) => {
  const input = { x: 'found' };
  const { make } = compilePayloadTemplate(nested(levels - 1, { 'x.$': '$.x' }));
  expect(JSON.stringify(make(scopeOf(input), { bytes: 0 }))).toBe(JSON.stringify(nested(levels - 1, { x: 'found' })));
  const template = compileJsonataTemplate(nested(levels - 1, { x: '{% $states.input.x %}' }), 'Output');
  expect(JSON.stringify(template(jsonataScopeOf(input)))).toBe(JSON.stringify(nested(levels - 1, { x: 'found' })));
});

test('many fields, and many that are constant', () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
  const template = Object.fromEntries(names.map((name, index) => (index % 2 === 0 ? [`${name}.$`, '$.x'] : [name, index])));
  const { make } = compilePayloadTemplate(template);
  const made = make(scopeOf({ x: true }), { bytes: 0 }) as Record<string, Json>;
  expect(Object.keys(made).slice(0, 2_500)).toEqual(names.filter((_, index) => index % 2 === 1));
  expect(Object.keys(made).sort()).toEqual([...names].sort());
  expect([made['n4998'], made['n4999']]).toEqual([true, 4999]);
});
