import { assembly, folder, LOST, PATIENT, runBaton } from '../run-baton';

const at = folder({
  'patient.json': PATIENT,
  'lost.json': JSON.stringify(LOST, undefined, 2),
  'lost.asl.yaml': 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: Nope\n  B: { Type: Pass, Ende: true, End: true }\n',
  'broken.json': '{\n  "StartAt": "A",\n  "States" {}\n}',
  'broken.yml': 'StartAt: A\nStartAt: B\nStates: !Sub x\n',
  'twice.json': '{"StartAt": "A", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}',
  'no-extension': 'StartAt: A\nStates: { A: { Type: Succeed } }',
  'bom.json': `\ufeff${JSON.stringify(PATIENT)}`,
  'empty.json': '',
  'list.yaml': '- 1',
  'template.json': { Resources: {} },
  'binary.json': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe]),
  'nul.json': '{"a": "\u0000"}',
  'utf16.json': Buffer.from('\ufeff{}', 'utf16le'),
  'deep.json': '['.repeat(100_000),
  'deep.yaml': '['.repeat(100_000),
  'bomb.yaml': [...'abcdefghij']
    .map(
      (name, index, all) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${all[index - 1]}`)).join(', ')}]`,
    )
    .join('\n'),
});

const validate = (...argv: readonly string[]) => runBaton(['validate', ...argv]);

test('valid definitions: exit code 0', async () => {
  const { exitCode, output, errors } = await validate(at('patient.json'), at('no-extension'), at('bom.json'));
  expect({ exitCode, output, errors }).toEqual({ exitCode: 0, output: '3 definitions: no problems', errors: '' });
});

test('every problem, as file:line:column, in the order of the file; then the count: exit code 3', async () => {
  const { exitCode, output, errors } = await validate(at('patient.json'), at('lost.json'));
  expect({ exitCode, errors }).toEqual({ exitCode: 3, errors: '' });
  const lines = output.split('\n').filter((line) => !line.startsWith('    '));
  expect(lines.at(-1)).toMatch(/^2 definitions: \d errors, \d warnings?$/);
  const places = lines.slice(0, -1).map((line) => /lost\.json:(\d+):\d+: (?:error|warning) [A-Z_]+: /.exec(line)?.[1]);
  expect(places.length).toBeGreaterThanOrEqual(2);
  expect(places).toEqual(places.toSorted((a, b) => Number(a) - Number(b)));
  expect(output).toMatch(
    /lost\.json:6:7: error MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at \/States\/A\/Next\n {4}the states here are A, B/,
  );
});

test('a definition in YAML has its own lines', async () => {
  const { output } = await validate(at('lost.asl.yaml'));
  expect(output).toMatch(/lost\.asl\.yaml:5:5: error MISSING_TRANSITION_TARGET: /);
  expect(output).toMatch(/lost\.asl\.yaml:6:20: error SCHEMA_VALIDATION_FAILED: Field 'Ende'/);
});

test.each([
  ['broken.json', /broken\.json:3:12: error INVALID_JSON_DESCRIPTION: expected ':'/],
  ['twice.json', /twice\.json:1:18: error INVALID_JSON_DESCRIPTION: /],
  ['empty.json', /empty\.json:1:1: error INVALID_JSON_DESCRIPTION: .*the end of the text/],
  [
    'broken.yml',
    /:2:1: error INVALID_YAML_DESCRIPTION: found the key "StartAt" a second time|:3:9: error INVALID_YAML_DESCRIPTION: found a tag/,
  ],
  ['list.yaml', /list\.yaml:1:1: error .*Definition must be a valid JSON object/],
  ['deep.json', /deep\.json:1:1001: error INVALID_JSON_DESCRIPTION: .*levels/],
  ['deep.yaml', /deep\.yaml:1:\d+: error INVALID_YAML_DESCRIPTION: found more levels/],
  ['bomb.yaml', /bomb\.yaml:\d+:\d+: error INVALID_YAML_DESCRIPTION: aliases stand for more than/],
])('%s is invalid: exit code 3', async (name, message) => {
  const { exitCode, output } = await validate(at(name));
  expect(exitCode).toBe(3);
  expect(output).toMatch(message);
});

test.each([
  ['a missing file', ['nope.json'], /^nope\.json: there is no such file or directory\.$/],
  ['a binary file', [at('binary.json')], /binary\.json is not text in UTF-8\.$/],
  ['a file with NUL', [at('nul.json')], /nul\.json is not text in UTF-8\.$/],
  ['a file in UTF-16', [at('utf16.json')], /utf16\.json is not text in UTF-8\.$/],
  ['a directory that is no assembly', [at('.')], /is no cloud assembly: it has no manifest\.json/],
  ['a template', [at('template.json')], /is a CloudFormation template\. Name the directory/],
  ['a severity that AWS does not have', [at('patient.json'), '--severity', 'INFO'], /Allowed choices are ERROR, WARNING/],
  ['a type that AWS does not have', [at('patient.json'), '--type', 'FAST'], /Allowed choices are STANDARD, EXPRESS/],
  ['nothing', [], /missing required argument 'definitions'/],
])('%s: exit code 2, nothing on standard output', async (_, argv, message) => {
  const { exitCode, output, errors } = await validate(...argv);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toMatch(message);
});

