import { createWorld, DEFAULT_SEED } from '../../lib/simulator/world';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import {
  after,
  CALL,
  INVOKE,
  linesOf,
  machineOf,
  only,
  renderRun,
  runDefinition,
  secondsOf,
  typesOf,
  worldOf,
} from './run-definition';

const wait = (seconds: number) => machineOf(only({ Type: 'Wait', Seconds: seconds }));
const pass = machineOf(only({ Type: 'Pass' }));

describe('a run', () => {
  test('is plain data', async () => {
    const run = await runDefinition(only({ Type: 'Wait', Seconds: 2 }), {
      input: { a: 1 },
      startTime: new Date('2026-05-06T07:08:09Z'),
      seed: 's',
    });
    const { events, headroom: _headroom, ...rest } = run;
    expect(rest).toEqual({
      status: 'SUCCEEDED',
      output: { a: 1 },
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:Machine:run',
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine',
      name: 'run',
      input: { a: 1 },
      startDate: new Date('2026-05-06T07:08:09Z'),
      stopDate: new Date('2026-05-06T07:08:11Z'),
      durationMs: 2000,
      seed: 's',
      mapRuns: [],
      redriveCount: 0,
      droppedCalls: [],
      assumptions: [],
    });
    expect(events).toHaveLength(4);
    expect(events[0]?.timestamp).toEqual(new Date('2026-05-06T07:08:09Z'));
  });

  test('begins in 2025 with the default seed, in us-east-1', async () => {
    const world = createWorld({ perform: () => after(0) });
    expect([world.seed, world.region, new Date(world.epochMs).toISOString()]).toEqual([
      DEFAULT_SEED,
      'us-east-1',
      '2025-01-01T00:00:00.000Z',
    ]);
    expect((await world.startExecution(pass, {}).run()).seed).toBe(DEFAULT_SEED);
  });

  test('asked for twice is the same run', async () => {
    const execution = worldOf().startExecution(wait(1), {});
    const [first, second] = await Promise.all([execution.run(), execution.run()]);
    expect(renderRun(first)).toBe(renderRun(second));
    expect(renderRun(await execution.run())).toBe(renderRun(first));
  });
});

describe('executions of one world', () => {
  test('share its clock', async () => {
    const world = worldOf();
    const runs = await Promise.all([world.startExecution(wait(5), {}).run(), world.startExecution(wait(3), {}).run()]);
    expect(runs.map(({ durationMs }) => durationMs)).toEqual([5000, 3000]);
    const next = await world.startExecution(wait(1), {}).run();
    expect(next.startDate.getTime() - (runs[0]?.startDate.getTime() ?? 0)).toBe(5000);
  });

  test('are named after the seed, each another way; a name can be given once', async () => {
    const names = (seed: string): string[] => {
      const world = worldOf({ seed });
      return [world.startExecution(pass, {}), world.startExecution(pass, {})].map(({ executionArn }) => executionArn);
    };
    expect(names('a')).toEqual(names('a'));
    expect(new Set([...names('a'), ...names('b')]).size).toBe(4);
    const world = worldOf();
    await world.startExecution(pass, {}, 'mine').run();
    expect(() => world.startExecution(pass, {}, 'mine')).toThrow(SimulatorError);
    expect(() => world.startExecution(pass, {}, 'mine')).toThrow(
      'There has been an execution named "mine" in this world: give each its own name, or none.',
    );
  });

  test('one that is started while another runs runs along', async () => {
    const started: Promise<unknown>[] = [];
    const run = await runDefinition(only(CALL, 'T'), {
      answers: {
        T: (_call, world) => {
          started.push(world.startExecution(wait(2), { child: true }).run());
          return after(5000);
        },
      },
    });
    expect(run.durationMs).toBe(5000);
    expect(await Promise.all(started)).toMatchObject([{ status: 'SUCCEEDED', durationMs: 2000, output: { child: true } }]);
  });

  test("one's dropped calls are not the other's", async () => {
    const world = worldOf({ answers: { Slow: () => after(9000) } });
    const slow = machineOf(only({ ...CALL, TimeoutSeconds: 1 }, 'Slow'));
    const runs = await Promise.all([world.startExecution(slow, {}).run(), world.startExecution(pass, {}).run()]);
    expect(runs.map(({ droppedCalls }) => droppedCalls.length)).toEqual([1, 0]);
  });
});

describe('after', () => {
  test('calls when that much time has passed, in order', async () => {
    const world = worldOf();
    const called: string[] = [];
    const begin = world.epochMs;
    for (const ms of [3000, 1000, 2000]) world.after(ms, () => called.push(`${ms} at ${world.epochMs - begin}`));
    await world.startExecution(wait(5), {}).run();
    expect(called).toEqual(['1000 at 1000', '2000 at 2000', '3000 at 3000']);
  });

  test('does not call when nothing runs any more, and does not move the clock', async () => {
    const world = worldOf();
    const begin = world.epochMs;
    let called = false;
    world.after(60_000, () => (called = true));
    await world.startExecution(wait(5), {}).run();
    expect([called, world.epochMs - begin]).toEqual([false, 5000]);
  });
});

