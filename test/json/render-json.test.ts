import { MAX_DEPTH } from '../../lib/json/limits';
import { parseJson } from '../../lib/json/parse-json';
import { renderJson } from '../../lib/json/render-json';

test('writes compact text, __proto__ included', () => {
  const text = '{"a":[1,null,true,"é\\n"],"__proto__":{"b":0}}';
  expect(renderJson(parseJson(text, 'The text'))).toBe(text);
});

test('writes the deepest value there may be', () => {
  const text = '[{"a":'.repeat(MAX_DEPTH / 2) + '1' + '}]'.repeat(MAX_DEPTH / 2);
  expect(renderJson(parseJson(text, 'The text'))).toBe(text);
});
