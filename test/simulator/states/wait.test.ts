import { linesOf, only, runDefinition, secondsOf } from '../run-definition';

const wait = (fields: object) => only({ Type: 'Wait', ...fields });
const startTime = new Date('2026-01-01T00:00:00Z');
const secondsFor = async (fields: object, input: object = {}): Promise<number> => {
  const run = await runDefinition(wait(fields), { input: input as never, startTime });
  expect(run.status).toBe('SUCCEEDED');
  return run.durationMs / 1000;
};
const causeFor = async (fields: object, input: object = {}): Promise<string> => {
  const run = await runDefinition(wait(fields), { input: input as never, startTime });
  return run.status === 'FAILED' ? `${run.error}: ${String(run.cause).replace(/^An error .*?\)\. /, '')}` : run.status;
};

test('is left when the time is over', async () => {
  const run = await runDefinition(wait({ Seconds: 90 }), { input: { a: 1 } });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 WaitStateEntered Only',
    '3←2 WaitStateExited Only',
    '4←3 ExecutionSucceeded',
  ]);
  expect(secondsOf(run)).toEqual([0, 0, 90, 90]);
  expect(run).toMatchObject({ output: { a: 1 } });
});

test('waits by each of its four fields', async () => {
  expect(await secondsFor({ Seconds: 0 })).toBe(0);
  expect(await secondsFor({ SecondsPath: '$.s' }, { s: 7 })).toBe(7);
  expect(await secondsFor({ SecondsPath: '$.s' }, { s: 0 })).toBe(0);
  expect(await secondsFor({ Timestamp: '2026-01-01T01:00:00Z' })).toBe(3600);
  expect(await secondsFor({ TimestampPath: '$.t' }, { t: '2026-01-01T03:00:00.500+02:00' })).toBe(3600.5);
});

test('a moment in the past is no wait', async () => {
  expect(await secondsFor({ Timestamp: '2025-12-31T23:59:59Z' })).toBe(0);
  expect(await secondsFor({ TimestampPath: '$.t' }, { t: '1970-01-01T00:00:00Z' })).toBe(0);
});

test('the path is read in the effective input', async () => {
  expect(await secondsFor({ InputPath: '$.inner', SecondsPath: '$.s' }, { s: 1, inner: { s: 4 } })).toBe(4);
});

test('digits in a text are seconds', async () => {
  expect(await secondsFor({ SecondsPath: '$.s' }, { s: '5' })).toBe(5);
});

test.each([
  ['SecondsPath', -1, 'States.Runtime: The SecondsPath parameter references a negative value: $.p == -1'],
  ['SecondsPath', 1.5, 'States.Runtime: The SecondsPath parameter cannot be parsed as a long value: $.p == 1.5'],
  ['SecondsPath', '5s', 'States.Runtime: The SecondsPath parameter cannot be parsed as a long value: $.p == 5s'],
  ['SecondsPath', '-5', 'States.Runtime: The SecondsPath parameter references a negative value: $.p == -5'],
  ['SecondsPath', null, 'States.Runtime: The SecondsPath parameter cannot be parsed as a long value: $.p == null'],
  ['SecondsPath', undefined, 'States.Runtime: The SecondsPath parameter does not reference an input value: $.p'],
  [
    'TimestampPath',
    '2026-01-01T00:00:00',
    'States.Runtime: The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.p == 2026-01-01T00:00:00',
  ],
  [
    'TimestampPath',
    '2026-13-01T00:00:00Z',
    'States.Runtime: The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.p == 2026-13-01T00:00:00Z',
  ],
  [
    'TimestampPath',
    5,
    'States.Runtime: The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.p == 5',
  ],
])('%s %j fails the execution', async (field, value, cause) => {
  expect(await causeFor({ [field]: '$.p' }, value === undefined ? {} : { p: value })).toBe(cause);
});

test('2^31 - 1 seconds are the most', async () => {
  expect(await causeFor({ SecondsPath: '$.s' }, { s: 2 ** 31 })).toBe('States.Runtime: Wait state delay is too long.');
  expect(await causeFor({ Timestamp: '2099-01-01T00:00:00Z' })).toBe('States.Runtime: Wait state delay is too long.');
  // Not refused; the execution does not live that long, though.
  expect(await causeFor({ SecondsPath: '$.s' }, { s: 2 ** 31 - 1 })).toBe('TIMED_OUT');
});
