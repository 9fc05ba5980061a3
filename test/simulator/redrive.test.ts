import type { Json } from '../../lib/json/json';
import type { Perform, TaskCall } from '../../lib/simulator/task-call';
import { StatesError } from '../../lib/simulator/states-error';
import { createWorld } from '../../lib/simulator/world';
import { machineOf } from './run-definition';

const task = (name: string, rest: object = { End: true }) => ({
  Type: 'Task',
  Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  ...rest,
});

/** Runs a definition whose functions fail until they are mended, and then redrives it. */
async function redriven(definition: object, input: Json, broken: Set<string>) {
  const calls: string[] = [];
  const perform: Perform = (call: TaskCall) => {
    const what = `${call.state}:${JSON.stringify(call.parameters)}`;
    calls.push(what);
    if (broken.has(what) || broken.has(call.state)) throw new StatesError('Broken', what);
    return { value: call.parameters, durationMs: 0 };
  };
  const world = createWorld({ perform });
  const execution = world.startExecution(machineOf(definition), input, 'run');
  const first = await execution.run();
  const before = calls.splice(0);
  broken.clear();
  execution.redrive();
  const second = await execution.run();
  return { first, second, before, calls };
}

const types = (events: readonly { readonly type: string; readonly id: number; readonly previousEventId: number }[]) =>
  events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);

test('what has failed runs again with the same input, and what has succeeded does not', async () => {
  const { first, second, before, calls } = await redriven(
    { StartAt: 'A', States: { A: task('a', { Next: 'B' }), B: task('b') } },
    { n: 1 },
    new Set(['B']),
  );
  expect(first.status).toBe('FAILED');
  expect(before).toEqual(['A:{"n":1}', 'B:{"n":1}']);
  expect(second).toMatchObject({ status: 'SUCCEEDED', output: { n: 1 }, executionArn: first.executionArn });
  expect(calls).toEqual(['B:{"n":1}']);
  expect(types(second.events.slice(first.events.length - 1))).toMatchInlineSnapshot(`
   [
     "11<10 ExecutionFailed",
     "12<11 ExecutionRedriven",
     "13<12 LambdaFunctionScheduled",
     "14<13 LambdaFunctionStarted",
     "15<14 LambdaFunctionSucceeded",
     "16<15 TaskStateExited",
     "17<16 ExecutionSucceeded",
   ]
  `);
});

test('retries count anew', async () => {
  const retrying = task('a', { Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 2 }], End: true });
  const { before, calls, second } = await redriven({ StartAt: 'A', States: { A: retrying } }, {}, new Set(['A']));
  expect(before).toHaveLength(3);
  expect(calls).toHaveLength(1);
  expect(second.status).toBe('SUCCEEDED');
});

test('of a Parallel only the branches run again that have not succeeded', async () => {
  const branches = [
    { StartAt: 'A', States: { A: task('a') } },
    { StartAt: 'B', States: { B: task('b', { Next: 'C' }), C: task('c') } },
  ];
  const { calls, second } = await redriven(
    { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: branches, End: true } } },
    { n: 1 },
    new Set(['C']),
  );
  expect(second).toMatchObject({ status: 'SUCCEEDED', output: [{ n: 1 }, { n: 1 }] });
  expect(calls).toEqual(['C:{"n":1}']);
});

test('of an inline Map only the iterations run again that have not succeeded', async () => {
  const { calls, second, before } = await redriven(
    {
      StartAt: 'M',
      States: {
        M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: { StartAt: 'A', States: { A: task('a') } }, End: true },
      },
    },
    [1, 2, 3],
    new Set(['A:2']),
  );
  expect(before).toEqual(['A:1', 'A:2']);
  expect(calls).toEqual(['A:2', 'A:3']);
  expect(second).toMatchObject({ status: 'SUCCEEDED', output: [1, 2, 3] });
});

describe.each(['STANDARD', 'EXPRESS'])('a Distributed Map of %s children', (ExecutionType) => {
  const map = (rest: object) => ({
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
          StartAt: 'A',
          States: { A: task('a', { Next: 'B' }), B: task('b') },
        },
        End: true,
        ...rest,
      },
    },
  });

  test('runs only the children again that have not succeeded, and what was never started', async () => {
    const { first, second, calls } = await redriven(
      map({ MaxConcurrency: 2, ToleratedFailureCount: 1 }),
      [1, 2, 3, 4, 5, 6],
      new Set(['B:1', 'B:3']),
    );
    expect(first).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(second).toMatchObject({ status: 'SUCCEEDED', output: [1, 2, 3, 4, 5, 6] });
    expect(calls.filter((call) => call === 'A:1')).toHaveLength(ExecutionType === 'STANDARD' ? 0 : 1);
    expect(calls).not.toContain('B:2');
    expect(second.events.slice(first.events.length).map(({ type }) => type)).toEqual([
      'ExecutionRedriven',
      'MapRunRedriven',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });
});

describe('no redrive', () => {
  const started = (definition: object) => {
    const world = createWorld({
      perform: () => {
        throw new StatesError('Broken', 'for ever');
      },
    });
    return { world, execution: world.startExecution(machineOf(definition), [1], 'run') };
  };
  const failing = { StartAt: 'A', States: { A: task('a') } };

  test.each([
    [14 * 86_400 + 1, 'Execution redrivable period exceeded'],
    [366 * 86_400, 'Execution has exceeded the max execution time'],
  ])('%d seconds after its end', async (Seconds, reason) => {
    const { world, execution } = started(failing);
    await execution.run();
    // Time goes on while something runs.
    await world
      .startExecution(machineOf({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds, End: true } } }), {}, 'other')
      .run();
    expect(() => execution.redrive()).toThrow(`The execution ${execution.executionArn} cannot be redriven: ${reason}.`);
  });

  test('with a full history', async () => {
    const loop = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'E' }], Default: 'A' },
        E: { Type: 'Succeed' },
      },
    };
    const { execution } = started(loop);
    expect(await execution.run()).toMatchObject({ status: 'FAILED' });
    expect(() => execution.redrive()).toThrow('cannot be redriven: Execution history event limit exceeded.');
  });

  test('of a Map Run, after a thousand of them', async () => {
    const map = {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' }, ...failing },
      End: true,
    };
    const { execution } = started({ StartAt: 'M', States: { M: map } });
    let run = await execution.run();
    for (let redrive = 1; redrive <= 1_001; redrive++) {
      expect(run).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
      execution.redrive();
      run = await execution.run();
    }
    expect(run).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringMatching(/ was redriven 1000 times already\.$/) as string,
    });
    expect(run.assumptions).toContain('map-run-redrives');
    expect(run.mapRuns).toMatchObject([{ redriveCount: 1_000 }]);
  });
});
