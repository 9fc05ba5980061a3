import { combineServices } from '../../../lib/services/combine-services';
import { createJobs, JOB_KINDS, noJob } from '../../../lib/services/jobs/jobs';
import type { JobEnding } from '../../../lib/services/jobs/job';
import type { Service } from '../../../lib/services/service';
import type { Json, JsonObject } from '../../../lib/json/json';
import { StatesError } from '../../../lib/simulator/states-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';

const REQUESTS: Readonly<Record<string, JsonObject>> = {
  athena: { QueryString: 'SELECT 1', ResultConfiguration: { OutputLocation: 's3://results/q/' } },
  batch: {
    JobName: 'tiles',
    JobQueue: 'queue',
    JobDefinition: 'tiles:3',
    ContainerOverrides: { Command: ['make'], Environment: [{ Name: 'DAY', Value: 'Mon' }] },
  },
  codebuild: { ProjectName: 'shop' },
  ecs: {
    TaskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:3',
    Cluster: 'main',
    LaunchType: 'FARGATE',
    Overrides: { ContainerOverrides: [{ Name: 'web', Command: ['run'] }] },
  },
  glue: { JobName: 'nightly', Arguments: { '--day': 'Mon' } },
};

describe.each(JOB_KINDS)('$resourceType', ({ resourceType, action, parameters }) => {
  const succeeding = { action, parameters: REQUESTS[resourceType] as JsonObject };
  const required = parameters.required ?? [];
  describeService(resourceType, {
    create: () =>
      createJobs((call) => {
        if ((call.parameters as JsonObject)['Tags'] === null) throw new StatesError('Busy.Exception', 'try later');
        return { ending: {}, takesMs: 0 };
      }).find((service) => service.resourceType === resourceType) as Service,
    succeeding,
    failing: { action, parameters: { ...succeeding.parameters, Tags: null }, error: 'Busy.Exception', cause: /^try later$/ },
    malformed: {
      action,
      parameters: { Nonsense: 1 },
      problems: [
        ...required.map((name) => `The field '${name}' is required but was missing`),
        'The field "Nonsense" is not supported by Step Functions',
      ],
    },
  });
});

const MINUTES_20 = 20 * 60_000;

/** What submitting a job answers, and what comes of it after 20 minutes. */
function running(resourceType: string, ending: JobEnding = {}, pattern = '.sync', more: JsonObject = {}) {
  const { action } = JOB_KINDS.find((kind) => kind.resourceType === resourceType) as { action: string };
  const { perform } = combineServices(createJobs(() => ({ ending, takesMs: MINUTES_20 })));
  const call = (submitted: Json | undefined) =>
    callOf(
      resourceType,
      action,
      { ...(REQUESTS[resourceType] as JsonObject), ...more },
      {
        resource: `arn:aws:states:::${resourceType}:${action}${pattern}`,
        submitted,
      },
    );
  const submitted = perform(call(undefined)).value as JsonObject;
  let result: Json | StatesError;
  try {
    result = perform(call(submitted)).value as Json;
  } catch (error) {
    result = error as StatesError;
  }
  return { submitted, result };
}

test('a Glue job', () => {
  const { submitted, result } = running('glue');
  const id = submitted['JobRunId'];
  expect(id).toMatch(/^jr_[0-9a-f]{64}$/);
  expect(submitted).toMatchObject({
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: expect.any(String) as unknown },
  });
  expect(JSON.stringify(result)).toBe(
    `{"Arguments":{"--day":"Mon"},"Attempt":0,"CompletedOn":${NOW_MS + MINUTES_20},"ExecutionTime":1200,"Id":${JSON.stringify(id)},` +
      `"JobName":"nightly","JobRunState":"SUCCEEDED","LastModifiedOn":${NOW_MS + MINUTES_20},"LogGroupName":"/aws-glue/jobs",` +
      `"PredecessorRuns":[],"StartedOn":${NOW_MS},"Timeout":2880}`,
  );
});

test.each<[string, JobEnding, object]>([
  ['glue', { fail: 'Script failed' }, { JobRunState: 'FAILED', ErrorMessage: 'Script failed' }],
  [
    'batch',
    { exitCode: 137 },
    {
      Status: 'FAILED',
      StatusReason: 'Essential container in task exited',
      Container: { ExitCode: 137 },
      Attempts: [{ Container: { ExitCode: 137 } }],
    },
  ],
  [
    'batch',
    { fail: 'Host EC2 terminated' },
    { Status: 'FAILED', StatusReason: 'Host EC2 terminated', Container: { ExitCode: 1 } },
  ],
  [
    'ecs',
    { exitCode: 3 },
    { LastStatus: 'STOPPED', Containers: [{ Name: 'web', ExitCode: 3 }], StopCode: 'EssentialContainerExited' },
  ],
  ['athena', { fail: 'SYNTAX_ERROR' }, { QueryExecution: { Status: { State: 'FAILED', StateChangeReason: 'SYNTAX_ERROR' } } }],
  [
    'codebuild',
    { fail: 'exit status 1' },
    { Build: { BuildStatus: 'FAILED', Phases: [{ Contexts: [{ Message: 'exit status 1' }] }] } },
  ],
])('a job of %s that fails with %j is the cause of States.TaskFailed', (resourceType, ending, described) => {
  const { result } = running(resourceType, ending);
  expect(result).toMatchObject({ error: 'States.TaskFailed' });
  expect(JSON.parse((result as unknown as StatesError).errorCause as string)).toMatchObject(described);
});

