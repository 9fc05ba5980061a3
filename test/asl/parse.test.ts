import { parse } from '../../lib/asl/parse';
import { DefinitionError, type Problem, renderInvalidDefinition } from '../../lib/asl/problem';

const PASS = { Type: 'Pass', End: true };
const INVOKE = 'arn:aws:states:::lambda:invoke';
const states = (map: Record<string, unknown>, more: object = {}): unknown => ({
  StartAt: Object.keys(map)[0],
  States: map,
  ...more,
});
const only = (state: object): unknown => states({ S: state });
const task = (fields: object = {}): object => ({
  Type: 'Task',
  Resource: INVOKE,
  Parameters: { FunctionName: 'f' },
  End: true,
  ...fields,
});

function problemsOf(definition: unknown): readonly Problem[] {
  try {
    parse(definition);
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

/** `CODE /pointer message` of each problem. */
const linesOf = (definition: unknown): string[] =>
  problemsOf(definition).map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);

describe('what is right is taken', () => {
  test.each([
    ['the smallest machine', only(PASS)],
    ['JSON text', JSON.stringify(only(PASS))],
    [
      'all top-level fields',
      states({ S: PASS }, { Comment: 'c', Version: '1.0', QueryLanguage: 'JSONPath', TimeoutSeconds: 60 }),
    ],
    ['a state whose name has 80 characters, not units', states({ ['😀'.repeat(80)]: PASS })],
    ['End false beside Next', states({ A: { Type: 'Pass', End: false, Next: 'B' }, B: PASS })],
    ['empty Retry and Catch', only(task({ Retry: [], Catch: [] }))],
    [
      'MaxAttempts 0 and IntervalSeconds 0',
      only(task({ Retry: [{ ErrorEquals: ['E'], MaxAttempts: 0, IntervalSeconds: 0, BackoffRate: 1 }] })),
    ],
    ['paths that are null', only({ ...PASS, InputPath: null, OutputPath: null, ResultPath: null })],
    [
      'a loop with a way out',
      states({
        A: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'B' }], Default: 'A' },
        B: { Type: 'Succeed' },
      }),
    ],
  ])('%s', (_what, definition) => {
    expect(linesOf(definition)).toEqual([]);
  });

  test('Iterator and Parameters of a Map are read as ItemProcessor and ItemSelector, at every depth', () => {
    const map = (inner: object): object => ({
      Type: 'Map',
      Iterator: { StartAt: Object.keys(inner)[0], States: inner },
      Parameters: { a: 1 },
      End: true,
    });
    const machine = parse(
      states({ P: { Type: 'Parallel', Branches: [states({ Outer: map({ Inner: map({ Leaf: PASS }) }) })], End: true } }),
    );
    const text = JSON.stringify(machine);
    expect(text).not.toContain('Iterator');
    expect(text).not.toContain('Parameters');
    expect(text.match(/"ItemProcessor"/g)).toHaveLength(2);
    expect(text.match(/"ItemSelector":\{"a":1\}/g)).toHaveLength(2);
  });

  test('the result is frozen and is not the value that was given', () => {
    const given = only({ ...PASS, Result: { list: [1] } }) as { States: { S: { Result: { list: number[] } } } };
    const machine = parse(given);
    given.States.S.Result.list.push(2);
    expect(JSON.stringify(machine)).toContain('{"list":[1]}');
  });
});

describe('what is no definition', () => {
  test.each([
    ['no JSON', '{"StartAt": '],
    ['a duplicate key', '{"StartAt":"A","StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a Date inside', only({ ...PASS, Result: new Date(0) })],
    ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000)],
  ])('%s is INVALID_JSON_DESCRIPTION', (_what, definition) => {
    expect(problemsOf(definition).map(({ code }) => code)).toEqual(['INVALID_JSON_DESCRIPTION']);
  });

  test.each([['null'], ['[]'], ['"text"'], ['5']])('%s is JSON, but no object', (text) => {
    expect(problemsOf(text)).toHaveLength(1);
    expect(problemsOf(text)[0]?.message).toMatch(/object/i);
  });

  test('the empty text is refused', () => {
    expect(problemsOf('')).toHaveLength(1);
  });

  test('a text over 1 MiB is refused by its size', () => {
    expect(problemsOf(`{"Comment":"${'x'.repeat(1_048_576)}"}`)[0]?.message).toMatch(/1048576|1 MiB/);
  });
});

