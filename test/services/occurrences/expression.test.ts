import { tryParseExpression, tryParseRuleExpression } from '../../../lib/services/occurrences/expression';

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html

/** The moments after one, in the time zone's own words where there is one. */
function moments(expression: string, after: string, count: number, timeZone = 'UTC'): readonly string[] {
  const occurrences = tryParseExpression(expression, timeZone, 0);
  const found: string[] = [];
  let afterMs: number | undefined = Date.parse(after);
  while (found.length < count && afterMs !== undefined) {
    afterMs = occurrences?.next(afterMs);
    found.push(afterMs === undefined ? 'never' : new Date(afterMs).toISOString().replace(/:00\.000Z$/, ''));
  }
  return found;
}

// 1 January 2025 is a Wednesday.
test.each<[what: string, expression: string, after: string, expected: readonly string[]]>([
  ['every day', 'cron(0 8 * * ? *)', '2025-01-01T08:00:00Z', ['2025-01-02T08:00', '2025-01-03T08:00']],
  ['the same day', 'cron(15 8 * * ? *)', '2025-01-01T08:14:59Z', ['2025-01-01T08:15']],
  ['a list', 'cron(0 10,15 * * ? *)', '2025-01-01T10:00:00Z', ['2025-01-01T15:00', '2025-01-02T10:00']],
  [
    'steps from a start',
    'cron(1/20 0 * * ? *)',
    '2025-01-01T00:00:00Z',
    ['2025-01-01T00:01', '2025-01-01T00:21', '2025-01-01T00:41'],
  ],
  ['steps of all', 'cron(*/30 0 * * ? *)', '2025-01-01T00:00:00Z', ['2025-01-01T00:30', '2025-01-02T00:00']],
  ['steps of a range', 'cron(0-15/10 8-8 ? * * *)', '2025-01-01T08:00:00Z', ['2025-01-01T08:10', '2025-01-02T08:00']],
  ['weekdays', 'cron(0 18 ? * MON-FRI *)', '2025-01-03T18:00:00Z', ['2025-01-06T18:00']],
  ['weekdays by number, Sunday first', 'cron(0 0 ? * 1,7 *)', '2025-01-01T00:00:00Z', ['2025-01-04T00:00', '2025-01-05T00:00']],
  ['over the end of the week', 'cron(0 0 ? * fri-mon *)', '2025-01-06T00:00:00Z', ['2025-01-10T00:00', '2025-01-11T00:00']],
  ['months', 'cron(0 0 1 JAN,jul ? *)', '2025-01-01T00:00:00Z', ['2025-07-01T00:00', '2026-01-01T00:00']],
  ['the last day of a month', 'cron(0 0 L * ? *)', '2024-02-01T00:00:00Z', ['2024-02-29T00:00', '2024-03-31T00:00']],
  ['the last weekday of a month', 'cron(0 0 LW * ? *)', '2025-05-01T00:00:00Z', ['2025-05-30T00:00', '2025-06-30T00:00']],
  // 15 February 2025 is a Saturday, 15 June 2025 a Sunday, 1 February 2025 a Saturday.
  [
    'the weekday nearest to one',
    'cron(0 0 15W 2,6 ? 2025)',
    '2025-01-01T00:00:00Z',
    ['2025-02-14T00:00', '2025-06-16T00:00', 'never'],
  ],
  ['not in the month before', 'cron(0 0 1W 2 ? *)', '2025-01-01T00:00:00Z', ['2025-02-03T00:00']],
  ['the last day of a week', 'cron(0 0 ? * L *)', '2025-01-01T00:00:00Z', ['2025-01-04T00:00']],
  ['the last Friday', 'cron(0 0 ? * 6L *)', '2025-01-01T00:00:00Z', ['2025-01-31T00:00', '2025-02-28T00:00']],
  ['the last Friday by name', 'cron(0 0 ? * FRIL *)', '2025-01-01T00:00:00Z', ['2025-01-31T00:00']],
  ['the second Tuesday', 'cron(0 0 ? * 3#2 *)', '2025-01-01T00:00:00Z', ['2025-01-14T00:00', '2025-02-11T00:00']],
  ['a fifth Saturday', 'cron(0 0 ? * SAT#5 *)', '2025-01-01T00:00:00Z', ['2025-03-29T00:00', '2025-05-31T00:00']],
  ['29 February', 'cron(0 0 29 2 ? *)', '2025-01-01T00:00:00Z', ['2028-02-29T00:00']],
  ['years', 'cron(0 0 1 1 ? 2027-2028)', '2025-01-01T00:00:00Z', ['2027-01-01T00:00', '2028-01-01T00:00', 'never']],
  ['a day that there is not', 'cron(0 0 31 2 ? *)', '2025-01-01T00:00:00Z', ['never']],
  ['more than one blank between fields', 'cron(0  8 * * ?  *)', '2025-01-01T00:00:00Z', ['2025-01-01T08:00']],
])('cron: %s', (_, expression, after, expected) => expect(moments(expression, after, expected.length)).toEqual(expected));

