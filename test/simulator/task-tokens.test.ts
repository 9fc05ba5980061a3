import { StatesError } from '../../lib/simulator/states-error';
import type { World } from '../../lib/simulator/world';
import {
  after,
  type Answers,
  linesOf,
  machineOf,
  runDefinition,
  secondsOf,
  SEND_AND_WAIT,
  typesOf,
  worldOf,
} from './run-definition';

const approval = (fields: object = {}, others: object = {}) => ({
  StartAt: 'WaitForApproval',
  States: {
    WaitForApproval: {
      Type: 'Task',
      Resource: SEND_AND_WAIT,
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'id.$': '$.id' } },
      ResultPath: '$.approval',
      End: true,
      ...fields,
    },
    ...others,
  },
});
const input = { id: 7 };
/** Answers the submission at once, and lets somebody write some time later. */
const writes = (afterMs: number, write: (world: World, token: string) => unknown): Answers => ({
  WaitForApproval: ({ token = '' }, world) => {
    world.after(afterMs, () => write(world, token));
    return { MessageId: 'm' };
  },
});

test('Submitted has the answer of the service, Succeeded what was sent for the token', async () => {
  const run = await runDefinition(approval(), {
    input,
    answers: writes(3_600_000, (world, token) => world.sendTaskSuccess(token, '{"ok": true}')),
  });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { id: 7, approval: { ok: true } }, durationMs: 3_600_000 });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 TaskStateEntered WaitForApproval',
    '3←2 TaskScheduled',
    '4←3 TaskStarted',
    '5←4 TaskSubmitted',
    '6←5 TaskSucceeded',
    '7←6 TaskStateExited WaitForApproval',
    '8←7 ExecutionSucceeded',
  ]);
  const names = { resourceType: 'sqs', resource: 'sendMessage.waitForTaskToken' };
  expect(run.events[4]?.taskSubmittedEventDetails).toEqual({
    ...names,
    output: '{"MessageId":"m"}',
    outputDetails: { truncated: false },
  });
  expect(run.events[5]?.taskSucceededEventDetails).toEqual({
    ...names,
    output: '{"ok":true}',
    outputDetails: { truncated: false },
  });
});

test('the token is in the Context Object while the parameters are made, and is the one the service gets', async () => {
  let heard: unknown;
  await runDefinition(approval(), {
    input,
    answers: {
      WaitForApproval: (call, world) => {
        heard = [call.parameters, call.token];
        world.after(1, () => world.sendTaskSuccess(String(call.token), 'null'));
        return {};
      },
    },
  });
  const [parameters, token] = heard as [unknown, string];
  expect(parameters).toEqual({ QueueUrl: 'q', MessageBody: { token, id: 7 } });
  expect(token.length).toBeGreaterThan(20);
});

test('each attempt has a token of its own; that of the one before is no longer open', async () => {
  const tokens: string[] = [];
  const late: boolean[] = [];
  await runDefinition(
    approval({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1, IntervalSeconds: 1 }] }),
    {
      input,
      answers: {
        WaitForApproval: ({ token = '' }, world) => {
          tokens.push(token);
          if (tokens.length === 2) {
            late.push(world.sendTaskSuccess(tokens[0] as string, '1'), world.sendTaskHeartbeat(tokens[0] as string));
            world.after(2000, () => late.push(world.sendTaskSuccess(token, '2'), world.sendTaskSuccess(token, '3')));
          }
          return {};
        },
      },
    },
  );
  expect(new Set(tokens).size).toBe(2);
  expect(late).toEqual([false, false, true, false]);
});

test('a failure is the Error Output of the task, with or without name and cause', async () => {
  const named = await runDefinition(approval(), {
    input,
    answers: writes(1, (world, token) => world.sendTaskFailure(token, 'Denied', 'no')),
  });
  expect(named).toMatchObject({ status: 'FAILED', error: 'Denied', cause: 'no' });
  expect(linesOf(named).slice(4)).toEqual(['5←4 TaskSubmitted', '6←5 TaskFailed Denied', '7←6 ExecutionFailed Denied']);
  const nameless = await runDefinition(approval(), { input, answers: writes(1, (world, token) => world.sendTaskFailure(token)) });
  expect(nameless).toMatchObject({ status: 'FAILED', error: undefined, cause: undefined });
  expect(nameless.events.at(-1)?.executionFailedEventDetails).toEqual({});
});

test('a submission that fails fails the task: there is nothing to wait for', async () => {
  const run = await runDefinition(approval(), {
    input,
    answers: {
      WaitForApproval: () => {
        throw new StatesError('SQS.QueueDoesNotExist', 'q');
      },
    },
  });
  expect(linesOf(run).slice(4)).toEqual(['5←4 TaskFailed SQS.QueueDoesNotExist', '6←5 ExecutionFailed SQS.QueueDoesNotExist']);
});

test('TimeoutSeconds counts from the event Started, not from the submission', async () => {
  const run = await runDefinition(approval({ TimeoutSeconds: 10 }), {
    input,
    answers: { WaitForApproval: () => after(4000, {}) },
  });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined, durationMs: 10_000 });
  expect(typesOf(run).slice(4)).toEqual(['TaskSubmitted', 'TaskTimedOut', 'ExecutionFailed']);
});