describe('one mistake', () => {
  test.each<[string, unknown, RegExp]>([
    ['nothing at all', {}, /required: \[.*(States|StartAt).*\]/],
    ['a missing StartAt', { States: { S: PASS } }, /required: \[StartAt\]/],
    ['missing States', { StartAt: 'S' }, /required: \[States\]/],
    ['no states', { StartAt: 'S', States: {} }, /\/States .*(empty|at least)/i],
    ['StartAt to nowhere', { StartAt: 'X', States: { S: PASS } }, /MISSING_TRANSITION_TARGET .*Missing 'Next' target: X/],
    [
      'Next to nowhere',
      only({ Type: 'Pass', Next: 'X' }),
      /MISSING_TRANSITION_TARGET \/States\/S\/Next Missing 'Next' target: X/,
    ],
    [
      'Default to nowhere',
      states({ C: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'S' }], Default: 'X' }, S: PASS }),
      /MISSING_TRANSITION_TARGET \/States\/C\/Default Missing 'Next' target: X/,
    ],
    [
      'a Catcher to nowhere',
      only(task({ Catch: [{ ErrorEquals: ['E'], Next: 'X' }] })),
      /\/States\/S\/Catch\/0\/Next Missing 'Next' target: X/,
    ],
    ['neither Next nor End', only({ Type: 'Pass' }), /\/States\/S .*(Next|End)/],
    ['Next and End', states({ A: { Type: 'Pass', Next: 'B', End: true }, B: PASS }), /\/States\/A .*(Next.*End|End.*Next)/],
    ['a state that nothing leads to', states({ A: PASS, B: PASS }), /State "B" is not reachable/],
    ['a loop without a way out', states({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }), /MISSING_END_STATE/],
    ['an unknown field', only({ ...PASS, Foo: 1 }), /\/States\/S\/Foo Field 'Foo' is not supported/],
    ['a field of another type', only({ ...PASS, Retry: [] }), /Field 'Retry' is not supported/],
    ['an unknown type', only({ Type: 'Teleport', End: true }), /\/States\/S\/Type .*\[.*Pass.*\]/],
    ['a missing type', only({ End: true }), /\/States\/S .*Type/],
    ['an empty name', states({ '': PASS }), /./],
    ['a name of 81 characters', states({ ['x'.repeat(81)]: PASS }), /80/],
    [
      'a name that is used twice, at different depths',
      states({ P: { Type: 'Parallel', Branches: [states({ A: PASS }), states({ A: PASS })], End: true } }),
      /'?A'?/,
    ],
    ['no branches', only({ Type: 'Parallel', Branches: [], End: true }), /\/States\/S\/Branches Value cannot be empty/],
    ['no choices', only({ Type: 'Choice', Choices: [] }), /\/States\/S\/Choices Value cannot be empty/],
    ['a missing Resource', only({ Type: 'Task', End: true }), /\/States\/S .*Resource/],
    ['a Resource that is no ARN', only({ Type: 'Task', Resource: 'lambda', End: true }), /\/States\/S\/Resource .*resource ARN/],
    ['a Map without a processor', only({ Type: 'Map', End: true }), /ItemProcessor/],
    ['a Wait without a time', only({ Type: 'Wait', End: true }), /Seconds/],
    [
      'a Wait with two times',
      only({ Type: 'Wait', Seconds: 1, Timestamp: '2025-01-01T00:00:00Z', End: true }),
      /\[.*Seconds.*Timestamp.*\]/,
    ],
    ['negative seconds', only({ Type: 'Wait', Seconds: -1, End: true }), /\/States\/S\/Seconds .*(less|negative|minimum)/i],
    ['seconds in a text', only({ Type: 'Wait', Seconds: '5', End: true }), /\/States\/S\/Seconds .*Integer/],
    ['a broken timestamp', only({ Type: 'Wait', Timestamp: '2025-01-01 00:00', End: true }), /\/States\/S\/Timestamp .*RFC3339/],
    ['a broken path', only({ ...PASS, InputPath: '$.a[' }), /\/States\/S\/InputPath .*(JSONPath|Path)/],
    ['a ResultPath that names many places', only({ ...PASS, ResultPath: '$.a[*]' }), /\/States\/S\/ResultPath .*Reference Path/],
    [
      'a broken intrinsic function',
      only({ ...PASS, Parameters: { 'a.$': 'States.Format(' } }),
      /\/States\/S\/Parameters\/a\.\$ .*'a\.\$'/,
    ],
    [
      'a template field that is no text',
      only({ ...PASS, Parameters: { deep: [{ 'a.$': 5 }] } }),
      /\/States\/S\/Parameters\/deep\/0\/a\.\$ /,
    ],
    ['States.ALL beside another name', only(task({ Retry: [{ ErrorEquals: ['States.ALL', 'E'] }] })), /States\.ALL/],
    [
      'States.ALL before another retrier',
      only(task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] })),
      /States\.ALL/,
    ],
    [
      'BackoffRate below 1',
      only(task({ Retry: [{ ErrorEquals: ['E'], BackoffRate: 0.5 }] })),
      /\/States\/S\/Retry\/0\/BackoffRate /,
    ],
    [
      'an unknown JitterStrategy',
      only(task({ Retry: [{ ErrorEquals: ['E'], JitterStrategy: 'SOME' }] })),
      /JitterStrategy .*\[.*FULL.*\]/,
    ],
    ['a retrier without errors', only(task({ Retry: [{}] })), /ErrorEquals/],
    ['a heartbeat that is no shorter than the timeout', only(task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 })), /\/States\/S.* /],
    ['a timeout of 0', only(task({ TimeoutSeconds: 0 })), /\/States\/S\/TimeoutSeconds /],
    ['a timeout by value and by path', only(task({ TimeoutSeconds: 5, TimeoutSecondsPath: '$.t' })), /TimeoutSeconds/],
    [
      'a Choice Rule without Next',
      states({ C: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true }], Default: 'S' }, S: PASS }),
      /\/States\/C\/Choices\/0.*Next/,
    ],
    [
      'a Choice Rule with two operators',
      states({ C: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, IsString: true, Next: 'S' }] }, S: PASS }),
      /\/States\/C\/Choices\/0/,
    ],
    [
      'Next in a nested rule',
      states({ C: { Type: 'Choice', Choices: [{ Not: { Variable: '$.a', IsNull: true, Next: 'S' }, Next: 'S' }] }, S: PASS }),
      /\/States\/C\/Choices\/0\/Not.*Next/,
    ],
    [
      'an unknown query language',
      states({ S: PASS }, { QueryLanguage: 'SQL' }),
      /QueryLanguage.*JSONPath, JSONata|QueryLanguage.*JSONata, JSONPath/,
    ],
    [
      'a JSONata field in a JSONPath state',
      only({ ...PASS, Output: 1 }),
      /'Output' is only supported for the 'JSONata' QueryLanguage/,
    ],
    [
      'JSONPath in a JSONata machine',
      states({ S: { ...PASS, QueryLanguage: 'JSONPath' } }, { QueryLanguage: 'JSONata' }),
      /can not be 'JSONPath' if set to 'JSONata'/,
    ],
    ['Version 2.0', states({ S: PASS }, { Version: '2.0' }), /Version/],
    ['an unknown top-level field', states({ S: PASS }, { Foo: 1 }), /\/Foo Field 'Foo' is not supported/],
  ])('%s is found', (_what, definition, line) => {
    const lines = linesOf(definition);
    expect(lines.join('\n')).toMatch(line);
  });

  test('is found at every depth, with location and JSON pointer', () => {
    const definition = states({
      'A/B~C': {
        Type: 'Parallel',
        Branches: [states({ M: { Type: 'Map', ItemProcessor: states({ Deep: { ...PASS, Foo: 1 } }), End: true } })],
        End: true,
      },
    });
    expect(problemsOf(definition)).toEqual([
      expect.objectContaining({
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        location: '/States/A/B~C/Branches[0]/States/M/ItemProcessor/States/Deep',
        pointer: '/States/A~1B~0C/Branches/0/States/M/ItemProcessor/States/Deep/Foo',
        message: "Field 'Foo' is not supported",
        hint: expect.any(String) as string,
      }),
    ]);
  });
});

