import { SimulatorError } from '../../lib/simulator/simulator-error';
import type { Answer } from '../../lib/simulator/task-call';
import { after, CALL, INVOKE, machineOf, only, payloadOf, runDefinition, worldOf } from './run-definition';

const task = only({ ...CALL, Retry: [{ ErrorEquals: ['States.ALL'] }] }, 'Charge');
const WHAT = `The call of ${INVOKE} by "Charge": The answer is not JSON`;

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** Runs the task with what its function does; another execution in the same world must come to its end all the same. */
async function messageFor(perform: () => unknown, options: { stallSeconds?: number } = {}): Promise<string> {
  const world = worldOf({ ...options, answers: { Charge: perform as () => Answer } });
  const bad = world.startExecution(machineOf(task), {});
  const good = world.startExecution(machineOf(only({ Type: 'Wait', Seconds: 60 })), { kept: true });
  const [failed, finished] = await Promise.allSettled([bad.run(), good.run()]);
  expect(finished).toMatchObject({
    status: 'fulfilled',
    value: { status: 'SUCCEEDED', output: { kept: true }, durationMs: 60_000 },
  });
  if (failed?.status !== 'rejected') throw new Error(`the run ended in ${failed?.value.status}`);
  expect(failed.reason).toBeInstanceOf(SimulatorError);
  return (failed.reason as Error).message;
}

test.each([
  ['undefined', undefined, 'found undefined'],
  ['a Date', new Date(0), 'found an instance of Date'],
  ['a BigInt', 10n, 'found the BigInt 10n'],
  ['a cycle', cycle, 'found a cycle'],
  ['NaN', Number.NaN, 'found NaN'],
  ['Infinity', Infinity, 'found Infinity'],
  ['an integer beyond 2^53', 2 ** 53 + 2, 'found the integer 9007199254740994'],
  ['a lone surrogate', '\ud800', 'lone surrogate'],
  ['a function', () => 1, 'found a function'],
  ['a symbol', Symbol('s'), 'found a symbol'],
  ['a Map', new Map(), 'found an instance of Map'],
  ['10,000 levels', deep(10_000), 'more than 1000 levels'],
])('an answer that holds %s is an error that names state and resource', async (_what, value, message) => {
  const found = await messageFor(() => after(0, { nested: [value] } as never));
  expect(found).toContain(WHAT);
  expect(found).toContain('/nested/0');
  expect(found).toContain(message);
  expect(await messageFor(() => after(3, Promise.resolve(value) as never))).toContain(WHAT);
});

test('all that is wrong with an answer is said at once', async () => {
  const found = await messageFor(() => after(0, { a: undefined, b: 1n, c: new Date(0) } as never));
  expect(found.match(/at \/[abc]/g)).toEqual(['at /a', 'at /b', 'at /c']);
});

test.each([
  ['an Error', new TypeError('boom'), 'boom'],
  ['an Error without a message', new RangeError(''), 'RangeError'],
  ['a string', 'just text', 'just text'],
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a plain object', { code: 5 }, '[object Object]'],
  ['an object without a prototype', Object.create(null) as object, 'no text'],
  ['a symbol', Symbol('odd'), 'Symbol(odd)'],
])('what throws or rejects with %s ends the run; Retry does not see it', async (_what, thrown, message) => {
  let calls = 0;
  const found = await messageFor(() => {
    calls++;
    throw thrown;
  });
  expect(found).toContain(`The call of ${INVOKE} by "Charge" ended in an error that is no Error Output`);
  expect(found).toContain(message);
  expect(calls).toBe(1);
  expect(await messageFor(() => after(5, Promise.reject(thrown)))).toContain(message);
});

test('a SimulatorError comes out as it is', async () => {
  expect(
    await messageFor(() => {
      throw new SimulatorError('do this');
    }),
  ).toBe('do this');
});

test('a call that stays pending is named after the option stallSeconds', async () => {
  const found = await messageFor(() => after(0, new Promise(() => undefined)), { stallSeconds: 0.05 });
  expect(found).toBe(
    `The call of ${INVOKE} by "Charge" has been pending for 0.05 s of real time, and virtual time waits for it. ` +
      'Make it answer, give it a fake, or raise the limit with the option stallSeconds.',
  );
});

test('a call that never answers, with nothing else to happen, is named', async () => {
  expect(await messageFor(() => after(Infinity))).toBe(
    `The call of ${INVOKE} by "Charge" never answers, and no TimeoutSeconds ends the wait: give the fake an answer, or the state a TimeoutSeconds.`,
  );
});

test.each([[-1], [Number.NaN], ['5'], [undefined]])('a duration of %p is no duration', async (durationMs) => {
  const found = await messageFor(() => ({ value: null, durationMs }));
  expect(found).toContain(`durationMs of ${String(durationMs)}`);
});

test('a thenable that is no promise is waited for', async () => {
  const thenable = { then: (resolve: (value: number) => void) => void setTimeout(() => resolve(5), 1) };
  expect(await runDefinition(task, { answers: { Charge: () => after(0, thenable as never) } })).toMatchObject({ output: 5 });
});

test('an object with getters, or of another realm, passes as plain data', async () => {
  const { runInNewContext } = await import('node:vm');
  const foreign = runInNewContext('({ list: [1, { a: null }], "__proto__x": 1 })') as never;
  expect(await runDefinition(task, { answers: { Charge: () => after(0, foreign) } })).toMatchObject({
    output: { list: [1, { a: null }], __proto__x: 1 },
  });
  const getter = {
    get seen() {
      return 'once';
    },
  };
  expect(await runDefinition(task, { answers: { Charge: () => after(0, getter) } })).toMatchObject({ output: { seen: 'once' } });
});

test('a handler cannot change the input, nor its answer afterwards', async () => {
  const answer = { list: [1] };
  const run = await runDefinition(
    {
      StartAt: 'Charge',
      States: {
        Charge: { ...CALL, ResultPath: '$.r', Next: 'W' },
        W: { Type: 'Wait', Seconds: 5, End: true },
      },
    },
    {
      input: { a: { b: 1 } },
      answers: {
        Charge: (call, world) => {
          expect(() => ((payloadOf(call) as { a: { b: number } }).a.b = 2)).toThrow(TypeError);
          world.after(1, () => answer.list.push(2));
          return answer;
        },
      },
    },
  );
  expect(run).toMatchObject({ output: { a: { b: 1 }, r: { list: [1] } } });
});
