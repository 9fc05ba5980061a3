import fc from 'fast-check';
import type { Json } from '../../lib/json/json';
import { JsonBytes } from '../../lib/json/json-bytes';
import { parseJson } from '../../lib/json/parse-json';
import { renderJson } from '../../lib/json/render-json';

const quoted = (json: Json): string => new JsonBytes().quote(json).written.toString();

test('a value is quoted as its JSON text is', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 20 }));
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), text, (value, each) => {
      const json = [value as Json, each, { [each]: each }];
      expect(quoted(json)).toBe(renderJson(renderJson(json)));
    }),
  );
});

test.each<[string, Json]>([
  ['a key that is __proto__', parseJson('{"__proto__":{"a":1}}', 'The text')],
  ['nothing in them', [[], {}, '', null]],
  ['numbers', [-0, 1e21, 1e-7, 0.1, Number.MAX_SAFE_INTEGER, true, false]],
  ['quotes and backslashes', '"\\"\\\\n'],
  ['control characters', '\b\t\n\u0001\u007f'],
  ['a lone surrogate', 'a\ud800b'],
  ['what is longer than the memory at first', Array.from({ length: 2_000 }, (_, index) => `item "${index}"`)],
  ['a text that is longer than that', '"é'.repeat(20_000)],
])('%s', (_, json) => {
  expect(quoted(json)).toBe(renderJson(renderJson(json)));
});

test('memory is used again, and what stands there can be repeated', () => {
  const bytes = new JsonBytes();
  bytes.write('é"').copy(Buffer.from('12')).repeat(2, 4);
  expect(bytes.written.toString()).toBe('é"12"1');
  expect(bytes.clear().quote('é').written.toString()).toBe('"\\"é\\""');
});
