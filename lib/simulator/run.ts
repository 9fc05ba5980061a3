import type { Json } from '../json/json';
import type { AssumptionId } from './assumptions';
import type { Headroom } from './headroom';
import type { HistoryEvent } from './history-event';
import type { MapRunSummary } from './map-run/summary';

/** A finished execution: plain data, a union on `status`. */
export type Run<Output = Json> = SucceededRun<Output> | FailedRun;

/** An execution that ended in SUCCEEDED. */
export interface SucceededRun<Output = Json> extends RunBase {
  readonly status: 'SUCCEEDED';
  /** Part of the history: not to be changed. */
  readonly output: Output;
}

/** An execution that ended in FAILED, TIMED_OUT or ABORTED. */
export interface FailedRun extends RunBase {
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** undefined where AWS gives none. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

interface RunBase {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly input: Json;
  readonly startDate: Date;
  readonly stopDate: Date;
  /** Virtual time from start to stop, in milliseconds. */
  readonly durationMs: number;
  /**
   * The events as `GetExecutionHistory` returns them. Rendered when first read. AWS keeps no history of Express executions: theirs are what
   * the log would hold at level ALL. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
   */
  readonly events: readonly HistoryEvent[];
  /** How near it has come to AWS's limits: its largest payload and where that was, the events used. Measured when first read. */
  readonly headroom: Headroom;
  /** The seed behind every random choice: pass it to get the same run again. */
  readonly seed: string;
  /** Its Map Runs, as they were when it ended, in the order of their starts. */
  readonly mapRuns: readonly MapRunSummary[];
  /** How often it was redriven. */
  readonly redriveCount: number;
  /** Calls that were cancelled before they landed, in words. */
  readonly droppedCalls: readonly string[];
  /** What the run rests on without any source that says AWS does the same; `ASSUMPTIONS` explains each. */
  readonly assumptions: readonly AssumptionId[];
}
