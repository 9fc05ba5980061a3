import type { Account, Activity, DescribedExecution, StateMachine, Version } from './account';
import { ApiError, validationException } from './api-error';
import { isVersionNumber, parseArn, parseStateMachineArn } from './arn';
import { tryFindChild } from './child-executions';

/** The words for whatever else a request refers to (recorded for aliases). */
export const unknownResource = (): ApiError =>
  new ApiError('ResourceNotFound', 'Request references a resource that does not exist.');

/** The exception for a state machine that is not there. */
export const unknownStateMachine = (arn: string): ApiError =>
  new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

/** A state machine, by its own ARN. @throws ApiError */
export function findStateMachine(account: Account, arn: string): StateMachine {
  const { qualifier } = readArn(arn);
  const machine = account.stateMachines.get(arn);
  if (qualifier !== undefined || machine === undefined) throw unknownStateMachine(arn);
  return machine;
}

/** The same, to be changed. @throws ApiError also if it is being deleted */
export function findActiveStateMachine(account: Account, arn: string): StateMachine {
  const machine = findStateMachine(account, arn);
  refuseDeleting(machine);
  return machine;
}

/** @throws ApiError */
export function refuseDeleting({ arn, status }: StateMachine): void {
  if (status === 'DELETING') throw new ApiError('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
}

/** What an ARN of a state machine says; one with the label of a Distributed Map is no ARN for the API. @throws ApiError */
export function readArn(text: string): ReturnType<typeof parseStateMachineArn> {
  const arn = parseStateMachineArn(text);
  if (arn.label !== undefined)
    throw validationException(
      `This operation does not take the ARN of a Distributed Map's state machine: '${text}'`,
      'API_DOES_NOT_SUPPORT_LABELED_ARNS',
    );
  return arn;
}

/** A version by its ARN, and its state machine; undefined if there is none. @throws ApiError if it is no version's ARN */
export function tryFindVersion(
  account: Account,
  arn: string,
): { readonly machine: StateMachine; readonly version: Version } | undefined {
  const { unqualified, qualifier } = readArn(arn);
  if (qualifier === undefined || !isVersionNumber(qualifier)) return undefined;
  const machine = account.stateMachines.get(unqualified);
  const version = machine?.versions.get(Number(qualifier));
  return machine === undefined || version === undefined ? undefined : { machine, version };
}

/** An activity. @throws ApiError */
export function findActivity(account: Account, arn: string): Activity {
  parseArn(arn, 'activity');
  const activity = account.activities.get(arn);
  if (activity === undefined) throw new ApiError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
  return activity;
}

/** A Standard execution: of Express executions Step Functions keeps none. @throws ApiError */
export function findExecution(account: Account, arn: string): DescribedExecution {
  parseArn(arn, 'execution');
  const execution = account.executions.get(arn) ?? tryFindChild(account, arn);
  if (execution === undefined) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}
