import { indented, printable } from '../../lib/cli/printable';

test.each([
  ['one\ntwo\r\nthree', 'one\ntwo\nthree'],
  ['\u001b[2J\u0007', '\\u001b[2J\\u0007'],
  ['over\rwritten', 'over\\u000dwritten'],
  ['\u009b31m', '\\u009b31m'],
  ['abc\u202edef\u2066', 'abc\\u202edef\\u2066'],
  ['line\u2028separator', 'line\\u2028separator'],
  ['Grüße, 日本, 🍵', 'Grüße, 日本, 🍵'],
])('%j is printed as %j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('empty lines are not moved', () => {
  expect(indented('a\n\nb')).toBe('  a\n\n  b');
});
