import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { DefinitionBody, Pass, StateMachine, StateMachineType, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import {
  check,
  DefinitionError,
  definitionOf,
  parse,
  simulate,
  SimulatorError,
  testState,
  TestStateError,
  validate,
} from '../../lib/testing';
import { ShopStack } from './shop-stack';

const outdir = mkdtempSync(join(tmpdir(), 'cdk-baton-check-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** An Express machine that waits for ten minutes, which it never gets to the end of. */
function slow(app = new App()): { readonly stack: Stack; readonly machine: StateMachine } {
  const stack = new Stack(app, 'Slow');
  const wait = new Wait(stack, 'Wait', { time: WaitTime.duration(Duration.minutes(10)) });
  const machine = new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(wait),
    stateMachineType: StateMachineType.EXPRESS,
  });
  return { stack, machine };
}

const YAML = 'StartAt: Wait\nStates:\n  Wait:\n    Type: Wait\n    Seconds: 600\n    End: true\n';
const LOST = 'StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n';
const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

describe('check', () => {
  test('of a construct that is in order has nothing to say', () => {
    const stack = new Stack(new App(), 'Calm');
    const machine = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
    expect(check(machine)).toEqual([]);
    expect(check(stack)).toEqual([]);
  });

  test('of a construct that is not tells what hurts later, and where', () => {
    expect(check(new ShopStack().machine)).toEqual([
      expect.objectContaining({ code: 'retry-without-throttling', location: '/States/AskPrice/Retry' }),
    ]);
  });

  test('looks at a construct as what it is: an Express machine', () => {
    expect(codes(check(slow().machine))).toEqual(['express-too-long']);
    expect(codes(check(slow().machine, { type: 'EXPRESS' }))).toEqual(['express-too-long']);
    expect(() => check(slow().machine, { type: 'STANDARD' })).toThrow('is a state machine of type EXPRESS');
  });

  test('looks at a machine of an assembly', () => {
    const app = new App({ outdir });
    slow(app);
    app.synth();
    expect(codes(check({ assembly: outdir }))).toEqual(['express-too-long']);
    expect(codes(check({ assembly: outdir, machine: 'Slow/Machine' }))).toEqual(['express-too-long']);
  });

  test('reads YAML', () => {
    expect(check(YAML)).toEqual([]);
    expect(codes(check(YAML, { type: 'EXPRESS' }))).toEqual(['express-too-long']);
    expect(check('StartAt: [\n')).toEqual([
      expect.objectContaining({ code: 'INVALID_YAML_DESCRIPTION', message: expect.stringMatching(/^\d+:\d+: /) }),
    ]);
    expect(check('order.asl.json')).toEqual([
      expect.objectContaining({
        code: 'INVALID_JSON_DESCRIPTION',
        hint: '"order.asl.json" looks like the name of a file: pass what is in it, readFileSync("order.asl.json", "utf8")',
      }),
    ]);
  });

  test('says that there is no machine to check', () => {
    const stack = new Stack(new App(), 'Empty');
    expect(() => check(stack)).toThrow(SimulatorError);
    expect(() => check(new Pass(stack, 'Pass'))).toThrow(SimulatorError);
  });
});

describe('definitionOf', () => {
  test('keeps the type of the workflow', async () => {
    const definition = definitionOf(slow().machine);
    expect(codes(check(definition))).toEqual(['express-too-long']);
    expect((await simulate(definition)).executionArn).toContain(':express:');
    // What has been said goes before what is known.
    expect((await simulate(definition, { type: 'STANDARD' })).executionArn).toContain(':execution:');
  });
});

test('validate answers for constructs and YAML as for JSON', () => {
  expect(validate(new ShopStack().machine)).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  const missing = { code: 'MISSING_TRANSITION_TARGET', location: '/States/A/Next' };
  expect(validate(LOST)).toMatchObject({
    result: 'FAIL',
    diagnostics: expect.arrayContaining([expect.objectContaining(missing)]),
  });
  expect(validate('StartAt: [\n')).toMatchObject({ result: 'FAIL', diagnostics: [{ code: 'INVALID_YAML_DESCRIPTION' }] });
});

test('parse reads constructs and YAML', () => {
  expect(Object.keys(parse(new ShopStack().machine).States)).toEqual(['AskPrice', 'CoolDown', 'SendParcel']);
  expect(parse(YAML).States['Wait']).toMatchObject({ Seconds: 600 });
  expect(() => parse(LOST)).toThrow(DefinitionError);
});

describe('testState', () => {
  test('tests a state of a construct', async () => {
    const mock = { errorOutput: { error: 'Depot.Busy' } };
    expect(
      await testState({ definition: new ShopStack().machine, stateName: 'SendParcel', roleArn: 'arn:aws:iam::1:role/r', mock }),
    ).toMatchObject({ status: 'RETRIABLE', error: 'Depot.Busy' });
  });

  test('reads YAML, of a machine and of a state', async () => {
    expect(await testState({ definition: 'Type: Pass\nResult: {a: 1}\nEnd: true\n' })).toMatchObject({ output: '{"a":1}' });
    expect(await testState({ definition: 'StartAt: P\nStates: {P: {Type: Pass, End: true}}', stateName: 'P' })).toMatchObject({
      status: 'SUCCEEDED',
    });
    const faulty = testState({ definition: 'Type: [\n' });
    await expect(faulty).rejects.toThrow(TestStateError);
    await expect(faulty).rejects.toMatchObject({ code: 'InvalidDefinition' });
  });
});
