import { parse } from '../../lib/asl/parse';
import { DefinitionError } from '../../lib/asl/problem';
import { MAX_EXPRESS_EVENTS } from '../../lib/simulator/limits';
import { CALL, linesOf, machineOf, never, only, runDefinition, SEND_AND_WAIT, worldOf } from './run-definition';

const EXPRESS = { type: 'EXPRESS' } as const;
const ARN = /^arn:aws:states:us-east-1:123456789012:express:Machine:run:[0-9a-f-]{36}$/;

test('an Express execution has a name, a UUID, and a Context Object that counts no redrives', async () => {
  const run = await runDefinition(only({ Type: 'Pass', Parameters: { 'all.$': '$$' } }), EXPRESS);
  expect(run.executionArn).toMatch(ARN);
  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    name: 'run',
    output: {
      all: {
        Execution: {
          Id: run.executionArn,
          Input: {},
          Name: 'run',
          RoleArn: 'arn:aws:iam::123456789012:role/MachineRole',
          StartTime: '2025-01-01T00:00:00.000Z',
        },
        State: { EnteredTime: '2025-01-01T00:00:00.000Z', Name: 'Only' },
        StateMachine: { Id: 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine', Name: 'Machine' },
      },
    },
  });
  expect(run).not.toHaveProperty('output.all.Execution.RedriveCount');
  // Another order than that of a Standard execution (recorded).
  const { output } = run as unknown as { output: { all: { Execution: object } } };
  expect(Object.keys(output.all.Execution)).toEqual(['Id', 'Input', 'Name', 'RoleArn', 'StartTime']);
});

test('two of them may have the same name', async () => {
  const world = worldOf();
  const machine = machineOf(only({ Type: 'Succeed' }), 'EXPRESS');
  const [one, two] = [world.startExecution(machine, {}, 'same'), world.startExecution(machine, {}, 'same')];
  expect(one.executionArn).not.toBe(two.executionArn);
  expect([(await one.run()).name, (await two.run()).name]).toEqual(['same', 'same']);
});

test.each([
  ['it waits', { Type: 'Wait', Seconds: 600 }],
  ['it calls', CALL],
])('it ends after five minutes: %s', async (_, state) => {
  const run = await runDefinition(only(state), { ...EXPRESS, answers: { Only: () => never } });
  expect(run).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout', cause: undefined, durationMs: 300_000 });
  expect(linesOf(run).at(-1)).toMatch(/←0 ExecutionTimedOut States.Timeout$/);
});

test.each([
  [299, 299],
  [301, 300],
])('with TimeoutSeconds %i after %i seconds', async (TimeoutSeconds, seconds) => {
  const run = await runDefinition({ ...only({ Type: 'Wait', Seconds: 600 }), TimeoutSeconds }, EXPRESS);
  expect([run.status, run.durationMs]).toEqual(['TIMED_OUT', seconds * 1000]);
});

test('one that is done in time succeeds', async () => {
  const run = await runDefinition(only({ Type: 'Wait', Seconds: 299 }), EXPRESS);
  expect([run.status, run.durationMs]).toEqual(['SUCCEEDED', 299_000]);
});

test('it may have more events than a Standard execution', async () => {
  const items = Array.from({ length: 7_000 }, (_, index) => index);
  const map = only({ Type: 'Map', ItemProcessor: only({ Type: 'Pass' }, 'Inner') });
  expect((await runDefinition(map, { input: items })).status).toBe('FAILED');
  const run = await runDefinition(map, { ...EXPRESS, input: items });
  expect([run.status, run.events.length]).toEqual(['SUCCEEDED', 28_006]);
});

test('one that goes round and round without waiting is stopped', async () => {
  const loop = {
    StartAt: 'Round',
    States: {
      Round: { Type: 'Choice', Choices: [{ Variable: '$.done', IsPresent: true, Next: 'End' }], Default: 'Round' },
      End: { Type: 'Succeed' },
    },
  };
  await expect(runDefinition(loop, EXPRESS)).rejects.toThrow(
    `has come to ${MAX_EXPRESS_EVENTS} events in 0 s of virtual time, the last in "Round". If it goes round and round, AWS ends it after 300 s; put a Wait into the loop.`,
  );
});

test('it refuses what only a Standard workflow has', () => {
  expect(() =>
    parse(
      only({ Type: 'Task', Resource: SEND_AND_WAIT, Parameters: { QueueUrl: 'q', 'MessageBody.$': '$$.Task.Token' } }),
      EXPRESS,
    ),
  ).toThrow(DefinitionError);
});