test('the answer may come a moment before the deadline, and not a moment after', async () => {
  const at = (ms: number) =>
    runDefinition(approval({ TimeoutSeconds: 10 }), {
      input,
      answers: writes(ms, (world, token) => world.sendTaskSuccess(token, '1')),
    });
  expect((await at(9999)).status).toBe('SUCCEEDED');
  expect((await at(10_001)).status).toBe('FAILED');
});

describe('heartbeats', () => {
  const beating = (periodMs: number, beats: number, then?: (world: World, token: string) => unknown): Answers => ({
    WaitForApproval: ({ token = '' }, world) => {
      for (let beat = 1; beat <= beats; beat++)
        world.after(beat * periodMs, () => expect(world.sendTaskHeartbeat(token)).toBe(true));
      if (then !== undefined) world.after((beats + 1) * periodMs, () => then(world, token));
      return {};
    },
  });

  test('without one the task times out, and the history has no event for those that came', async () => {
    const run = await runDefinition(approval({ HeartbeatSeconds: 10 }), { input, answers: beating(6000, 3) });
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined });
    expect(secondsOf(run).slice(-2)).toEqual([28, 28]);
    expect(typesOf(run)).toHaveLength(7);
  });

  test('put the lapse off until the answer comes', async () => {
    const run = await runDefinition(approval({ HeartbeatSecondsPath: '$.id' }), {
      input,
      answers: beating(6900, 9, (world, token) => world.sendTaskSuccess(token, '1')),
    });
    expect(run).toMatchObject({ status: 'SUCCEEDED', durationMs: 69_000 });
  });

  test('do not put off TimeoutSeconds', async () => {
    const run = await runDefinition(approval({ HeartbeatSeconds: 10, TimeoutSeconds: 30 }), { input, answers: beating(6000, 4) });
    expect(run).toMatchObject({ error: 'States.Timeout', durationMs: 30_000 });
  });

  test.each([
    ['States.HeartbeatTimeout', { HeartbeatSeconds: 5 }, 'SUCCEEDED'],
    ['States.Timeout', { HeartbeatSeconds: 5 }, 'SUCCEEDED'],
    ['States.TaskFailed', { HeartbeatSeconds: 5 }, 'FAILED'],
    ['States.HeartbeatTimeout', { TimeoutSeconds: 5 }, 'FAILED'],
  ])('%s against %j: %s', async (name, limit, status) => {
    const run = await runDefinition(
      approval({ ...limit, Catch: [{ ErrorEquals: [name], Next: 'Caught' }] }, { Caught: { Type: 'Pass', End: true } }),
      { input },
    );
    expect(run.status).toBe(status);
  });
});

test('a token may be answered before its call has answered; that is an assumption', async () => {
  const run = await runDefinition(approval(), {
    input,
    answers: {
      WaitForApproval: ({ token = '' }, world) => (expect(world.sendTaskSuccess(token, '"early"')).toBe(true), after(2000, {})),
    },
  });
  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    output: { approval: 'early' },
    durationMs: 2000,
    assumptions: ['token-answered-early'],
  });
});

test('nobody is heard after the end of the execution', async () => {
  const world = worldOf({ answers: writes(1, (at, token) => at.sendTaskSuccess(token, '1')) });
  let token = '';
  const execution = world.startExecution(machineOf(approval()), input);
  const run = await execution.run();
  token = String(JSON.parse(String(run.events[2]?.taskScheduledEventDetails?.parameters)).MessageBody.token);
  expect([world.sendTaskSuccess(token, '1'), world.sendTaskFailure(token), world.sendTaskHeartbeat(token)]).toEqual([
    false,
    false,
    false,
  ]);
});

test('an output that is not JSON, or is too long, is refused to who sends it; the task goes on waiting', async () => {
  const refused: string[] = [];
  const run = await runDefinition(approval(), {
    input,
    answers: writes(1, (world, token) => {
      for (const output of ['{', 'undefined', '', '1e400', JSON.stringify('x'.repeat(262_143))]) {
        try {
          world.sendTaskSuccess(token, output);
        } catch (error) {
          refused.push(String(error).slice(0, 60));
        }
      }
      world.sendTaskSuccess(token, JSON.stringify('x'.repeat(262_000)));
    }),
  });
  expect(refused).toHaveLength(5);
  for (const message of refused) expect(message).toMatch(/^SimulatorError: The output of SendTaskSuccess is /);
  expect(run.status).toBe('SUCCEEDED');
});

test('a wait that nobody ends is an error that names the state and says what to do', async () => {
  await expect(runDefinition(approval(), { input })).rejects.toThrow(
    '"WaitForApproval" waits for its task token and nothing will send it: send it with sendTaskSuccess or sendTaskFailure, or set TimeoutSeconds.',
  );
});

test('all waits that nobody ends are named', async () => {
  const branch = (name: string) => ({ StartAt: name, States: { [name]: approval().States.WaitForApproval } });
  const definition = { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [branch('One'), branch('Two')], End: true } } };
  await expect(runDefinition(definition, { input })).rejects.toThrow(
    /"One" waits for its task token[^]*"Two" waits for its task token/,
  );
});
