import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { StatesError } from '../../simulator/states-error';
import { parameterProblems, stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { type Connection, type Draft, withConnection } from './connection';
import { bodyOf, type EndpointRequest, headerOf, isJsonType, parsed, type WireResponse } from './endpoint';
import { forbiddenInHttpTask, invalidFormat, unsupportedHeaders } from './forbidden-headers';
import { type ArrayFormat, formEncode, isArrayFormat, textOf } from './form-encode';
import { statusText } from './status-text';

/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
const INVOKE: StructureType = {
  fields: {
    ApiEndpoint: 'STRING',
    Method: 'STRING',
    Authentication: { fields: { ConnectionArn: 'STRING' }, required: ['ConnectionArn'] },
    InvocationConfig: { fields: { ConnectionArn: 'STRING' }, required: ['ConnectionArn'] },
    Headers: 'JSON',
    QueryParameters: 'JSON',
    RequestBody: 'JSON',
    Transform: {
      fields: { RequestBodyEncoding: 'STRING', RequestEncodingOptions: { fields: { ArrayFormat: 'STRING' } } },
    },
  },
  required: ['ApiEndpoint', 'Method'],
};

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

/** Virtual time after which a request is given up. */
export const HTTP_TASK_TIMEOUT_MS = 60_000;

/** What Step Functions says against the parameters of `http:invoke`. */
export function httpTaskProblems(value: Json): readonly string[] {
  const problems = parameterProblems(INVOKE, value);
  if (problems.length > 0 || !isObject(value)) return problems;
  const headers = get(value, 'Headers');
  const encoding = encodingOf(value);
  return [
    ...(tryUrl(get(value, 'ApiEndpoint'))?.protocol === 'https:' ? [] : [invalidFormat('ApiEndpoint')]),
    ...(METHODS.includes(stringField(value, 'Method') ?? '') ? [] : [invalidFormat('Method')]),
    ...(headers === undefined || isObject(headers) ? [] : [invalidFormat('Headers')]),
    ...unsupportedHeaders(forbiddenInHttpTask(isObject(headers) ? Object.keys(headers) : [])),
    ...(['NONE', 'URL_ENCODED'].includes(encoding.body) ? [] : [invalidFormat('RequestBodyEncoding')]),
    ...(isArrayFormat(encoding.arrays) ? [] : [invalidFormat('ArrayFormat')]),
  ];
}

function encodingOf(parameters: JsonObject): { readonly body: string; readonly arrays: string } {
  const transform = get(parameters, 'Transform');
  const options = isObject(transform) ? get(transform, 'RequestEncodingOptions') : undefined;
  return {
    body: (isObject(transform) ? stringField(transform, 'RequestBodyEncoding') : undefined) ?? 'NONE',
    arrays: (isObject(options) ? stringField(options, 'ArrayFormat') : undefined) ?? 'INDICES',
  };
}

/** The ARN of the connection that an HTTP Task uses; undefined: none. */
export function connectionArn(parameters: JsonObject): string | undefined {
  for (const field of ['InvocationConfig', 'Authentication']) {
    const holder = get(parameters, field);
    if (isObject(holder)) return stringField(holder, 'ConnectionArn');
  }
  return undefined;
}

/** The request that an HTTP Task sends. @throws StatesError if the connection's body parameters do not fit */
export function httpTaskRequest(parameters: JsonObject, connection: Connection | undefined, region: string): EndpointRequest {
  const url = new URL(stringField(parameters, 'ApiEndpoint') ?? '');
  const draft: Draft = {
    headers: texts(get(parameters, 'Headers')),
    query: lists(get(parameters, 'QueryParameters')),
    body: get(parameters, 'RequestBody'),
  };
  const { headers, query, body } = connection === undefined ? draft : withConnection(draft, connection);
  for (const [name, values] of Object.entries(query)) {
    url.searchParams.delete(name);
    for (const value of values) url.searchParams.append(name, value);
  }
  const { body: encoding, arrays } = encodingOf(parameters);
  const form = encoding === 'URL_ENCODED' && body !== undefined && typeof body !== 'string';
  const text = body === undefined ? '' : form ? formEncode(body, arrays as ArrayFormat) : textOf(body);
  const sent = {
    ...(body === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' }),
    ...smallNames(headers),
    'user-agent': `Amazon|StepFunctions|HttpInvoke|${region}`,
    // As many bytes of the response are asked for as a state can take. Documented.
    range: 'bytes=0-262144',
    host: url.host,
  };
  return {
    method: stringField(parameters, 'Method') ?? '',
    url: url.href,
    path: url.pathname,
    query: queryOf(url),
    headers: sent,
    body: text === '' ? null : isJsonType(sent['content-type']) ? parsed(text) : text,
  };
}

/** What the state gets of a response. @throws StatesError for a status that is no success, or a response that is no text */
export function httpTaskResult(response: WireResponse): Json {
  const { status, headers } = response;
  const text = statusText(status);
  // The cause is the status text and nothing of the body: so people found who ran it (no recording, no documentation).
  if (status < 200 || status > 299) throw new StatesError(`States.Http.StatusCode.${status}`, text);
  const contentType = headerOf(response, 'content-type');
  if (BINARY.test(contentType ?? '')) {
    throw new StatesError('States.Runtime', `The response has the content type ${contentType}, which HTTP Tasks do not support.`);
  }
  return {
    Headers: Object.fromEntries(headers.map(([name, values]) => [name.toLowerCase(), values])),
    ResponseBody: bodyOf(response),
    StatusCode: status,
    StatusText: text,
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#unsupported-http-task-responses */
const BINARY = /^\s*(application\/octet-stream|(image|video|audio)\/)/i;

/** An address; undefined: it is none. */
export function tryUrl(value: Json | undefined): URL | undefined {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
}

/** The query of an address, by name. */
export const queryOf = (url: URL): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]));

const texts = (value: Json | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, item]) => [
      name,
      isArray(item) ? item.map(textOf).join(',') : typeof item === 'string' ? item : renderJson(item),
    ]),
  );

const lists = (value: Json | undefined): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, item]) => [name, (isArray(item) ? item : [item]).map(textOf)]),
  );

const smallNames = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
