import type { Json } from '../../lib/json/json';
import type { Answer, TaskCall } from '../../lib/simulator/task-call';
import { type World, type WorldOptions } from '../../lib/simulator/world';
import { INVOKE, machineOf, only, typesOf, worldOf } from './run-definition';

const invoke = (fields: object = {}) =>
  only({ Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'f' }, ...fields }, 'Ask');
const child = machineOf(only({ Type: 'Wait', Seconds: 100 }));

/** Starts the child and answers with its output, or fails, when it has ended. */
const nested =
  (machine = child) =>
  (call: TaskCall, world: World): Answer => {
    const execution = world.startExecution(machine, { from: call.executionArn }, 'child');
    execution.onEnd(call.park());
    const value = execution
      .run()
      .then((run): Json => (run.status === 'SUCCEEDED' ? { child: run.output } : { ended: run.status }));
    return { value, durationMs: 0 };
  };

const world = (ask: (call: TaskCall, world: World) => Answer, options: Partial<WorldOptions> = {}): World =>
  worldOf({ answers: { Ask: ask }, ...options });

test('time does not wait for a call that waits for another execution', async () => {
  const run = await world(nested()).startExecution(machineOf(invoke()), {}, 'parent').run();
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { child: { from: run.executionArn } }, durationMs: 100_000 });
});

test('without that word it would', async () => {
  const unparked = (call: TaskCall, inWorld: World): Answer => {
    return nested()({ ...call, park: () => () => undefined }, inWorld);
  };
  await expect(world(unparked, { stallSeconds: 0.05 }).startExecution(machineOf(invoke()), {}).run()).rejects.toThrow(/pending/);
});

test('its deadline comes all the same', async () => {
  const run = await world(nested())
    .startExecution(machineOf(invoke({ TimeoutSeconds: 60 })), {}, 'parent')
    .run();
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: 60_000 });
  expect(typesOf(run)).toContain('TaskTimedOut');
});

test('what takes longer than the wait lands when it is over', async () => {
  const slow = (call: TaskCall, inWorld: World): Answer => ({ ...nested()(call, inWorld), durationMs: 250_000 });
  const run = await world(slow).startExecution(machineOf(invoke()), {}, 'parent').run();
  expect(run.durationMs).toBe(250_000);
});

test('a call may wait for the world several times, one after the other and at once', async () => {
  const twice = (call: TaskCall, inWorld: World): Answer => {
    const wait = async (name: string): Promise<Json> => {
      const unpark = call.park();
      const execution = inWorld.startExecution(child, {}, name);
      execution.onEnd(() => {
        unpark();
        unpark();
      });
      return (await execution.run()).durationMs;
    };
    const value = (async (): Promise<Json> => {
      const together = await Promise.all([wait('a'), wait('b')]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return [...together, await wait('c')];
    })();
    return { value, durationMs: 0 };
  };
  const run = await world(twice).startExecution(machineOf(invoke()), {}, 'parent').run();
  expect(run).toMatchObject({ output: [100_000, 100_000, 100_000], durationMs: 200_000 });
});

test('an answer that has not waited for what it asked for lands all the same', async () => {
  const hasty = (call: TaskCall, inWorld: World): Answer => {
    void nested()(call, inWorld);
    return { value: Promise.resolve('done'), durationMs: 0 };
  };
  const run = await world(hasty).startExecution(machineOf(invoke()), {}, 'parent').run();
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});

test('a call that waits for what cannot go on says so, and what that is says why', async () => {
  const never = machineOf(only({ Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'f' } }, 'Never'));
  const inWorld = worldOf({
    answers: { Ask: nested(never), Never: () => ({ value: null, durationMs: Infinity }) },
  });
  await expect(inWorld.startExecution(machineOf(invoke()), {}, 'parent').run()).rejects.toThrow(
    `The call of ${INVOKE} by "Ask" waits for something else in this world that cannot go on.`,
  );
});

test('stopped while it waits, the execution drops the call', async () => {
  const inWorld = world(nested());
  const parent = inWorld.startExecution(machineOf(invoke()), {}, 'parent');
  inWorld.after(10_000, () => parent.stop());
  expect(await parent.run()).toMatchObject({ status: 'ABORTED', durationMs: 10_000, droppedCalls: [expect.any(String)] });
});
