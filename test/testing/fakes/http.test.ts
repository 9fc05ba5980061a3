import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Authorization, Connection, HttpParameter } from 'aws-cdk-lib/aws-events';
import { Chain, DefinitionBody, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { CallApiGatewayRestApiEndpoint, HttpInvoke, HttpMethod } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { fails, http, neverAnswers, simulate, SimulatorError, takes } from '../../../lib/testing';
import { inARow } from '../definitions';

const calling = (ApiEndpoint: string, fields: object = {}) =>
  inARow({
    Call: {
      Type: 'Task',
      Resource: 'arn:aws:states:::http:invoke',
      Parameters: { ApiEndpoint, Method: 'POST', 'RequestBody.$': '$', Authentication: { ConnectionArn: 'arn:x' } },
      ...fields,
    },
  });

const ORDERS = 'https://api.example.com/orders';

/** Calls an API outside, and one of its own. */
class ShopStack extends Stack {
  readonly api = new RestApi(this, 'Api');

  constructor() {
    super(new App(), 'Shop');
    this.api.root.addMethod('GET');
    const connection = new Connection(this, 'Connection', {
      authorization: Authorization.apiKey('x-api-key', SecretValue.secretsManager('partner-key')),
      headerParameters: { 'x-shop': HttpParameter.fromString('tea') },
    });
    const outside = new HttpInvoke(this, 'Outside', {
      apiRoot: 'https://api.example.com',
      apiEndpoint: TaskInput.fromText('orders'),
      method: TaskInput.fromText('POST'),
      body: TaskInput.fromObject({ sku: 'tea' }),
      connection,
    });
    const own = new CallApiGatewayRestApiEndpoint(this, 'Own', {
      api: this.api,
      stageName: 'prod',
      method: HttpMethod.GET,
      apiPath: '/hello',
    });
    new StateMachine(this, 'Machine', { definitionBody: DefinitionBody.fromChainable(Chain.start(outside).next(own)) });
  }
}

test('an address answers, with what the connection of the stack adds; an API of the stack is named by its construct', async () => {
  const stack = new ShopStack();
  const outside = http(ORDERS, ({ body }) => ({ status: 201, body: { ordered: body } }));
  const own = http(stack.api, ({ method, path }) => ({ body: { said: `${method} ${path}` } }));
  const run = await simulate(stack, { input: {}, fakes: [outside, own] });

  expect(run).toMatchObject({ status: 'SUCCEEDED', output: { ResponseBody: { said: 'GET /prod/hello' }, StatusCode: 200 } });
  expect(outside.calls[0]?.request).toMatchObject({
    method: 'POST',
    headers: { 'x-shop': 'tea', 'x-api-key': '{{resolve:secretsmanager:partner-key:SecretString:::}}' },
    body: { sku: 'tea' },
  });
  expect(own).toHaveBeenCalledTimes(1);
});

test('the address stands for what is below it, the later fake wins', async () => {
  const wide = http('https://api.example.com', { body: 'wide' });
  const narrow = http('https://api.example.com/orders/', { body: 'narrow' });
  const fakes = [wide, narrow];
  const body = async (url: string) =>
    (await simulate(calling(url), { input: {}, fakes })) as unknown as { output: { ResponseBody: string } };
  expect((await body(ORDERS)).output.ResponseBody).toBe('narrow');
  expect((await body(`${ORDERS}/7?x=1`)).output.ResponseBody).toBe('narrow');
  expect((await body('https://api.example.com/orders-old')).output.ResponseBody).toBe('wide');
});

test('a status that is no success is an error to retry and catch; a script says what comes when', async () => {
  const retried = calling(ORDERS, {
    Retry: [{ ErrorEquals: ['States.Http.StatusCode.503', 'States.Http.Socket'], IntervalSeconds: 1, BackoffRate: 1 }],
  });
  const busy = http(ORDERS, fails('States.Http.Socket').then({ status: 503 }).then({ body: 'at last' }));
  expect(await simulate(retried, { input: {}, fakes: [busy] })).toMatchObject({ status: 'SUCCEEDED' });
  expect(await simulate(calling(ORDERS), { input: {}, fakes: [http(ORDERS, { status: 503 })] })).toMatchObject({
    status: 'FAILED',
    error: 'States.Http.StatusCode.503',
    cause: 'Service Unavailable',
  });
  const twice = http(ORDERS, takes(2, { status: 503 }).times(2).then({ body: 'at last' }));
  expect(await simulate(retried, { input: {}, fakes: [twice] })).toMatchObject({ status: 'SUCCEEDED' });
  expect(twice).toHaveBeenCalledTimes(3);
});

test.each([
  ['takes 61 seconds', takes(Duration.seconds(61), {})],
  ['never answers', neverAnswers()],
])('who %s is given up after one minute', async (_, answer) => {
  const run = await simulate(calling(ORDERS), { input: {}, fakes: [http(ORDERS, answer)] });
  expect(run).toMatchObject({ status: 'FAILED', error: 'States.Http.Socket' });
  expect(run.stopDate.getTime() - run.startDate.getTime()).toBe(60_000);
});

test('nobody at an address stops the run, even with a Catch of everything', async () => {
  const caught = calling(`${ORDERS}?page=2`, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Call' }] });
  await expect(simulate(caught, { input: {}, fakes: [http('https://other.example.com', {})] })).rejects.toThrow(
    `"Call" calls POST https://api.example.com/orders?page=2, and nobody answers there. Add a fake: http('https://api.example.com/orders', ({ method, body }) => ({ status: 200, body: … })).`,
  );
});

test.each([
  [() => http('https://api.example.com?x=1', {}), /wants an address without a query/],
  [
    () => http(ORDERS, { status: 200, text: 'x' } as object),
    /answers with \{ status, headers, body \}, all of them optional; found the fields text/,
  ],
  [() => http(ORDERS, { status: 99 }), /found the status 99/],
  [() => http(ORDERS, 'https://example.com'), /a text as answer is the address of a server on this machine/],
])('mistakes are named: %#', (make, message) => {
  expect(make).toThrow(SimulatorError);
  expect(make).toThrow(message);
});

test('a function that answers with something else, and an API that the stack does not have', async () => {
  const wrong = http(ORDERS, (() => 'hello') as never);
  await expect(simulate(calling(ORDERS), { input: {}, fakes: [wrong] })).rejects.toThrow(
    /answers with \{ status, headers, body \}.*found "hello"/,
  );
  const late = http(ORDERS, (async () => ({ code: 1 })) as never);
  await expect(simulate(calling(ORDERS), { input: {}, fakes: [late] })).rejects.toThrow(/found the fields code/);
  const stack = new ShopStack();
  const elsewhere = new RestApi(new Stack(new App(), 'Else'), 'Api');
  await expect(async () => simulate(stack, { input: {}, fakes: [http(elsewhere, {})] })).rejects.toThrow(
    /http\('Else\/Api'\) is the fake of an API that the stack does not have\. It has: Shop\/Api\/Resource/,
  );
});

describe('a server on this machine', () => {
  let server: Server;
  let address: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        response.writeHead(request.url?.startsWith('/v1/7') === true ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ method: request.method, url: request.url, body: Buffer.concat(pieces).toString() }));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('gets the requests for the address that it stands for', async () => {
    const fakes = [http(ORDERS, `${address}/v1`)];
    expect(await simulate(calling(`${ORDERS}/7?x=1`), { input: { tea: 1 }, fakes })).toMatchObject({
      output: { ResponseBody: { method: 'POST', url: '/v1/7?x=1', body: '{"tea":1}' } },
    });
    expect(await simulate(calling(`${ORDERS}/8`), { input: {}, fakes })).toMatchObject({ error: 'States.Http.StatusCode.404' });
  });

  test('that is not up stops the run', async () => {
    const fakes = [http(ORDERS, 'http://127.0.0.1:1')];
    await expect(simulate(calling(ORDERS), { input: {}, fakes })).rejects.toThrow(/Nobody answers at http:\/\/127\.0\.0\.1:1/);
  });
});
