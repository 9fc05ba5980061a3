import type { JsonObject } from '../../json/json';
import { ApiFailure } from '../api';
import type { Caller } from '../api';
import { stringField } from '../parameter-types';
import { parseFunctionName, refersTo, tryFindVersion, unqualifiedArn } from './function-name';
import type { Invocation } from './lambda-context';
import type { LambdaFunction } from './lambda-function';

/** The function that a request invokes, and as what. */
export interface InvocationTarget {
  readonly lambda: LambdaFunction;
  readonly invocation: Invocation;
}

/** Finds it. @throws ApiFailure as Lambda answers a request that names no function, or a version that the function has not */
export function findTarget(
  functions: readonly LambdaFunction[],
  request: JsonObject,
  from: Caller,
  requestId: string,
): InvocationTarget {
  const reference = parseFunctionName(stringField(request, 'FunctionName') ?? '');
  const explicit = stringField(request, 'Qualifier');
  if (explicit !== undefined && reference.qualifier !== undefined && explicit !== reference.qualifier) {
    throw new ApiFailure(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  const qualifier = explicit ?? reference.qualifier;
  const lambda = functions.find((candidate) => refersTo(reference, candidate));
  const executedVersion = lambda === undefined ? undefined : tryFindVersion(lambda, qualifier);
  if (lambda === undefined || executedVersion === undefined) {
    const arn = `${unqualifiedArn(reference, from)}:${qualifier ?? '$LATEST'}`;
    throw new ApiFailure('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  }
  const invokedFunctionArn = qualifier === undefined ? lambda.arn : `${lambda.arn}:${qualifier}`;
  const clientContext = decoded(stringField(request, 'ClientContext'));
  return { lambda, invocation: { invokedFunctionArn, executedVersion, requestId, clientContext } };
}

/** The client context as the handler gets it. */
function decoded(clientContext: string | undefined): unknown {
  if (clientContext === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(clientContext, 'base64').toString('utf8')) as unknown;
  } catch {
    throw new ApiFailure('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.');
  }
}

/** @throws ApiFailure as Lambda answers an InvocationType that there is not */
export function checkInvocationType(invocationType: string): void {
  if (['RequestResponse', 'Event', 'DryRun'].includes(invocationType)) return;
  throw new ApiFailure(
    'ValidationException',
    `1 validation error detected: Value '${invocationType}' at 'invocationType' failed to satisfy constraint: ` +
      'Member must satisfy enum value set: [Event, RequestResponse, DryRun]',
  );
}