describe('many mistakes', () => {
  const definition = {
    StartAt: 'Nowhere',
    Foo: 1,
    States: {
      A: { Type: 'Pass', Next: 'X', Bar: 2 },
      B: { Type: 'Wait', Seconds: -1 },
      C: 5,
      D: { Type: 'Task', Resource: 'no', Retry: [{ ErrorEquals: [] }], End: true },
    },
  };

  test('are reported all at once', () => {
    const text = linesOf(definition).join('\n');
    for (const part of [
      '/Foo',
      '/States/A/Bar',
      '/States/B/Seconds',
      '/States/C',
      '/States/D/Resource',
      '/States/D/Retry/0/ErrorEquals',
    ])
      expect(text).toContain(part);
  });

  test("are listed in the error's message, each with what to do, and again as AWS words it", () => {
    const error = (() => {
      try {
        return parse(definition);
      } catch (thrown) {
        return thrown as DefinitionError;
      }
    })() as DefinitionError;
    expect(error.message).toMatch(new RegExp(`^The state machine definition has ${error.problems.length} problems:\n  - `));
    expect(error.message.split('\n')).toHaveLength(error.problems.length + 1);
    expect(renderInvalidDefinition(error.problems)).toMatch(/^Invalid State Machine Definition: '[A-Z_]+: .* at .*'$/);
  });
});

test.each([['__proto__'], ['constructor'], ['hasOwnProperty'], ['1'], ['a/b'], ['a~b']])(
  'the state name %j is a name like any other',
  (name) => {
    const text = `{"StartAt":${JSON.stringify(name)},"States":{${JSON.stringify(name)}:{"Type":"Pass","End":true}}}`;
    expect(Object.keys(parse(text).States)).toEqual([name]);
  },
);
