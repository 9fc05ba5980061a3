import { nameOf } from './lambda-function';
import type { LambdaFunction } from './lambda-function';

/** What Lambda tells a handler of its invocation. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext: unknown;
  readonly identity: undefined;
  /** Virtual milliseconds until the function's timeout. Virtual time passes while the handler waits for the world. */
  getRemainingTimeInMillis(): number;
  done(error?: unknown, result?: unknown): void;
  fail(error?: unknown): void;
  succeed(result?: unknown): void;
}

/** How an invocation names the function. */
export interface Invocation {
  readonly invokedFunctionArn: string;
  /** `$LATEST` or a number. */
  readonly executedVersion: string;
  readonly requestId: string;
  /** What the caller sent beside the payload, decoded; undefined: nothing. */
  readonly clientContext: unknown;
}

/**
 * The context object of one invocation, without `done`, `fail` and `succeed`.
 * @param startMs virtual time
 */
export function lambdaContext(
  lambda: LambdaFunction,
  invocation: Invocation,
  startMs: number,
  getRemainingTimeInMillis: () => number,
): Omit<LambdaContext, 'done' | 'fail' | 'succeed'> {
  const functionName = nameOf(lambda);
  const day = new Date(startMs).toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: invocation.executedVersion,
    invokedFunctionArn: invocation.invokedFunctionArn,
    memoryLimitInMB: String(lambda.memorySizeMb ?? DEFAULT_MEMORY_SIZE_MB),
    awsRequestId: invocation.requestId,
    logGroupName: logGroupName(functionName),
    logStreamName: `${day}/[${invocation.executedVersion}]${'0'.repeat(32)}`,
    clientContext: invocation.clientContext,
    identity: undefined,
    getRemainingTimeInMillis,
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-common.html */
export const DEFAULT_MEMORY_SIZE_MB = 128;
export const DEFAULT_TIMEOUT_MS = 3_000;

/** Unless the function says otherwise. */
export const logGroupName = (functionName: string): string => `/aws/lambda/${functionName}`;
