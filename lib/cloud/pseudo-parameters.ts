import { createHash } from 'node:crypto';
import type { Json } from '../json/json';
import type { Stack } from './stack';

/** The partitions by the beginning of their regions' names; any other region is in `aws`. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string, urlSuffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
];

const partitionOf = (region: string) =>
  PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? (['', 'aws', 'amazonaws.com'] as const);

/** The partition that a region belongs to: `aws`, `aws-cn`. */
export const partition = (region: string): string => partitionOf(region)[1];

/** The domain of a region's endpoints: `amazonaws.com`. */
export const urlSuffix = (region: string): string => partitionOf(region)[2];

/**
 * The pseudo parameters, undefined standing for `AWS::NoValue`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export const PSEUDO_PARAMETERS: Readonly<Record<string, (stack: Stack) => Json | undefined>> = {
  'AWS::AccountId': (stack) => stack.account,
  'AWS::NoValue': () => undefined,
  'AWS::NotificationARNs': () => [],
  'AWS::Partition': (stack) => partition(stack.region),
  'AWS::Region': (stack) => stack.region,
  'AWS::StackId': (stack) => stackId(stack),
  'AWS::StackName': (stack) => stack.stackName,
  'AWS::URLSuffix': (stack) => urlSuffix(stack.region),
};

/** A stack's ARN, its UUID made of the rest of it. */
export function stackId(stack: Stack): string {
  const hash = createHash('sha256').update(`${stack.account}/${stack.region}/${stack.stackName}`).digest('hex');
  const uuid = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return `arn:${partition(stack.region)}:cloudformation:${stack.region}:${stack.account}:stack/${stack.stackName}/${uuid}`;
}
