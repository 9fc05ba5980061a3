import '../../../lib/testing/jest';
import { callback, createTestWorld, service, simulate } from '../../../lib/simulator';

const asking = (fields: object = {}): { StartAt: string; States: object } => ({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token', 'order.$': '$.order' } },
      ...fields,
      End: true,
    },
  },
});
const queue = service('sqs:sendMessage', { MessageId: 'm-1' }, { fieldValidationMode: 'NONE' });
const run = (given: Parameters<typeof callback>[1], fields: object = {}) =>
  simulate(asking(fields), { input: { order: 7 }, fakes: [queue, callback('Ask', given)] });

test('succeeds after a while', async () => {
  const done = await run({ after: 3 * 3600, succeed: { approved: true } });
  expect(done).toSucceedWith({ approved: true });
  expect(done).toHaveTaken(3 * 3600);
  expect(done.unusedFakes).toEqual([]);
});

test('succeeds with what a function makes of the request, and remembers it', async () => {
  const approval = callback<{ MessageBody: { order: number } }>('Ask', { succeed: ({ MessageBody }) => MessageBody.order + 1 });
  expect(await simulate(asking(), { input: { order: 7 }, fakes: [queue, approval] })).toSucceedWith(8);
  expect(approval).toHaveBeenCalledTimes(1);
  expect(approval.calls[0]).toMatchObject({ state: 'Ask', request: { MessageBody: { order: 7 } } });
});

test.each([
  ['Rejected', undefined],
  [{ error: 'Rejected', cause: 'too dear' }, 'too dear'],
])('fails with %j', async (fail, cause) => {
  expect(await run({ after: 5, fail })).toMatchObject({ status: 'FAILED', error: 'Rejected', cause, durationMs: 5000 });
});

test('sends heartbeats until it answers', async () => {
  const limits = { HeartbeatSeconds: 60, TimeoutSeconds: 1000 };
  expect(await run({ heartbeatEvery: 50, after: 500, succeed: 1 }, limits)).toHaveTaken(500);
  expect(await run({ heartbeatEvery: 70, after: 500, succeed: 1 }, limits)).toMatchObject({
    error: 'States.Timeout',
    durationMs: 60_000,
  });
  expect(await run({ heartbeatEvery: 50 }, limits)).toMatchObject({ error: 'States.Timeout', durationMs: 1_000_000 });
});

test('heartbeats alone, for a task without a timeout, would go on without end: the run says so', async () => {
  await expect(run({ heartbeatEvery: 50 })).rejects.toThrow(/"Ask".*task token|task token.*"Ask"/s);
  // With a heartbeat timeout they keep it alive until no execution may live any longer.
  expect(await run({ heartbeatEvery: 86_400 }, { HeartbeatSeconds: 90_000 })).toFailWith('States.Timeout');
});

test('answers every attempt, and the later one of two wins', async () => {
  const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }];
  const busy = callback('Ask', { after: 10, fail: 'Busy' });
  expect(
    await simulate(asking({ Retry }), { input: { order: 1 }, fakes: [queue, callback('Ask', { succeed: 1 }), busy] }),
  ).toMatchObject({
    status: 'FAILED',
    durationMs: 21_000,
    unusedFakes: ["callback('Ask')"],
  });
  expect(busy).toHaveBeenCalledTimes(2);
});

test('its state must be there, unless the world is one for several state machines', async () => {
  const fakes = [queue, callback('Ask', { succeed: 1 }), callback('Aks', { succeed: 1 })];
  await expect(simulate(asking(), { fakes })).rejects.toThrow(
    `callback('Aks'): the state machine has no such state. Did you mean "Ask"? It has: Ask.`,
  );
  const world = createTestWorld(undefined, { fakes });
  expect(await simulate(asking(), { world, input: { order: 1 } })).toSucceedWith(1);
});

test('its state must wait for a token', async () => {
  const fakes = [callback('Look', { succeed: 1 }), callback('Aks', { succeed: 1 })];
  const { States, StartAt } = asking();
  const looking = { StartAt: 'Look', States: { Look: { Type: 'Pass', Next: StartAt }, ...States } };
  await expect(simulate(looking, { fakes })).rejects.toThrow(
    `callback('Look'): "Look" waits for no task token: its Resource does not end in .waitForTaskToken. These do: Ask.\n` +
      `callback('Aks'): the state machine has no such state. Did you mean "Ask"? It has: Look, Ask.`,
  );
  const nobody = { StartAt: 'Look', States: { Look: { Type: 'Pass', End: true } } };
  await expect(simulate(nobody, { fakes: [callback('Look', { succeed: 1 })] })).rejects.toThrow(
    'No state of the state machine does so.',
  );
});

test('no execution waits for longer than a year', async () => {
  const late = await run({ after: 70_000_000, succeed: 1 });
  expect(late).toMatchObject({ status: 'TIMED_OUT', durationMs: 366 * 86_400_000 });
});

test.each([
  ['succeed and fail', { succeed: 1, fail: 'E' }, /either succeeds or fails/],
  ['nothing', {}, /does nothing/],
  ['a negative duration', { after: -1, succeed: 1 }, /after is a duration of at least 0 ms; it is -1000 ms/],
  ['heartbeats without a pause', { heartbeatEvery: 0 }, /heartbeatEvery is a duration of at least 1 ms/],
  ['an output that is no JSON', { succeed: { at: new Date(0) } }, /the output of callback\('Ask'\)/],
])('refuses %s', (_, options, message) => {
  expect(() => callback('Ask', options)).toThrow(message);
});
