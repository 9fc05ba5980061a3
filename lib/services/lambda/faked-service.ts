import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { ApiFailure, type Caller } from '../api';
import { apiError, toApi, toIntegration } from '../api-model/api-names';
import { awsJson } from '../doors/aws-json';
import { type Door, headerOf, type HttpRequest } from '../doors/http';
import { callBy, landed } from './fake-result';
import type { LambdaWorld, RealFunction } from './lambda-world';

/** What a fake of an SDK integration answers to a handler that asks for the same operation; undefined: there is none. */
export function tryFake(
  api: string,
  operation: string,
  request: JsonObject,
  from: Caller,
  world: LambdaWorld,
): Promise<Json> | undefined {
  let parameters: Json | undefined;
  const call: TaskCall = {
    ...callBy(from, { ...calledBy(api, operation), parameters: null }),
    // Few calls have a fake, and the API's model takes long to load.
    get parameters() {
      return (parameters ??= toIntegration({ api, operation }, 'input', request));
    },
  };
  const fake = world.fakeOf(call);
  if (fake === undefined) return undefined;
  return landed(() => fake(call, noAnswer(from, call)), from, world).then(
    (answer) => toApi({ api, operation }, 'output', answer),
    (error: unknown) => {
      if (!(error instanceof StatesError)) throw error;
      const { code, statusCode } = apiError(api, error.error ?? 'InternalFailure');
      throw new ApiFailure(code, error.errorCause ?? '', statusCode);
    },
  );
}

/** The SDK integration of an operation. */
function calledBy(api: string, operation: string): Pick<TaskCall, 'resource' | 'resourceType' | 'action'> {
  const action = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  return { resource: `arn:aws:states:::aws-sdk:${api}:${action}`, resourceType: `aws-sdk:${api}`, action };
}

/** What comes from a handler has left the names of integrations behind. */
const noAnswer =
  ({ who }: Caller, { resource }: TaskCall): RealFunction =>
  () =>
    Promise.reject(
      new SimulatorError(`${who} calls what the fake of ${resource} answers, and the fake has no answer: give it one.`),
    );

/** An operation of a service that is not simulated. */
export interface ForeignOperation {
  readonly api: string;
  /** What `X-Amz-Target` begins with. */
  readonly target: string;
  readonly name: string;
  /** As `service(…)` has it: `aws-sdk:secretsmanager:getSecretValue`. */
  readonly integration: string;
}

/** APIs whose names in SDK integrations are not those of their hosts without hyphens. https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
const API_BY_HOST: Readonly<Record<string, string>> = {
  'cognito-identity': 'cognitoidentity',
  'cognito-idp': 'cognitoidentityprovider',
  logs: 'cloudwatchlogs',
  monitoring: 'cloudwatch',
  tagging: 'resourcegroupstaggingapi',
};

/** The operation that a request in AWS JSON asks for; undefined for other protocols, which nobody understands without a model of the API. */
export function foreignOperation(host: string, request: HttpRequest): ForeignOperation | undefined {
  const [, target, name] = /^(\w+)\.(\w+)$/.exec(headerOf(request, 'x-amz-target') ?? '') ?? [];
  if (target === undefined || name === undefined) return undefined;
  const api = (Object.hasOwn(API_BY_HOST, host) ? API_BY_HOST[host] : undefined) ?? host.replaceAll('-', '');
  const { resourceType, action } = calledBy(api, name);
  return { api, target, name, integration: `${resourceType}:${action}` };
}

/** The door to a fake of the operation, the one that a Task would come to; undefined: there is none. */
export function tryFakedDoor({ api, target, name }: ForeignOperation, world: LambdaWorld): Door | undefined {
  const fake = world.fakeOf({ ...calledBy(api, name), parameters: {}, state: '' });
  return fake === undefined ? undefined : awsJson({ version: '1.1', target, namespace: api }, { name: api, operations: {} });
}
