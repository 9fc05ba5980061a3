import { patientPace, runningPace, type Pace } from '../../lib/simulator/pace';
import type { World } from '../../lib/simulator/world';
import { machineOf, only, SEND_AND_WAIT, worldOf } from './run-definition';

const START_MS = Date.UTC(2025, 0, 1);
const waiting = (seconds: number) => machineOf(only({ Type: 'Wait', Seconds: seconds }));
const asking = (fields: object = {}) =>
  machineOf(
    only({ Type: 'Task', Resource: SEND_AND_WAIT, Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' }, ...fields }),
  );

/** A world that shows the tokens that were sent. */
function worldAt(pace: Pace): { world: World; tokens: string[] } {
  const tokens: string[] = [];
  const answers = { Only: ({ token }: { token: string | undefined }) => tokens.push(String(token)) };
  return { world: worldOf({ pace, answers }), tokens };
}

/** Waits until it holds; for real. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

const hour = 3600;

describe('a patient pace', () => {
  test('jumps while there is nobody to wait for', async () => {
    const { world } = worldAt(patientPace);
    expect(await world.startExecution(waiting(hour), {}).run()).toMatchObject({ status: 'SUCCEEDED', durationMs: hour * 1000 });
  });

  test('waits for who could answer a token: neither its timeout nor anybody else’s timer comes before', async () => {
    const { world, tokens } = worldAt(patientPace);
    const asked = world.startExecution(asking({ TimeoutSeconds: 60 }), {}).run();
    const waited = world.startExecution(waiting(30), {}).run();
    await until(() => tokens.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(world.epochMs).toBe(START_MS);
    expect(world.sendTaskSuccess(tokens[0] as string, '"yes"')).toBe(true);
    expect(await asked).toMatchObject({ status: 'SUCCEEDED', output: 'yes', durationMs: 0 });
    expect(await waited).toMatchObject({ status: 'SUCCEEDED', durationMs: 30_000 });
  });

  test('does not wait for a token that the agenda will answer', async () => {
    const world: World = worldOf({
      pace: patientPace,
      answers: {
        Only: ({ token }) => {
          world.after(5000, () => world.sendTaskSuccess(String(token), '1'), token);
          return null;
        },
      },
    });
    expect(await world.startExecution(asking(), {}).run()).toMatchObject({ output: 1, durationMs: 5000 });
  });

  test('waits for a worker, and then for its answer', async () => {
    const arn = 'arn:aws:states:us-east-1:123456789012:activity:pack';
    const world = worldOf({ pace: patientPace, worker: () => 'polling' });
    const run = world.startExecution(machineOf(only({ Type: 'Task', Resource: arn, TimeoutSeconds: 9 })), {}).run();
    const waited = world.startExecution(waiting(30), {}).run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { taskToken } = await new Promise<{ taskToken: string }>((resolve) => world.getActivityTask(arn, 'w', resolve));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(world.epochMs).toBe(START_MS);
    world.sendTaskSuccess(taskToken, '2');
    expect(await run).toMatchObject({ status: 'SUCCEEDED', output: 2, durationMs: 0 });
    expect(await waited).toMatchObject({ durationMs: 30_000 });
  });

  test('an execution that is started, or stopped, while it waits is not kept waiting', async () => {
    const { world, tokens } = worldAt(patientPace);
    const asked = world.startExecution(asking(), {});
    const ended = asked.run();
    await until(() => tokens.length === 1);
    expect(await world.startExecution(machineOf(only({ Type: 'Pass' })), 7).run()).toMatchObject({ output: 7 });
    asked.stop('Enough', 'of it');
    expect(await ended).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of it' });
  });
});

describe('a running pace', () => {
  test('takes real time, by its factor', async () => {
    const { world } = worldAt(runningPace(START_MS, 1000));
    const startedAt = performance.now();
    const run = await world.startExecution(waiting(50), {}).run();
    expect(run.status).toBe('SUCCEEDED');
    // 50 s of virtual time are 50 ms. Timers of Node may come a millisecond early, and the pace does not.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
    expect(world.epochMs - START_MS).toBeGreaterThanOrEqual(50_000);
  });

  test('goes on while nothing runs, and while somebody thinks about a token', async () => {
    const { world, tokens } = worldAt(runningPace(START_MS, 1000));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const run = world.startExecution(asking(), {}).run();
    await until(() => tokens.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    world.sendTaskSuccess(tokens[0] as string, '1');
    const { startDate, durationMs } = await run;
    expect(startDate.getTime() - START_MS).toBeGreaterThanOrEqual(19_000);
    expect(durationMs).toBeGreaterThanOrEqual(19_000);
  });

  test('lets a token time out', async () => {
    const { world } = worldAt(runningPace(START_MS, 1000));
    expect(await world.startExecution(asking({ TimeoutSeconds: 20 }), {}).run()).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      durationMs: 20_000,
    });
  });
});
