import type { Account } from './account';
import { ApiError } from './api-error';
import { touchExecution } from './child-executions';
import { readPayload } from './payload';
import type { RequestOf } from './request-model';

/** SendTaskSuccess. */
export function sendTaskSuccess(account: Account, { taskToken, output }: RequestOf<'SendTaskSuccess'>): object {
  checkToken(account, taskToken);
  readPayload(output, 'the output', 'InvalidOutput', 'Invalid Output');
  return answered(account.world.sendTaskSuccess(taskToken, output));
}

/** SendTaskFailure. */
export function sendTaskFailure(account: Account, { taskToken, error, cause }: RequestOf<'SendTaskFailure'>): object {
  checkToken(account, taskToken);
  return answered(account.world.sendTaskFailure(taskToken, error, cause));
}

/** SendTaskHeartbeat. */
export function sendTaskHeartbeat(account: Account, { taskToken }: RequestOf<'SendTaskHeartbeat'>): object {
  checkToken(account, taskToken);
  return answered(account.world.sendTaskHeartbeat(taskToken));
}

/** A token names its execution, which need not be one that the API has started. */
function checkToken(account: Account, token: string): void {
  if (!TOKEN.test(Buffer.from(token, 'base64').toString())) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  touchExecution(account, executionOfToken(token));
}

/** ARNs of child executions have a slash before the label. */
const TOKEN = /^(arn:[^:]+:states:[^:]*:\d*:(?:execution|express):.+)\/[0-9a-f-]{36}$/;

/** ARN of the execution that a token belongs to. */
export const executionOfToken = (token: string): string => TOKEN.exec(Buffer.from(token, 'base64').toString())?.[1] ?? '';

function answered(isOpen: boolean): object {
  if (!isOpen) throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  return {};
}
