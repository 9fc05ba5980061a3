import { type Account, type Activity, arnOf, now } from './account';
import { ApiError } from './api-error';
import { parseArn } from './arn';
import { addTags, isSame, readEncryption } from './configuration';
import { findActivity } from './find';
import { checkName } from './name';
import { pageOf } from './page';
import type { RequestOf } from './request-model';

/** CreateActivity. */
export function createActivity(account: Account, request: RequestOf<'CreateActivity'>): object {
  const { name, tags = [] } = request;
  checkName(name);
  const encryption = readEncryption(request.encryptionConfiguration);
  const arn = arnOf(account, `activity:${name}`);
  const known = account.activities.get(arn);
  if (known !== undefined) {
    if (!isSame(known.encryption, encryption)) throw new ApiError('ActivityAlreadyExists', `Activity Already Exists: '${arn}'`);
    return { activityArn: arn, creationDate: known.creationDate };
  }
  const activity: Activity = {
    sequence: ++account.lastSequence,
    arn,
    name,
    creationDate: now(account),
    encryption,
    tags: new Map(),
  };
  addTags(activity.tags, tags, arn);
  account.activities.set(arn, activity);
  account.touched?.add(arn);
  return { activityArn: arn, creationDate: activity.creationDate };
}

/** DescribeActivity. */
export function describeActivity(account: Account, { activityArn }: RequestOf<'DescribeActivity'>): object {
  const { arn, name, creationDate, encryption } = findActivity(account, activityArn);
  return { activityArn: arn, name, creationDate, encryptionConfiguration: encryption };
}

/** DeleteActivity. */
export function deleteActivity(account: Account, { activityArn }: RequestOf<'DeleteActivity'>): object {
  parseArn(activityArn, 'activity');
  account.activities.delete(activityArn);
  account.touched?.add(activityArn);
  return {};
}

/** ListActivities. */
export function listActivities(account: Account, request: RequestOf<'ListActivities'>): object {
  const all = [...account.activities.values()];
  const { items, nextToken } = pageOf(request, all, ({ sequence }) => sequence, ['ListActivities'], account.world.epochMs);
  return {
    activities: items.map(({ arn, name, creationDate }) => ({ activityArn: arn, name, creationDate })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}
