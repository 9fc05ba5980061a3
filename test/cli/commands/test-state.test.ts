import { assembly, folder, LOST, runBaton } from '../run-baton';

const CHARGE = `
StartAt: Each
States:
  Each:
    Type: Map
    ItemProcessor:
      StartAt: Charge
      States:
        Charge:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke
          Parameters: { FunctionName: charge-card, Payload.$: $ }
          ResultSelector: { receipt.$: $.Payload }
          ResultPath: $.paid
          Retry: [{ ErrorEquals: [Busy], IntervalSeconds: 2, MaxAttempts: 2 }]
          Catch: [{ ErrorEquals: [Busy], Next: Later }]
          Next: Done
        Later: { Type: Pass, End: true }
        Done: { Type: Succeed }
    End: true
`;

const at = folder({
  'charge.asl.yaml': CHARGE,
  'choice.json': { Type: 'Choice', Choices: [{ Variable: '$.big', BooleanEquals: true, Next: 'Big' }], Default: 'Small' },
  'assign.yaml': "Type: Pass\nQueryLanguage: JSONata\nOutput: '{% $tries + 1 %}'\nEnd: true\n",
  'context.json': {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: { TopicArn: 't', Message: 'm' },
    ResultSelector: { 'id.$': '$$.Execution.Id' },
    End: true,
  },
  'fail.json': { Type: 'Fail', Error: 'Broken', Cause: 'for \u001b[2J good' },
  'lost.json': LOST,
  'odd.json': { Type: 'Odd' },
  'mock.yaml': 'result: { StatusCode: 200, Payload: { paymentId: p-1 } }\n',
});

const testState = (...argv: readonly string[]) => runBaton(['test-state', ...argv]);
const CHARGE_STATE = [at('charge.asl.yaml'), '--state', 'Charge'];

test('a state at some depth of a definition, with a mocked result: output and next state', async () => {
  const { exitCode, output, errors } = await testState(...CHARGE_STATE, '--input', '{"total": 9}', '--mock', at('mock.yaml'));
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  expect(output).toMatch(/^SUCCEEDED\n {2}{ "total": 9, "paid": { "receipt": { "paymentId": "p-1" } } }\nNext: Done(\n|$)/);
});

test('--level DEBUG tells the data on its way', async () => {
  const { output } = await testState(...CHARGE_STATE, '-i', '{"total": 9}', '--mock', at('mock.yaml'), '--level', 'DEBUG');
  expect(output).toContain('\nafterParameters\n  { "FunctionName": "charge-card", "Payload": { "total": 9 } }\n');
  expect(output).toContain('\nafterResultSelector\n  { "receipt": { "paymentId": "p-1" } }\n');
});

const busy = ['--mock', '{"errorOutput": {"error": "Busy", "cause": "later"}}'];

test('an error that is tried again, and one that is caught: exit code 0', async () => {
  expect(await testState(...CHARGE_STATE, ...busy)).toMatchObject({ exitCode: 0, output: 'RETRIABLE Busy\n  later' });
  const caught = await testState(...CHARGE_STATE, ...busy, '--state-configuration', '{"retrierRetryCount": 2}');
  expect(caught.exitCode).toBe(0);
  expect(caught.output).toMatch(/^CAUGHT_ERROR Busy\n {2}later\n[^]*Next: Later$/);
});

test('an error that nothing takes: exit code 1', async () => {
  const { exitCode, output } = await testState(at('fail.json'));
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: 'FAILED Broken\n  for \\u001b[2J good' });
});

test('the file of one state needs no name', async () => {
  expect((await testState(at('choice.json'), '-i', '{"big": true}')).output).toMatch(/\nNext: Big$/);
  expect((await testState(at('choice.json'), '-i', '{"big": false}')).output).toMatch(/\nNext: Small$/);
});

test('variables and the Context Object', async () => {
  const assigned = await testState(at('assign.yaml'), '--variables', '{"tries": 2}', '--json');
  expect(JSON.parse(assigned.output)).toMatchObject({ status: 'SUCCEEDED', output: '3' });
  const context = ['--context', '{"Execution": {"Id": "arn:x"}}', '--mock', '{"result": {"MessageId": "m"}}'];
  expect(await testState(at('context.json'), ...context)).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('{ "id": "arn:x" }'),
  });
});

test('--json: the API’s response, inspection data too', async () => {
  const { output } = await testState(...CHARGE_STATE, ...busy, '--level', 'DEBUG', '--json');
  expect(JSON.parse(output)).toMatchObject({
    status: 'RETRIABLE',
    error: 'Busy',
    cause: 'later',
    inspectionData: { input: '{}', errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 2 } },
  });
});