test('a job of Batch is marked as one of Step Functions, and a query of Athena leaves its result beside its id', () => {
  expect(running('batch').result).toMatchObject({
    Status: 'SUCCEEDED',
    JobQueue: 'arn:aws:batch:eu-central-1:123456789012:job-queue/queue',
    Container: {
      Command: ['make'],
      Environment: [
        { Name: 'DAY', Value: 'Mon' },
        { Name: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' },
      ],
    },
  });
  const { submitted, result } = running('athena');
  expect(result).toMatchObject({
    QueryExecution: {
      Status: { State: 'SUCCEEDED', SubmissionDateTime: NOW_MS, CompletionDateTime: NOW_MS + MINUTES_20 },
      ResultConfiguration: { OutputLocation: `s3://results/q/${String(submitted['QueryExecutionId'])}.csv` },
    },
  });
});

test.each([
  ['SELECT 1', 'DML'],
  ['CREATE TABLE a AS (SELECT 1)', 'DML'],
  ['create external table a (b int)', 'DDL'],
  ['SHOW TABLES', 'UTILITY'],
])('Athena takes %s for %s', (QueryString, StatementType) => {
  expect(running('athena', {}, '.sync', { QueryString }).result).toMatchObject({
    QueryExecution: { Query: QueryString, StatementType },
  });
});

test('a task of ECS is the same from its start to its end', () => {
  const { submitted, result } = running('ecs');
  const [task] = submitted['Tasks'] as JsonObject[];
  expect(task).toMatchObject({
    LastStatus: 'PROVISIONING',
    StartedBy: 'AWS Step Functions',
    LaunchType: 'FARGATE',
    Group: 'family:orders',
  });
  expect(result).toMatchObject({
    TaskArn: task?.['TaskArn'],
    ClusterArn: 'arn:aws:ecs:eu-central-1:123456789012:cluster/main',
    TaskDefinitionArn: REQUESTS['ecs']?.['TaskDefinition'],
    Containers: [{ ExitCode: 0 }],
    StoppedAt: NOW_MS + MINUTES_20,
  });
});

test('a build is known by its id', () => {
  const { submitted, result } = running('codebuild');
  const { Id } = submitted['Build'] as JsonObject;
  expect(Id).toMatch(/^shop:[0-9a-f-]{36}$/);
  expect(result).toMatchObject({ Build: { Id, BuildStatus: 'SUCCEEDED', BuildComplete: true, CurrentPhase: 'COMPLETED' } });
});

test.each(['.sync', '.waitForTaskToken'])('ECS tasks that find no place fail a task with %s', (pattern) => {
  expect(() => running('ecs', { failures: ['RESOURCE:MEMORY'] }, pattern)).toThrow(
    expect.objectContaining({ error: 'AmazonECS.Unknown', errorCause: '{"Failures":[{"Reason":"RESOURCE:MEMORY"}],"Tasks":[]}' }),
  );
});

test('who does not wait for the ECS task gets the failures as they are', () => {
  const { submitted } = running('ecs', { failures: ['RESOURCE:MEMORY'] }, '');
  expect(submitted).toMatchObject({ Failures: [{ Reason: 'RESOURCE:MEMORY' }], Tasks: [] });
});

test('a result takes the place of what is made up', () => {
  const { result } = running('glue', { fail: 'Stopped', result: { JobRunState: 'STOPPED', DPUSeconds: 7 } });
  expect(JSON.parse((result as unknown as StatesError).errorCause as string)).toMatchObject({
    JobRunState: 'STOPPED',
    DPUSeconds: 7,
  });
});

test('without a word of the test no job is started', () => {
  const call = callOf('glue', 'startJobRun', { JobName: 'nightly' });
  expect(() => combineServices(createJobs(noJob)).perform(call)).toThrow(
    `"Ask" starts a job with arn:aws:states:::glue:startJobRun, and nobody says how it ends. Add a fake: job('glue:startJobRun', { takes: 60 }). The request: {"JobName":"nightly"}`,
  );
});
