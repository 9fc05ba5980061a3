import { renderValue } from '../../lib/cli/render-value';

test.each([[null], [0], [false], [''], [[]], [{}]])('%j stands as it is', (value) => {
  expect(renderValue(value)).toBe(JSON.stringify(value));
});

test('what is short stands on one line, what is long on several', () => {
  const long = 'x'.repeat(90);
  expect(renderValue({ short: { a: 1, b: [2, 3] }, long: [long, {}], zero: 0 })).toBe(
    `{\n  "short": { "a": 1, "b": [ 2, 3 ] },\n  "long": [ "${long}", {} ],\n  "zero": 0\n}`,
  );
});

test('the text is JSON of the same value', () => {
  const value = { ['__proto__']: [1, 'two\n\u001b[31m', { three: [null, 'x'.repeat(120)] }], 'a "key"': 'ü' };
  expect(JSON.parse(renderValue(value))).toEqual(value);
  expect(renderValue(value)).not.toContain('\u001b');
});
