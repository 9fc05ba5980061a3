import { createHash } from 'node:crypto';
import type { ResourceType, ResourceView } from './resource-type';

/** The shortest of the limits on names of the types in the table: that of S3 buckets. */
const MAX_NAME_LENGTH = 63;

/**
 * The name that stands for the one that CloudFormation would make up: `<stack>-<logical id>`, always the same.
 * A longer one is cut, and ends in eight hexadecimal digits so that no two become equal.
 */
export function physicalName(resource: ResourceView, type: ResourceType): string {
  const suffix = type.suffix?.(resource) ?? '';
  const whole = `${resource.stackName}-${resource.logicalId}`;
  const room = MAX_NAME_LENGTH - suffix.length;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 8);
  const fitting = whole.length <= room ? whole : `${whole.slice(0, room - 9)}-${hash}`;
  return (type.lowerCase === true ? fitting.toLowerCase() : fitting) + suffix;
}
