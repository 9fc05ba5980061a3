import { StatesError } from '../../lib/simulator/states-error';
import { cutEverywhere } from './cut-everywhere';
import { after, detailsOfType, linesOf, never, only, runDefinition, typesOf } from './run-definition';

const PACK = 'arn:aws:states:us-east-1:123456789012:activity:pack';
const pack = (fields: object = {}) => only({ Type: 'Task', Resource: PACK, ...fields });

test('an activity is scheduled with its input, started by its worker, and succeeds', async () => {
  const run = await runDefinition(pack({ TimeoutSeconds: 60, HeartbeatSeconds: 50 }), {
    input: { items: 2 },
    answers: { Only: ({ parameters }) => after(40_000, { packed: parameters }) },
    worker: () => ({ workerName: 'packer-1' }),
  });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { packed: { items: 2 } }, durationMs: 40_000, assumptions: [] });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 TaskStateEntered Only',
    '3←2 ActivityScheduled',
    '4←3 ActivityStarted',
    '5←4 ActivitySucceeded',
    '6←5 TaskStateExited Only',
    '7←6 ExecutionSucceeded',
  ]);
  expect(detailsOfType(run, 'ActivityScheduled')).toEqual({
    resource: PACK,
    input: '{"items":2}',
    inputDetails: { truncated: false },
    timeoutInSeconds: 60,
    heartbeatInSeconds: 50,
  });
  expect(detailsOfType(run, 'ActivityStarted')).toEqual({ workerName: 'packer-1' });
  expect(detailsOfType(run, 'ActivitySucceeded')).toEqual({
    output: '{"packed":{"items":2}}',
    outputDetails: { truncated: false },
  });
});

test('a worker need not have a name', async () => {
  expect(detailsOfType(await runDefinition(pack()), 'ActivityStarted')).toEqual({});
});

test('its failure is retried and caught by its name', async () => {
  const run = await runDefinition(
    {
      StartAt: 'Pack',
      States: {
        Pack: {
          Type: 'Task',
          Resource: PACK,
          Retry: [{ ErrorEquals: ['OutOfBoxes'], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['OutOfBoxes'], Next: 'Tell' }],
          End: true,
        },
        Tell: { Type: 'Pass', End: true },
      },
    },
    {
      answers: {
        Pack: () => {
          throw new StatesError('OutOfBoxes', 'none left');
        },
      },
    },
  );
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'OutOfBoxes', Cause: 'none left' } });
  expect(typesOf(run).filter((type) => type.startsWith('Activity'))).toEqual([
    'ActivityScheduled',
    'ActivityStarted',
    'ActivityFailed',
    'ActivityScheduled',
    'ActivityStarted',
    'ActivityFailed',
  ]);
});

test.each([
  ['TimeoutSeconds', { TimeoutSeconds: 30 }, 30],
  ['HeartbeatSeconds, for a worker that sends none', { TimeoutSeconds: 30, HeartbeatSeconds: 10 }, 10],
])('it times out by %s', async (_, fields, seconds) => {
  const run = await runDefinition(pack(fields), { answers: { Only: () => never } });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: seconds * 1000, assumptions: [] });
  expect(typesOf(run).slice(-2)).toEqual(['ActivityTimedOut', 'ExecutionFailed']);
});

test('an activity that does not exist fails the execution, whatever Retry and Catch say', async () => {
  const fields = { Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] };
  const run = await runDefinition(pack(fields), { worker: () => undefined });
  expect(run).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: `An error occurred while executing the state 'Only' (entered at the event id #2). The activity ${PACK} does not exist.`,
  });
  expect(typesOf(run)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'ExecutionFailed']);
});

test('an answer over the limit is named after the activity', async () => {
  const run = await runDefinition(pack(), { answers: { Only: () => 'x'.repeat(262_144) } });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded', cause: expect.stringContaining(PACK) });
});

test('it comes to the same when cut at any event and reloaded from text', async () => {
  const fields = { HeartbeatSeconds: 20, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] };
  const { whole, snapshots, resumed } = await cutEverywhere(pack(fields), {}, ({ attempt }) =>
    attempt === 0 ? never : after(5000, { packed: true }),
  );
  expect(whole).toContain('"status": "SUCCEEDED"');
  for (const index of snapshots.keys()) expect(`cut ${index}\n${await resumed(index)}`).toBe(`cut ${index}\n${whole}`);
});
