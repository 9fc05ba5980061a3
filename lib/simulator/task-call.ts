import type { Json } from '../json/json';

/** What is known of a call before it is scheduled. */
export interface UnscheduledCall {
  /** `Resource` as the definition has it, intrinsics resolved. */
  readonly resource: string;
  /** As the history names it: `lambda`, `dynamodb`, `aws-sdk:sesv2`. For a Lambda ARN as Resource: `lambda-function`; for an activity: `activity`. */
  readonly resourceType: string;
  /** The API action in camelCase: `invoke`, `getItem`, `sendEmail`. Without `.sync` or `.waitForTaskToken`. */
  readonly action: string;
  /** `Parameters` or `Arguments`, evaluated. Part of the history: not to be changed. */
  readonly parameters: Json;
  /** Name of the Task state. */
  readonly state: string;
}

/** One attempt of one Task state: what the world is asked to do. */
export interface TaskCall extends UnscheduledCall {
  /** ARN of the execution. */
  readonly executionArn: string;
  /** Retries of this visit so far: 0 in the first attempt. */
  readonly attempt: number;
  /** Virtual time, milliseconds since 1970. */
  readonly epochMs: number;
  /** Region of the execution. */
  readonly region: string;
  /**
   * A `.sync` task calls twice: to start the job (undefined), and to wait for it, with what the first call answered. The second answer
   * is the task's result.
   */
  readonly submitted: Json | undefined;
  /** The task token of a `.waitForTaskToken` task. */
  readonly token: string | undefined;
  /** A UUID from the execution's seed, for request ids. */
  uuid(): string;
  /**
   * Says that the answer waits for this world itself, as for another execution: virtual time goes on meanwhile. The function that it returns
   * ends that, in the moment in which what was waited for has come about; then time waits for the answer again.
   */
  park(): () => void;
}

/**
 * What a call comes to. `value` may be a promise: the virtual clock waits for it, whatever real time it takes.
 * A rejection with a `StatesError` is the task's Error Output; any other rejection ends the run with a `SimulatorError`.
 */
export interface Answer {
  readonly value: Json | Promise<Json>;
  /** Virtual milliseconds from start to landing; Infinity: never answers. */
  readonly durationMs: number;
}

/** Who works on an activity. */
export interface ActivityWorker {
  /** As it calls itself in GetActivityTask. @default - it has no name */
  readonly workerName?: string;
}

/** Performs Task calls. Throws `StatesError` for the task's Error Output, `SimulatorError` for what it does not know. */
export type Perform = (call: TaskCall) => Answer;
