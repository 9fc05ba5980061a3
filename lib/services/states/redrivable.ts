import { whyTooLate } from '../../simulator/why-too-late';
import type { StartedExecution } from '../../simulator/world';
import type { DescribedExecution, ExecutionRecord, StateMachine } from './account';
import type { Standing } from './standing';

/** What of an execution says whether it can be redriven. */
interface RedrivableExecution extends Pick<ExecutionRecord, 'startDate' | 'refusal'> {
  readonly machine: { readonly status?: StateMachine['status'] };
  readonly started: Pick<StartedExecution, 'recorded'>;
}

/** Why an execution cannot be redriven, in the service's words; undefined: it can. */
export function whyNotRedrivable(
  { machine, started, startDate, refusal }: RedrivableExecution,
  { status, stopDate }: Standing,
  nowMs: number,
): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED' || status === 'PENDING_REDRIVE')
    return `Execution is ${status} and cannot be redriven`;
  if (machine.status === 'DELETING') return 'State machine is in DELETING status';
  // Nothing that AWS would say: it would have gone on with it.
  if (refusal !== undefined) return 'The simulator could not go on with the execution';
  const startMs = startDate.getTime();
  return whyTooLate({ events: started.recorded().length, startMs, stopMs: stopDate?.getTime() ?? nowMs }, nowMs);
}

/** Whether an execution can be redriven, as descriptions tell it. */
export function redriveStatusOf(
  execution: DescribedExecution,
  standing: Standing,
  nowMs: number,
): { readonly redriveStatus: string; readonly redriveStatusReason?: string } {
  const reason = whyNotRedrivable(execution, standing, nowMs);
  if (reason !== undefined) return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: reason };
  return { redriveStatus: execution.child === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}
