import { combineServices } from '../../../lib/services/combine-services';
import type { Connection } from '../../../lib/services/http/connection';
import type { EndpointRequest, EndpointResponse } from '../../../lib/services/http/endpoint';
import { createHttp, nobody } from '../../../lib/services/http/http';
import type { Service } from '../../../lib/services/service';
import type { Json, JsonObject } from '../../../lib/json/json';
import { StatesError } from '../../../lib/simulator/states-error';
import { callOf } from '../call-of';
import { describeService } from '../service-suite';

const only = (resourceType: string, endpoint: (request: EndpointRequest) => EndpointResponse = () => ({})): Service =>
  createHttp(endpoint).find((service) => service.resourceType === resourceType) as Service;

const TASK = { ApiEndpoint: 'https://api.example.com/orders', Method: 'POST' };
const GATEWAY = { ApiEndpoint: 'abc.execute-api.us-east-1.amazonaws.com', Method: 'POST', Stage: 'prod', Path: '/orders/' };

const oneFails = ({ url }: EndpointRequest): EndpointResponse =>
  url.endsWith('none') ? { status: 404, body: { message: 'no' } } : { status: 200, body: { id: 'o-1' } };

describeService('http', {
  create: () => only('http', oneFails),
  succeeding: { action: 'invoke', parameters: TASK },
  failing: {
    action: 'invoke',
    parameters: { ...TASK, ApiEndpoint: 'https://api.example.com/none' },
    error: 'States.Http.StatusCode.404',
    cause: /^Not Found$/,
  },
  malformed: {
    action: 'invoke',
    parameters: { Method: 'POST', Transform: { Encoding: 'x' } },
    problems: ["The field 'ApiEndpoint' is required but was missing", 'The field "Encoding" is not supported by Step Functions'],
  },
});

describeService('apigateway', {
  create: () => only('apigateway', oneFails),
  succeeding: { action: 'invoke', parameters: GATEWAY },
  failing: {
    action: 'invoke',
    parameters: { ...GATEWAY, Path: 'none' },
    error: 'ApiGateway.404',
    cause: /^\{"message":"no"\}$/,
  },
  malformed: {
    action: 'invoke',
    parameters: { ...GATEWAY, Headers: { a: 'text' }, QueryParameters: { b: [1] } },
    problems: [
      "The value of the field 'Headers' has an invalid format",
      "The value of the field 'QueryParameters' has an invalid format",
    ],
  },
});

/** The request that the parameters make, and what the state gets of the response. */
async function sending(
  resourceType: string,
  parameters: JsonObject,
  response: EndpointResponse = {},
  connections: readonly Connection[] = [],
) {
  const requests: EndpointRequest[] = [];
  const services = createHttp(
    (request) => {
      requests.push(request);
      return response;
    },
    () => connections,
  );
  const { perform } = combineServices(services);
  const result = await Promise.resolve()
    .then(() => perform(callOf(resourceType, 'invoke', parameters)).value)
    .catch((error: unknown) => error);
  return { request: requests[0], result: result as Json };
}

const problemsOf = (resourceType: string, parameters: Json) =>
  combineServices(createHttp(nobody)).problems(callOf(resourceType, 'invoke', parameters));

