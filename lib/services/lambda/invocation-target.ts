import type { JsonObject } from '../../json/json';
import type { TaskCall } from '../../simulator/task-call';
import { stringField } from '../parameter-types';
import { optimisedError } from '../service-error';
import type { ServiceFailure, ServiceNames } from '../service-error';
import { parseFunctionName, refersTo, tryFindVersion, unqualifiedArn } from './function-name';
import type { Invocation } from './lambda-context';
import type { LambdaFunction } from './lambda-function';

const NAMES: ServiceNames = {
  prefix: 'Lambda',
  service: 'AWSLambda',
  baseException: 'AWSLambdaException',
  exceptions: new Set(['InvalidParameterValueException', 'InvalidRequestContentException', 'ResourceNotFoundException']),
};

/** The function that a request invokes, and as what. */
export interface InvocationTarget {
  readonly lambda: LambdaFunction;
  readonly invocation: Invocation;
}

/** Finds it. @throws StatesError as Lambda answers a request that names no function, or a version that the function has not */
export function findTarget(
  functions: readonly LambdaFunction[],
  request: JsonObject,
  call: TaskCall,
  requestId: string,
): InvocationTarget {
  const fail = (failure: Omit<ServiceFailure, 'requestId'>): never => {
    throw optimisedError(NAMES, { ...failure, requestId });
  };
  const reference = parseFunctionName(stringField(request, 'FunctionName') ?? '');
  const explicit = stringField(request, 'Qualifier');
  if (explicit !== undefined && reference.qualifier !== undefined && explicit !== reference.qualifier) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    fail({ code: 'InvalidParameterValueException', message, statusCode: 400 });
  }
  const qualifier = explicit ?? reference.qualifier;
  const lambda = functions.find((candidate) => refersTo(reference, candidate));
  const executedVersion = lambda === undefined ? undefined : tryFindVersion(lambda, qualifier);
  if (lambda === undefined || executedVersion === undefined) {
    const arn = `${unqualifiedArn(reference, call)}:${qualifier ?? '$LATEST'}`;
    return fail({ code: 'ResourceNotFoundException', message: `Function not found: ${arn}`, statusCode: 404 });
  }
  const invokedFunctionArn = qualifier === undefined ? lambda.arn : `${lambda.arn}:${qualifier}`;
  const clientContext = decoded(stringField(request, 'ClientContext'), () =>
    fail({
      code: 'InvalidRequestContentException',
      message: 'Client context must be a valid Base64-encoded JSON object.',
      statusCode: 400,
    }),
  );
  return { lambda, invocation: { invokedFunctionArn, executedVersion, requestId, clientContext } };
}

/** The client context as the handler gets it. `refuse` throws. */
function decoded(clientContext: string | undefined, refuse: () => never): unknown {
  if (clientContext === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(clientContext, 'base64').toString('utf8')) as unknown;
  } catch {
    return refuse();
  }
}

/** @throws StatesError as Lambda answers an InvocationType that there is not */
export function checkInvocationType(invocationType: string, requestId: string): void {
  if (['RequestResponse', 'Event', 'DryRun'].includes(invocationType)) return;
  const message =
    `1 validation error detected: Value '${invocationType}' at 'invocationType' failed to satisfy constraint: ` +
    'Member must satisfy enum value set: [Event, RequestResponse, DryRun]';
  throw optimisedError(NAMES, { code: 'ValidationException', message, statusCode: 400, requestId });
}
