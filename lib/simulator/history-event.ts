/**
 * One event as `GetExecutionHistory` returns it, `timestamp` as a Date.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly timestamp: Date;
  readonly type: HistoryEventType;
  readonly id: number;
  readonly previousEventId: number;
  readonly executionStartedEventDetails?: {
    readonly input: string;
    readonly inputDetails: Truncated;
    readonly roleArn: string;
    readonly stateMachineAliasArn?: string;
    readonly stateMachineVersionArn?: string;
  };
  readonly executionSucceededEventDetails?: Output;
  readonly executionFailedEventDetails?: ErrorAndCause;
  readonly executionTimedOutEventDetails?: ErrorAndCause;
  readonly executionAbortedEventDetails?: ErrorAndCause;
  readonly stateEnteredEventDetails?: { readonly name: string; readonly input: string; readonly inputDetails: Truncated };
  readonly stateExitedEventDetails?: {
    readonly name: string;
    /** JSON text by variable. */
    readonly assignedVariables?: Readonly<Record<string, string>>;
    readonly assignedVariablesDetails?: Truncated;
  } & Output;
  readonly evaluationFailedEventDetails?: { readonly state: string; readonly location?: string } & ErrorAndCause;
  readonly taskScheduledEventDetails?: {
    readonly resourceType: string;
    readonly resource: string;
    readonly region: string;
    readonly parameters: string;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
    readonly taskCredentials?: { readonly roleArn: string };
  };
  readonly taskStartedEventDetails?: Resource;
  readonly taskSubmittedEventDetails?: Resource & Output;
  readonly taskSucceededEventDetails?: Resource & Output;
  readonly taskFailedEventDetails?: Resource & ErrorAndCause;
  readonly taskTimedOutEventDetails?: Resource & ErrorAndCause;
  readonly lambdaFunctionScheduledEventDetails?: {
    readonly resource: string;
    readonly input: string;
    readonly inputDetails: Truncated;
    readonly timeoutInSeconds?: number;
    readonly taskCredentials?: { readonly roleArn: string };
  };
  readonly lambdaFunctionSucceededEventDetails?: Output;
  readonly lambdaFunctionFailedEventDetails?: ErrorAndCause;
  readonly lambdaFunctionTimedOutEventDetails?: ErrorAndCause;
  readonly activityScheduledEventDetails?: {
    readonly resource: string;
    readonly input: string;
    readonly inputDetails: Truncated;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
  };
  readonly activityStartedEventDetails?: { readonly workerName?: string };
  readonly activitySucceededEventDetails?: Output;
  readonly activityFailedEventDetails?: ErrorAndCause;
  readonly activityTimedOutEventDetails?: ErrorAndCause;
  readonly mapStateStartedEventDetails?: { readonly length: number };
  readonly mapIterationStartedEventDetails?: Iteration;
  readonly mapIterationSucceededEventDetails?: Iteration;
  readonly mapIterationFailedEventDetails?: Iteration;
  readonly mapIterationAbortedEventDetails?: Iteration;
}

interface Truncated {
  readonly truncated: boolean;
}
interface Output {
  readonly output: string;
  readonly outputDetails: Truncated;
}
interface ErrorAndCause {
  readonly error?: string;
  readonly cause?: string;
}
interface Resource {
  readonly resourceType: string;
  readonly resource: string;
}
interface Iteration {
  readonly name: string;
  readonly index: number;
}

/** The event types that the simulator writes. */
export type HistoryEventType =
  | 'ExecutionStarted'
  | 'ExecutionRedriven'
  | 'ExecutionSucceeded'
  | 'ExecutionFailed'
  | 'ExecutionTimedOut'
  | 'ExecutionAborted'
  | 'EvaluationFailed'
  | 'PassStateEntered'
  | 'PassStateExited'
  | 'TaskStateEntered'
  | 'TaskStateExited'
  | 'TaskStateAborted'
  | 'ChoiceStateEntered'
  | 'ChoiceStateExited'
  | 'WaitStateEntered'
  | 'WaitStateExited'
  | 'WaitStateAborted'
  | 'SucceedStateEntered'
  | 'SucceedStateExited'
  | 'FailStateEntered'
  | 'ParallelStateEntered'
  | 'ParallelStateStarted'
  | 'ParallelStateSucceeded'
  | 'ParallelStateFailed'
  | 'ParallelStateAborted'
  | 'ParallelStateExited'
  | 'MapStateEntered'
  | 'MapStateStarted'
  | 'MapStateSucceeded'
  | 'MapStateFailed'
  | 'MapStateAborted'
  | 'MapStateExited'
  | 'MapRunStarted'
  | 'MapRunSucceeded'
  | 'MapRunFailed'
  | 'MapRunAborted'
  | 'MapRunRedriven'
  | 'MapIterationStarted'
  | 'MapIterationSucceeded'
  | 'MapIterationFailed'
  | 'MapIterationAborted'
  | 'TaskScheduled'
  | 'TaskStarted'
  | 'TaskSubmitted'
  | 'TaskSucceeded'
  | 'TaskFailed'
  | 'TaskTimedOut'
  | 'LambdaFunctionScheduled'
  | 'LambdaFunctionStarted'
  | 'LambdaFunctionSucceeded'
  | 'LambdaFunctionFailed'
  | 'LambdaFunctionTimedOut'
  | 'ActivityScheduled'
  | 'ActivityStarted'
  | 'ActivitySucceeded'
  | 'ActivityFailed'
  | 'ActivityTimedOut';
