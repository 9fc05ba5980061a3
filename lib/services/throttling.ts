import type { TaskCall } from '../simulator/task-call';
import { optimisedError, sdkError } from './service-error';

/** How an integration refuses a call that comes too often. */
interface Throttling {
  readonly errorOf: typeof sdkError;
  /** As in `ServiceNames`. */
  readonly prefix: string;
  readonly service: string;
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
}

/** Error and cause as people report them: https://github.com/HumanCellAtlas/data-store/issues/1118 */
const LAMBDA = { prefix: 'Lambda', code: 'TooManyRequestsException', statusCode: 429, message: 'Rate Exceeded.' };
/** The message is DynamoDB's own, as its clients report it. */
const DYNAMODB = {
  code: 'ProvisionedThroughputExceededException',
  statusCode: 400,
  message:
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
};
/** Nothing says the messages of the services below; theirs is that of Lambda. */
const RATE_EXCEEDED = { statusCode: 429, message: 'Rate Exceeded.' };

/** By resource type. The codes are those of each API's reference; HTTP Tasks and API Gateway have a status instead. */
const THROTTLINGS: Readonly<Record<string, Throttling>> = {
  lambda: { errorOf: optimisedError, service: 'AWSLambda', ...LAMBDA },
  'lambda-function': { errorOf: optimisedError, service: 'AWSLambda', ...LAMBDA },
  'aws-sdk:lambda': { errorOf: sdkError, service: 'Lambda', ...LAMBDA },
  dynamodb: { errorOf: optimisedError, prefix: 'DynamoDB', service: 'AmazonDynamoDBv2', ...DYNAMODB },
  'aws-sdk:dynamodb': { errorOf: sdkError, prefix: 'DynamoDb', service: 'DynamoDb', ...DYNAMODB },
  'aws-sdk:sesv2': {
    errorOf: sdkError,
    prefix: 'SesV2',
    service: 'SesV2',
    code: 'TooManyRequestsException',
    ...RATE_EXCEEDED,
  },
  bedrock: {
    errorOf: optimisedError,
    prefix: 'Bedrock',
    service: 'BedrockRuntime',
    code: 'ThrottlingException',
    ...RATE_EXCEEDED,
  },
  'aws-sdk:bedrockruntime': {
    errorOf: sdkError,
    prefix: 'BedrockRuntime',
    service: 'BedrockRuntime',
    code: 'ThrottlingException',
    ...RATE_EXCEEDED,
  },
  bedrockagentcore: {
    errorOf: optimisedError,
    prefix: 'BedrockAgentCore',
    service: 'BedrockAgentCore',
    code: 'ThrottlingException',
    ...RATE_EXCEEDED,
  },
};

/** What a call fails with that comes too often; undefined: of this integration it is not known. */
export function tryThrottlingOf(call: TaskCall): { readonly error: string; readonly cause: string | undefined } | undefined {
  if (!Object.hasOwn(THROTTLINGS, call.resourceType)) return undefined;
  const { errorOf, prefix, service, code, statusCode, message } = THROTTLINGS[call.resourceType] as Throttling;
  const names = { prefix, service, baseException: code, exceptions: new Set([code]) };
  const { error, errorCause } = errorOf(names, { code, message, statusCode, requestId: call.uuid() });
  return { error: error as string, cause: errorCause };
}
