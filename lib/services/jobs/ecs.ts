import {
  type EndedJob,
  exitCodeOf,
  type Job,
  type JobKind,
  type Members,
  objectAt,
  objectsAt,
  parametersOf,
  textAt,
} from './job';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html */
export const ECS_TASK: JobKind = {
  resourceType: 'ecs',
  action: 'runTask',
  parameters: parametersOf(
    ['TaskDefinition'],
    [
      'CapacityProviderStrategy',
      'ClientToken',
      'Cluster',
      'Count',
      'EnableECSManagedTags',
      'EnableExecuteCommand',
      'Group',
      'LaunchType',
      'NetworkConfiguration',
      'Overrides',
      'PlacementConstraints',
      'PlacementStrategy',
      'PlatformVersion',
      'PropagateTags',
      'ReferenceId',
      'StartedBy',
      'Tags',
      'VolumeConfigurations',
    ],
  ),
  submit: (job, uuid) => {
    const Failures = (job.ending.failures ?? []).map((Reason) => ({ Reason }));
    if (Failures.length > 0) return { Failures, Tasks: [] };
    const id = uuid().replaceAll('-', '');
    const task = {
      ...known(job),
      Containers: containers(job, id).map((container) => ({ ...container, LastStatus: 'PENDING' })),
      DesiredStatus: 'RUNNING',
      LastStatus: 'PROVISIONING',
      TaskArn: arn(job, 'task', `${cluster(job)}/${id}`),
      Version: 1,
    };
    return { Failures, Tasks: [task] };
  },
  describe: (job) => {
    const { submitted, ending, startedMs, endedMs } = job;
    const TaskArn = textAt(objectsAt(submitted, 'Tasks')[0] ?? {}, 'TaskArn');
    const stopped = { ExitCode: exitCodeOf(ending), LastStatus: 'STOPPED' };
    return {
      ...known(job),
      Containers: containers(job, TaskArn.split('/').at(-1) ?? '').map((container) => ({ ...container, ...stopped })),
      DesiredStatus: 'STOPPED',
      ExecutionStoppedAt: endedMs,
      LastStatus: 'STOPPED',
      StartedAt: startedMs,
      StopCode: 'EssentialContainerExited',
      StoppedAt: endedMs,
      StoppedReason: ending.fail ?? 'Essential container in task exited',
      StoppingAt: endedMs,
      TaskArn,
      Version: 5,
    };
  },
};

/** What is the same before and after. */
const known = (job: Job | EndedJob): Members => ({
  Attachments: [],
  ClusterArn: arn(job, 'cluster', cluster(job)),
  CreatedAt: job.startedMs,
  Group: job.request['Group'] ?? `family:${family(job)}`,
  LaunchType: job.request['LaunchType'] ?? 'EC2',
  Overrides: { ContainerOverrides: objectsAt(job.request, 'Overrides', 'ContainerOverrides') },
  StartedBy: job.request['StartedBy'] ?? 'AWS Step Functions',
  Tags: objectsAt(job.request, 'Tags'),
  TaskDefinitionArn: taskDefinition(job).startsWith('arn:')
    ? taskDefinition(job)
    : arn(job, 'task-definition', `${family(job)}:1`),
});

/** Those that the request names; without overrides, one that is called as the task definition is. */
function containers(job: Job, id: string): readonly Members[] {
  const named = objectsAt(objectAt(job.request, 'Overrides'), 'ContainerOverrides').flatMap(({ Name: name }) =>
    typeof name === 'string' ? [name] : [],
  );
  return (named.length === 0 ? [family(job)] : named).map((Name) => ({
    Name,
    NetworkInterfaces: [],
    TaskArn: arn(job, 'task', `${cluster(job)}/${id}`),
  }));
}

const taskDefinition = ({ request }: Job): string => textAt(request, 'TaskDefinition');

/** `orders` of `arn:aws:ecs:us-east-1:123456789012:task-definition/orders:3`. */
const family = (job: Job): string => taskDefinition(job).replace(/^.*\//, '').replace(/:\d+$/, '');

const cluster = ({ request }: Job): string =>
  request['Cluster'] === undefined ? 'default' : textAt(request, 'Cluster').replace(/^.*\//, '');

const arn = ({ region, accountId }: Job, type: string, name: string): string =>
  `arn:aws:ecs:${region}:${accountId}:${type}/${name}`;
