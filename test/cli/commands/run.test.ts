import { existsSync, readFileSync } from 'node:fs';
import { assembly, folder, LOST, PATIENT, runBaton } from '../run-baton';

const CHARGE = `
StartAt: Charge
States:
  Charge:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters: { FunctionName: charge-card, Payload.$: $ }
    OutputPath: $.Payload
    Retry: [{ ErrorEquals: [Busy], IntervalSeconds: 2, MaxAttempts: 2 }]
    Next: Tell
  Tell:
    Type: Task
    Resource: arn:aws:states:::sqs:sendMessage
    Parameters: { QueueUrl: q, MessageBody.$: $ }
    ResultPath: $.told
    End: true
`;

const WIDE = {
  StartAt: 'All',
  States: {
    All: {
      Type: 'Map',
      End: true,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'One',
        States: { One: { Type: 'Pass', End: true } },
      },
    },
  },
};

const FAKES = {
  functions: {
    'charge-card': [
      { error: 'Busy', cause: 'later', afterSeconds: 1 },
      { answer: { paymentId: 'p-1' }, afterSeconds: 5 },
    ],
  },
  services: { 'sqs:sendMessage': { answer: { MessageId: 'm-1' } }, 'sns:publish': { answer: {} } },
};

const at = folder({
  'patient.json': PATIENT,
  'charge.asl.yaml': CHARGE,
  'fakes.json': FAKES,
  'input.json': { order: 1 },
  'input.yaml': 'order: 2',
  'lost.json': JSON.stringify(LOST, undefined, 2),
  'fail.json': { StartAt: 'A', States: { A: { Type: 'Fail', Error: 'Broken', Cause: 'for good' } } },
  'bare.json': {
    StartAt: 'A',
    States: {
      A: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', Parameters: { Message: 'm', TopicArn: 't' }, End: true },
    },
  },
  'echo.json': { StartAt: 'A', States: { A: { Type: 'Succeed' } } },
});

test('a definition in YAML, with fakes: timeline, output and what nothing used', async () => {
  const { exitCode, output, errors } = await runBaton(['run', at('charge.asl.yaml'), '--fakes', at('fakes.json')]);

  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  expect(output).toMatch(/\+0\.000s {2}Charge +1 {2}failed, retried after 2s · Busy: later\n *\+3\.000s +2 {2}succeeded in 5s\n/);
  expect(output).toContain('\nSUCCEEDED\n  { "paymentId": "p-1", "told": { "MessageId": "m-1" } }\n');
  expect(output).toMatch(/\nFakes that nothing used\n {2}service\('sns:publish'\)$/);
});

test('what a fake answered and no model of AWS knows is told', async () => {
  const extra = JSON.stringify({ services: { 'sns:publish': { answer: { Extra: true } } } });
  const files = folder({ 'extra.json': extra });
  const { exitCode, output } = await runBaton(['run', at('bare.json'), '--fakes', files('extra.json')]);
  expect(exitCode).toBe(0);
  expect(output).toMatch(
    /\nAnswers that could not be held against AWS's models of its APIs\n {2}service\('sns:publish'\): Extra: AWS's model of Publish has no such field/,
  );
});

test('an execution that fails: exit code 1, and its error', async () => {
  const { exitCode, output, errors } = await runBaton(['run', at('fail.json')]);
  expect({ exitCode, errors }).toEqual({ exitCode: 1, errors: '' });
  expect(output).toMatch(/\nFAILED Broken\n {2}for good\n/);
});

test('how near it came to the limits is told', async () => {
  const { output } = await runBaton([
    'run',
    at('charge.asl.yaml'),
    '--fakes',
    at('fakes.json'),
    '-i',
    `{"note":"${'x'.repeat(2000)}"}`,
  ]);
  expect(output).toContain(
    '\nHeadroom\n  largest payload: 2,052 of 262,144 bytes (parameters of "Charge", event 3)\n  events: 15 of 25,000\n',
  );
  expect((await runBaton(['run', at('echo.json'), '--type', 'EXPRESS'])).output).toMatch(/\n {2}events: 4$/);
});

