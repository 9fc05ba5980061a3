import { Duration } from 'aws-cdk-lib';
import { compile, createWorld, parse, type Snapshot } from '../../../lib/simulator';
import { fails, job, service, simulate, SimulatorError } from '../../../lib/testing';
import { inARow } from '../definitions';

const glue = (fields: object = {}, pattern = '.sync') =>
  inARow({
    Run: {
      Type: 'Task',
      Resource: `arn:aws:states:::glue:startJobRun${pattern}`,
      Parameters: { 'JobName.$': '$.name' },
      ...fields,
    },
  });
const input = { name: 'nightly' };

test('a task waits for its job, and has what the service says of it', async () => {
  const nightly = job('glue:startJobRun', { takes: Duration.minutes(20) });
  const run = await simulate(glue(), { input, fakes: [nightly] });

  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    output: { JobName: 'nightly', JobRunState: 'SUCCEEDED', ExecutionTime: 1200 },
  });
  expect(run.stopDate.getTime() - run.startDate.getTime()).toBe(20 * 60_000);
  expect(nightly).toHaveBeenCalledTimes(1);
  expect(run.events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

test('who does not wait goes on at once', async () => {
  const run = await simulate(glue({}, ''), { input, fakes: [job('glue:startJobRun', { takes: 60, fail: 'later' })] });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { JobRunId: expect.stringMatching(/^jr_/) as unknown } });
  expect(run.stopDate).toEqual(run.startDate);
});

test('a job that fails takes its time, and is caught', async () => {
  const definition = glue({ Retry: [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1, IntervalSeconds: 10 }] });
  const run = await simulate(definition, { input, fakes: [job('glue:startJobRun', { takes: 60, fail: 'Out of memory' })] });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
  expect(JSON.parse((run as { cause?: string }).cause ?? '')).toMatchObject({
    JobRunState: 'FAILED',
    ErrorMessage: 'Out of memory',
  });
  expect(run.stopDate.getTime() - run.startDate.getTime()).toBe(130_000);
});

test('a script says what comes of each job, and a function looks at the request', async () => {
  const definition = glue({ Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 1 }] });
  const scripted = job(
    'glue:startJobRun',
    fails('Glue.ConcurrentRunsExceededException')
      .then({ takes: 10, fail: 'first' })
      .then(({ JobName }: { JobName: string }) => ({ takes: 20, result: { Note: JobName } })),
  );
  const run = await simulate(definition, { input, fakes: [scripted] });
  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { Note: 'nightly' } });
  expect(scripted).toHaveBeenCalledTimes(3);
  expect(run.stopDate.getTime() - run.startDate.getTime()).toBe(32_000);
});

