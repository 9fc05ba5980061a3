import { check } from '../../lib/asl/check';
import { validate } from '../../lib/simulator';

const machine = (state: object) => ({ StartAt: 'S', States: { S: { End: true, ...state } } });

describe('validate answers as ValidateStateMachineDefinition', () => {
  test('OK', () => {
    expect(validate(machine({ Type: 'Pass' }))).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  });

  test('FAIL, with AWS’s shape and nothing besides', () => {
    expect(validate(machine({ Type: 'Pass', Nxt: 'T' }))).toEqual({
      result: 'FAIL',
      diagnostics: [
        { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: "Field 'Nxt' is not supported", location: '/States/S' },
      ],
      truncated: false,
    });
  });

  test.each([
    ['', undefined],
    ['  ', undefined],
    ['5', undefined],
    ['null', undefined],
  ])('%j is no JSON object', (text, location) => {
    expect(validate(text)).toEqual({
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'Definition must be a valid JSON object',
          ...(location === undefined ? {} : { location }),
        },
      ],
      truncated: false,
    });
  });

  test.each([
    [
      'oops',
      "Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      1,
      5,
    ],
    [
      '{\n  "StartAt": !\n}',
      "Unexpected character ('!' (code 33)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      2,
      15,
    ],
    ['{"a": 1,', 'Unexpected end-of-input within/between Object entries', 1, 9],
  ])('%j is not JSON', (text, message, line, column) => {
    expect(validate(text).diagnostics).toEqual([
      {
        severity: 'ERROR',
        code: 'INVALID_JSON_DESCRIPTION',
        message,
        location: `[Source: (String)"${text}"; line: ${line}, column: ${column}]`,
      },
    ]);
  });

  test('a long text is not shown whole', () => {
    const [diagnostic] = validate(`${' '.repeat(600)}oops`).diagnostics;
    expect(diagnostic?.location).toMatch(/^\[Source: \(String\)" {500}"\[truncated 104 chars\]"; line: 1, column: 605\]$/);
  });

  test('a definition of more than 1 MB', () => {
    expect(validate(JSON.stringify(machine({ Type: 'Pass', Comment: 'x'.repeat(1_048_576) })))).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ message: 'The definition is larger than 1048576 bytes' }],
    });
  });

  test('warnings come with severity WARNING only, and do not fail', () => {
    const definition = machine({ Type: 'Pass', Parameters: { orderId: '$.orderId', 'total.$': '$.total' } });
    expect(validate(definition)).toEqual({ result: 'OK', diagnostics: [], truncated: false });
    expect(validate(definition, { severity: 'WARNING' })).toMatchObject({
      result: 'OK',
      diagnostics: [{ severity: 'WARNING', code: 'NO_DOLLAR', location: '/States/S/Parameters/orderId' }],
    });
  });

  test.each<[string, object, string]>([
    [
      'NO_DOLLAR',
      { Type: 'Pass', Parameters: { a: [{ b: "States.Format('{}', $.c)" }] }, End: true },
      '/States/S/Parameters/a[0]/b',
    ],
    ['PASS_RESULT_IS_STATIC', { Type: 'Pass', Result: '$.a', End: true }, '/States/S/Result'],
    ['PASS_RESULT_IS_STATIC', { Type: 'Pass', Result: { a: '$$.Execution.Id' }, End: true }, '/States/S/Result/a'],
    ['NO_PATH', { Type: 'Fail', Cause: '$.error' }, '/States/S/Cause'],
  ])('%s', (code, state, location) => {
    const { diagnostics } = validate({ StartAt: 'S', States: { S: state } }, { severity: 'WARNING' });
    expect(diagnostics).toMatchObject([{ code, location }]);
  });

  test.each(['$10 off', 'a $.b', 'States', '$', 'US$'])('%j is a warning only if it is a path', (text) => {
    const found = validate(machine({ Type: 'Pass', Parameters: { text } }), { severity: 'WARNING' }).diagnostics;
    expect(found).toHaveLength(text === '$' ? 1 : 0);
  });

  test('no more than maxResults, and whether there are more', () => {
    const definition = machine({ Type: 'Pass', A: 1, B: 2, C: 3 });
    expect(validate(definition, { maxResults: 2 })).toMatchObject({ diagnostics: [{}, {}], truncated: true });
    expect(validate(definition, { maxResults: 2 }).diagnostics).toHaveLength(2);
    expect(validate(definition, { maxResults: 0 }).diagnostics).toHaveLength(3);
  });

  test('rules beyond AWS are not among its diagnostics', () => {
    const definition = {
      StartAt: 'S',
      States: { S: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'D' }] }, D: { Type: 'Succeed' } },
    };
    expect(validate(definition, { severity: 'WARNING' }).diagnostics).toEqual([]);
    expect(check(definition)).toMatchObject([{ severity: 'WARNING', code: 'choice-without-default' }]);
  });
});

describe('check', () => {
  test('an input schema that is not JSON is refused', () => {
    expect(() => check(machine({ Type: 'Pass' }), { inputSchema: { type: () => 'object' } })).toThrow(
      /the input schema is not JSON/,
    );
  });
});