test('what deploys and hurts is a warning: exit code 0, and not told with --severity ERROR', async () => {
  const choosing = {
    StartAt: 'Choose',
    States: {
      Choose: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'Done' }] },
      Done: { Type: 'Succeed' },
    },
  };
  const file = folder({ 'choose.json': choosing })('choose.json');
  const { exitCode, output } = await validate(file);
  expect(exitCode).toBe(0);
  expect(output).toMatch(/choose\.json:1:\d+: warning choice-without-default: /);
  expect(output).toMatch(/\n1 definition: 0 errors, \d warnings?$/);
  expect(await validate(file, '--severity', 'ERROR')).toMatchObject({ exitCode: 0, output: '1 definition: no problems' });
  const json = JSON.parse((await validate(file, '--json')).output) as readonly object[];
  expect(json).toMatchObject([{ result: 'OK', problems: [{ severity: 'WARNING', code: 'choice-without-default', line: 1 }] }]);
});

test('--type decides on what AWS refuses', async () => {
  const callback = {
    StartAt: 'A',
    States: {
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
        TimeoutSeconds: 60,
        HeartbeatSeconds: 10,
        End: true,
      },
    },
  };
  const file = folder({ 'callback.json': callback })('callback.json');
  expect((await validate(file, '--severity', 'ERROR')).exitCode).toBe(0);
  expect((await validate(file, '--type', 'EXPRESS')).exitCode).toBe(3);
});

describe('a cloud assembly', () => {
  const shop = folder(
    assembly({
      Patient: { DefinitionString: JSON.stringify(PATIENT) },
      Lost: { DefinitionString: JSON.stringify(LOST), StateMachineType: 'EXPRESS' },
    }),
  );
  test('every machine, by construct path and location', async () => {
    const { exitCode, output } = await validate(shop('cdk.out'));
    expect(exitCode).toBe(3);
    expect(output).toMatch(/^Shop\/Lost: error MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at \/States\/A\/Next$/m);
    expect(output).toMatch(/^2 definitions: \d+ errors/m);
  });
  test('one machine', async () => {
    const { exitCode, output } = await validate(shop('cdk.out'), '--machine', 'Shop/Patient');
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: '1 definition: no problems' });
  });
  test('has its types', async () => {
    expect(await validate(shop('cdk.out'), '--type', 'EXPRESS')).toMatchObject({ exitCode: 2, output: '' });
    const { output } = await validate(shop('cdk.out'), '--json');
    expect(JSON.parse(output)).toMatchObject([
      { machine: 'Shop/Patient', type: 'STANDARD', result: 'OK', problems: [] },
      { machine: 'Shop/Lost', type: 'EXPRESS', result: 'FAIL' },
    ]);
  });
  test('a definition that cannot be resolved: exit code 4', async () => {
    const odd = folder(assembly({ Odd: { DefinitionString: { 'Fn::ImportValue': 'elsewhere' } } }));
    const { exitCode, output, errors } = await validate(odd('cdk.out'));
    expect({ exitCode, output }).toEqual({ exitCode: 4, output: '' });
    expect(errors).toMatch(/elsewhere/);
  });
});

test('--json: the problems with AWS’s location, JSON pointer, line and column', async () => {
  const { exitCode, output } = await validate(at('patient.json'), at('lost.json'), at('broken.json'), '--json');
  expect(exitCode).toBe(3);
  expect(JSON.parse(output)).toEqual([
    { file: at('patient.json'), type: 'STANDARD', result: 'OK', problems: [] },
    {
      file: at('lost.json'),
      type: 'STANDARD',
      result: 'FAIL',
      problems: expect.arrayContaining([
        {
          severity: 'ERROR',
          code: 'MISSING_TRANSITION_TARGET',
          message: "Missing 'Next' target: Nope",
          location: '/States/A/Next',
          pointer: '/States/A/Next',
          hint: expect.any(String),
          line: 6,
          column: 7,
        },
      ]),
    },
    {
      file: at('broken.json'),
      type: 'STANDARD',
      result: 'FAIL',
      problems: [
        { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: expect.any(String), pointer: '', line: 3, column: 12 },
      ],
    },
  ]);
});

test('control characters and marks of direction in names never reach the terminal', async () => {
  const evil = 'A\u001b[2J\u009b\u202e\n\r';
  const file = folder({ 'evil.json': { StartAt: evil, States: { [evil]: { Type: 'Pass', Next: `${evil}!`, Resource: evil } } } });
  for (const options of [[], ['--json']]) {
    const { exitCode, output } = await validate(file('evil.json'), ...options);
    expect(exitCode).toBe(3);
    expect(output).toContain('\\u001b[2J\\u009b\\u202e');
    expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  }
  const { errors } = await validate('nope\u001b[2J.json');
  expect(errors).toBe('nope\\u001b[2J.json: there is no such file or directory.');
});

test('colours', async () => {
  const { output } = await runBaton(['validate', at('lost.json')], { colour: true });
  expect(output).toContain('\u001b[31merror\u001b[39m MISSING_TRANSITION_TARGET');
});

test('--input-schema tells paths that no input can have; what is no schema: exit code 2', async () => {
  const files = folder({
    'echo.json': { StartAt: 'A', States: { A: { Type: 'Pass', Parameters: { 'x.$': '$.b' }, End: true } } },
    'schema.json': { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  });
  const told = await validate(files('echo.json'), '--input-schema', files('schema.json'));
  expect(told).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/warning path-not-in-input: The path '\$\.b' cannot be there/),
  });
  for (const [schema, why] of [
    ['5', 'it is an object'],
    ['{"type":"objekt"}', 'there is no type "objekt"'],
    ['{"$ref":"#/nope"}', '$ref "#/nope" leads nowhere in it'],
  ] as const) {
    const { exitCode, errors } = await validate(files('echo.json'), '--input-schema', schema);
    expect([exitCode, errors]).toEqual([2, expect.stringContaining(why)]);
  }
});