test('--json prints the run and nothing else, a failed one too', async () => {
  const { output } = await runBaton(['run', at('charge.asl.yaml'), '--fakes', at('fakes.json'), '--json', '--name', 'n-1']);
  const run = JSON.parse(output) as Record<string, unknown> & { events: Record<string, unknown>[] };
  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    output: { paymentId: 'p-1', told: { MessageId: 'm-1' } },
    name: 'n-1',
    input: {},
    durationMs: 8000,
    stopDate: '2025-01-01T00:00:08.000Z',
    seed: 'baton',
    unusedFakes: ["service('sns:publish')"],
  });
  expect(run.events[0]).toMatchObject({ id: 1, type: 'ExecutionStarted', timestamp: '2025-01-01T00:00:00.000Z' });
  expect(run).not.toHaveProperty('definition');

  const failed = await runBaton(['run', at('fail.json'), '--json']);
  expect(failed.exitCode).toBe(1);
  expect(JSON.parse(failed.output)).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'for good' });
});

test.each([
  ['JSON', ['--input', '{"order": 3}'], { order: 3 }],
  ['a value that is no object', ['--input', '0'], 0],
  ['a file in JSON', ['--input', at('input.json')], { order: 1 }],
  ['a file in YAML', ['-i', at('input.yaml')], { order: 2 }],
  ['standard input', ['-i', '-'], { order: 4 }],
  ['nothing', [], {}],
])('the input as %s', async (_, options, input) => {
  const { output } = await runBaton(['run', at('echo.json'), ...options, '--json'], { standardInput: '{"order": 4}' });
  expect(JSON.parse(output)).toMatchObject({ status: 'SUCCEEDED', output: input });
});

test('the seed decides on every random choice', async () => {
  const run = async (...options: readonly string[]) => (await runBaton(['run', at('echo.json'), '--json', ...options])).output;
  expect(await run('--seed', 'a')).toBe(await run('--seed', 'a'));
  expect(await run('--seed', 'a')).not.toBe(await run('--seed', 'b'));
});

test('--svg draws the way of the execution', async () => {
  const picture = at('patient.svg');
  const { output } = await runBaton(['run', at('patient.json'), '--svg', picture]);
  expect(output).toContain(`\nPicture\n  ${picture}`);
  expect(readFileSync(picture, 'utf8')).toMatch(/^<svg .*SUCCEEDED.*in 1d/s);
});

describe('a machine of a cloud assembly', () => {
  const one = folder(assembly({ Patient: { DefinitionString: JSON.stringify(PATIENT) } }));
  const two = folder(
    assembly({
      Patient: { DefinitionString: JSON.stringify(PATIENT) },
      Quick: {
        DefinitionString: JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
        StateMachineName: 'quick',
      },
      Fast: { DefinitionString: JSON.stringify(PATIENT), StateMachineType: 'EXPRESS' },
      Wide: { DefinitionString: JSON.stringify(WIDE) },
    }),
  );
  test('the only one needs no name', async () => {
    const { exitCode, output } = await runBaton(['run', one('cdk.out'), '-i', '1', '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      output: 1,
      durationMs: 86_400_000,
      stateMachineArn: expect.stringContaining('Patient'),
    });
  });
  test.each(['quick', 'Quick', 'Shop/Quick'])('is named %s', async (machine) => {
    const { output } = await runBaton(['run', two('cdk.out'), '--machine', machine, '--json']);
    expect(JSON.parse(output)).toMatchObject({ durationMs: 0 });
  });
  test('one of several has to be named: exit code 2', async () => {
    const { exitCode, errors } = await runBaton(['run', two('cdk.out')]);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(
      /has several state machines. Say which with --machine:\n {2}Shop\/Patient\n {2}Shop\/Quick\n {2}Shop\/Fast\n {2}Shop\/Wide$/,
    );
  });
  test('one that is not there: exit code 2, and those that are', async () => {
    const { exitCode, errors } = await runBaton(['run', two('cdk.out'), '-m', 'Slow']);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(/^There is no state machine "Slow"\. There are:\n.*Shop\/Patient/);
  });
  test('has its own type; --type gives one to a file: exit code 2', async () => {
    const ofAssembly = await runBaton(['run', two('cdk.out'), '-m', 'Fast', '--json']);
    const ofFile = await runBaton(['run', at('patient.json'), '--type', 'EXPRESS', '--json']);
    for (const { exitCode, output } of [ofAssembly, ofFile]) {
      expect(exitCode).toBe(1);
      expect(JSON.parse(output)).toMatchObject({ status: 'TIMED_OUT', executionArn: expect.stringContaining(':express:') });
    }
    const { exitCode, errors } = await runBaton(['run', two('cdk.out'), '-m', 'Fast', '--type', 'EXPRESS']);
    expect([exitCode, errors]).toEqual([2, expect.stringMatching(/^--type is for files: the machines of .* have theirs\./)]);
  });
  test('has its Distributed Maps run', async () => {
    const { exitCode, output } = await runBaton(['run', two('cdk.out'), '-m', 'Wide', '-i', '[1, 2]', '--json']);
    expect([exitCode, JSON.parse(output)]).toMatchObject([0, { output: [1, 2] }]);
  });
});