describe('stop', () => {
  test('ends a waiting execution as ABORTED, with an event that points to nothing', async () => {
    const world = worldOf();
    const execution = world.startExecution(wait(60), {});
    world.after(7000, () => execution.stop('Manual', 'enough'));
    const run = await execution.run();
    expect(run).toMatchObject({ status: 'ABORTED', error: 'Manual', cause: 'enough', durationMs: 7000 });
    expect(linesOf(run)).toEqual(['1←0 ExecutionStarted', '2←0 WaitStateEntered Only', '3←0 ExecutionAborted Manual']);
    expect(run.events.at(-1)?.executionAbortedEventDetails).toEqual({ error: 'Manual', cause: 'enough' });
  });

  test('needs neither error nor cause, and comes too late for one that has ended', async () => {
    const world = worldOf();
    const execution = world.startExecution(wait(60), {});
    execution.stop();
    const run = await execution.run();
    expect(run).toMatchObject({ status: 'ABORTED', error: undefined, cause: undefined });
    expect(run.events.at(-1)?.executionAbortedEventDetails).toEqual({});
    execution.stop('again');
    expect((await execution.run()).events).toHaveLength(run.events.length);
  });

  test('from within its own task: nothing more is recorded', async () => {
    const world = worldOf({
      answers: {
        T: () => {
          execution.stop('Me');
          return after(1000);
        },
      },
    });
    const execution = world.startExecution(machineOf(only(CALL, 'T')), {});
    const run = await execution.run();
    expect(typesOf(run).slice(-2)).toEqual(['TaskStarted', 'ExecutionAborted']);
    expect(run).toMatchObject({ status: 'ABORTED', droppedCalls: [`The call of ${INVOKE} by "T"`], durationMs: 0 });
  });

  test('from whoever hears of an event: that is the last but one', async () => {
    const world = worldOf({ onEvent: ({ id }) => void (id === 3 && execution.stop('Heard')) });
    const execution = world.startExecution(
      machineOf({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } } }),
      {},
    );
    const run = await execution.run();
    expect(linesOf(run).slice(1)).toEqual(['2←0 PassStateEntered A', '3←2 PassStateExited A', '4←0 ExecutionAborted Heard']);
    expect(run.status).toBe('ABORTED');
  });
});

describe('onEvent', () => {
  test('hears of every event right after it was recorded', async () => {
    const heard: number[] = [];
    const run = await runDefinition(only({ Type: 'Wait', Seconds: 1 }), {
      onEvent: ({ id, executionArn, snapshot }) => {
        heard.push(id);
        expect(executionArn).toMatch(/:run$/);
        expect(snapshot().events).toHaveLength(id);
      },
    });
    expect(heard).toEqual(run.events.map(({ id }) => id));
  });

  test('an exception in it reaches whoever awaits the run', async () => {
    const listener = () => {
      throw new Error('from the listener');
    };
    const world = createWorld({ perform: () => after(0), onEvent: ({ id }) => id === 3 && listener() });
    await expect(world.startExecution(pass, {}).run()).rejects.toThrow('from the listener');
  });
});

describe('resumeExecution', () => {
  const snapshotsOf = async (seconds: number): Promise<string[]> => {
    const snapshots: string[] = [];
    await runDefinition(only({ Type: 'Wait', Seconds: seconds }), {
      onEvent: ({ snapshot }) => snapshots.push(JSON.stringify(snapshot())),
    });
    return snapshots;
  };

  test('brings the clock to the time of the cut', async () => {
    const [, , exited] = await snapshotsOf(60);
    const world = worldOf({ startTime: new Date(0) });
    const run = await world.resumeExecution(machineOf(only({ Type: 'Wait', Seconds: 60 })), JSON.parse(String(exited))).run();
    expect(world.epochMs).toBe(Date.UTC(2025, 0, 1, 0, 1));
    expect(secondsOf(run)).toEqual([0, 0, 60, 60]);
  });

  test('in a world that is later already, what was due meanwhile is due now', async () => {
    const [, entered] = await snapshotsOf(60);
    const world = worldOf({ startTime: new Date('2025-01-01T12:00:00Z') });
    const run = await world.resumeExecution(machineOf(only({ Type: 'Wait', Seconds: 60 })), JSON.parse(String(entered))).run();
    expect(secondsOf(run)).toEqual([0, 0, 43_200, 43_200]);
  });

  test('leaves the snapshot as it was, so that it can be gone on with again', async () => {
    const [, entered] = await snapshotsOf(60);
    const snapshot = JSON.parse(String(entered));
    const machine = machineOf(only({ Type: 'Wait', Seconds: 60 }));
    const runs = [];
    for (let time = 0; time < 2; time++) runs.push(renderRun(await worldOf().resumeExecution(machine, snapshot).run()));
    expect(runs[0]).toBe(runs[1]);
    expect(JSON.stringify(snapshot)).toBe(entered);
  });

  test('of an execution that had ended gives its run', async () => {
    const ended = (await snapshotsOf(60)).at(-1);
    const run = await worldOf()
      .resumeExecution(wait(60), JSON.parse(String(ended)))
      .run();
    expect(run).toMatchObject({ status: 'SUCCEEDED', durationMs: 60_000 });
    expect(run.events).toHaveLength(4);
  });

  test('with another machine says which state it does not have', async () => {
    const [, entered] = await snapshotsOf(60);
    const other = machineOf(only({ Type: 'Wait', Seconds: 60 }, 'Other'));
    await expect(
      worldOf()
        .resumeExecution(other, JSON.parse(String(entered)))
        .run(),
    ).rejects.toThrow(
      'The execution stands at the state "Only", which its state machine does not have. Resume it with the machine it was started with.',
    );
  });
});