test('a machine of a cloud assembly', async () => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: 7, End: true } } };
  const shop = folder(assembly({ Only: { DefinitionString: JSON.stringify(definition) } }));
  expect(await testState(shop('cdk.out'), '-s', 'A')).toMatchObject({ exitCode: 0, output: 'SUCCEEDED\n  7' });
});

test('an invalid definition: exit code 3', async () => {
  const { exitCode, output, errors } = await testState(at('lost.json'), '--state', 'A');
  expect({ exitCode, output }).toEqual({ exitCode: 3, output: '' });
  expect(errors).toMatch(/lost\.json:1:\d+: error MISSING_TRANSITION_TARGET/);
  const lone = await testState(at('odd.json'));
  expect(lone.exitCode).toBe(3);
  expect(lone.errors).toMatch(/^Invalid State Machine Definition: .*'Type' should have one of/);
});

test('a Task with no mock: exit code 4, and what to do', async () => {
  const { exitCode, errors } = await testState(...CHARGE_STATE);
  expect(exitCode).toBe(4);
  expect(errors).toMatch(
    /^"Charge" calls .*lambda:invoke, and nothing answers\. Say what it comes to: --mock '\{"result": …\}' or /,
  );
});

test('a state that TestState supports with a mock only: exit code 3, and that it does', async () => {
  const { exitCode, errors } = await testState(at('charge.asl.yaml'), '--state', 'Each');
  expect(exitCode).toBe(3);
  expect(errors).toMatch(/does not support Map or Parallel states\.[^]*\nWith a mock it does: --mock '\{"result": …\}'/);
});

test.each([
  [
    'a state machine without --state',
    [at('charge.asl.yaml')],
    /holds a state machine\. Say with --state which[^]*It has: Each, Charge, Later, Done\.$/,
  ],
  ['one state with --state', [at('choice.json'), '-s', 'A'], /holds one state: leave out --state\.$/],
  [
    'a state that is not there',
    [at('charge.asl.yaml'), '-s', 'Nope'],
    /has no state "Nope"\. It has: Each, Charge, Later, Done\.$/,
  ],
  ['a misspelt state', [at('charge.asl.yaml'), '-s', 'chrge'], /has no state "chrge"\. Did you mean "Charge"\? It has: Each, /],
  [
    'a mock that is no JSON',
    [...CHARGE_STATE, '--mock', 'ok'],
    /^the value of --mock is "ok", which is neither a file nor JSON\. A mock is '\{"result": …\}' or '\{"errorOutput": /,
  ],
  [
    'a result without the word',
    [...CHARGE_STATE, '--mock', '{"Payload": 1}'],
    /^--mock has no field "Payload"; there are .*\n--mock has neither "result" nor "errorOutput"\.\nA mock is '/,
  ],
  [
    'a mock of both',
    [...CHARGE_STATE, '--mock', '{"result": 1, "errorOutput": {"error": "E"}}'],
    /has both "result" and "errorOutput"/,
  ],
  [
    'an error without a name',
    [...CHARGE_STATE, '--mock', '{"errorOutput": {"cause": "c"}}'],
    /errorOutput has no "error", the name/,
  ],
  [
    'a mode that there is not',
    [...CHARGE_STATE, '--mock', '{"result": {}, "fieldValidationMode": "LAX"}'],
    /fieldValidationMode is STRICT, PRESENT, NONE; found "LAX"/,
  ],
  ['a mock that is none', [...CHARGE_STATE, '--mock', '5'], /^--mock must be an object; found 5\.\nA mock is '/],
  [
    'a mock with several mistakes',
    [...CHARGE_STATE, '--mock', '{"results": 1, "errorOutput": {"error": 3, "cause": null}}'],
    /^--mock has no field "results"; there are .*\n--mock\.errorOutput\.error must be a text; found 3\.\n--mock\.errorOutput\.cause must be a text; found null\.\nA mock is '/,
  ],
  [
    'a mock that does not fit the API',
    [...CHARGE_STATE, '--mock', '{"result": {"StatusCode": "OK"}}'],
    /Field 'StatusCode' must be a number/,
  ],
  [
    'a configuration that is none',
    [...CHARGE_STATE, ...busy, '--state-configuration', '{"retrierRetryCount": "2"}'],
    /retrierRetryCount must be a number/,
  ],
  ['a level that AWS does not have', [...CHARGE_STATE, '--level', 'ALL'], /Allowed choices are INFO, DEBUG, TRACE/],
  [
    'variables that are not JSON',
    [at('assign.yaml'), '--variables', '{tries: 2}'],
    /the value of --variables is not JSON: at 1:2/,
  ],
])('%s: exit code 2', async (_, argv, message) => {
  const { exitCode, output, errors } = await testState(...argv);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toMatch(message);
});
