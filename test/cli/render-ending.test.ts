import { coloursOf } from '../../lib/cli/colours';
import { renderEnding } from '../../lib/cli/render-ending';
import type { Run } from '../../lib/simulator';

const plain = coloursOf(false);
const ending = (run: object): string => renderEnding(run as Run, plain);

test.each([
  [{ status: 'SUCCEEDED', output: { a: 1 } }, 'SUCCEEDED\n  { "a": 1 }'],
  [{ status: 'SUCCEEDED', output: null }, 'SUCCEEDED\n  null'],
  [{ status: 'FAILED', error: 'Broken', cause: 'it fell' }, 'FAILED Broken\n  it fell'],
  [{ status: 'FAILED', error: '', cause: undefined }, 'FAILED '],
  [{ status: 'TIMED_OUT', error: undefined, cause: undefined }, 'TIMED_OUT'],
])('%j', (run, expected) => {
  expect(ending(run)).toBe(expected);
});

test('a cause of JSON in JSON is unfolded', () => {
  const cause = JSON.stringify({ Error: 'E', Cause: JSON.stringify({ errorType: 'E', errorMessage: '{not JSON' }) });
  expect(ending({ status: 'FAILED', error: 'E', cause })).toBe(
    'FAILED E\n  { "Error": "E", "Cause": { "errorType": "E", "errorMessage": "{not JSON" } }',
  );
});

test.each(['42', '"text"', '[1]', '{broken', 'null'])('the cause %s is a text, not a value', (cause) => {
  expect(ending({ status: 'FAILED', error: 'E', cause })).toBe(`FAILED E\n  ${cause}`);
});

test('nothing in an error or a cause reaches the terminal as a command', () => {
  expect(ending({ status: 'FAILED', error: '\u001b[2J', cause: '\u001b[1A' })).toBe('FAILED \\u001b[2J\n  \\u001b[1A');
});
