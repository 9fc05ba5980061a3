import type { Account } from './account';
import { createActivity, deleteActivity, describeActivity, listActivities } from './activities';
import { getActivityTask } from './activity-tasks';
import {
  createStateMachineAlias,
  deleteStateMachineAlias,
  describeStateMachineAlias,
  listStateMachineAliases,
  updateStateMachineAlias,
} from './aliases';
import { describeExecution, listExecutions, startExecution, startSyncExecution, stopExecution } from './executions';
import { getExecutionHistory } from './history';
import { describeMapRun, listMapRuns, updateMapRun } from './map-runs';
import { redriveExecution } from './redrive';
import { checkRequest } from './request-check';
import { type OperationName, REQUESTS, type RequestOf } from './request-model';
import { forgetOld } from './retention';
import {
  createStateMachine,
  deleteStateMachine,
  describeStateMachine,
  describeStateMachineForExecution,
  listStateMachines,
  updateStateMachine,
} from './state-machines';
import { listTagsForResource, tagResource, untagResource } from './tags';
import { testState } from './test-state';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './tokens';
import { validateStateMachineDefinition } from './validate';
import { deleteStateMachineVersion, listStateMachineVersions, publishStateMachineVersion } from './versions';

/** Whoever asks is in the world himself: time does not wait for him until the returned function is called. See `TaskCall.park`. */
export type Park = () => () => void;

/** What an operation does. Times in its response are Dates. */
type Operation<Name extends OperationName> = (
  account: Account,
  request: RequestOf<Name>,
  signal?: AbortSignal,
  park?: Park,
) => object | Promise<object>;

const OPERATIONS: { readonly [Name in OperationName]: Operation<Name> } = {
  CreateActivity: createActivity,
  CreateStateMachine: createStateMachine,
  CreateStateMachineAlias: createStateMachineAlias,
  DeleteActivity: deleteActivity,
  DeleteStateMachine: deleteStateMachine,
  DeleteStateMachineAlias: deleteStateMachineAlias,
  DeleteStateMachineVersion: deleteStateMachineVersion,
  DescribeActivity: describeActivity,
  DescribeExecution: describeExecution,
  DescribeMapRun: describeMapRun,
  DescribeStateMachine: describeStateMachine,
  DescribeStateMachineAlias: describeStateMachineAlias,
  DescribeStateMachineForExecution: describeStateMachineForExecution,
  GetActivityTask: getActivityTask,
  GetExecutionHistory: getExecutionHistory,
  ListActivities: listActivities,
  ListExecutions: listExecutions,
  ListMapRuns: listMapRuns,
  ListStateMachineAliases: listStateMachineAliases,
  ListStateMachineVersions: listStateMachineVersions,
  ListStateMachines: listStateMachines,
  ListTagsForResource: listTagsForResource,
  PublishStateMachineVersion: publishStateMachineVersion,
  RedriveExecution: redriveExecution,
  SendTaskFailure: sendTaskFailure,
  SendTaskHeartbeat: sendTaskHeartbeat,
  SendTaskSuccess: sendTaskSuccess,
  StartExecution: startExecution,
  StartSyncExecution: startSyncExecution,
  StopExecution: stopExecution,
  TagResource: tagResource,
  TestState: testState,
  UntagResource: untagResource,
  UpdateMapRun: updateMapRun,
  UpdateStateMachine: updateStateMachine,
  UpdateStateMachineAlias: updateStateMachineAlias,
  ValidateStateMachineDefinition: validateStateMachineDefinition,
};

/** Whether the API has such an operation. */
export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/**
 * Performs an operation. The request is what came over HTTP, or what somebody else asks: it is held against the API's model first.
 * @param signal whoever asks has gone away: a long poll ends
 * @throws ApiError (or rejects with it) as the API refuses the request
 */
export function perform(
  account: Account,
  name: OperationName,
  request: unknown,
  signal?: AbortSignal,
  park?: Park,
): object | Promise<object> {
  const operation = OPERATIONS[name] as Operation<never>;
  forgetOld(account);
  return operation(account, checkRequest(REQUESTS[name], request) as never, signal, park);
}
