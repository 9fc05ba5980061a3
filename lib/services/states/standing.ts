import type { Json } from '../../json/json';
import type { DescribedExecution, ExecutionRecord } from './account';

/** The status of an execution, as the API names it. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

/** The error of an execution that the simulator could not go on with. */
export const REFUSED = 'SimulatorError';

/** How an execution stands. */
export interface Standing {
  readonly status: ExecutionStatus;
  /** undefined: it runs. */
  readonly stopDate: Date | undefined;
  readonly output: Json | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** The status of an execution now. */
export const statusOf = ({ started, refusal }: ExecutionRecord): ExecutionStatus =>
  refusal === undefined ? (started.ending()?.status ?? 'RUNNING') : 'FAILED';

/** How an execution stands now. */
export function standingOf({ started, refusal, child }: Pick<DescribedExecution, 'started' | 'refusal' | 'child'>): Standing {
  const none = { stopDate: undefined, output: undefined, error: undefined, cause: undefined };
  if (refusal !== undefined)
    return { ...none, status: 'FAILED', stopDate: new Date(refusal.atMs), error: REFUSED, cause: refusal.message };
  if (child?.isWaiting === true) return { ...none, status: 'PENDING_REDRIVE' };
  const ending = started.ending();
  if (ending === undefined) return { ...none, status: 'RUNNING' };
  const stopDate = new Date(started.recorded().at(-1)?.epochMs ?? 0);
  switch (ending.status) {
    case 'SUCCEEDED':
      return { ...none, status: ending.status, stopDate, output: ending.output };
    // Measured, of Standard executions: States.Timeout stands in the history alone. https://github.com/floci-io/floci/issues/2733
    case 'TIMED_OUT':
      return { ...none, status: ending.status, stopDate };
    case 'FAILED':
    case 'ABORTED':
      return { ...none, status: ending.status, stopDate, error: ending.error, cause: ending.cause };
  }
}
