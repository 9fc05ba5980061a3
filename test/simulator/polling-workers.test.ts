import type { Json } from '../../lib/json/json';
import type { ActivityTask } from '../../lib/simulator/activity-queue';
import type { World } from '../../lib/simulator/world';
import { detailsOfType, linesOf, machineOf, only, runDefinition, typesOf, worldOf } from './run-definition';

const PACK = 'arn:aws:states:us-east-1:123456789012:activity:pack';
const pack = (fields: object = {}) => only({ Type: 'Task', Resource: PACK, ...fields });
const polled = (): World => worldOf({ worker: () => 'polling' });

/** A worker that takes each task some time after it asked, and answers it later still. */
const work = (world: World, afterMs: number, forMs: number, answer: (task: ActivityTask) => void): void =>
  world.after(
    afterMs,
    () => void world.getActivityTask(PACK, 'packer-1', (task) => world.after(forMs, () => answer(task), task.taskToken)),
  );

test('a task waits for a worker that asks for it; the worker has its input and its token, and answers', async () => {
  const world = polled();
  const given: ActivityTask[] = [];
  work(world, 5000, 2000, (task) => {
    given.push(task);
    expect(world.sendTaskSuccess(task.taskToken, '{"packed":true}')).toBe(true);
  });
  const run = await world.startExecution(machineOf(pack()), { items: 2 }, 'run').run();
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { packed: true }, durationMs: 7000 });
  expect(given).toEqual([{ taskToken: expect.any(String), input: { items: 2 } }]);
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 TaskStateEntered Only',
    '3←2 ActivityScheduled',
    '4←3 ActivityStarted',
    '5←4 ActivitySucceeded',
    '6←5 TaskStateExited Only',
    '7←6 ExecutionSucceeded',
  ]);
  expect(run.events.slice(2, 5).map(({ timestamp }) => timestamp.getTime() - run.startDate.getTime())).toEqual([0, 5000, 7000]);
  expect(detailsOfType(run, 'ActivityStarted')).toEqual({ workerName: 'packer-1' });
});

test('a worker that asked first gets the task as soon as it is there', async () => {
  const world = polled();
  world.getActivityTask(PACK, undefined, ({ taskToken }) => world.after(1000, () => world.sendTaskSuccess(taskToken, '1')));
  const run = await world.startExecution(machineOf(pack()), {}, 'run').run();
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: 1, durationMs: 1000 });
  expect(detailsOfType(run, 'ActivityStarted')).toEqual({});
});

test('the token may be answered in the moment in which the worker hears of it', async () => {
  const world = polled();
  world.getActivityTask(PACK, undefined, ({ taskToken }) => expect(world.sendTaskFailure(taskToken, 'Broken', 'box')).toBe(true));
  const run = await world.startExecution(machineOf(pack()), {}, 'run').run();
  expect(run).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'box' });
  expect(typesOf(run)).toContain('ActivityFailed');
});

test('workers get the tasks in the order in which these were scheduled; one that has given up gets none', async () => {
  const world = polled();
  const taken: Json[] = [];
  const take = (name: string) => () =>
    void world.getActivityTask(PACK, name, ({ taskToken, input }) => {
      taken.push(`${name} ${String(input)}`);
      world.sendTaskSuccess(taskToken, 'null');
    });
  const giveUp = world.getActivityTask(PACK, 'nobody', () => taken.push('nobody'));
  giveUp();
  const all = ['a', 'b', 'c'].map((name) => world.startExecution(machineOf(pack()), name, name).run());
  world.after(1000, take('first'));
  world.after(2000, take('second'));
  world.after(2000, take('third'));
  await Promise.all(all);
  expect(taken).toEqual(['first a', 'second b', 'third c']);
});

test('limits count from the moment at which a worker has the task', async () => {
  const world = polled();
  world.after(100_000, () => void world.getActivityTask(PACK, undefined, () => undefined));
  const run = await world.startExecution(machineOf(pack({ TimeoutSeconds: 60, HeartbeatSeconds: 20 })), {}, 'run').run();
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: 120_000 });
  expect(typesOf(run).slice(-2)).toEqual(['ActivityTimedOut', 'ExecutionFailed']);
});

test('a task whose execution has ended is given to nobody', async () => {
  const world = polled();
  const given: ActivityTask[] = [];
  const execution = world.startExecution(machineOf(pack()), {}, 'run');
  world.after(1000, () => execution.stop());
  world.after(2000, () => void world.getActivityTask(PACK, undefined, (task) => given.push(task)));
  expect((await execution.run()).status).toBe('ABORTED');
  await world.startExecution(machineOf(only({ Type: 'Wait', Seconds: 10 })), {}).run();
  expect(given).toEqual([]);
});

test('a task for which nobody asks says what to do', async () => {
  await expect(runDefinition(pack(), { worker: () => 'polling' })).rejects.toThrow(
    `The call of ${PACK} by "Only" waits for a worker, and nobody asks for the task: call getActivityTask for ${PACK}.`,
  );
});

test('it comes to the same when cut at any event and reloaded from text', async () => {
  const machine = machineOf(
    pack({ HeartbeatSeconds: 30, Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 2 }] }),
  );
  const snapshots: string[] = [];
  // Workers ask at 10 s and at 60 s; only the second one answers, ten seconds later.
  const asks = (world: World): void => {
    const untilMs = (second: number): number =>
      world.epochMs - startMs >= second * 1000 ? -1 : second * 1000 - (world.epochMs - startMs);
    if (untilMs(10) > 0) world.after(untilMs(10), () => void world.getActivityTask(PACK, 'idle', () => undefined));
    const take = (): void =>
      void world.getActivityTask(PACK, 'busy', ({ taskToken }) =>
        world.after(70_000 - (world.epochMs - startMs), () => world.sendTaskSuccess(taskToken, '"packed"')),
      );
    if (untilMs(60) > 0) world.after(untilMs(60), take);
  };
  const first = worldOf({ worker: () => 'polling', onEvent: ({ snapshot }) => snapshots.push(JSON.stringify(snapshot())) });
  const startMs = first.epochMs;
  asks(first);
  const whole = await first.startExecution(machine, {}, 'run').run();
  expect(whole).toMatchObject({ status: 'SUCCEEDED', output: 'packed', durationMs: 70_000 });
  for (const [index, text] of snapshots.entries()) {
    const snapshot = JSON.parse(text);
    const world = polled();
    const execution = world.resumeExecution(machine, snapshot);
    asks(world);
    // The letter of a worker that had the task at the cut.
    const token = (snapshot.frame.step.attempt ?? {}) as { taken?: boolean; token?: string; workerName?: string };
    if (token.taken === true && token.workerName === 'busy')
      world.after(70_000 - (world.epochMs - startMs), () => world.sendTaskSuccess(String(token.token), '"packed"'));
    expect([index, (await execution.run()).events]).toEqual([index, whole.events]);
  }
});
