import { MAX_EXECUTION_SECONDS, MAX_HISTORY_EVENTS, REDRIVABLE_MS } from './limits';

/** An execution that did not succeed, as far as its age and its length tell whether it can be redriven. */
export interface EndedExecution {
  /** Events of its history. */
  readonly events: number;
  /** Virtual time. */
  readonly startMs: number;
  /** Virtual time of its end. */
  readonly stopMs: number;
}

/**
 * Why it cannot be redriven any more, in the service's words; undefined: it can.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export function whyTooLate({ events, startMs, stopMs }: EndedExecution, nowMs: number): string | undefined {
  if (events >= MAX_HISTORY_EVENTS - 1) return 'Execution history event limit exceeded';
  if (nowMs - startMs >= MAX_EXECUTION_SECONDS * 1000) return 'Execution has exceeded the max execution time';
  if (nowMs - stopMs > REDRIVABLE_MS) return 'Execution redrivable period exceeded';
  return undefined;
}
