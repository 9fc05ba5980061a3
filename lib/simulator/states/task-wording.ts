import type { ActivityResource, LambdaResource, Resource, ServiceResource } from '../../asl/resource';
import type { Json } from '../../json/json';
import type { EventDetails } from '../history';
import type { HistoryEventType } from '../history-event';

/** How the history speaks of a task. */
export interface TaskWording {
  readonly scheduled: HistoryEventType;
  readonly started: HistoryEventType;
  readonly succeeded: HistoryEventType;
  readonly failed: HistoryEventType;
  readonly timedOut: HistoryEventType;
  /** Details of the events. Literals with all their fields: a spread for each event was measured to cost more than the event. */
  readonly details: {
    readonly scheduled: (parameters: Json, region: string, limits: TaskLimits) => EventDetails;
    readonly started: (workerName: string | undefined) => EventDetails | undefined;
    readonly output: (output: Json) => EventDetails;
    readonly failure: (error: string | undefined, cause: string | undefined) => EventDetails;
  };
  /** Whoever does the work can send heartbeats, also without a token in its request. */
  readonly beats: boolean;
  /** As DataLimitExceeded names the task (recorded). */
  readonly what: string;
}

/** What is evaluated before a task is scheduled, beside its parameters; undefined: absent. */
export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

/** The words for tasks of a resource. */
export function taskWording(resource: Resource): TaskWording {
  switch (resource.kind) {
    case 'lambda':
      return functionWording(resource);
    case 'activity':
      return activityWording(resource);
    case 'service':
      return serviceWording(resource);
  }
}

function functionWording({ arn }: LambdaResource): TaskWording {
  return {
    scheduled: 'LambdaFunctionScheduled',
    started: 'LambdaFunctionStarted',
    succeeded: 'LambdaFunctionSucceeded',
    failed: 'LambdaFunctionFailed',
    timedOut: 'LambdaFunctionTimedOut',
    details: {
      scheduled: (input, _region, { timeoutSeconds, heartbeatSeconds, roleArn }) => ({
        input,
        resource: arn,
        timeoutInSeconds: timeoutSeconds,
        heartbeatInSeconds: heartbeatSeconds,
        taskCredentials: roleArn === undefined ? undefined : { roleArn },
      }),
      started: () => undefined,
      output: (output) => ({ output }),
      failure: (error, cause) => ({ error, cause }),
    },
    beats: false,
    what: arn,
  };
}

function activityWording({ arn }: ActivityResource): TaskWording {
  return {
    scheduled: 'ActivityScheduled',
    started: 'ActivityStarted',
    succeeded: 'ActivitySucceeded',
    failed: 'ActivityFailed',
    timedOut: 'ActivityTimedOut',
    details: {
      scheduled: (input, _region, { timeoutSeconds, heartbeatSeconds }) => ({
        input,
        resource: arn,
        timeoutInSeconds: timeoutSeconds,
        heartbeatInSeconds: heartbeatSeconds,
      }),
      started: (workerName) => ({ workerName }),
      output: (output) => ({ output }),
      failure: (error, cause) => ({ error, cause }),
    },
    beats: true,
    what: arn,
  };
}

function serviceWording({ resourceType, resource: called }: ServiceResource): TaskWording {
  const started = { resourceType, resource: called };
  return {
    scheduled: 'TaskScheduled',
    started: 'TaskStarted',
    succeeded: 'TaskSucceeded',
    failed: 'TaskFailed',
    timedOut: 'TaskTimedOut',
    details: {
      scheduled: (parameters, region, { timeoutSeconds, heartbeatSeconds, roleArn }) => ({
        resourceType,
        resource: called,
        region,
        parameters,
        timeoutInSeconds: timeoutSeconds,
        heartbeatInSeconds: heartbeatSeconds,
        taskCredentials: roleArn === undefined ? undefined : { roleArn },
      }),
      started: () => started,
      output: (output) => ({ resourceType, resource: called, output }),
      failure: (error, cause) => ({ resourceType, resource: called, error, cause }),
    },
    beats: false,
    what: resourceType,
  };
}
