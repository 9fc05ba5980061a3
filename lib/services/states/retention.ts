import type { Account, ExecutionRecord } from './account';
import { standingOf } from './standing';

/** How long an execution is known after its end. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const KEPT_MS = 90 * 86_400_000;

/** Forgets the executions that have been over for 90 days: the API does not know them any more, and their names are free. */
export function forgetOld(account: Account): void {
  const { ended, world } = account;
  if (ended.size === 0) return;
  const old = new Set<ExecutionRecord>();
  const untilMs = world.epochMs - KEPT_MS;
  for (const record of ended) {
    if (endMsOf(record) > untilMs) break;
    old.add(record);
  }
  for (const record of old) {
    ended.delete(record);
    account.executions.delete(record.arn);
    account.touched?.add(record.arn);
    record.started.freeName();
  }
  for (const machine of new Set([...old].map((record) => record.machine)))
    machine.executions = machine.executions.filter((record) => !old.has(record));
}

/** Puts the executions that are over into the order of their ends. */
export function sortEnded({ ended }: Account): void {
  const sorted = [...ended].sort((a, b) => endMsOf(a) - endMsOf(b));
  ended.clear();
  for (const record of sorted) ended.add(record);
}

const endMsOf = (record: ExecutionRecord): number => standingOf(record).stopDate?.getTime() ?? Infinity;
