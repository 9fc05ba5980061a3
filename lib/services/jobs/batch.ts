import { exitCodeOf, type Job, type JobKind, objectAt, objectsAt, parametersOf, repeated, textAt } from './job';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
export const BATCH_JOB: JobKind = {
  resourceType: 'batch',
  action: 'submitJob',
  parameters: parametersOf(
    ['JobName', 'JobQueue', 'JobDefinition'],
    [
      'ArrayProperties',
      'ConsumableResourcePropertiesOverride',
      'ContainerOverrides',
      'DependsOn',
      'EcsPropertiesOverride',
      'EksPropertiesOverride',
      'NodeOverrides',
      'Parameters',
      'PropagateTags',
      'RetryStrategy',
      'SchedulingPriorityOverride',
      'ShareIdentifier',
      'Tags',
      'Timeout',
    ],
  ),
  submit: ({ request, region, accountId }, uuid) => {
    const JobId = uuid();
    return { JobArn: `arn:aws:batch:${region}:${accountId}:job/${JobId}`, JobId, JobName: request['JobName'] };
  },
  describe: (job) => {
    const { request, submitted, ending, failed, startedMs, endedMs } = job;
    const overrides = objectAt(request, 'ContainerOverrides');
    const StatusReason = ending.fail ?? 'Essential container in task exited';
    const container = {
      ExitCode: exitCodeOf(ending),
      LogStreamName: `${textAt(request, 'JobName')}/default/${textAt(submitted, 'JobId')}`,
      NetworkInterfaces: [],
    };
    return {
      Attempts: [{ Container: container, StartedAt: startedMs, StatusReason, StoppedAt: endedMs }],
      Container: {
        ...container,
        ...repeated(overrides, ['Command', 'InstanceType', 'Memory', 'Vcpus']),
        // Step Functions marks the jobs that it starts, and its role is asked for the right to do so.
        Environment: [...objectsAt(overrides, 'Environment'), { Name: 'MANAGED_BY_AWS', Value: 'STARTED_BY_STEP_FUNCTIONS' }],
        MountPoints: [],
        ResourceRequirements: objectsAt(overrides, 'ResourceRequirements'),
        Ulimits: [],
        Volumes: [],
      },
      CreatedAt: startedMs,
      DependsOn: objectsAt(request, 'DependsOn'),
      JobArn: submitted['JobArn'],
      JobDefinition: arn(job, 'job-definition', withRevision(textAt(request, 'JobDefinition'))),
      JobId: submitted['JobId'],
      JobName: request['JobName'],
      JobQueue: arn(job, 'job-queue', textAt(request, 'JobQueue')),
      Parameters: objectAt(request, 'Parameters'),
      ...repeated(request, ['PropagateTags', 'RetryStrategy', 'ShareIdentifier', 'Tags', 'Timeout']),
      StartedAt: startedMs,
      Status: failed ? 'FAILED' : 'SUCCEEDED',
      StatusReason,
      StoppedAt: endedMs,
    };
  },
};

/** A job is described by ARNs, however the request names things. https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDetail.html */
const arn = ({ region, accountId }: Job, type: string, name: string): string =>
  name.startsWith('arn:') ? name : `arn:aws:batch:${region}:${accountId}:${type}/${name}`;

/** Without a revision, the newest is taken; there is no other here. */
const withRevision = (definition: string): string => (/:\d+$/.test(definition) ? definition : `${definition}:1`);
