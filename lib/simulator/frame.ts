import type { Json, JsonArray, JsonObject } from '../json/json';
import type { TokenAnswer } from './effects';

/**
 * A routine's place in the schedule, as data. Whoever goes on with a frame finds its turn by it:
 * ready routines run in the order of their tickets, timers and landings in the order of (time, ticket).
 */
export interface Ticket {
  /** 0: none was drawn yet. */
  ticket: number;
  /** What the routine waits for; `ready` also while it runs. */
  parked: 'ready' | 'idle' | 'sleep' | 'call' | 'waitForToken' | 'waitForWorker' | 'waitForSignal';
}

/**
 * Where one branch stands, as plain JSON: `run` goes on from any frame.
 * Invariant (F1): a frame says where the branch stands *after* an event before that event is added to the history,
 * so that an execution can be cut at every event. What a routine hears while it waits is written to the frame, too,
 * before others may run.
 */
export interface Frame extends Ticket {
  /** Name of the state that is to be entered, or has been. */
  state: string;
  /** Raw input of the state. */
  input: Json;
  variables: JsonObject;
  step: Step;
  /** Id of the event that this branch's next event points to. */
  previousEventId: number;
  /** Id to which the branch's last event points. */
  lastPreviousEventId: number;
  /** Id of the visit's `…StateEntered`. */
  enteredEventId: number;
  enteredMs: number;
  /** Retries of this visit by retrier. */
  retries: number[] | undefined;
  /** Retries of this visit altogether: `$$.State.RetryCount`. */
  retryCount: number;
  /** `$$.Map.Item` in an iteration and all that is nested in it. */
  readonly item: JsonObject | undefined;
}

/** Where in its visit of a state a branch stands. */
export type Step =
  | { readonly at: 'enter' }
  /** At the state's door, letting other branches go first. */
  | { readonly at: 'turn' }
  | { readonly at: 'entered' }
  /** Between two attempts. */
  | { readonly at: 'backoff'; readonly untilMs: number }
  | { readonly at: 'wait'; readonly untilMs: number }
  /** A Task's attempt: its events Scheduled, Started, Submitted have been written. */
  | { readonly at: 'scheduled' | 'started' | 'submitted'; readonly attempt: TaskAttempt }
  /** `eventId`: of a Parallel or a Map, its …StateSucceeded, to which its own failure after that points. */
  | { readonly at: 'succeeded'; readonly result: Json; readonly eventId?: number }
  | Branching
  /** A Distributed Map that has written MapStateStarted. */
  | MapStarted
  | InMapRun
  /** A Distributed Map whose Map Run has succeeded. */
  | { readonly at: 'mapRunSucceeded'; readonly result: Json; readonly startedEventId: number }
  /** An attempt, or a state without Retry and Catch, has failed; nobody has looked at it yet. */
  | FailedStep<'failed'>
  /** A Parallel or a Map has failed, and nothing retries it. */
  | FailedStep<'stateFailed'>
  /** The Catcher that was to take a failure has failed itself. */
  | FailedStep<'catchFailed'>
  /** The branch has reached its end. */
  | { readonly at: 'done'; readonly output: Json }
  /** The branch has failed, and nothing in it caught that. */
  | FailedStep<'branchFailed'>;

/** After a failure. */
export interface FailedStep<At extends string> extends FailureData {
  readonly at: At;
  /** What the state had begun: a redrive goes on with it. */
  readonly begun?: Branching | InMapRun;
}

/** One attempt of a Task. */
export interface TaskAttempt extends ActivityCorrespondence {
  parameters: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** Of `.waitForTaskToken`, and of an activity whose workers poll. */
  token: string | undefined;
  /** Of `.sync`, once it is under way. */
  job: Job | undefined;
  /** Virtual time of the event Started, from which both limits count. https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html */
  startedMs: number;
}

/** What a `.sync` task waits for. */
export interface Job {
  /** What the API answered when the job was started. */
  readonly submitted: Json;
  /** Virtual time of that. */
  readonly sinceMs: number;
}

/** What has been heard by way of a task token. The scheduler writes it. */
export interface Correspondence {
  /** Virtual time of the last heartbeat; of the start, if there was none. */
  lastBeatMs: number;
  answer: TokenAnswer | undefined;
}

/** The same, with a worker at the other end. The scheduler writes it. */
export interface ActivityCorrespondence extends Correspondence {
  /** Of an activity whose workers poll: one of them has the task. */
  taken: boolean;
  /** Of an activity: who works on it, if that one has a name. */
  workerName: string | undefined;
}

/** A Parallel or a Map whose branches are under way. */
export interface Branching {
  readonly at: 'branches';
  /** Of the Map's items; undefined for Parallel. */
  readonly items: readonly Json[] | undefined;
  /** Effective input of the state. */
  readonly effectiveInput: Json;
  /** In the order of branches or items; those beyond the end have not been started. */
  readonly frames: BranchFrame[];
  /** What the next iteration's first event points to. */
  nextPreviousEventId: number;
  /** How many may be open at once. */
  readonly limit: number;
  /** Index of the branch whose failure fails the state, once there is one. */
  failedIndex: number | undefined;
}

/** A Distributed Map whose Map Run is under way. */
export interface InMapRun {
  readonly at: 'mapRun';
  readonly mapRunArn: string;
  /** Of MapRunStarted. */
  readonly startedEventId: number;
  /** The run has ended, and is about to be redriven. */
  readonly redriven?: true;
}

/** A Distributed Map before its Map Run. */
export interface MapStarted {
  readonly at: 'mapStarted';
  /** An array or an object; undefined: an ItemReader reads them. */
  readonly items: JsonArray | JsonObject | undefined;
  /** Effective input of the state. */
  readonly effectiveInput: Json;
  readonly maxConcurrency: number;
}

/** A branch's frame in its parent. */
export interface BranchFrame extends Frame {
  readonly index: number;
  /** Its input has been made, and MapIterationStarted has been written. */
  started: boolean;
  /** The events that close an iteration, or abort an open state, have been written up to here. */
  closed: 'open' | 'halfClosed' | 'closed';
}

/** A failure as data. */
export interface FailureData {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** A heartbeat lapsed: matched by `States.HeartbeatTimeout`, though AWS reports `States.Timeout`. */
  readonly heartbeat: boolean;
}

/** The step before a state. */
export const ENTER: Step = { at: 'enter' };
/** The step of a branch that lets others go first. */
export const TURNING: Step = { at: 'turn' };
/** The step after a state's Entered event. */
export const ENTERED: Step = { at: 'entered' };

/** The step after a failure in `before`. */
export function failedStep<At extends 'failed' | 'stateFailed' | 'catchFailed' | 'branchFailed'>(
  at: At,
  { error, cause, heartbeat }: FailureData,
  before: Step,
): FailedStep<At> {
  const begun = begunIn(before);
  return begun === undefined ? { at, error, cause, heartbeat } : { at, error, cause, heartbeat, begun };
}

/** What a state had begun that stands at a step, or failed there. */
export function begunIn(step: Step): Branching | InMapRun | undefined {
  if (step.at === 'branches' || step.at === 'mapRun') return step;
  return 'begun' in step ? step.begun : undefined;
}

/** The branch goes on by joining its own branches. */
export const isJoining = ({ step }: Frame): boolean => step.at === 'branches' && step.failedIndex === undefined;
