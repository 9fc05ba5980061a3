import { MAX_HISTORY_EVENTS } from '../../simulator/limits';
import type { StartedExecution } from '../../simulator/world';
import type { StateMachine } from './account';
import type { Standing } from './standing';

/** How long after its end an execution can be redriven. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
const REDRIVABLE_MS = 14 * 86_400_000;

/** Why an execution cannot be redriven, in the service's words; undefined: it can. */
export function whyNotRedrivable(
  { machine, started }: { readonly machine: { readonly status?: StateMachine['status'] }; readonly started: StartedExecution },
  { status, stopDate }: Standing,
  nowMs: number,
): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (machine.status === 'DELETING') return 'State machine is in DELETING status';
  if (started.recorded().length >= MAX_HISTORY_EVENTS - 1) return 'Execution history event limit exceeded';
  if (stopDate !== undefined && nowMs - stopDate.getTime() > REDRIVABLE_MS) return 'Execution redrivable period exceeded';
  return undefined;
}
