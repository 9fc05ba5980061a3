import type { World } from '../../lib/simulator/world';
import { after, INVOKE, machineOf, only, worldOf } from './run-definition';

const ask = machineOf(only({ Type: 'Task', Resource: INVOKE, Parameters: { FunctionName: 'f' } }, 'Ask'));
/** Answers after some turns of the real event loop. */
const slowly = async (turns: number): Promise<null> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return null;
};

/** A world in which a Task begins these errands. */
const worldThat = (begin: (world: World) => void): World => worldOf({ answers: { Ask: (_, world) => (begin(world), null) } });

test('errands land in the order in which they began, whatever real time they take', async () => {
  const landed: string[] = [];
  const world = worldThat((inWorld) => {
    inWorld.errand(
      'the first',
      () => after(0, slowly(5)),
      () => landed.push('first'),
    );
    inWorld.errand(
      'the second',
      () => after(0, slowly(1)),
      () => landed.push('second'),
    );
  });
  await world.startExecution(ask, {}).run();
  await world.settled();
  expect(landed).toEqual(['first', 'second']);
});

test('an errand that outlives the execution is waited for, with the time that it takes', async () => {
  const startMs = worldOf().epochMs;
  const landed: number[] = [];
  const world = worldThat((inWorld) => {
    inWorld.errand(
      'a delivery',
      () => after(5000),
      () =>
        inWorld.errand(
          'the next',
          () => after(1000, slowly(1)),
          () => landed.push(inWorld.epochMs),
        ),
    );
  });
  expect((await world.startExecution(ask, {}).run()).durationMs).toBe(0);
  await world.settled();
  expect(landed).toEqual([startMs + 6000]);
});

test('what an errand throws ends the runs that are under way, and whoever waits hears of it', async () => {
  const world = worldOf({
    answers: {
      Ask: (_, inWorld) => {
        inWorld.errand(
          'a delivery',
          () => after(1000),
          () => {
            throw new Error('no such function');
          },
        );
        return after(5000);
      },
    },
  });
  await expect(world.startExecution(ask, {}).run()).rejects.toThrow('no such function');
  await expect(world.settled()).rejects.toThrow('no such function');
});

test('an errand hears of a failed call', async () => {
  const heard: unknown[] = [];
  const world = worldThat((inWorld) => {
    inWorld.errand(
      'a delivery',
      () => after(0, Promise.reject(new Error('busy'))),
      (landing) => heard.push(landing),
    );
  });
  await world.startExecution(ask, {}).run();
  await world.settled();
  expect(heard).toEqual([{ kind: 'error', error: new Error('busy') }]);
});
