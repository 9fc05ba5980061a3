import { CALL_IN_JSONATA, detailsOfType, only, runDefinition, typesOf } from './run-definition';

const inJsonata = (state: Record<string, unknown>) => ({ ...only({ ...state }), QueryLanguage: 'JSONata' });
const prefix = "An error occurred while executing the state 'Only' (entered at the event id #2). ";
const wrong = (field: string, was: string) =>
  `returned an unexpected result type. Expected 'number', but was ${was}`.replace(
    /^/,
    `The JSONata expression 'EXPRESSION' specified for the field '${field}' `,
  );

test.each([
  ['-1', 'TimeoutSeconds must be between 0 and 99999999 but was: -1'],
  ['100000000', 'TimeoutSeconds must be between 0 and 99999999 but was: 100000000'],
  ['1.6', 'The TimeoutSeconds field cannot be parsed as an integer: 1.6'],
  ["'3'", wrong('TimeoutSeconds', `'string' for value: "3"`)],
])('TimeoutSeconds %s fails before the task is scheduled, in words of AWS', async (expression, cause) => {
  const run = await runDefinition(inJsonata({ ...CALL_IN_JSONATA, TimeoutSeconds: `{% ${expression} %}` }));
  expect(run).toMatchObject({ error: 'States.QueryEvaluationError', cause: prefix + cause.replace('EXPRESSION', expression) });
  expect(typesOf(run)).not.toContain('TaskScheduled');
});

test('TimeoutSeconds in range is that of the task', async () => {
  const run = await runDefinition(inJsonata({ ...CALL_IN_JSONATA, TimeoutSeconds: '{% 2 * 30 %}' }));
  expect(detailsOfType(run, 'TaskScheduled')).toMatchObject({ timeoutInSeconds: 60 });
});

test.each([
  ['Wait', 'Seconds', '1.5', 'The Seconds field cannot be parsed as an integer: 1.5'],
  ['Wait', 'Seconds', '-1', 'Seconds must be between 0 and 99999999 but was: -1'],
  ['Map', 'MaxConcurrency', '-1', 'MaxConcurrency must be between 0 and 2147483647 but was: -1'],
  ['Map', 'MaxConcurrency', "'a'", wrong('MaxConcurrency', `'string' for value: "a"`)],
])('%s: %s %s', async (Type, field, expression, cause) => {
  const more = Type === 'Map' ? { Items: [1], ItemProcessor: only({ Type: 'Pass' }, 'Inner') } : {};
  const run = await runDefinition(inJsonata({ Type, ...more, [field]: `{% ${expression} %}` }));
  expect(run).toMatchObject({ error: 'States.QueryEvaluationError', cause: prefix + cause.replace('EXPRESSION', expression) });
});
