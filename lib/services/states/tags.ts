import type { Account } from './account';
import { resourceNotFound } from './api-error';
import { parseArn } from './arn';
import { addTags, type Tags } from './configuration';
import type { RequestOf } from './request-model';

/** TagResource. */
export function tagResource(account: Account, { resourceArn, tags }: RequestOf<'TagResource'>): object {
  addTags(findTags(account, resourceArn), tags, resourceArn);
  account.touched?.add(resourceArn);
  return {};
}

/** UntagResource. */
export function untagResource(account: Account, { resourceArn, tagKeys }: RequestOf<'UntagResource'>): object {
  const tags = findTags(account, resourceArn);
  for (const key of tagKeys) tags.delete(key);
  account.touched?.add(resourceArn);
  return {};
}

/** ListTagsForResource. */
export function listTagsForResource(account: Account, { resourceArn }: RequestOf<'ListTagsForResource'>): object {
  return { tags: [...findTags(account, resourceArn)].map(([key, value]) => ({ key, value })) };
}

/** State machines and activities have tags; versions and aliases have none of their own (recorded). @throws ApiError */
function findTags({ stateMachines, activities }: Account, arn: string): Tags {
  parseArn(arn, 'stateMachine', 'activity');
  const tags = (stateMachines.get(arn) ?? activities.get(arn))?.tags;
  if (tags === undefined) throw resourceNotFound(`Resource not found: '${arn}'`, arn);
  return tags;
}
