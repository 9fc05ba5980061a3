import {
  CALL,
  after,
  linesOf,
  machineOf,
  never,
  runDefinition,
  secondsOf,
  SEND_AND_WAIT,
  typesOf,
  worldOf,
} from './run-definition';

const timed = (seconds: number, state: object) => ({
  StartAt: 'S',
  TimeoutSeconds: seconds,
  States: { S: { End: true, ...state } },
});

test('TimeoutSeconds of the machine ends the execution as TIMED_OUT, with an event that points to nothing', async () => {
  const run = await runDefinition(timed(10, { Type: 'Wait', Seconds: 11 }));
  expect(run).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout', cause: undefined, durationMs: 10_000 });
  expect(linesOf(run)).toEqual(['1←0 ExecutionStarted', '2←0 WaitStateEntered S', '3←0 ExecutionTimedOut States.Timeout']);
  expect(run.events.at(-1)?.executionTimedOutEventDetails).toEqual({ error: 'States.Timeout' });
});

test('an execution that is faster does not hear of it', async () => {
  const run = await runDefinition(timed(10, { Type: 'Wait', Seconds: 9 }));
  expect([run.status, run.durationMs]).toEqual(['SUCCEEDED', 9000]);
});

test.each([
  ['a call that never answers', CALL],
  [
    'a token that nobody answers',
    { Type: 'Task', Resource: SEND_AND_WAIT, Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } } },
  ],
  ['a state that catches everything', { ...CALL, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }] }],
])('it ends %s', async (_what, state) => {
  const run = await runDefinition(timed(10, state), { answers: { S: ({ token }) => (token === undefined ? never : null) } });
  expect(run).toMatchObject({ status: 'TIMED_OUT', durationMs: 10_000 });
});

test('it ends what branches still do, without a word about them', async () => {
  const run = await runDefinition(
    timed(5, { Type: 'Map', ItemProcessor: { StartAt: 'T', States: { T: { ...CALL, End: true } } } }),
    {
      input: [1, 2],
      answers: { T: () => after(9000) },
    },
  );
  expect(typesOf(run).slice(-1)).toEqual(['ExecutionTimedOut']);
  expect(typesOf(run).filter((type) => type.endsWith('Aborted'))).toEqual([]);
  expect(run.droppedCalls).toHaveLength(2);
});

test('it counts for each execution from its own start', async () => {
  const world = worldOf();
  const machine = machineOf(timed(10, { Type: 'Wait', SecondsPath: '$.s' }));
  await world.startExecution(machine, { s: 4 }).run();
  const [second, third] = await Promise.all([
    world.startExecution(machine, { s: 9 }).run(),
    world.startExecution(machine, { s: 20 }).run(),
  ]);
  expect([second?.status, third?.status]).toEqual(['SUCCEEDED', 'TIMED_OUT']);
  expect(secondsOf(third).at(-1)).toBe(10);
  expect(third.startDate.getTime()).toBe(second.startDate.getTime());
});