test('an invalid definition does not run: exit code 3, every problem with its place', async () => {
  const { exitCode, output, errors } = await runBaton(['run', at('lost.json')]);
  expect({ exitCode, output }).toEqual({ exitCode: 3, output: '' });
  expect(errors).toContain(`${at('lost.json')}:6:7: error MISSING_TRANSITION_TARGET: `);
  expect(errors).toContain("lost.json:10:7: error SCHEMA_VALIDATION_FAILED: Field 'Ende' is not supported");
});

test('a call without a fake: exit code 4, and what to do', async () => {
  const { exitCode, output, errors } = await runBaton(['run', at('bare.json')]);
  expect({ exitCode, output }).toEqual({ exitCode: 4, output: '' });
  expect(errors).toMatch(/sns:publish.*fake/);
});

test.each([
  ['a definition that is not there', ['nope.json'], /^nope\.json: there is no such file or directory\.$/],
  [
    'an input that is neither a file nor JSON',
    [at('echo.json'), '-i', 'nope'],
    /the input is "nope", which is neither a file nor JSON/,
  ],
  ['an input that is not JSON', [at('echo.json'), '-i', '{"a"'], /the input is not JSON: at 1:5: /],
  ['an input file with a fault', [at('echo.json'), '-i', __filename], /run\.test\.ts:1:1: /],
  ['--machine with a file', [at('echo.json'), '-m', 'x'], /--machine names a state machine of a cloud assembly/],
  [
    'a picture that cannot be written',
    [at('echo.json'), '--svg', at('no/such/folder.svg')],
    /cannot be written: there is no such file/,
  ],
  [
    'an unknown option',
    [at('echo.json'), '--sed', 'x'],
    /unknown option '--sed'\n\(Did you mean --seed\?\)\nSee: baton run --help/,
  ],
  ['no definition', [], /missing required argument 'definition'/],
  ['two definitions', [at('echo.json'), at('echo.json')], /too many arguments/],
])('%s: exit code 2, nothing on standard output', async (_, argv, message) => {
  const { exitCode, output, errors } = await runBaton(['run', ...argv]);
  expect({ exitCode, output }).toEqual({ exitCode: 2, output: '' });
  expect(errors).toMatch(message);
});

test('a picture that is asked for of a run that cannot be done is not written', async () => {
  await runBaton(['run', at('bare.json'), '--svg', at('none.svg')]);
  expect(existsSync(at('none.svg'))).toBe(false);
});

test('colours and width', async () => {
  const { output } = await runBaton(['run', at('charge.asl.yaml'), '-f', at('fakes.json')], { colour: true, width: 60 });
  expect(output).toContain('\u001b[32m\u001b[1mSUCCEEDED');
  const plain = output.replaceAll(/\u001b\[\d+m/g, '').split('\n');
  expect(Math.max(...plain.filter((line) => line.includes('+')).map((line) => line.length))).toBeLessThanOrEqual(60);
});
