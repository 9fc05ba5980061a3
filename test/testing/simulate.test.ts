import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, InlineCode, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { createTestWorld, DefinitionError, definitionOf, fails, lambda, simulate, SimulatorError } from '../../lib/testing';
import { inARow, invoke } from './definitions';
import { ShopStack } from './shop-stack';

const echo = { StartAt: 'Echo', States: { Echo: { Type: 'Pass', End: true } } };
const wait = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', SecondsPath: '$.seconds', End: true } } };
const shop = new ShopStack();

describe('what can be simulated', () => {
  const twins = new Stack(new App(), 'Twins');
  for (const id of ['One', 'Two']) {
    new StateMachine(twins, id, { definitionBody: DefinitionBody.fromChainable(new Pass(twins, `Pass${id}`)) });
  }

  test.each([
    ['the state machine', shop.machine],
    ['the L1 of it', shop.machine.node.defaultChild as StateMachine],
    ['the stack with no other one', shop],
  ])('%s', async (_, target) => {
    const run = await simulate(target, { input: { items: 3 } });
    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { shipped: true, price: 21 }, durationMs: 3_600_000 });
    expect(run.stateMachineArn).toContain(':stateMachine:Shop-Machine');
    expect(Object.keys(run.definition.States)).toEqual(['AskPrice', 'CoolDown', 'SendParcel']);
  });

  test.each([
    ['as a value', echo],
    ['as text', JSON.stringify(echo)],
  ])('a definition %s', async (_, definition) => {
    expect(await simulate(definition, { input: { a: 1 } })).toMatchObject({ status: 'SUCCEEDED', output: { a: 1 } });
  });

  test('an Express state machine, and a definition as one', async () => {
    const stack = new Stack(new App(), 'Fast');
    const definitionBody = DefinitionBody.fromChainable(new Pass(stack, 'Pass'));
    new StateMachine(stack, 'Machine', { definitionBody, stateMachineType: StateMachineType.EXPRESS });
    expect((await simulate(stack, { name: 'one' })).executionArn).toMatch(/:express:Fast-Machine\w*:one:[0-9a-f-]{36}$/);
    expect((await simulate(echo, { type: 'EXPRESS' })).executionArn).toContain(':express:');
    await expect(simulate(stack, { type: 'STANDARD' })).rejects.toThrow(
      /"Fast-Machine\w*" is a state machine of type EXPRESS: the option type, STANDARD here, is for definitions\./,
    );
    await expect(
      simulate(inARow({ A: invoke('f', { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }) }), { type: 'EXPRESS' }),
    ).rejects.toThrow("Express state machine does not support '.waitForTaskToken'");
  });

  describe('a machine of an assembly', () => {
    const assembly = mkdtempSync(join(tmpdir(), 'cdk-baton-test-'));
    beforeAll(() => {
      const app = new App({ outdir: assembly });
      new ShopStack(app, 'Shop');
      const other = new Stack(app, 'Other');
      new StateMachine(other, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(other, 'Pass')) });
      app.synth();
    });
    afterAll(() => rmSync(assembly, { recursive: true }));

    test.each(['Shop/Machine', 'Shop/Machine/Resource', 'Shop', 'Other'])('named %s', async (machine) => {
      const run = await simulate({ assembly, machine }, { input: { items: 1 } });
      expect(run.status).toBe('SUCCEEDED');
    });

    test('is to be named where there are several', async () => {
      await expect(simulate({ assembly })).rejects.toThrow(
        /has several state machines; say which:\n {2}\S*Machine\S*\n {2}\S*Machine\S*/,
      );
    });

    test('is looked for among those there are', async () => {
      await expect(simulate({ assembly, machine: 'Shop/Machin' })).rejects.toThrow(
        'There is no state machine "Shop/Machin". There are:',
      );
    });

    test('whose assembly has been written again is read again', async () => {
      const app = new App({ outdir: assembly });
      const stack = new Stack(app, 'Rewritten');
      new StateMachine(stack, 'New', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
      app.synth();
      expect((await simulate({ assembly })).stateMachineArn).toContain('Rewritten-New');
    });
  });

  test('of several machines in a stack, none by the stack alone', async () => {
    const simulation = simulate(twins);
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(/"Twins" may be any of several:[^]*Twins\/One[^]*Twins\/Two/);
  });

  test('no stack without a state machine', async () => {
    await expect(simulate(new Stack(new App(), 'Empty'))).rejects.toThrow(
      'There is no state machine "Empty". There is no state machine at all.',
    );
  });

  test('nothing outside an app', async () => {
    await expect(simulate(new Construct(undefined as never, 'Lone'))).rejects.toThrow(
      'is not inside an App, so it cannot be synthesized. Create its stack in "new App()".',
    );
  });

  test.each([
    ['text that is no JSON', 'no JSON', 'JSON'],
    ['a definition without States', { StartAt: 'A' } as never, 'States'],
    ['a Next to nowhere', { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }, 'B'],
  ])('not %s: all problems at once', async (_, definition, text) => {
    const simulation = simulate(definition);
    await expect(simulation).rejects.toThrow(DefinitionError);
    await expect(simulation).rejects.toThrow(text);
  });

  test.each([undefined, null, 7, []])('not %p', async (target) => {
    await expect(simulate(target as never)).rejects.toThrow(/definition/i);
  });
});

