import { type RecordedEvent, renderHistory } from '../../simulator/history';
import type { Account, DescribedExecution } from './account';
import { findExecution } from './find';
import { pageOf } from './page';
import type { RequestOf } from './request-model';
import { REFUSED } from './standing';

/** Members of events that hold what an execution works on. */
const DATA = ['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'assignedVariables', 'assignedVariablesDetails'];

/** GetExecutionHistory. */
export function getExecutionHistory(account: Account, request: RequestOf<'GetExecutionHistory'>): object {
  const { executionArn, reverseOrder = false, includeExecutionData = true } = request;
  const events = eventsOf(findExecution(account, executionArn));
  const { items, nextToken } = pageOf(
    request,
    reverseOrder ? [...events].reverse() : events,
    ({ id }) => id,
    ['GetExecutionHistory', executionArn, reverseOrder],
    account.world.epochMs,
  );
  return {
    events: renderHistory(includeExecutionData ? items : items.map(withoutData)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** What the simulator refused ends in an event, too: clients wait for one. */
function eventsOf({ started, refusal }: DescribedExecution): readonly RecordedEvent[] {
  const recorded = started.recorded();
  if (refusal === undefined) return recorded;
  const id = recorded.length + 1;
  const details = { error: REFUSED, cause: refusal.message };
  return [...recorded, { id, previousEventId: id - 1, epochMs: refusal.atMs, type: 'ExecutionFailed', details }];
}

const withoutData = (event: RecordedEvent): RecordedEvent => ({
  ...event,
  details:
    event.details === undefined
      ? undefined
      : Object.fromEntries(Object.entries(event.details).filter(([member]) => !DATA.includes(member))),
});
