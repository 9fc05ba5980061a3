import { oneLine, renderError, shortened } from '../../lib/report/one-line';

test('white space is folded, control characters and marks that turn the writing are shown as escapes', () => {
  expect(oneLine('  a\r\n\tb ')).toBe('a b');
  expect(oneLine('\u001b[31mred\u0007 \u202eevil \u0000')).toBe('\\u001b[31mred\\u0007 \\u202eevil \\u0000');
  expect(oneLine('naïve 注文 🎻')).toBe('naïve 注文 🎻');
});

test('shortening counts characters, never cuts one in two and says that something is missing', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcd', 3)).toBe('ab…');
  expect(shortened('🎻🎻🎻', 3)).toBe('🎻🎻🎻');
  expect(shortened('🎻🎻🎻', 2)).toBe('🎻…');
});

test.each([
  ['E', 'why', 'E: why'],
  ['E', undefined, 'E'],
  ['E', '', 'E'],
  [undefined, 'why', 'why'],
  [undefined, undefined, ''],
  ['E', '{"errorType":"E","errorMessage":"no stock","trace":["at x"]}', 'E: no stock'],
  ['E', '{"errorMessage":null}', 'E: {"errorMessage":null}'],
  ['E', '{not json', 'E: {not json'],
])('error %j with cause %j is %j', (error, cause, text) => {
  expect(renderError(error, cause)).toBe(text);
});

test("of a failure of AWS's own only the reason is told: the line has the state", () => {
  const cause = "An error occurred while executing the state 'A' (entered at the event id #2). Invalid path '$.x'";
  expect(renderError('States.Runtime', cause)).toBe("States.Runtime: Invalid path '$.x'");
});