describe('the input', () => {
  test.each<[string, object, unknown]>([
    ['is {} if none is given', {}, {}],
    ['is {} if it is undefined', { input: undefined }, {}],
    ['may be null', { input: null }, null],
    ['may be 0', { input: 0 }, 0],
    ['may be false', { input: false }, false],
    ['may be empty', { input: '' }, ''],
    ['may be JSON text', { inputText: '{"__proto__":1}' }, JSON.parse('{"__proto__":1}')],
  ])('%s', async (_, options, input) => {
    const run = await simulate(echo, options);
    expect(run).toMatchObject({ status: 'SUCCEEDED' });
    expect(JSON.stringify(run)).toContain(`"input":${JSON.stringify(input)}`);
    expect(run.input).toEqual(input);
  });

  test('is a copy: what the test does to its own value later changes nothing', async () => {
    const input = { items: [1] };
    const simulation = simulate(echo, { input });
    input.items.push(2);
    expect((await simulation).input).toEqual({ items: [1] });
    expect(Object.isFrozen(input)).toBe(false);
  });

  test.each<[string, object, string]>([
    ['two inputs', { input: 1, inputText: '1' }, 'Pass either input or inputText, not both.'],
    ['a Date', { input: { at: new Date() } }, 'at /at: found an instance of Date'],
    ['text that is no JSON', { inputText: '{a: 1}' }, 'expected a key in double quotes'],
    ['more than 256 KiB', { input: 'x'.repeat(256 * 1024 - 1) }, 'Step Functions takes at most 262144'],
  ])('may not be %s', async (_, options, message) => {
    const simulation = simulate(echo, options);
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(message);
  });

  test('may be 256 KiB', async () => {
    expect((await simulate(echo, { input: 'x'.repeat(256 * 1024 - 2) })).status).toBe('SUCCEEDED');
  });
});

