import type { Json, JsonObject } from '../json/json';

/**
 * A routine's place in the schedule, as data. Whoever goes on with a frame finds its turn by it:
 * ready routines run in the order of their tickets, timers and landings in the order of (time, ticket).
 */
export interface Ticket {
  ticket: number;
  dueMs: number;
  /** What the routine was waiting for when the ticket was drawn. */
  parked: 'ready' | 'sleep' | 'call' | 'waitForToken';
}

/**
 * Where one branch stands, as plain JSON: `run` goes on from any frame.
 * Invariant (F1): a frame says where the branch stands *after* an event before that event is added to the history,
 * so that an execution can be cut at every event.
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
  | { readonly at: 'entered' }
  /** Between two attempts. */
  | { readonly at: 'backoff'; readonly untilMs: number }
  | { readonly at: 'wait'; readonly untilMs: number }
  | { readonly at: 'scheduled'; readonly parameters: Json; readonly token?: string }
  | { readonly at: 'started'; readonly parameters: Json; readonly startedMs: number; readonly token?: string }
  | ({ readonly at: 'submitted'; readonly startedMs: number; readonly token: string } & Beat)
  | { readonly at: 'succeeded'; readonly result: Json }
  | Branching
  /** An attempt of a Task has failed; Retry and Catch have not looked at it yet. */
  | ({ readonly at: 'failed' } & FailureData)
  /** A Parallel or a Map has failed, and nothing retries it. */
  | ({ readonly at: 'stateFailed' } & FailureData)
  /** The branch has reached its end. */
  | { readonly at: 'done'; readonly output: Json }
  /** The branch has failed, and nothing in it caught that. */
  | ({ readonly at: 'branchFailed' } & FailureData);

/** When a waiting task was last heard of. */
export interface Beat {
  lastBeatMs: number;
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
  readonly limit: number;
  /** Index of the branch whose failure fails the state, once there is one. */
  failedIndex: number | undefined;
}

/** A branch's frame in its parent. */
export interface BranchFrame extends Frame {
  readonly index: number;
  /** MapIterationStarted has been written. */
  started: boolean;
  /** The events that close an iteration, or abort an open state, have been written up to here. */
  closed: 'open' | 'stateAborted' | 'closed';
}

/** A failure as data. */
export interface FailureData {
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Ends the execution, whatever Retry and Catch say. */
  readonly fatal: boolean;
  /** A heartbeat lapsed: matched by `States.HeartbeatTimeout`, though AWS reports `States.Timeout`. */
  readonly heartbeat: boolean;
}

/** The step before a state. */
export const ENTER: Step = { at: 'enter' };
/** The step after a state's Entered event. */
export const ENTERED: Step = { at: 'entered' };
