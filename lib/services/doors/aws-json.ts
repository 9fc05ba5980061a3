import { isObject, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import { ApiFailure } from '../api';
import type { Api } from '../api';
import { type Door, headerOf, type HttpRequest, type HttpResponse } from './http';
import { performOperation } from './operation';

/** How an API speaks AWS JSON. */
export interface AwsJson {
  readonly version: '1.0' | '1.1';
  /** What `X-Amz-Target` begins with, before the point and the operation's name. */
  readonly target: string;
  /** Before the `#` of the names of the API's own exceptions; clients read what follows it. */
  readonly namespace: string;
  /**
   * Codes that the API had in its older query protocol, by those that it has now; clients take an error's name from there.
   * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
   */
  readonly queryCodes?: Readonly<Record<string, string>>;
  /** What is not simulated or not known is an answer, too, as a server's clients want one. @default - it is a `SimulatorError` */
  readonly answersAll?: boolean;
}

/** Namespaces of the exceptions that all APIs have. */
const NAMESPACES: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  InternalFailure: 'com.amazon.coral.service',
};

/** An answer of the simulator's own; above 499 it would be retried, but for this one. */
const NOT_SIMULATED = 'NotSimulated';
const NOT_IMPLEMENTED = 501;

/**
 * The protocols AWS JSON 1.0 and 1.1: everything is JSON, as the API's operations have it.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export const awsJson =
  (protocol: AwsJson, api: Api): Door =>
  async (request, from) => {
    const requestId = from.uuid();
    try {
      const operation = operationOf(protocol, api, request);
      return render(protocol, 200, await performOperation(api, operation, parseBody(request), from), requestId);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      if (error.code === NOT_SIMULATED && protocol.answersAll !== true) throw new SimulatorError(`${from.who}: ${error.message}`);
      return renderFailure(protocol, error, requestId);
    }
  };

/** The answer to a refused request. */
export function renderFailure(protocol: AwsJson, failure: ApiFailure, requestId: string): HttpResponse {
  const { code, message, statusCode, members } = failure;
  const namespace = Object.hasOwn(NAMESPACES, code) ? NAMESPACES[code] : protocol.namespace;
  const status = code === NOT_SIMULATED ? NOT_IMPLEMENTED : statusCode;
  const response = render(protocol, status, { __type: `${namespace}#${code}`, message, ...members }, requestId);
  const queryCode = protocol.queryCodes?.[code];
  if (queryCode === undefined) return response;
  return { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${queryCode};Sender` } };
}

const render = ({ version }: AwsJson, status: number, content: Json, requestId: string): HttpResponse => ({
  status,
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId },
  body: renderJson(content),
});

function operationOf({ target, answersAll }: AwsJson, { operations }: Api, request: HttpRequest): string {
  const found = headerOf(request, 'x-amz-target');
  const operation = found?.startsWith(`${target}.`) === true ? found.slice(target.length + 1) : undefined;
  if (request.method === 'POST' && operation !== undefined && (answersAll !== true || Object.hasOwn(operations, operation)))
    return operation;
  throw new ApiFailure(
    'UnknownOperationException',
    `This is a simulator: it takes POST with the header X-Amz-Target: ${target}.<operation>; found ${request.method} with ${found === undefined ? 'no such header' : JSON.stringify(found)}.`,
    404,
  );
}

/** No body is an empty request. */
function parseBody({ body }: HttpRequest): JsonObject {
  if (body.length === 0) return {};
  let request: Json;
  try {
    request = JSON.parse(decoder.decode(body)) as Json;
  } catch (error) {
    throw serializationException(`The request's body is not JSON in UTF-8: ${(error as Error).message}`);
  }
  if (isObject(request)) return request;
  throw serializationException("The request's body is no JSON object.");
}

const serializationException = (message: string): ApiFailure => new ApiFailure('SerializationException', message);

const decoder = new TextDecoder('utf-8', { fatal: true });