test('TimeoutSeconds ends the wait for a job', async () => {
  const run = await simulate(glue({ TimeoutSeconds: 30 }), { input, fakes: [job('glue:startJobRun', { takes: 31 })] });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('jobs at once end each as its own', async () => {
  const definition = inARow({
    Each: { Type: 'Map', ItemsPath: '$.names', ItemProcessor: glue() },
  });
  const byName = job('glue:startJobRun', ({ JobName }) => ({ takes: Number(JobName), result: { ended: JobName as string } }));
  const run = await simulate(definition, {
    input: { names: [30, 10, 20].map((name) => ({ name: String(name) })) },
    fakes: [byName],
  });
  expect(run).toMatchObject({ output: [{ ended: '30' }, { ended: '10' }, { ended: '20' }] });
  expect(run.stopDate.getTime() - run.startDate.getTime()).toBe(30_000);
});

test('a fake of the integration that comes later wins', async () => {
  const fakes = [
    job('glue:startJobRun', {}),
    service('glue:startJobRun.sync', { JobName: 'other' }, { fieldValidationMode: 'NONE' }),
  ];
  expect(await simulate(glue(), { input, fakes })).toMatchObject({ output: { JobName: 'other' } });
});

test('an execution that goes on in another world waits for its job, too', async () => {
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:m';
  const machine = { name: 'm', arn, roleArn: 'r', type: 'STANDARD', program: compile(parse(glue())) } as const;
  const cloud = { machines: [], functions: [], tables: [], connections: [], resources: [] };
  const inWorld = () => {
    const opened = job('glue:startJobRun', { takes: 60 }).open(cloud, {} as never);
    return (onEvent?: Parameters<typeof createWorld>[0]['onEvent']) =>
      createWorld({ perform: (call) => opened.perform(call, () => null), ...(onEvent === undefined ? {} : { onEvent }) });
  };
  let cut: Snapshot | undefined;
  const first = inWorld()(({ id, snapshot }) => {
    if (id === 5) cut = JSON.parse(JSON.stringify(snapshot())) as Snapshot;
  });
  const whole = await first.startExecution(machine, input).run();
  const resumed = await inWorld()()
    .resumeExecution(machine, cut as Snapshot)
    .run();
  expect(resumed.stopDate).toEqual(whole.stopDate);
  expect(resumed).toMatchObject({ status: 'SUCCEEDED', output: { JobRunState: 'SUCCEEDED' } });
});

test('without a word of the test no job is started, even with a Catch of everything', async () => {
  const definition = glue({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Run' }] });
  await expect(simulate(definition, { input })).rejects.toThrow(
    `"Run" starts a job with arn:aws:states:::glue:startJobRun.sync, and nobody says how it ends. Add a fake: job('glue:startJobRun', { takes: 60 }).`,
  );
});

test.each<[() => unknown, RegExp]>([
  [
    () => job('sagemaker:createTrainingJob', {}),
    /is none of the jobs that are simulated: athena:startQueryExecution, .*service\('sagemaker:createTrainingJob\.sync', …\)/,
  ],
  [
    () => job('glue:startJobRun', { after: 1 } as object),
    /has no option "after"\. There are: takes, fail, exitCode, failures, result/,
  ],
  [() => job('glue:startJobRun', { takes: -1 }), /"takes" is a duration of zero or more; found -1/],
  [() => job('ecs:runTask', { exitCode: 0.5 }), /"exitCode" is a whole number from 0 to 255; found 0\.5/],
  [() => job('ecs:runTask', { failures: 'x' } as never), /"failures" is a list of texts/],
  [() => job('ecs:runTask', { result: { a: 1n } } as never), SimulatorError as never],
])('mistakes are named: %#', (make, message) => {
  expect(make).toThrow(message);
  expect(make).toThrow(SimulatorError);
});

test('a function that gives something else stops the run', async () => {
  const wrong = job('glue:startJobRun', (() => 'done') as never);
  await expect(simulate(glue(), { input, fakes: [wrong] })).rejects.toThrow(
    /options of job\('glue:startJobRun'\) are an object with takes, fail, .*; found "done"/,
  );
});

describe('a job whose task is aborted is stopped', () => {
  const REQUESTS: Readonly<Record<string, object>> = {
    'athena:startQueryExecution': { QueryString: 'SELECT 1' },
    'batch:submitJob': { JobName: 'a', JobQueue: 'b', JobDefinition: 'c' },
    'codebuild:startBuild': { ProjectName: 'shop' },
    'ecs:runTask': { TaskDefinition: 'orders' },
    'glue:startJobRun': { JobName: 'nightly' },
  };

  test.each(Object.entries(REQUESTS))('%s', async (kind, request) => {
    const fake = job(kind, { takes: 60 });
    const Run = { Type: 'Task', Resource: `arn:aws:states:::${kind}.sync`, Parameters: request };
    const failing = {
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', Seconds: 10, Next: 'No' }, No: { Type: 'Fail', Error: 'No' } },
    };
    const run = await simulate(inARow({ Both: { Type: 'Parallel', Branches: [inARow({ Run }), failing] } }), { fakes: [fake] });
    expect(run).toMatchObject({ status: 'FAILED', error: 'No' });
    expect(fake.stopped).toEqual([
      {
        request,
        state: 'Run',
        executionArn: run.executionArn,
        attempt: 0,
        at: new Date(run.startDate.getTime() + 10_000),
      },
    ]);
  });

  test.each([
    ['by the timeout of its state machine', { ...glue(), TimeoutSeconds: 10 }, 1],
    ['not by that of its task', glue({ TimeoutSeconds: 10 }), 0],
    ['not when it is over', glue(), 0],
  ])('%s', async (_, definition, times) => {
    const fake = job('glue:startJobRun', { takes: 60 });
    await simulate(definition, { input, fakes: [fake] });
    expect(fake.stopped).toHaveLength(times);
  });
});
