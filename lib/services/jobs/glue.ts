import { type JobKind, parametersOf, repeated } from './job';

/** https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html */
const REPEATED = [
  'AllocatedCapacity',
  'Arguments',
  'ExecutionClass',
  'JobRunQueuingEnabled',
  'MaxCapacity',
  'NotificationProperty',
  'NumberOfWorkers',
  'SecurityConfiguration',
  'WorkerType',
];

/** Minutes. https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html */
const DEFAULT_TIMEOUT = 2880;

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html */
export const GLUE_JOB_RUN: JobKind = {
  resourceType: 'glue',
  action: 'startJobRun',
  parameters: parametersOf(['JobName'], [...REPEATED, 'ExecutionRoleSessionPolicy', 'JobRunId', 'Timeout']),
  submit: (_, uuid) => ({ JobRunId: `jr_${uuid().replaceAll('-', '')}${uuid().replaceAll('-', '')}` }),
  describe: ({ request, submitted, ending, failed, startedMs, endedMs }) => ({
    ...repeated(request, REPEATED),
    Attempt: 0,
    CompletedOn: endedMs,
    ErrorMessage: failed ? ending.fail : undefined,
    ExecutionTime: Math.round((endedMs - startedMs) / 1000),
    Id: submitted['JobRunId'],
    JobName: request['JobName'],
    JobRunState: failed ? 'FAILED' : 'SUCCEEDED',
    LastModifiedOn: endedMs,
    LogGroupName: '/aws-glue/jobs',
    PredecessorRuns: [],
    PreviousRunId: request['JobRunId'],
    StartedOn: startedMs,
    Timeout: request['Timeout'] ?? DEFAULT_TIMEOUT,
  }),
};