describe('mistakes are told with what to do', () => {
  const call = inARow({ A: invoke('charge-card') });
  test.each<[string, () => Promise<unknown>, string]>([
    ['fakes that are no array', () => simulate(echo, { fakes: lambda('a', 1) as never }), 'fakes: [lambda(…), service(…)]'],
    ['a fake that is none', () => simulate(echo, { fakes: [{ a: 1 }] as never }), 'fakes[0] is no fake. Make one with lambda(…)'],
    ['a misspelt fake', () => simulate(call, { fakes: [lambda('charge-crad', 1)] }), "(there are: lambda('charge-crad'))"],
    ['a name with a blank', () => simulate(echo, { name: 'a b' }), `the execution's name "a b" (InvalidName): it has " " in it.`],
    ['a name that is too long', () => simulate(echo, { name: 'x'.repeat(81) }), 'it has 81 characters, and may have 1 to 80.'],
    ['no name', () => simulate(echo, { name: '' }), 'it has 0 characters'],
    ['a start that is no time', () => simulate(echo, { startTime: new Date('x') }), 'The option startTime is a Date'],
    [
      'a type that AWS does not have',
      () => simulate(echo, { type: 'Express' as never }),
      `'STANDARD' or 'EXPRESS'; found "Express"`,
    ],
    [
      'an assembly that is not there',
      () => simulate({ assembly: 'nope' }),
      'nope is no cloud assembly: it has no manifest.json.',
    ],
    ['an error without a name', async () => void fails(''), 'fails() wants the name of an error, such as \'Busy\'; it got "".'],
  ])('%s', async (_, run, message) => {
    const outcome = (async () => run())();
    await expect(outcome).rejects.toThrow(SimulatorError);
    await expect(outcome).rejects.toThrow(message);
  });

  test('the name of a file in place of what is in it', async () => {
    await expect(simulate('order.asl.json')).rejects.toThrow('readFileSync("order.asl.json", "utf8")');
  });
});

describe('the same again', () => {
  test('gives the same history, byte for byte', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => simulate(shop, { input: { items: 1 } })));
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });

  test('with another seed, or another name, gives other UUIDs and names only', async () => {
    const run = await simulate(shop, { input: { items: 1 }, seed: 'another' });
    const named = await simulate(shop, { input: { items: 1 }, name: 'mine' });
    const plain = await simulate(shop, { input: { items: 1 } });
    expect([plain.seed, run.seed]).toEqual(['baton', 'another']);
    expect(run.name).not.toBe(plain.name);
    expect(named).toMatchObject({ name: 'mine', executionArn: expect.stringMatching(/:mine$/) });
    expect(run.events.map(({ type }) => type)).toEqual(plain.events.map(({ type }) => type));
  });

  test('waits as long before a retry with jitter; with another seed, not', async () => {
    const retry = { ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 3, JitterStrategy: 'FULL' };
    const definition = inARow({ T: invoke('f', { Retry: [retry] }) });
    const durationOf = async (seed?: string) =>
      (await simulate(definition, { seed, fakes: [lambda('f', fails('Busy').times(3).then(1))] })).durationMs;
    const first = await durationOf();
    expect(first).toBe(await durationOf());
    expect(first).not.toBe(await durationOf('another'));
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan((60 + 120 + 240) * 1000);
  });

  test('however long asynchronous fakes take', async () => {
    const tasks = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`T${index}`, invoke(`f${index % 3}`)]));
    const branches = Object.entries(tasks).map(([name, state]) => inARow({ [name]: state, [`Then${name}`]: invoke('f0') }));
    const definition = inARow({ All: { Type: 'Parallel', Branches: branches } });
    const fakes = [0, 1, 2].map((index) =>
      lambda(`f${index}`, async (_: unknown, { state }) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        return state;
      }),
    );
    const histories = new Set<string>();
    for (let round = 0; round < 10; round++) histories.add(JSON.stringify((await simulate(definition, { fakes })).events));
    expect(histories.size).toBe(1);
  });

  test('starts at the time and in the region that are given', async () => {
    const run = await simulate(wait, { input: { seconds: 5 }, startTime: new Date('2030-06-01T12:00:00Z') });
    expect([run.startDate, run.stopDate]).toEqual([new Date('2030-06-01T12:00:00Z'), new Date('2030-06-01T12:00:05Z')]);
    const scheduled = await simulate(inARow({ A: invoke('f') }), { region: 'eu-central-1', fakes: [lambda('f', 1)] });
    expect(scheduled.events.find(({ type }) => type === 'TaskScheduled')?.taskScheduledEventDetails?.region).toBe('eu-central-1');
    expect(scheduled.executionArn).toMatch(/^arn:aws:states:eu-central-1:/);
  });
});

