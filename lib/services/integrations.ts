import type { Json, JsonObject } from '../json/json';
import type { TaskCall } from '../simulator/task-call';
import type { Api, Caller, Operation } from './api';
import { ApiFailure } from './api';
import type { StructureType } from './parameter-types';
import { withSdkMetadata } from './sdk-metadata';
import type { Header } from './sdk-metadata';
import { structureAction } from './service';
import type { Action, Service } from './service';
import { optimisedError, sdkError } from './service-error';
import type { ServiceFailure, ServiceNames } from './service-error';

/** How an integration puts one operation of an API. */
export interface IntegratedOperation {
  /** What `Parameters` may hold. */
  readonly parameters: StructureType;
  /** What the API is asked. @default - the parameters */
  readonly toRequest?: (parameters: JsonObject, call: TaskCall) => JsonObject;
  /** What the state gets of the API's response. @default - the response */
  readonly toResult?: (response: JsonObject) => Json;
}

/** An operation of an optimised integration. */
export interface OptimisedOperation extends IntegratedOperation {
  /**
   * Headers of the response, in its order: they make `SdkHttpMetadata`.
   * @default - the result has no metadata, as that of `events:putEvents`
   */
  readonly headers?: (response: JsonObject, exchange: Exchange) => readonly Header[];
}

/** What the headers of a response tell of its exchange. */
export interface Exchange {
  readonly requestId: string;
  /** Virtual time, milliseconds since 1970. */
  readonly epochMs: number;
}

/** One kind of integration of an API. */
export interface Integration<Op extends IntegratedOperation> {
  /** How its errors name the service. */
  readonly names: ServiceNames;
  /** By API action in camelCase. The operation of the API has the same name in PascalCase. */
  readonly actions: Readonly<Record<string, Op>>;
}

/** The optimised integration of an API: `arn:aws:states:::<resourceType>:<action>`. */
export function optimisedService(api: Api, resourceType: string, integration: Integration<OptimisedOperation>): Service {
  return serviceOf(api, resourceType, integration, optimisedError, ({ headers }, response, result, exchange) =>
    headers === undefined
      ? result
      : withSdkMetadata(result as JsonObject, {
          statusCode: 200,
          headers: headers(response, exchange),
          requestId: exchange.requestId,
        }),
  );
}

/** The SDK integration of an API: `arn:aws:states:::aws-sdk:<name of the API>:<action>`. */
export function sdkService(api: Api, integration: Integration<IntegratedOperation>): Service {
  return serviceOf(api, `aws-sdk:${api.name}`, integration, sdkError, (_, __, result) => result);
}

function serviceOf<Op extends IntegratedOperation>(
  api: Api,
  resourceType: string,
  { names, actions }: Integration<Op>,
  toError: (names: ServiceNames, failure: ServiceFailure) => Error,
  finish: (operation: Op, response: JsonObject, result: Json, exchange: Exchange) => Json,
): Service {
  const actionOf = (name: string, integrated: Op): Action => {
    const operation = findOperation(api, name);
    const { parameters, toRequest, toResult } = integrated;
    return structureAction(parameters, (given, call) => {
      const exchange: Exchange = { requestId: call.uuid(), epochMs: call.epochMs };
      const succeed = (response: Json): Json => {
        const found = response as JsonObject;
        return finish(integrated, found, toResult === undefined ? found : toResult(found), exchange);
      };
      const fail = (error: unknown): never => {
        if (!(error instanceof ApiFailure)) throw error;
        const { code, message, statusCode } = error;
        throw toError(names, { code, message, statusCode, requestId: exchange.requestId });
      };
      let response: Json | Promise<Json>;
      try {
        response = operation(toRequest === undefined ? given : toRequest(given, call), callerOf(call));
      } catch (error) {
        return fail(error);
      }
      return response instanceof Promise ? response.then(succeed, fail) : succeed(response);
    });
  };
  return {
    resourceType,
    actions: Object.fromEntries(Object.entries(actions).map(([name, integrated]) => [name, actionOf(name, integrated)])),
  };
}

function findOperation({ name: apiName, operations }: Api, action: string): Operation {
  const name = action.charAt(0).toUpperCase() + action.slice(1);
  const operation = operations[name];
  if (operation === undefined) throw new Error(`The API ${apiName} has no operation ${name}.`);
  return operation;
}

/** A Task as an API sees it. */
export const callerOf = (call: TaskCall): Caller => ({
  who: `"${call.state}"`,
  epochMs: call.epochMs,
  region: call.region,
  accountId: call.executionArn.split(':')[4] ?? '',
  state: call.state,
  executionArn: call.executionArn,
  resource: call.resource,
  uuid: () => call.uuid(),
  park: () => call.park(),
});
