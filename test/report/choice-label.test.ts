import { renderChoiceRule } from '../../lib/report/choice-label';

test.each<[object, string]>([
  [{ Variable: '$.total', NumericGreaterThan: 0 }, '$.total > 0'],
  [{ Variable: '$.total', NumericGreaterThanEquals: 1 }, '$.total ≥ 1'],
  [{ Variable: '$.total', NumericLessThanEqualsPath: '$.limit' }, '$.total ≤ $.limit'],
  [{ Variable: '$.name', StringLessThan: 'b' }, '$.name < "b"'],
  [{ Variable: '$.name', StringEquals: '' }, '$.name = ""'],
  [{ Variable: '$.name', StringMatches: 'log-*' }, '$.name ~ "log-*"'],
  [{ Variable: '$.vip', BooleanEquals: false }, '$.vip = false'],
  [{ Variable: '$.at', TimestampLessThan: '2025-01-01T00:00:00Z' }, '$.at < "2025-01-01T00:00:00Z"'],
  [{ Variable: '$.x', IsPresent: true }, '$.x is present'],
  [{ Variable: '$.x', IsNull: false }, '$.x is not null'],
  [{ Not: { Variable: '$.x', IsNumeric: true } }, 'not ($.x is a number)'],
  [
    {
      And: [
        { Variable: '$.a', NumericEquals: 1 },
        {
          Or: [
            { Variable: '$.b', IsString: true },
            { Variable: '$.c', IsTimestamp: true },
          ],
        },
      ],
    },
    '$.a = 1 and ($.b is a string or $.c is a timestamp)',
  ],
  [
    {
      Not: {
        Or: [
          { Variable: '$.a', IsNull: true },
          { Variable: '$.b', IsNull: true },
        ],
      },
    },
    'not ($.a is null or $.b is null)',
  ],
  [{ Not: { And: [{ Variable: '$.a', IsNull: true }] } }, 'not ($.a is null)'],
  [{ Condition: '{% $states.input.total > 3 %}' }, '$states.input.total > 3'],
  [{ Condition: true }, 'true'],
  [{ Variable: '$.x', NumericEquals: 1, Comment: 'the usual case' }, 'the usual case'],
  [{ Next: 'X', Variable: '$.x', constructor: 1 }, '$.x constructor 1'],
])('%j is %s', (rule, label) => {
  expect(renderChoiceRule({ Next: 'N', ...rule })).toBe(label);
});