describe('a shared world', () => {
  test('runs a thousand executions at once', async () => {
    const world = createTestWorld();
    const runs = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => simulate(wait, { input: { seconds: index }, world })),
    );
    expect(runs.map(({ durationMs }) => durationMs)).toEqual(Array.from({ length: 1_000 }, (_, index) => index * 1_000));
    expect(new Set(runs.map(({ executionArn }) => executionArn)).size).toBe(1_000);
    expect(world.now).toEqual(new Date('2025-01-01T00:16:39Z'));
  });

  test('goes on in time from execution to execution', async () => {
    const world = createTestWorld();
    await simulate(wait, { input: { seconds: 60 }, world });
    const run = await simulate(wait, { input: { seconds: 60 }, world });
    expect([run.startDate, run.stopDate]).toEqual([new Date('2025-01-01T00:01:00Z'), new Date('2025-01-01T00:02:00Z')]);
  });

  test('has its own fakes, seed and limits', async () => {
    const world = createTestWorld(shop, { seed: 'shared' });
    const simulation = simulate(shop, { world, seed: 'mine', fakes: [] });
    await expect(simulation).rejects.toThrow('With the option "world", seed, fakes belong to createTestWorld(target, { … })');
    expect((await simulate(shop, { world, input: { items: 1 } })).seed).toBe('shared');
  });

  test('is made by createTestWorld', async () => {
    await expect(simulate(echo, { world: {} as never })).rejects.toThrow(
      'The option "world" wants what createTestWorld(…) gives.',
    );
  });

  test('has no two executions of one name', async () => {
    const world = createTestWorld();
    await simulate(echo, { world, name: 'mine' });
    await expect(simulate(echo, { world, name: 'mine' })).rejects.toThrow(
      'There has been an execution named "mine" in this world',
    );
  });
});

describe('what is called', () => {
  test('without a fake and without a simulated service is refused: state, resource and the fake to add', async () => {
    const definition = inARow({
      Tell: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:kms:encrypt',
        Parameters: { KeyId: 'k', Plaintext: 'x' },
      },
    });
    const simulation = simulate(definition);
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(
      /"Tell" calls arn:aws:states:::aws-sdk:kms:encrypt, but no service "aws-sdk:kms" is simulated .*Add a fake: service\('arn:aws:states:::aws-sdk:kms:encrypt', …\)\./,
    );
  });

  test('is caught by no Catch if it is not simulated', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
    const tell = { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sns:publish', Parameters: { Message: 'x' }, Catch };
    await expect(simulate(inARow({ Tell: tell, Done: { Type: 'Pass' } }))).rejects.toThrow(SimulatorError);
  });

  test('as a function that nobody has is refused, naming it', async () => {
    const simulation = simulate(inARow({ Ask: invoke('nobody') }));
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(/"Ask"[^]*nobody[^]*lambda\(/);
  });

  test('as a function whose code is not here wants a fake', async () => {
    const stack = new Stack(new App(), 'Python');
    const code: InlineCode = Code.fromInline('def handler(event, context): return 1');
    const fn = new Function(stack, 'Function', { runtime: Runtime.PYTHON_3_12, handler: 'index.handler', code });
    const { LambdaInvoke } = await import('aws-cdk-lib/aws-stepfunctions-tasks');
    const task = new LambdaInvoke(stack, 'Call', { lambdaFunction: fn });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
    await expect(simulate(stack)).rejects.toThrow(
      /runtime python3\.12, which does not run here: only Node\.js does\. Add a fake: lambda\(/,
    );
    expect((await simulate(stack, { fakes: [lambda(fn, 1)] })).status).toBe('SUCCEEDED');
  });
});

test('definitionOf gives what runs: references resolved', () => {
  expect(definitionOf(shop.machine)).toMatchObject({
    StartAt: 'AskPrice',
    States: { AskPrice: { Resource: expect.stringMatching(/^arn:aws:lambda:us-east-1:123456789012:function:Shop-Quote/) } },
  });
  expect(definitionOf(echo)).toEqual(echo);
});
