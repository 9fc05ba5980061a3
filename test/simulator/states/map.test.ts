import { StatesError } from '../../../lib/simulator/states-error';
import type { Json } from '../../../lib/json/json';
import { after, CALL, linesOf, payloadOf, runDefinition, secondsOf, typesOf } from '../run-definition';

const PASS = { Type: 'Pass', End: true };
const map = (states: Record<string, object>, more: object = {}, others: object = {}) => ({
  StartAt: 'M',
  States: {
    M: { Type: 'Map', ItemProcessor: { StartAt: Object.keys(states)[0], States: states }, End: true, ...more },
    ...others,
  },
});
const TASK = { ...CALL, End: true };
const fail = (error: string) => () => {
  throw new StatesError(error, undefined);
};

test('one at a time: each iteration starts after the last event inside the one before', async () => {
  const run = await runDefinition(map({ A: PASS }, { MaxConcurrency: 1 }), { input: ['x', 'y'] });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 MapStateEntered M',
    '3←2 MapStateStarted',
    '4←3 MapIterationStarted M 0',
    '5←4 PassStateEntered A',
    '6←5 PassStateExited A',
    '7←6 MapIterationSucceeded M 0',
    '8←6 MapIterationStarted M 1',
    '9←8 PassStateEntered A',
    '10←9 PassStateExited A',
    '11←10 MapIterationSucceeded M 1',
    '12←11 MapStateSucceeded',
    '13←11 MapStateExited M',
    '14←13 ExecutionSucceeded',
  ]);
  expect(run.events[2]?.mapStateStartedEventDetails).toEqual({ length: 2 });
  expect(run.events[3]?.mapIterationStartedEventDetails).toEqual({ name: 'M', index: 0 });
});

test('at once: all iterations of the first wave start after MapStateStarted', async () => {
  const run = await runDefinition(map({ A: PASS }), { input: ['x', 'y', 'z'] });
  expect(linesOf(run).filter((line) => line.includes('MapIterationStarted'))).toEqual([
    '4←3 MapIterationStarted M 0',
    '5←3 MapIterationStarted M 1',
    '6←3 MapIterationStarted M 2',
  ]);
  expect(run).toMatchObject({ output: ['x', 'y', 'z'] });
});

test('no items: started and succeeded, with an empty array', async () => {
  const run = await runDefinition(map({ A: PASS }), { input: [] });
  expect(linesOf(run).slice(1)).toEqual([
    '2←0 MapStateEntered M',
    '3←2 MapStateStarted',
    '4←3 MapStateSucceeded',
    '5←3 MapStateExited M',
    '6←5 ExecutionSucceeded',
  ]);
  expect(run).toMatchObject({ output: [] });
});

describe('MaxConcurrency', () => {
  const most = async (
    more: object,
    count: number,
    input: Json = Array.from({ length: count }, (_, item) => item),
  ): Promise<number> => {
    let open = 0;
    let maximum = 0;
    const run = await runDefinition(map({ A: TASK }, more), {
      input,
      answers: {
        A: (_call, world) => {
          maximum = Math.max(maximum, ++open);
          world.after(1000, () => open--);
          return after(1000);
        },
      },
    });
    expect(run.status).toBe('SUCCEEDED');
    return maximum;
  };

  test('limits how many iterations are open', async () => {
    expect(await most({ MaxConcurrency: 3 }, 10)).toBe(3);
    expect(await most({ MaxConcurrency: 1 }, 4)).toBe(1);
  });

  test('0 and absence mean forty, as does anything above', async () => {
    expect(await most({ MaxConcurrency: 0 }, 50)).toBe(40);
    expect(await most({}, 50)).toBe(40);
    expect(await most({ MaxConcurrency: 1000 }, 50)).toBe(40);
  });

  test('may come from a path', async () => {
    expect(await most({ MaxConcurrencyPath: '$.limit', ItemsPath: '$.items' }, 0, { limit: 2, items: [1, 2, 3] })).toBe(2);
  });

  test.each([[-1], [1.5], ['two'], [null]])('as %j from a path fails before the Map has started', async (limit) => {
    const run = await runDefinition(map({ A: PASS }, { MaxConcurrencyPath: '$.limit', ItemsPath: '$.items' }), {
      input: { limit, items: [] },
    });
    expect(run).toMatchObject({ error: 'States.Runtime' });
    expect(typesOf(run)).toEqual(['ExecutionStarted', 'MapStateEntered', 'ExecutionFailed']);
  });

  test('waves take their time', async () => {
    const run = await runDefinition(map({ A: { Type: 'Wait', Seconds: 10, End: true } }, { MaxConcurrency: 2 }), {
      input: [1, 2, 3, 4, 5],
    });
    expect(run.durationMs).toBe(30_000);
  });
});

test('ItemsPath, ItemSelector and the Context Object of an item', async () => {
  const run = await runDefinition(
    map(
      { A: { ...PASS, Parameters: { 'in.$': '$', 'item.$': '$$.Map.Item' } } },
      {
        InputPath: '$.data',
        ItemsPath: '$.list',
        ItemSelector: {
          'value.$': '$$.Map.Item.Value',
          'index.$': '$$.Map.Item.Index',
          'shared.$': '$.shared',
          'state.$': '$$.State.Name',
        },
        ResultPath: '$.out',
        OutputPath: '$.out',
      },
    ),
    { input: { data: { list: ['a'], shared: 5 } } },
  );
  expect(run).toMatchObject({
    output: [{ in: { value: 'a', index: 0, shared: 5, state: 'M' }, item: { Index: 0, Value: 'a' } }],
  });
});

