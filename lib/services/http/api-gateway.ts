import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { parameterProblems, stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { bodyOf, type EndpointRequest, type WireResponse } from './endpoint';
import { forbiddenInApiGateway, invalidFormat, unsupportedHeaders } from './forbidden-headers';
import { queryOf } from './http-task';
import { statusText } from './status-text';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html */
const INVOKE: StructureType = {
  fields: {
    ApiEndpoint: 'STRING',
    Method: 'STRING',
    Headers: 'JSON',
    Stage: 'STRING',
    Path: 'STRING',
    QueryParameters: 'JSON',
    RequestBody: 'JSON',
    AllowNullValues: 'BOOLEAN',
    AuthType: 'STRING',
  },
  required: ['ApiEndpoint', 'Method'],
};

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const AUTH_TYPES = ['NO_AUTH', 'IAM_ROLE', 'RESOURCE_POLICY'];

/** What Step Functions says against the parameters of `apigateway:invoke`. */
export function apiGatewayProblems(value: Json): readonly string[] {
  const problems = parameterProblems(INVOKE, value);
  if (problems.length > 0 || !isObject(value)) return problems;
  const headers = get(value, 'Headers');
  return [
    ...(METHODS.includes(stringField(value, 'Method') ?? '') ? [] : [invalidFormat('Method')]),
    ...['Headers', 'QueryParameters'].filter((field) => !isMapOfLists(get(value, field))).map(invalidFormat),
    ...unsupportedHeaders(forbiddenInApiGateway(isObject(headers) ? Object.keys(headers) : [])),
    ...(AUTH_TYPES.includes(stringField(value, 'AuthType') ?? 'NO_AUTH') ? [] : [invalidFormat('AuthType')]),
  ];
}

const isMapOfLists = (value: Json | undefined): boolean =>
  value === undefined ||
  (isObject(value) && Object.values(value).every((list) => isArray(list) && list.every((item) => typeof item === 'string')));

/** The request that API Gateway gets. The signature of IAM_ROLE is not made. */
export function apiGatewayRequest(parameters: JsonObject): EndpointRequest {
  const url = apiGatewayUrl(parameters);
  for (const [name, values] of Object.entries((get(parameters, 'QueryParameters') ?? {}) as Lists)) {
    for (const value of values) url.searchParams.append(name, value);
  }
  const given = get(parameters, 'RequestBody');
  const body = given === undefined ? undefined : get(parameters, 'AllowNullValues') === true ? given : withoutNulls(given);
  const headers = Object.entries((get(parameters, 'Headers') ?? {}) as Lists).map(([name, values]) => [
    name.toLowerCase(),
    values.join(','),
  ]);
  return {
    method: stringField(parameters, 'Method') ?? '',
    url: url.href,
    path: url.pathname,
    query: queryOf(url),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(Object.fromEntries(headers) as Record<string, string>),
      host: url.host,
    },
    body: body === undefined ? null : (JSON.parse(renderJson(body)) as Json),
  };
}

type Lists = Readonly<Record<string, readonly string[]>>;

/** `https://<ApiEndpoint>/<Stage>/<Path>`; nothing is there if the endpoint is no host. */
export function apiGatewayUrl(parameters: JsonObject): URL {
  const parts = ['ApiEndpoint', 'Stage', 'Path'].map((field) => (stringField(parameters, field) ?? '').replace(/^\/+|\/+$/g, ''));
  const address = `https://${parts.filter((part) => part !== '').join('/')}`;
  return new URL(URL.canParse(address) ? address : 'https://invalid/');
}

/** What a state gets of a response. @throws StatesError for a status that is no success; its cause is the body (recorded) */
export function apiGatewayResult(response: WireResponse, call: TaskCall): Json {
  const { status, headers, text } = response;
  if (status < 200 || status > 299) throw new StatesError(`ApiGateway.${status}`, text);
  const requestId = call.uuid();
  const own: readonly (readonly [string, readonly string[]])[] = [
    ['Connection', ['keep-alive']],
    ['x-amzn-RequestId', [requestId]],
    ['x-amz-apigw-id', [Buffer.from(requestId.slice(0, 11)).toString('base64')]],
  ];
  return {
    Headers: Object.fromEntries([...own, ...headers].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))),
    ResponseBody: bodyOf(response),
    StatusCode: status,
    StatusText: statusText(status),
  };
}

/** AllowNullValues: by default, a member that is null is not sent. */
function withoutNulls(value: Json): Json {
  if (isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (item === null ? [] : [[name, withoutNulls(item)] as const])),
  );
}
