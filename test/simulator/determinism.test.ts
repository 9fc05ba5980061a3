import { createHash } from 'node:crypto';
import { CALL, machineOf, payloadOf, renderRun, runDefinition, secondsOf, typesOf } from './run-definition';
import { createWorld } from '../../lib/simulator/world';

const call = (more: object = {}): object => ({ ...CALL, End: true, ...more });

/** Fifty calls: forty-five in a Map, five in branches beside it. */
const fiftyCalls = {
  StartAt: 'All',
  States: {
    All: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'Each',
          States: {
            Each: {
              Type: 'Map',
              ItemsPath: '$.items',
              MaxConcurrency: 20,
              ItemProcessor: {
                StartAt: 'Work',
                States: {
                  Work: call({ Retry: [{ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' }], Next: 'Note', End: undefined }),
                  Note: {
                    Type: 'Pass',
                    Parameters: { 'id.$': 'States.UUID()', 'random.$': 'States.MathRandom(1, 1000)' },
                    End: true,
                  },
                },
              },
              End: true,
            },
          },
        },
        ...[1, 2, 3, 4, 5].map((n) => ({ StartAt: `Beside${n}`, States: { [`Beside${n}`]: call() } })),
      ],
      End: true,
    },
  },
};
const definition = JSON.parse(JSON.stringify(fiftyCalls)) as object;
const input = { items: Array.from({ length: 45 }, (_, index) => index) };

/** Runs it with handlers that take their real time, each another one each time; some have a virtual duration, too. */
async function runWithRealDelays(wait: (realMs: number) => Promise<void>): Promise<string> {
  let calls = 0;
  const world = createWorld({
    perform: (asked) => {
      const { state, uuid } = asked;
      const payload = payloadOf(asked);
      calls++;
      const virtual = typeof payload === 'number' ? (payload % 4) * 500 : 250;
      const answer = wait(Math.random() * 3).then(() => ({ state, id: uuid() }));
      return { value: calls % 5 === 0 ? { state, id: uuid() } : answer, durationMs: virtual };
    },
  });
  const run = await world.startExecution(machineOf(definition), input, 'run').run();
  expect(calls).toBe(50);
  return createHash('sha256').update(renderRun(run)).digest('hex');
}

const sleep = (realMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, realMs));

test('fifty handlers with random real delays, a hundred runs, one history', async () => {
  const hashes = new Set<string>();
  for (let round = 0; round < 10; round++) {
    for (const hash of await Promise.all(Array.from({ length: 10 }, () => runWithRealDelays(sleep)))) hashes.add(hash);
  }
  expect([...hashes]).toHaveLength(1);
});

describe('under jest.useFakeTimers()', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('the history is the same, and nothing waits for the fake clock', async () => {
    const faked = await runWithRealDelays(async () => undefined);
    jest.useRealTimers();
    expect(await runWithRealDelays(sleep)).toBe(faked);
  });
});

test('a run needs neither the real clock nor real randomness', async () => {
  const forbidden = (what: string) => (): never => {
    throw new Error(`${what} was asked`);
  };
  const RealDate = Date;
  const spies = [
    jest.spyOn(Date, 'now').mockImplementation(forbidden('Date.now')),
    jest.spyOn(Math, 'random').mockImplementation(forbidden('Math.random')),
    jest.spyOn(performance, 'now').mockImplementation(forbidden('performance.now')),
  ];
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts: readonly number[]) => (parts[0] === undefined ? forbidden('new Date()')() : new target(parts[0])),
    apply: forbidden('Date()'),
  });
  try {
    const run = await runDefinition(definition, { input, answers: { Work: ({ uuid }) => ({ id: uuid() }) } });
    expect(renderRun(run)).toContain('SUCCEEDED');
  } finally {
    globalThis.Date = RealDate;
    for (const spy of spies) spy.mockRestore();
  }
});

test('the same seed gives the same run, another seed another', async () => {
  const run = async (seed: string): Promise<string> => renderRun(await runDefinition(definition, { input, seed }));
  expect(await run('one')).toBe(await run('one'));
  expect(await run('one')).not.toBe((await run('two')).replaceAll('"two"', '"one"'));
});

test('executions of one world are random each on its own', async () => {
  const world = createWorld({ perform: () => ({ value: null, durationMs: 0 }) });
  const machine = machineOf({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, End: true } },
  });
  const runs = await Promise.all([world.startExecution(machine, {}).run(), world.startExecution(machine, {}).run()]);
  const [first, second] = runs.map((run) => (run.status === 'SUCCEEDED' ? run.output : undefined));
  expect(first).not.toEqual(second);
  expect(runs[0]?.name).not.toBe(runs[1]?.name);
});

test('a year of Wait costs no time', async () => {
  const before = process.hrtime.bigint();
  const run = await runDefinition({ StartAt: 'Year', States: { Year: { Type: 'Wait', Seconds: 31_536_000, End: true } } });
  expect(run.durationMs).toBe(365 * 86_400_000);
  expect(secondsOf(run)).toEqual([0, 0, 31_536_000, 31_536_000]);
  expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(200);
});

test('an execution that outlives the year is timed out', async () => {
  const run = await runDefinition({
    StartAt: 'A',
    States: { A: { Type: 'Wait', Seconds: 30_000_000, Next: 'B' }, B: { Type: 'Wait', Seconds: 30_000_000, End: true } },
  });
  expect(run).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout', durationMs: 366 * 86_400_000 });
  expect(run.assumptions).toEqual(['execution-year']);
});

test('a loop that never ends fails with event 25,000, as the history is full', async () => {
  const run = await runDefinition({
    StartAt: 'Loop',
    States: {
      Loop: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'End' }], Default: 'Loop' },
      End: { Type: 'Succeed' },
    },
  });
  expect(run).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  });
  expect(run.events.at(-1)).toMatchObject({ id: 25_000, previousEventId: 24_999, type: 'ExecutionFailed' });
  expect(typesOf(run).at(-2)).toBe('ChoiceStateExited');
});

test('event 25,000 may be the success', async () => {
  const countTo = (limit: number): object => ({
    StartAt: 'Count',
    States: {
      Count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Enough' },
      Enough: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: limit, Next: 'Done' }], Default: 'Count' },
      Done: { Type: 'Succeed' },
    },
  });
  // Two states a round, then Succeed, between ExecutionStarted and ExecutionSucceeded: 4 n + 4 events.
  const full = await runDefinition(countTo(6249), { input: { n: 0 } });
  expect([full.status, full.events.length]).toEqual(['SUCCEEDED', 25_000]);
  const over = await runDefinition(countTo(6250), { input: { n: 0 } });
  expect([over.status, over.events.length]).toEqual(['FAILED', 25_000]);
});

test('a full history inside a Map ends the execution, whatever Retry and Catch say', async () => {
  const run = await runDefinition(
    {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
          Retry: [{ ErrorEquals: ['States.ALL'] }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    },
    { input: { items: Array.from({ length: 10_000 }, () => 0) } },
  );
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(run.events).toHaveLength(25_000);
  expect(typesOf(run).filter((type) => type.startsWith('MapState'))).toEqual(['MapStateEntered', 'MapStateStarted']);
});
