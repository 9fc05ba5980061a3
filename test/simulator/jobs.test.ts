import type { TaskCall } from '../../lib/simulator/task-call';
import { StatesError } from '../../lib/simulator/states-error';
import { cutEverywhere } from './cut-everywhere';
import { after, type Answers, linesOf, never, only, runDefinition, typesOf } from './run-definition';

const job = (fields: object = {}) =>
  only({ Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun.sync', Parameters: { JobName: 'j' }, ...fields });

/** Starting takes a second, the job ten more. */
const answers: Answers = {
  Only: (call) =>
    call.submitted === undefined ? after(1_000, { JobRunId: 'r-1' }) : after(10_000, { Id: 'r-1', JobRunState: 'SUCCEEDED' }),
};

test('a .sync task submits its job and succeeds with what the job comes to', async () => {
  const run = await runDefinition(job(), { answers });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Id: 'r-1', JobRunState: 'SUCCEEDED' }, durationMs: 11_000 });
  expect(linesOf(run)).toEqual([
    '1←0 ExecutionStarted',
    '2←0 TaskStateEntered Only',
    '3←2 TaskScheduled',
    '4←3 TaskStarted',
    '5←4 TaskSubmitted',
    '6←5 TaskSucceeded',
    '7←6 TaskStateExited Only',
    '8←7 ExecutionSucceeded',
  ]);
  expect(run.events[4]?.taskSubmittedEventDetails).toEqual({
    resourceType: 'glue',
    resource: 'startJobRun.sync',
    output: '{"JobRunId":"r-1"}',
    outputDetails: { truncated: false },
  });
});

test('who waits for the job is told what starting it answered', async () => {
  const calls: Pick<TaskCall, 'submitted' | 'epochMs'>[] = [];
  const started = await runDefinition(job(), {
    answers: {
      Only: (call) => {
        calls.push({ submitted: call.submitted, epochMs: call.epochMs });
        return after(1_000, { JobRunId: 'r-1' });
      },
    },
  });
  const startMs = started.startDate.getTime();
  expect(calls).toEqual([
    { submitted: undefined, epochMs: startMs },
    { submitted: { JobRunId: 'r-1' }, epochMs: startMs + 1_000 },
  ]);
});

test('a job that fails fails the task, and a retry starts another job', async () => {
  let started = 0;
  const run = await runDefinition(job({ Retry: [{ ErrorEquals: ['States.TaskFailed'] }] }), {
    answers: {
      Only: ({ submitted }) => {
        if (submitted === undefined) return { JobRunId: `r-${++started}` };
        if (started === 1) throw new StatesError('States.TaskFailed', '{"JobRunState":"FAILED"}');
        return submitted;
      },
    },
  });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { JobRunId: 'r-2' } });
  expect(typesOf(run).filter((type) => type === 'TaskSubmitted' || type === 'TaskFailed')).toEqual([
    'TaskSubmitted',
    'TaskFailed',
    'TaskSubmitted',
  ]);
});

test('a job that cannot be started fails the task without a submission', async () => {
  const run = await runDefinition(job(), {
    answers: {
      Only: () => {
        throw new StatesError('Glue.EntityNotFoundException', 'no such job');
      },
    },
  });
  expect(run).toMatchObject({ status: 'FAILED', error: 'Glue.EntityNotFoundException' });
  expect(typesOf(run)).not.toContain('TaskSubmitted');
});

test('TimeoutSeconds counts from the start and ends a job that never ends', async () => {
  const run = await runDefinition(job({ TimeoutSeconds: 30 }), {
    answers: { Only: ({ submitted }) => (submitted === undefined ? after(5_000, {}) : never) },
  });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout', durationMs: 30_000 });
});

test('comes to the same when cut at any event and reloaded from text', async () => {
  const { whole, snapshots, resumed } = await cutEverywhere(job(), {}, ({ submitted, attempt }) =>
    submitted === undefined ? after(1_000, { JobRunId: `r-${attempt}` }) : after(10_000, { of: submitted }),
  );
  expect(whole).toContain('SUCCEEDED');
  for (const index of snapshots.keys()) expect(`cut ${index}\n${await resumed(index)}`).toBe(`cut ${index}\n${whole}`);
});
