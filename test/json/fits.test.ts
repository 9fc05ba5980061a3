import fc from 'fast-check';
import { fits } from '../../lib/json/fits';
import type { Json } from '../../lib/json/json';
import { findJsonProblems } from '../../lib/json/json-problems';
import { renderJson } from '../../lib/json/render-json';
import { toJson, toMeasuredJson } from '../../lib/json/to-json';

const measured = (json: Json): number => Buffer.byteLength(renderJson(json));

test('says what measuring says, for any value and any limit', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), fc.integer({ min: -3, max: 3 }), (value, difference) => {
      const size = measured(value as Json);
      expect(fits(value as Json, size + difference)).toBe(difference >= 0);
      if (findJsonProblems(value).length === 0) expect(toMeasuredJson(value, 'It').bound).toBeGreaterThanOrEqual(size);
    }),
    { numRuns: 1_000 },
  );
});

test.each<[string, Json]>([
  ['one long string', 'x'.repeat(1_000)],
  ['characters that are longest as escapes', '\u001f'.repeat(200)],
  ['one long key', { ['k'.repeat(1_000)]: 0 }],
  ['many short items', Array(500).fill(1)],
  ['more nested arrays than are looked at one by one', Array.from({ length: 300 }).reduce<Json>((inner) => [inner], 'x')],
  ['the longest number', -0.0000012345678901234567],
  ['many keys', Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key ${index}`, -1.234567890123456e-300]))],
])('%s: fits to the byte', (_, json) => {
  expect(fits(json, measured(json))).toBe(true);
  expect(fits(json, measured(json) - 1)).toBe(false);
  expect(toMeasuredJson(json, 'It').bound).toBeGreaterThanOrEqual(measured(json));
});

test('a large value that was admitted before counts as any other, alone or as a part', () => {
  const known = toJson(
    Array.from({ length: 100 }, (_, index) => [index]),
    'It',
  );
  for (const json of [known, { known, more: 1 }]) {
    expect(fits(json, measured(json))).toBe(true);
    expect(fits(json, measured(json) - 1)).toBe(false);
    expect(toMeasuredJson(json, 'It').bound).toBeGreaterThanOrEqual(measured(json));
  }
});

test('does not look through a large value again and again', () => {
  const large = Object.freeze(Array.from({ length: 300_000 }, (_, index) => `item ${index}`));
  const started = process.hrtime.bigint();
  for (let round = 0; round < 1_000; round++) expect(fits({ large, round }, 256 * 1024)).toBe(false);
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
});
