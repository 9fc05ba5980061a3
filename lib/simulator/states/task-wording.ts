import type { ActivityResource, LambdaResource, ServiceResource } from '../../asl/resource';
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
    readonly started: EventDetails | undefined;
    readonly output: (output: Json) => EventDetails;
    readonly failure: (error: string | undefined, cause: string | undefined) => EventDetails;
  };
  /** As DataLimitExceeded names the task (recorded). */
  readonly what: string;
}

/** What is evaluated before a task is scheduled, beside its parameters; undefined: absent. */
export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

/** A resource that the simulator can call. */
export type CallableResource = Exclude<ServiceResource | LambdaResource, ActivityResource>;

/** The words for tasks of a resource. */
export function taskWording(resource: CallableResource): TaskWording {
  if (resource.kind === 'lambda') {
    const { arn } = resource;
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
        started: undefined,
        output: (output) => ({ output }),
        failure: (error, cause) => ({ error, cause }),
      },
      what: arn,
    };
  }
  const { resourceType, resource: called } = resource;
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
      started: { resourceType, resource: called },
      output: (output) => ({ resourceType, resource: called, output }),
      failure: (error, cause) => ({ resourceType, resource: called, error, cause }),
    },
    what: resourceType,
  };
}
