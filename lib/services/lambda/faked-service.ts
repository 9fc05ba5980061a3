import { StatesError } from '../../simulator/states-error';
import { ApiFailure } from '../api';
import { awsJson } from '../doors/aws-json';
import { type Door, headerOf, type HttpRequest } from '../doors/http';
import { callBy, landed } from './fake-result';
import type { LambdaWorld, RealFunction } from './lambda-world';

/** An operation of a service that is not simulated. */
export interface ForeignOperation {
  /** What `X-Amz-Target` begins with. */
  readonly target: string;
  readonly name: string;
  /** As `service(…)` has it: `aws-sdk:secretsmanager:getSecretValue`. */
  readonly integration: string;
}

/** The operation that a request in AWS JSON asks for; undefined for other protocols, which nobody understands without a model of the API. */
export function foreignOperation(service: string, request: HttpRequest): ForeignOperation | undefined {
  const [, target, name] = /^(\w+)\.(\w+)$/.exec(headerOf(request, 'x-amz-target') ?? '') ?? [];
  if (target === undefined || name === undefined) return undefined;
  return { target, name, integration: `aws-sdk:${service}:${name.charAt(0).toLowerCase()}${name.slice(1)}` };
}

/** The door to a fake of the operation, the one that a Task would come to; undefined: there is none. */
export function tryFakedDoor({ target, name, integration }: ForeignOperation, world: LambdaWorld): Door | undefined {
  const [prefix, service = '', action = ''] = integration.split(':');
  const called = { resource: `arn:aws:states:::${integration}`, resourceType: `${prefix}:${service}`, action };
  const fake = world.fakeOf({ ...called, parameters: {}, state: '' });
  if (fake === undefined) return undefined;
  return awsJson(
    { version: '1.1', target, namespace: service },
    {
      name: service,
      operations: {
        [name]: (parameters, from) =>
          landed(() => fake(callBy(from, { ...called, parameters }), NO_FUNCTION), from, world).catch((error: unknown) => {
            if (!(error instanceof StatesError)) throw error;
            // `SecretsManager.ResourceNotFoundException`
            throw new ApiFailure(error.error?.replace(/^\w+\./, '') ?? 'InternalFailure', error.errorCause ?? '');
          }),
      },
    },
  );
}

const NO_FUNCTION: RealFunction = () => Promise.reject(new Error('A service has no handler.'));