test.each([
  'cron(0 8 * * * *)',
  'cron(0 8 ? * ? *)',
  'cron(0 8 * * ?)',
  'cron(60 8 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 8 0 * ? *)',
  'cron(0 8 32W * ? *)',
  'cron(0 8 * 13 ? *)',
  'cron(0 8 ? * 8 *)',
  'cron(0 8 ? * 3#6 *)',
  'cron(0 8 ? * 3#1,6#3 *)',
  'cron(0 8 * * ? 1969)',
  'cron(0 8 * * ? 2030-2029)',
  'cron(0/0 8 * * ? *)',
  'cron(1- 8 * * ? *)',
  'cron(1,,2 8 * * ? *)',
  'cron(0 8 MON * ? *)',
  'rate(0 days)',
  'rate(1.5 days)',
  'rate(1 week)',
  'at(2025-02-30)',
  'at(2025-13-01T00:00:00)',
  'every day',
])('%s is no expression', (expression) => expect(tryParseExpression(expression, 'UTC', 0)).toBeUndefined());

describe('a time zone', () => {
  test.each<[string, string, string]>([
    ['Europe/Berlin', '2025-07-01T08:00:00', '2025-07-01T06:00:00.000Z'],
    ['Europe/Berlin', '2025-12-01T08:00:00', '2025-12-01T07:00:00.000Z'],
    ['America/New_York', '2025-03-09T03:30:00', '2025-03-09T07:30:00.000Z'],
    ['Asia/Kathmandu', '2025-12-01T05:45:00', '2025-12-01T00:00:00.000Z'],
    ['UTC', '2025-12-01T00:00:00', '2025-12-01T00:00:00.000Z'],
  ])('of at(…): %s, %s is %s', (timeZone, local, utc) => {
    expect(tryParseExpression(`at(${local})`, timeZone, 0)?.next(0)).toBe(Date.parse(utc));
  });

  test('of cron: a time is the same on the wall, in summer and in winter', () => {
    expect(moments('cron(0 8 1 1,7 ? *)', '2025-01-01T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2025-07-01T06:00',
      '2026-01-01T07:00',
    ]);
  });

  test('a time that the clock skips does not come; one that it shows twice comes once', () => {
    // Forward at 02:00 on 30 March, back at 03:00 on 26 October 2025.
    expect(moments('cron(30 2 * * ? *)', '2025-03-29T02:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2025-03-31T00:30',
      '2025-04-01T00:30',
    ]);
    expect(moments('cron(30 2 * * ? *)', '2025-10-25T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2025-10-26T00:30',
      '2025-10-27T01:30',
    ]);
  });

  test('that there is not is no expression', () => {
    expect(tryParseExpression('at(2025-12-01T00:00:00)', 'Mars/Base', 0)).toBeUndefined();
  });
});

describe('a rule', () => {
  test('counts a rate from when it was made', () => {
    expect(tryParseRuleExpression('rate(5 minutes)', 1000)?.next(1000)).toBe(301_000);
    expect(tryParseRuleExpression('rate(1 hour)', 0)?.next(3_600_000)).toBe(7_200_000);
  });
  test.each(['rate(1 minutes)', 'rate(5 minute)', 'at(2025-12-01T00:00:00)', 'cron(0 8 * * * *)'])(
    'does not take %s',
    (expression) => expect(tryParseRuleExpression(expression, 0)).toBeUndefined(),
  );
});