describe('the request of an HTTP Task', () => {
  test('has what Step Functions adds', async () => {
    const { request } = await sending('http', {
      ...TASK,
      Headers: { 'X-Order': 'o-1' },
      QueryParameters: { page: '2', tag: ['a', 'b c'] },
      RequestBody: { tea: 2 },
    });
    expect(request).toEqual({
      method: 'POST',
      url: 'https://api.example.com/orders?page=2&tag=a&tag=b+c',
      path: '/orders',
      query: { page: ['2'], tag: ['a', 'b c'] },
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'x-order': 'o-1',
        'user-agent': 'Amazon|StepFunctions|HttpInvoke|eu-central-1',
        range: 'bytes=0-262144',
        host: 'api.example.com',
      },
      body: { tea: 2 },
    });
  });

  test.each([
    [undefined, 'a%5B0%5D=x&a%5B1%5D=y'],
    ['INDICES', 'a%5B0%5D=x&a%5B1%5D=y'],
    ['REPEAT', 'a=x&a=y'],
    ['COMMAS', 'a=x,y'],
    ['BRACKETS', 'a%5B%5D=x&a%5B%5D=y'],
  ])('is form encoded, with arrays as %s', async (ArrayFormat, arrays) => {
    const { request } = await sending('http', {
      ...TASK,
      Headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      RequestBody: { description: 'Monthly subscription', metadata: { order_details: 'ä&b', n: 1, no: null }, a: ['x', 'y'] },
      Transform: {
        RequestBodyEncoding: 'URL_ENCODED',
        ...(ArrayFormat === undefined ? {} : { RequestEncodingOptions: { ArrayFormat } }),
      },
    });
    expect(request?.body).toBe(
      `description=Monthly%20subscription&metadata%5Border_details%5D=%C3%A4%26b&metadata%5Bn%5D=1&metadata%5Bno%5D=&${arrays}`,
    );
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('objects in arrays have both brackets', async () => {
    const { request } = await sending('http', {
      ...TASK,
      Headers: { 'content-type': 'application/x-www-form-urlencoded' },
      RequestBody: { items: [{ sku: 'tea' }, { sku: 'cup' }] },
      Transform: { RequestBodyEncoding: 'URL_ENCODED' },
    });
    expect(request?.body).toBe('items%5B0%5D%5Bsku%5D=tea&items%5B1%5D%5Bsku%5D=cup');
  });

  test.each([
    ['an address that is none', { ApiEndpoint: 'api.example.com' }, "The value of the field 'ApiEndpoint' has an invalid format"],
    ['http', { ApiEndpoint: 'http://api.example.com' }, "The value of the field 'ApiEndpoint' has an invalid format"],
    ['another method', { Method: 'FETCH' }, "The value of the field 'Method' has an invalid format"],
    ['headers that are no object', { Headers: 'x' }, "The value of the field 'Headers' has an invalid format"],
    [
      'headers that it sets itself',
      { Headers: { Authorization: 'x', ok: 'x', 'X-Amz-Date': 'x', host: 'x' } },
      "The 'Headers' field contains unsupported values: [Authorization, X-Amz-Date, host]",
    ],
    [
      'another encoding',
      { Transform: { RequestBodyEncoding: 'GZIP' } },
      "The value of the field 'RequestBodyEncoding' has an invalid format",
    ],
    [
      'another array format',
      { Transform: { RequestBodyEncoding: 'URL_ENCODED', RequestEncodingOptions: { ArrayFormat: 'TABS' } } },
      "The value of the field 'ArrayFormat' has an invalid format",
    ],
  ])('is refused with %s', (_, more, problem) => {
    expect(problemsOf('http', { ...TASK, ...more })).toEqual([problem]);
    expect(problemsOf('http', TASK)).toEqual([]);
  });
});

describe('the connection of an HTTP Task', () => {
  const connection = (AuthorizationType: string, AuthParameters: JsonObject): Connection => ({
    name: 'shop',
    arn: 'arn:shop',
    properties: { AuthorizationType, AuthParameters },
  });
  const using = (found: Connection, more: JsonObject = {}, field = 'Authentication') =>
    sending('http', { ...TASK, [field]: { ConnectionArn: 'arn:shop' }, ...more }, {}, [found]);

  test('puts its parameters in place of those of the task', async () => {
    const { request } = await using(
      connection('API_KEY', {
        ApiKeyAuthParameters: { ApiKeyName: 'ApiKey', ApiKeyValue: '{{resolve:secretsmanager:key:SecretString:::}}' },
        InvocationHttpParameters: {
          BodyParameters: [{ Key: 'BodyParam', Value: 'connection', IsValueSecret: false }],
          HeaderParameters: [{ Key: 'header-param', Value: 'connection' }],
          QueryStringParameters: [{ Key: 'QueryParam', Value: 'connection' }],
        },
      }),
      {
        Headers: { 'Request-Id': '1', 'Header-Param': 'task' },
        QueryParameters: { QueryParam: 'task', other: 'task' },
        RequestBody: { Job: 'engineer', BodyParam: 'task' },
      },
    );
    expect(request).toMatchObject({
      query: { QueryParam: ['connection'], other: ['task'] },
      headers: { 'request-id': '1', 'header-param': 'connection', apikey: '{{resolve:secretsmanager:key:SecretString:::}}' },
      body: { Job: 'engineer', BodyParam: 'connection' },
    });
  });

  test.each([
    ['ann', 'tea', 'Basic YW5uOnRlYQ=='],
    ['ann', '{{resolve:secretsmanager:pw}}', 'Basic ann:{{resolve:secretsmanager:pw}}'],
  ])('signs in as %s with the password %s', async (Username, Password, authorization) => {
    const found = connection('BASIC', { BasicAuthParameters: { Username, Password } });
    expect((await using(found, {}, 'InvocationConfig')).request?.headers).toMatchObject({ authorization });
  });

  test('has a token that nobody fetches', async () => {
    const { request } = await using(connection('OAUTH_CLIENT_CREDENTIALS', {}));
    expect(request?.headers).toMatchObject({ authorization: 'Bearer {{token of the connection shop}}' });
  });

  test('cannot merge its body parameters into a text', async () => {
    const found = connection('NONE', { InvocationHttpParameters: { BodyParameters: [{ Key: 'a', Value: 'b' }] } });
    expect((await using(found, { RequestBody: 'text' })).result).toMatchObject({ error: 'States.Runtime' });
    expect((await using(found)).request?.body).toEqual({ a: 'b' });
  });
});

describe('the response of an HTTP Task', () => {
  test.each<[string, EndpointResponse, Json, string | undefined]>([
    ['JSON', { body: { id: 1 } }, { id: 1 }, 'application/json'],
    ['a kin of JSON', { body: '{"id":1}', headers: { 'Content-Type': 'application/problem+json' } }, { id: 1 }, undefined],
    ['a text', { body: '{"id":1}' }, '{"id":1}', 'text/plain'],
    ['JSON that is none', { body: 'oops', headers: { 'content-type': 'application/json' } }, 'oops', undefined],
    ['nothing', { status: 204 }, '', undefined],
  ])('with %s', async (_, response, ResponseBody, contentType) => {
    const { result } = await sending('http', TASK, response);
    expect(result).toMatchObject({ ResponseBody, StatusCode: response.status ?? 200 });
    if (contentType !== undefined) expect(result).toMatchObject({ Headers: { 'content-type': [contentType] } });
  });

  test('has its headers in small letters, and the status in words', async () => {
    const { result } = await sending('http', TASK, { status: 201, headers: { 'X-Many': ['a', 'b'] }, body: 'ü' });
    expect(result).toEqual({
      Headers: {
        'content-length': ['2'],
        'content-type': ['text/plain'],
        date: ['Sat, 22 Nov 2025 10:00:00 GMT'],
        'x-many': ['a', 'b'],
      },
      ResponseBody: 'ü',
      StatusCode: 201,
      StatusText: 'Created',
    });
  });

  test.each([301, 400, 429, 503])('with the status %d fails the task', async (status) => {
    const { result } = await sending('http', TASK, { status, body: { reason: 'kept out' } });
    expect(result).toBeInstanceOf(StatesError);
    expect(result).toMatchObject({ error: `States.Http.StatusCode.${status}` });
    expect((result as unknown as StatesError).errorCause).not.toContain('kept out');
  });

  test.each(['application/octet-stream', 'image/png', 'Video/mp4', 'audio/ogg; codecs=opus'])(
    'of the type %s is refused',
    async (type) => {
      const { result } = await sending('http', TASK, { headers: { 'content-type': type }, body: 'x' });
      expect(result).toMatchObject({ error: 'States.Runtime' });
    },
  );
});

describe('API Gateway', () => {
  test('gets stage, path, lists of parameters and headers, and no nulls', async () => {
    const { request } = await sending('apigateway', {
      ...GATEWAY,
      Headers: { 'X-A': ['1', '2'] },
      QueryParameters: { q: ['a', 'b'] },
      RequestBody: { tea: 1, no: null, deep: [{ no: null }] },
    });
    expect(request).toEqual({
      method: 'POST',
      url: 'https://abc.execute-api.us-east-1.amazonaws.com/prod/orders?q=a&q=b',
      path: '/prod/orders',
      query: { q: ['a', 'b'] },
      headers: { 'content-type': 'application/json', 'x-a': '1,2', host: 'abc.execute-api.us-east-1.amazonaws.com' },
      body: { tea: 1, deep: [{}] },
    });
    const kept = await sending('apigateway', { ...GATEWAY, RequestBody: { no: null }, AllowNullValues: true });
    expect(kept.request?.body).toEqual({ no: null });
  });

  test('answers with headers, body and status', async () => {
    const { result } = await sending('apigateway', GATEWAY, { body: { message: 'HelloWorld!' } });
    expect(result).toEqual({
      Headers: {
        Connection: ['keep-alive'],
        'Content-Length': ['25'],
        'Content-Type': ['application/json'],
        Date: ['Sat, 22 Nov 2025 10:00:00 GMT'],
        'x-amz-apigw-id': [expect.any(String)],
        'x-amzn-RequestId': ['00000000-0000-4000-8000-000000000001'],
      },
      ResponseBody: { message: 'HelloWorld!' },
      StatusCode: 200,
      StatusText: 'OK',
    });
  });

  test.each([
    ['another method', { Method: 'TRACE' }, "The value of the field 'Method' has an invalid format"],
    ['another sign-in', { AuthType: 'KEY' }, "The value of the field 'AuthType' has an invalid format"],
    [
      'headers of its own',
      { Headers: { Authorization: ['x'], 'x-amzn-trace': ['x'], ok: ['x'] } },
      "The 'Headers' field contains unsupported values: [Authorization, x-amzn-trace]",
    ],
  ])('is not called with %s', (_, more, problem) => {
    expect(problemsOf('apigateway', { ...GATEWAY, ...more })).toEqual([problem]);
    expect(problemsOf('apigateway', { ...GATEWAY, Headers: { a: ['b'] } })).toEqual([]);
  });
});
