import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { withEntry } from '../../lib';
import { lambda, service, simulate, SimulatorError } from '../../lib/testing';
import { inARow, send } from './definitions';
import { ParallelStack, ShopStack } from './shop-stack';

/** Runs one function with this code on `{ n: 1 }`. */
const answerOf = async (code: string): Promise<unknown> => {
  const run = await simulate(new ParallelStack([code]), { input: { n: 1 } });
  return run.status === 'SUCCEEDED' ? (run.output as unknown[])[0] : { error: run.error, cause: JSON.parse(run.cause ?? 'null') };
};

test('a function without a fake runs its own handler, with its own environment', async () => {
  const run = await simulate(new ShopStack(), { input: { items: 3 } });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { shipped: true, price: 21 } });
});

test('a fake takes the place of one handler, the other still runs', async () => {
  const shop = new ShopStack();
  const run = await simulate(shop, { input: { items: 3 }, fakes: [lambda(shop.quote, { price: 1 })] });
  expect(run).toMatchObject({ output: { price: 1 } });
});

test('two functions that run at once have each their own environment, before and after every await', async () => {
  const code = `
    const names = [process.env.NAME];
    for (let round = 0; round < 20; round++) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      names.push(process.env.NAME);
    }
    return { names: [...new Set(names)], other: process.env.PATH };`;
  const run = await simulate(new ParallelStack([code, code]));
  expect(run).toMatchObject({ output: [{ names: ['function 0'] }, { names: ['function 1'] }] });
});

test('what one function writes to its environment, neither another nor the test sees', async () => {
  const code = `process.env.NAME += '!'; process.env.MADE_BY_A_HANDLER = 'yes'; return process.env.NAME;`;
  expect(await simulate(new ParallelStack([code, code]))).toMatchObject({ output: ['function 0!', 'function 1!'] });
  expect(process.env['MADE_BY_A_HANDLER']).toBeUndefined();
});

test('wherever its code looks for it', async () => {
  const code = `const { env } = await import('node:process');
    return [globalThis.process.env.NAME, env.NAME, process.env._HANDLER, typeof (await import('node:path')).sep, require.resolve('node:path')];`;
  expect(await answerOf(code)).toEqual(['function 0', 'function 0', 'index.handler', 'string', 'node:path']);
  expect(process.env['NAME']).toBeUndefined();
});

describe("a handler's answer passes through JSON, as in Lambda", () => {
  test.each<[string, string, unknown]>([
    ['undefined becomes null', 'return undefined;', null],
    ['nothing becomes null', '', null],
    ['a Date becomes its text', 'return { at: new Date(0) };', { at: '1970-01-01T00:00:00.000Z' }],
    ['a Map becomes an empty object', 'return new Map([[1, 2]]);', {}],
    ['NaN becomes null', 'return [NaN];', [null]],
    ['0, false, the empty string and null stay', "return [0, false, '', null];", [0, false, '', null]],
    ['a BigInt is an error', 'return 1n;', { error: 'Error', cause: { errorMessage: 'Unable to stringify response body' } }],
    [
      'a cycle is an error',
      'const a = []; a.push(a); return a;',
      { error: 'Error', cause: { errorMessage: 'Unable to stringify response body' } },
    ],
  ])('%s', async (_, code, answer) => {
    const given = await answerOf(code);
    if (typeof answer === 'object' && answer !== null && !Array.isArray(answer)) expect(given).toMatchObject(answer);
    else expect(given).toEqual(answer);
  });
});

describe('what a handler throws is the Error Output', () => {
  test.each<[string, string, object]>([
    ['an Error', "throw new RangeError('too far');", { errorType: 'RangeError', errorMessage: 'too far' }],
    [
      'an Error of its own class',
      "class OutOfStock extends Error { name = 'OutOfStock' } throw new OutOfStock('none');",
      { errorType: 'OutOfStock', errorMessage: 'none' },
    ],
    ['a string', "throw 'broken';", { errorType: 'string', errorMessage: 'broken' }],
    ['an object', 'throw { code: 7 };', { errorType: 'object', errorMessage: '[object Object]' }],
    ['undefined', 'throw undefined;', { errorType: 'string', errorMessage: 'handled' }],
  ])('%s', async (_, code, payload) => {
    expect(await answerOf(code)).toMatchObject({ error: (payload as { errorType: string }).errorType, cause: payload });
  });
});

