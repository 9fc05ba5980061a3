import type { Account } from './account';
import { notSimulated } from './api-error';
import { findActivity } from './find';
import type { RequestOf } from './request-model';

/** GetActivityTask. */
export function getActivityTask(account: Account, { activityArn }: RequestOf<'GetActivityTask'>): Promise<object> {
  findActivity(account, activityArn);
  throw notSimulated('GetActivityTask');
}
