import type { HistoryEvent } from '../simulator/history-event';

/** How an execution stands at the end of its events. */
export interface ExecutionResult {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Milliseconds from the first event to the last. */
  readonly durationMs: number;
  /** JSON text; SUCCEEDED only. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Reads the end of an execution from its events, in the order of their ids. No `Execution…` event at the end: RUNNING. */
export function executionResultOf(events: readonly HistoryEvent[]): ExecutionResult {
  const last = events.at(-1);
  if (last === undefined) return { status: 'RUNNING', durationMs: 0 };
  const durationMs = last.timestamp.getTime() - (events[0] ?? last).timestamp.getTime();
  if (last.type === 'ExecutionSucceeded') {
    return { status: 'SUCCEEDED', durationMs, output: last.executionSucceededEventDetails?.output };
  }
  if (last.type === 'ExecutionFailed') return { status: 'FAILED', durationMs, ...last.executionFailedEventDetails };
  if (last.type === 'ExecutionTimedOut') return { status: 'TIMED_OUT', durationMs, ...last.executionTimedOutEventDetails };
  if (last.type === 'ExecutionAborted') return { status: 'ABORTED', durationMs, ...last.executionAbortedEventDetails };
  return { status: 'RUNNING', durationMs };
}
