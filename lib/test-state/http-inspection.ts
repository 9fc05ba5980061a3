import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { renderJson } from '../json/render-json';
import { get } from '../json/with-field';
import type { InspectionDataRequest, InspectionDataResponse } from './response';

/** Bytes of a response that Step Functions asks for. https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
const RANGE = 'bytes=0-262144';

/** The HTTP request that an HTTP Task makes of its parameters. What the connection would add is not known. */
export function httpRequest(parameters: Json, region: string): InspectionDataRequest {
  if (!isObject(parameters)) return {};
  const { ApiEndpoint: endpoint, Method: method, RequestBody: body } = parameters;
  const headers = {
    ...objectIn(parameters, 'Headers'),
    'User-Agent': `Amazon|StepFunctions|HttpInvoke|${region}`,
    Range: RANGE,
  };
  return {
    protocol: 'https',
    ...(typeof method === 'string' ? { method } : {}),
    ...(typeof endpoint === 'string' ? { url: urlOf(endpoint, objectIn(parameters, 'QueryParameters')) } : {}),
    headers: renderHeaders(headers),
    ...(body === undefined ? {} : { body: textOf(body) }),
  };
}

/** The HTTP response behind an HTTP Task's result. */
export function httpResponse(result: Json): InspectionDataResponse {
  if (!isObject(result)) return {};
  const { StatusCode: code, StatusText: message, ResponseBody: body } = result;
  return {
    protocol: 'https',
    ...(code === undefined ? {} : { statusCode: textOf(code) }),
    ...(message === undefined ? {} : { statusMessage: textOf(message) }),
    headers: renderHeaders(objectIn(result, 'Headers')),
    ...(body === undefined ? {} : { body: textOf(body) }),
  };
}

function objectIn(holder: JsonObject, field: string): JsonObject {
  const value = get(holder, field);
  return isObject(value) ? value : {};
}

function urlOf(endpoint: string, query: JsonObject): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    (isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(one))}`),
  );
  return parameters.length === 0 ? endpoint : `${endpoint}?${parameters.join('&')}`;
}

/** As the API shows them: `[Accept: text/plain, Range: bytes=0-262144]`. https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
const renderHeaders = (headers: JsonObject): string =>
  `[${Object.entries(headers)
    .map(([name, value]) => `${name}: ${isArray(value) ? value.map(textOf).join(', ') : textOf(value)}`)
    .join(', ')}]`;

const textOf = (value: Json): string => (typeof value === 'string' ? value : renderJson(value));