test('the deprecated Iterator and Parameters mean the same', async () => {
  const run = await runDefinition(
    {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          Iterator: { StartAt: 'A', States: { A: PASS } },
          Parameters: { 'v.$': '$$.Map.Item.Value' },
          End: true,
        },
      },
    },
    { input: [1] },
  );
  expect(run).toMatchObject({ output: [{ v: 1 }] });
});

test('an inner Map has its own item; what stands beside it in the iteration keeps the outer one', async () => {
  const inner = {
    Type: 'Map',
    ItemProcessor: { StartAt: 'I', States: { I: { ...PASS, Parameters: { 'i.$': '$$.Map.Item.Value' } } } },
    ResultPath: '$.inner',
    ItemsPath: '$.list',
    Next: 'O',
  };
  const run = await runDefinition(
    map({ Inner: inner, O: { ...PASS, Parameters: { 'inner.$': '$.inner', 'o.$': '$$.Map.Item.Index' } } }),
    { input: [{ list: [7] }, { list: [8] }] },
  );
  expect(run).toMatchObject({
    output: [
      { inner: [{ i: 7 }], o: 0 },
      { inner: [{ i: 8 }], o: 1 },
    ],
  });
});

test.each([[{ a: 1 }], ['text'], [5], [null]])('%j is no array: States.Runtime before the Map has started', async (items) => {
  const run = await runDefinition(map({ A: PASS }, { ItemsPath: '$.items' }), { input: { items } });
  expect(run).toMatchObject({
    error: 'States.Runtime',
    cause:
      'An error occurred while executing the state \'M\' (entered at the event id #2). Reference path "$.items" must point to array.',
  });
  expect(typesOf(run)).toEqual(['ExecutionStarted', 'MapStateEntered', 'ExecutionFailed']);
});

test('an iteration that fails fails the Map; open ones are aborted, those not started are not mentioned', async () => {
  const run = await runDefinition(
    map({ W: { Type: 'Wait', SecondsPath: '$', Next: 'F' }, F: { Type: 'Fail', Error: 'Broken' } }, { MaxConcurrency: 2 }),
    { input: [5, 1, 1] },
  );
  const lines = linesOf(run);
  const failing = lines.findIndex((line) => line.includes('FailStateEntered')) + 1;
  expect(lines.slice(failing)).toEqual([
    `${failing + 1}←${failing} MapIterationAborted M 0`,
    `${failing + 2}←${failing} WaitStateAborted`,
    `${failing + 3}←${failing} MapIterationFailed M 1`,
    `${failing + 4}←${failing} MapStateFailed`,
    `${failing + 5}←${failing + 4} ExecutionFailed Broken`,
  ]);
});

test('a Task that fails its iteration is aborted first, by assumption', async () => {
  const run = await runDefinition(map({ T: TASK }), { input: [1], answers: { T: fail('E') } });
  expect(linesOf(run).slice(7)).toEqual([
    '8←7 TaskFailed E',
    '9←8 TaskStateAborted',
    '10←8 MapIterationFailed M 0',
    '11←8 MapStateFailed',
    '12←11 ExecutionFailed E',
  ]);
  expect(run.assumptions).toEqual(['map-task-aborted']);
});

test('a failure is caught outside, with the raw input kept', async () => {
  const run = await runDefinition(
    map(
      { T: TASK },
      { ItemsPath: '$.items', Catch: [{ ErrorEquals: ['E'], ResultPath: '$.error', Next: 'Caught' }] },
      { Caught: PASS },
    ),
    {
      input: { items: [1] },
      answers: { T: fail('E') },
    },
  );
  expect(run).toMatchObject({ output: { items: [1], error: { Error: 'E', Cause: null } } });
  expect(linesOf(run).slice(10, 12)).toEqual(['11←8 MapStateFailed', '12←11 MapStateExited M']);
});

test('a retry runs all items again: MapStateStarted points to the event that failed', async () => {
  let calls = 0;
  const run = await runDefinition(
    map({ T: TASK }, { MaxConcurrency: 1, Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 4, MaxAttempts: 1 }] }),
    {
      input: [1, 2],
      answers: { T: (call) => (++calls === 2 ? fail('E')() : payloadOf(call)) },
    },
  );
  const lines = linesOf(run);
  const failed = lines.findIndex((line) => line.includes('TaskFailed')) + 1;
  expect(lines.slice(failed, failed + 4)).toEqual([
    `${failed + 1}←${failed} TaskStateAborted`,
    `${failed + 2}←${failed} MapIterationFailed M 1`,
    `${failed + 3}←${failed} MapStateStarted`,
    `${failed + 4}←${failed + 3} MapIterationStarted M 0`,
  ]);
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: [1, 2], durationMs: 4000 });
  expect(calls).toBe(4);
});

test('an ItemSelector that fails is the failure of the Map: a runtime error that ends the execution', async () => {
  const run = await runDefinition(
    map(
      { T: TASK },
      { ItemSelector: { 'x.$': '$$.Map.Item.Value.x' }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'After' }] },
      { After: PASS },
    ),
    {
      input: [{ x: 1 }, {}],
      answers: { T: () => after(1000) },
    },
  );
  expect(run).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining("the state 'M' (entered at the event id #2)") as string,
  });
  expect(linesOf(run).slice(2)).toEqual([
    '3←2 MapStateStarted',
    '4←3 MapIterationStarted M 0',
    '5←3 ExecutionFailed States.Runtime',
  ]);
});

test('three thousand iterations with a call each, forty at once', async () => {
  const run = await runDefinition(map({ T: TASK }, { ResultPath: null }), {
    input: Array.from({ length: 3000 }, (_, item) => item),
    answers: { T: (call) => after(1000, payloadOf(call)) },
  });
  expect(run).toMatchObject({ status: 'SUCCEEDED', durationMs: 75_000 });
  expect(secondsOf(run).at(-1)).toBe(75);
});
