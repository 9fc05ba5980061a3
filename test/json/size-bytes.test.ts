import fc from 'fast-check';
import type { Json } from '../../lib/json/json';
import { renderJson } from '../../lib/json/render-json';
import { sizeBytes } from '../../lib/json/size-bytes';
import { withField } from '../../lib/json/with-field';

const measured = (json: Json): number => Buffer.byteLength(renderJson(json));

test('is the length of the compact text in UTF-8', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }), (value) => {
      expect(sizeBytes(value as Json)).toBe(measured(value as Json));
    }),
    { numRuns: 1_000 },
  );
});

test.each<[string, Json]>([
  ['every control character', String.fromCharCode(...Array(32).keys())],
  ['quotes and backslashes', '"\\"\\'],
  ['two, three and four bytes', 'é€😀'],
  ['lone surrogates, which are escaped', ['\ud800', '\udc00a', '\ud800\ud800\udc00']],
  ['-0', -0],
  ['numbers', [1e21, 1e-7, 0.1, -12345678901234]],
  ['words', [true, false, null]],
  ['empty containers', [{}, [], '']],
  ['odd keys', { 'é"': 1, '': 2, '0': 3 }],
])('%s', (_, json) => {
  expect(sizeBytes(json)).toBe(measured(json));
});

test('counts __proto__', () => {
  const json = JSON.parse('{"__proto__":[1]}') as Json;
  expect(sizeBytes(json)).toBe(17);
});

test('costs only the new keys when a known object grows', () => {
  const large = Object.freeze(Array.from({ length: 300_000 }, (_, index) => `item ${index}`));
  const size = sizeBytes(large);
  let object = withField({}, 'large', large);
  const started = process.hrtime.bigint();
  for (let round = 0; round < 1_000; round++) {
    object = withField({ large }, 'round', round);
    expect(sizeBytes(object)).toBe(size + 19 + String(round).length);
  }
  // Measured anew each time this would take many seconds.
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(2_000);
});
