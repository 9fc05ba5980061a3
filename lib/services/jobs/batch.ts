import { exitCodeOf, type JobKind, objectAt, objectsAt, parametersOf, repeated, textAt } from './job';

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
  describe: ({ request, submitted, ending, failed, startedMs, endedMs }) => {
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
      JobDefinition: request['JobDefinition'],
      JobId: submitted['JobId'],
      JobName: request['JobName'],
      JobQueue: request['JobQueue'],
      Parameters: objectAt(request, 'Parameters'),
      ...repeated(request, ['RetryStrategy', 'Timeout']),
      StartedAt: startedMs,
      Status: failed ? 'FAILED' : 'SUCCEEDED',
      StatusReason,
      StoppedAt: endedMs,
    };
  },
};
