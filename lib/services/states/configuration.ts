import { isDeepStrictEqual } from 'node:util';
import { ApiError } from './api-error';
import type { RequestOf } from './request-model';

/** Of a state machine: what goes to the log. */
export type LoggingConfiguration = NonNullable<RequestOf<'CreateStateMachine'>['loggingConfiguration']>;
/** Of a state machine: whether it is traced. */
export type TracingConfiguration = NonNullable<RequestOf<'CreateStateMachine'>['tracingConfiguration']>;
/** Of a state machine or an activity: whose key encrypts its data. */
export type EncryptionConfiguration = NonNullable<RequestOf<'CreateStateMachine'>['encryptionConfiguration']>;
/** Tags of a resource, by key. */
export type Tags = Map<string, string>;

/** With what AWS adds to it. @throws ApiError InvalidLoggingConfiguration */
export function readLogging(given: LoggingConfiguration = {}): LoggingConfiguration {
  const { level = 'OFF', includeExecutionData = false, destinations } = given;
  const count = destinations?.length ?? 0;
  if (count > 1 || (count === 0 && level !== 'OFF')) throw invalidLogging('Must specify exactly one Log Destination.');
  for (const { cloudWatchLogsLogGroup } of destinations ?? [])
    if (!/^arn:[^:]+:logs:[^:]+:[^:]*:log-group:[^:]+:\*$/.test(cloudWatchLogsLogGroup?.logGroupArn ?? ''))
      throw invalidLogging('Log Destination must be the ARN of a log group that ends in ":*".');
  return { level, includeExecutionData, ...(destinations === undefined ? {} : { destinations }) };
}

const invalidLogging = (why: string): ApiError =>
  new ApiError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${why}`);

/** With what AWS adds to it. */
export const readTracing = ({ enabled = false }: TracingConfiguration = {}): TracingConfiguration => ({ enabled });

/** How long a data key is used. https://docs.aws.amazon.com/step-functions/latest/apireference/API_EncryptionConfiguration.html */
const DEFAULT_REUSE_SECONDS = 300;

/** With what AWS adds to it. @throws ApiError InvalidEncryptionConfiguration */
export function readEncryption(given: EncryptionConfiguration = { type: 'AWS_OWNED_KEY' }): EncryptionConfiguration {
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds = DEFAULT_REUSE_SECONDS } = given;
  if (type === 'AWS_OWNED_KEY') {
    if (kmsKeyId !== undefined || given.kmsDataKeyReusePeriodSeconds !== undefined)
      throw invalidEncryption('kmsKeyId and kmsDataKeyReusePeriodSeconds go with the type CUSTOMER_MANAGED_KMS_KEY');
    return { type };
  }
  if (kmsKeyId === undefined) throw invalidEncryption('the type CUSTOMER_MANAGED_KMS_KEY needs a kmsKeyId');
  return { type, kmsKeyId, kmsDataKeyReusePeriodSeconds };
}

const invalidEncryption = (why: string): ApiError =>
  new ApiError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${why}`);

/** Most tags of a resource. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_TAGS = 50;

/** Adds tags; a key that is there gets the new value. @throws ApiError TooManyTags, and adds none */
export function addTags(tags: Tags, given: RequestOf<'TagResource'>['tags'], resourceArn: string): void {
  const keys = new Set([...tags.keys(), ...given.map(({ key = '' }) => key)]);
  if (keys.size > MAX_TAGS)
    throw new ApiError('TooManyTags', `A resource has at most ${MAX_TAGS} tags; these would be ${keys.size}: '${resourceArn}'`, {
      resourceName: resourceArn,
    });
  for (const { key = '', value = '' } of given) tags.set(key, value);
}

/** Whether two configurations say the same. */
export const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);
