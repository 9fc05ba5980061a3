import type { JsonObject } from '../../json/json';
import type { TaskCall } from '../../simulator/task-call';
import { stringField } from '../parameter-types';
import type { Account } from './account';
import { perform } from './operations';

/** What a state machine that nobody knows is refused with, before the API is asked. @throws SimulatorError */
export type RefuseStateMachine = (call: TaskCall, stateMachineArn: string) => void;

/** What StartExecution answers. */
export interface Started {
  readonly executionArn: string;
  readonly startDate: Date;
}

/** A call that is made again, for a server was killed before it had landed, has started its execution already; perhaps that has ended by now. */
export function startOnce(account: Account, asked: JsonObject, requestId: string): Started {
  const known = account.executions.get(`${executionPrefix(asked)}:${stringField(asked, 'name')}`);
  if (known?.startedBy === requestId) return { executionArn: known.arn, startDate: known.startDate };
  const started = perform(account, 'StartExecution', asked) as Started;
  const record = account.executions.get(started.executionArn);
  if (record !== undefined && record !== known) record.startedBy = requestId;
  return started;
}

/** What the ARNs of a state machine's executions begin with; the ARN may be that of a version or an alias. */
const executionPrefix = (asked: JsonObject): string | undefined =>
  stringField(asked, 'stateMachineArn')?.split(':').slice(0, 7).join(':').replace(':stateMachine:', ':execution:');