describe('a handler that stays pending', () => {
  const never = 'await new Promise(() => {});';

  test('ends the simulation after stallSeconds of real time, naming the state and the function', async () => {
    const stack = new ParallelStack([never]);
    const started = Date.now();
    const simulation = simulate(stack, { stallSeconds: 0.05 });
    await expect(simulation).rejects.toThrow(SimulatorError);
    await expect(simulation).rejects.toThrow(/"Call0" has been pending for 0\.05 s of real time/);
    await expect(simulation).rejects.toThrow('Both-Function0');
    await expect(simulation).rejects.toThrow('raise the limit with the option stallSeconds');
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('takes no more than its own execution with it', async () => {
    const stack = new ParallelStack([`if (event.wait) ${never} return 'done';`]);
    const [stuck, done] = await Promise.allSettled([
      simulate(stack, { input: { wait: true }, stallSeconds: 0.05 }),
      simulate(stack, { input: { wait: false }, stallSeconds: 0.05 }),
    ]);
    expect(stuck).toMatchObject({ status: 'rejected' });
    expect(done).toMatchObject({ status: 'fulfilled', value: { output: ['done'] } });
  });

  test('is not one that is merely slow', async () => {
    const stack = new ParallelStack(['await new Promise((resolve) => setTimeout(resolve, 100)); return 1;']);
    expect(await simulate(stack, { stallSeconds: 5 })).toMatchObject({ output: [1], durationMs: 0 });
  });

  test('is not waited for when a fake stands in its place', async () => {
    const stack = new ParallelStack([never]);
    const [fn] = stack.functions;
    expect(await simulate(stack, { fakes: [lambda(fn as never, 'quick')] })).toMatchObject({ output: ['quick'] });
  });
});

describe('a machine of an assembly finds the sources of its functions', () => {
  const project = mkdtempSync(join(tmpdir(), 'cdk-baton-sources-'));
  const assembly = join(project, 'cdk.out');
  beforeAll(() => {
    mkdirSync(join(project, 'src'));
    writeFileSync(join(project, 'src', 'greet.js'), "exports.handler = async () => 'source';");
    const stack = new Stack(new App({ outdir: assembly }), 'Greeting');
    const code = Code.fromInline("exports.handler = async () => 'asset';");
    const greet = new Function(stack, 'Greet', { code, handler: 'index.handler', runtime: Runtime.NODEJS_20_X });
    withEntry(greet, { entry: join(project, 'src', 'greet.js') });
    const task = new LambdaInvoke(stack, 'Task', { lambdaFunction: greet, payloadResponseOnly: true });
    new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(task) });
    (stack.node.root as App).synth();
  });
  afterAll(() => rmSync(project, { recursive: true }));

  test('wherever the test stands', async () => {
    const cwd = jest.spyOn(process, 'cwd').mockReturnValue(tmpdir());
    try {
      expect(await simulate({ assembly })).toMatchObject({ output: 'source' });
    } finally {
      cwd.mockRestore();
    }
  });

  test('and runs their assets where it has been carried away from them', async () => {
    const elsewhere = join(project, 'deep', 'down');
    mkdirSync(join(project, 'deep'));
    renameSync(assembly, elsewhere);
    expect(await simulate({ assembly: elsewhere })).toMatchObject({ output: 'asset' });
  });
});

describe('under jest.useFakeTimers()', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('a fake that waits for a timer is told of, and what to do', async () => {
    const fake = service('sqs:sendMessage', () => new Promise((resolve) => setTimeout(() => resolve({}), 5)));
    await expect(simulate(inARow({ Send: send() }), { fakes: [fake], stallSeconds: 0.05 })).rejects.toThrow(
      /has been pending for 0\.05 s of real time[^]*The test has fake timers \(as of jest\.useFakeTimers\(\)\)[^]*leave timers real \(jest\.useRealTimers\(\)\)[^]*takes\(…\)/,
    );
  });

  test('all is well where only the date is faked, as the message says', async () => {
    jest.useRealTimers();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'] });
    const fake = service('sqs:sendMessage', () => new Promise((resolve) => setTimeout(() => resolve({ MessageId: 'm' }), 5)));
    expect(await simulate(inARow({ Send: send() }), { fakes: [fake] })).toMatchObject({ output: { MessageId: 'm' } });
  });

  test('with real timers nothing is said of fake ones', async () => {
    jest.useRealTimers();
    const pending = simulate(new ParallelStack(['await new Promise(() => undefined);']), { stallSeconds: 0.05 });
    await expect(pending).rejects.toThrow('Make it answer, give it a fake, or raise the limit');
  });
});
