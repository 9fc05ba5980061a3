import type { StateNode } from '../workflow';
import type { Catcher, Retrier } from '../types';

/** Names that mean more than one error. */
export const isCatchAll = (name: string): boolean => name === 'States.ALL' || name === 'States.TaskFailed';

/** True if a list of names takes a timeout. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const takesTimeout = (names: readonly string[]): boolean =>
  names.includes('States.ALL') || names.includes('States.Timeout');

/** The Retriers of a state. */
export const retriersOf = ({ state }: StateNode): readonly Retrier[] => ('Retry' in state ? (state.Retry ?? []) : []);

/** The Catchers of a state. */
export const catchersOf = ({ state }: StateNode): readonly Catcher[] => ('Catch' in state ? (state.Catch ?? []) : []);

/** A Retrier that does try again. */
export const isRetrying = ({ MaxAttempts }: Retrier): boolean => MaxAttempts !== 0;

/** Every name that AWS itself gives to errors. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const STATES_ERRORS: readonly string[] = [
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
];

/** True for a name that AWS gives. */
export const isStatesError = (name: string): boolean => STATES_ERRORS.includes(name) || name.startsWith('States.Http.');

/** What the names of an optimised integration's errors begin with (recorded). */
const OPTIMISED: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  sns: 'SNS',
  sqs: 'SQS',
  states: 'StepFunctions',
  events: 'EventBridge',
  apigateway: 'ApiGateway',
};

/** The same of SDK integrations: the prefix of the class in the AWS SDK for Java 2 (recorded, or of that SDK). */
const SDK: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  lambda: 'Lambda',
  s3: 'S3',
  secretsmanager: 'SecretsManager',
  ses: 'Ses',
  sesv2: 'SesV2',
  sfn: 'Sfn',
  sns: 'Sns',
  sqs: 'Sqs',
  ssm: 'Ssm',
};

/** What the names of a task's service errors begin with; undefined where it may raise any name, or where it is not known. */
export function errorPrefixOf({ resource }: StateNode): string | undefined {
  if (resource?.kind !== 'service' || resource.pattern === 'waitForTaskToken') return undefined;
  const { resourceType } = resource;
  const [table, service] = resourceType.startsWith('aws-sdk:')
    ? [SDK, resourceType.slice('aws-sdk:'.length)]
    : [OPTIMISED, resourceType];
  return Object.hasOwn(table, service) ? table[service] : undefined;
}
