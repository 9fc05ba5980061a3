import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { renderRequest } from '../render-request';
import { httpDate, withSdkMetadata } from '../sdk-metadata';
import { structureAction } from '../service';
import type { Service } from '../service';
import { ATHENA_QUERY } from './athena';
import { BATCH_JOB } from './batch';
import { CODEBUILD_BUILD } from './codebuild';
import { ECS_TASK } from './ecs';
import { GLUE_JOB_RUN } from './glue';
import { exitCodeOf, type Job, type JobEnding, type JobKind, structure } from './job';

/** The jobs that are simulated. A line adds one. */
export const JOB_KINDS: readonly JobKind[] = [ATHENA_QUERY, BATCH_JOB, CODEBUILD_BUILD, ECS_TASK, GLUE_JOB_RUN];

/** How the job of a call ends, and how long it takes in virtual milliseconds: asked when it is submitted, and when its end is waited for. */
export type JobEndings = (call: TaskCall) => { readonly ending: JobEnding; readonly takesMs: number };

/** Services that start jobs. Of a `.sync` task they are asked twice: to submit the job, and for what came of it. */
export const createJobs = (endings: JobEndings): readonly Service[] =>
  JOB_KINDS.map((kind) => ({
    resourceType: kind.resourceType,
    actions: {
      [kind.action]: structureAction(kind.parameters, (request, call) => {
        const { ending, takesMs } = endings(call);
        const job = {
          request,
          ending,
          region: call.region,
          accountId: call.executionArn.split(':')[4] ?? '',
          startedMs: call.epochMs,
        };
        return isObject(call.submitted) ? finish(kind, job, call.submitted, takesMs) : submit(kind, job, call);
      }),
    },
  }));

/** Nobody knows how a job ends: it is not started. */
export const noJob: JobEndings = ({ state, resourceType, action, resource, parameters }) => {
  throw new SimulatorError(
    `"${state}" starts a job with ${resource}, and nobody says how it ends. Add a fake: job('${resourceType}:${action}', { takes: 60 }). The request: ${renderRequest(parameters)}`,
  );
};

function submit(kind: JobKind, job: Job, call: TaskCall): Json {
  const requestId = call.uuid();
  const response = structure(kind.submit(job, () => call.uuid()));
  const failures = response['Failures'];
  // https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html: only who waits for the task hears of it as an error.
  if (Array.isArray(failures) && failures.length > 0 && /\.(sync|waitForTaskToken)$/.test(call.resource))
    throw new StatesError('AmazonECS.Unknown', renderJson(response));
  const body = renderJson(response);
  return withSdkMetadata(response, {
    statusCode: 200,
    requestId,
    headers: [
      ['x-amzn-RequestId', requestId],
      ['connection', 'keep-alive'],
      ['Content-Length', String(Buffer.byteLength(body))],
      ['Date', httpDate(call.epochMs)],
      ['Content-Type', 'application/x-amz-json-1.1'],
    ],
  });
}

function finish(kind: JobKind, job: Job, submitted: JsonObject, takesMs: number): Json {
  const { ending, startedMs } = job;
  const failed = ending.fail !== undefined || exitCodeOf(ending) !== 0;
  const made = structure(kind.describe({ ...job, submitted, failed, endedMs: startedMs + takesMs }));
  const description = structure({ ...made, ...ending.result });
  if (failed) throw new StatesError('States.TaskFailed', renderJson(description));
  return description;
}
