import { ApiError } from './api-error';

/** What an ARN of Step Functions names. */
export interface StatesArn {
  readonly text: string;
  /** `stateMachine`, `execution`, `express`, `activity`, `mapRun`. */
  readonly resourceType: string;
  /** What follows the resource type, by its colons. */
  readonly parts: readonly string[];
}

/** The exception for an ARN that cannot be read, or names something else. */
export const invalidArn = (why: string): ApiError => new ApiError('InvalidArn', `Invalid Arn: '${why}'`);

/**
 * Reads an ARN that names one of these resource types.
 * @throws ApiError InvalidArn
 */
export function parseArn(text: string, ...resourceTypes: readonly string[]): StatesArn {
  const [prefix, partition, service, region, account, resourceType, ...parts] = text.split(':');
  if (prefix !== 'arn') throw invalidArn(`Invalid ARN prefix: ${text}`);
  if (
    service !== 'states' ||
    partition === '' ||
    region === '' ||
    account === '' ||
    resourceType === undefined ||
    parts.includes('')
  )
    throw invalidArn(`Invalid ARN: ${text}`);
  if (!resourceTypes.includes(resourceType)) throw invalidArn(`Resource type not valid in this context: ${resourceType}`);
  if (parts.length === 0) throw invalidArn(`Invalid ARN: ${text}`);
  return { text, resourceType, parts };
}

/** The ARN of a state machine, of one of its versions or of one of its aliases. */
export interface StateMachineArn {
  readonly text: string;
  /** Of the state machine itself. */
  readonly unqualified: string;
  /** Number of a version, or name of an alias. */
  readonly qualifier: string | undefined;
  /** Of the Distributed Map whose child executions it names. */
  readonly label: string | undefined;
}

/** @throws ApiError InvalidArn */
export function parseStateMachineArn(text: string): StateMachineArn {
  const { parts } = parseArn(text, 'stateMachine');
  const [name = '', qualifier, ...more] = parts;
  if (more.length > 0) throw invalidArn(`Invalid ARN: ${text}`);
  const label = name.split('/')[1];
  return { text, unqualified: qualifier === undefined ? text : text.slice(0, -qualifier.length - 1), qualifier, label };
}

/** A qualifier of digits alone is the number of a version: an alias has another character. */
export const isVersionNumber = (qualifier: string): boolean => /^\d+$/.test(qualifier);
