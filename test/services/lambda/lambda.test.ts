import { join } from 'node:path';
import { combineServices } from '../../../lib/services/combine-services';
import { lambdaAlone } from './lambda-alone';
import type { Handler, LambdaFunction } from '../../../lib/services/lambda/lambda-function';
import type { LambdaContext } from '../../../lib/services/lambda/lambda-context';
import type { Service } from '../../../lib/services/service';
import type { Json } from '../../../lib/json/json';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';

const fixtures = join(__dirname, 'fixtures');
const arnOf = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
const functionOf = (code: LambdaFunction['code'], more: Partial<LambdaFunction> = {}): LambdaFunction => ({
  arn: arnOf('charge'),
  code,
  ...more,
});
const echo = functionOf(async (event) => ({ event }));

const only = (resourceType: string): Service => {
  const found = lambdaAlone([echo]).services.find((service) => service.resourceType === resourceType);
  if (found === undefined) throw new Error(resourceType);
  return found;
};

describeService('lambda', {
  create: () => only('lambda'),
  succeeding: { action: 'invoke', parameters: { FunctionName: 'charge', Payload: { total: 7 } } },
  failing: {
    action: 'invoke',
    parameters: { FunctionName: 'refund' },
    error: 'Lambda.ResourceNotFoundException',
    cause:
      /^Function not found: arn:aws:lambda:eu-central-1:123456789012:function:refund:\$LATEST \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: 00000000-0000-4000-8000-000000000001; Proxy: null\)$/,
  },
  malformed: {
    action: 'invoke',
    parameters: { FunctionName: 7, payload: {} },
    problems: [
      "The value for the field 'FunctionName' must be a STRING",
      'The field "payload" is not supported by Step Functions',
    ],
  },
});

describeService('aws-sdk:lambda', {
  create: () => only('aws-sdk:lambda'),
  succeeding: { action: 'invoke', parameters: { FunctionName: 'charge', Payload: { total: 7 } } },
  failing: {
    action: 'invoke',
    parameters: { FunctionName: 'charge', Qualifier: 'nobody' },
    error: 'Lambda.ResourceNotFoundException',
    cause:
      /^Function not found: arn:aws:lambda:eu-central-1:123456789012:function:charge:nobody \(Service: Lambda, Status Code: 404, Request ID: 00000000-0000-4000-8000-000000000001\) \(SDK Attempt Count: 1\)$/,
  },
  malformed: {
    action: 'invoke',
    parameters: { Payload: {} },
    problems: ["The field 'FunctionName' is required but was missing"],
  },
});

describeService('lambda-function', {
  create: () => only('lambda-function'),
  succeeding: { action: 'invoke', parameters: { total: 7 }, resource: arnOf('charge') },
  failing: {
    action: 'invoke',
    parameters: {},
    resource: arnOf('refund'),
    error: 'Lambda.ResourceNotFoundException',
    cause: /^Function not found: arn:aws:lambda:eu-central-1:123456789012:function:refund:\$LATEST /,
  },
});

describe('the SDK integration', () => {
  const invoke = (parameters: Json, code: LambdaFunction['code'] = echo.code) =>
    Promise.resolve(
      combineServices(lambdaAlone([functionOf(code)]).services).perform(callOf('aws-sdk:lambda', 'invoke', parameters)).value,
    );

  test('gives the payload as text, and takes one', async () => {
    const answer = { ExecutedVersion: '$LATEST', StatusCode: 200 };
    expect(await invoke({ FunctionName: 'charge', Payload: { total: 7 } })).toEqual({
      ...answer,
      Payload: '{"event":{"total":7}}',
    });
    expect(await invoke({ FunctionName: 'charge', Payload: '{"total":7}' })).toEqual({
      ...answer,
      Payload: '{"event":{"total":7}}',
    });
    expect(await invoke({ FunctionName: 'charge' })).toEqual({ ...answer, Payload: '{"event":{}}' });
    await expect(invoke({ FunctionName: 'charge', Payload: 'total' })).rejects.toMatchObject({
      error: 'Lambda.InvalidRequestContentException',
    });
  });

  test('succeeds where the function fails, and says so', async () => {
    const answer = await invoke({ FunctionName: 'charge' }, async () => {
      throw new TypeError('no');
    });
    expect(answer).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: expect.stringMatching(/^{"errorType":"TypeError","errorMessage":"no"/) as unknown,
    });
  });
});

describe('a Lambda ARN as Resource', () => {
  const perform = (resource: string, parameters: Json, functions = [echo]) =>
    Promise.resolve(
      combineServices(lambdaAlone(functions).services).perform(callOf('lambda-function', 'invoke', parameters, { resource }))
        .value,
    );

  test('gives the payload itself, of any JSON value', async () => {
    for (const parameters of [{ total: 7 }, null, 0, '', false, []]) {
      expect(await perform(arnOf('charge'), parameters)).toEqual({ event: parameters });
    }
  });
  test('may be qualified', async () => {
    expect(await perform(`${arnOf('charge')}:3`, 1)).toEqual({ event: 1 });
    await expect(perform(`${arnOf('charge')}:live`, 1)).rejects.toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
  });
  test('fails with the name of the error', async () => {
    const failing = functionOf(async () => {
      throw Object.assign(new Error('card declined'), { name: 'PaymentDeclined' });
    });
    await expect(perform(arnOf('charge'), {}, [failing])).rejects.toMatchObject({ error: 'PaymentDeclined' });
  });
  test('is refused by name where an action is unknown', () => {
    const { perform: performAny } = combineServices(lambdaAlone([echo]).services);
    expect(() => performAny(callOf('lambda-function', 'paint', {}))).toThrow(SimulatorError);
  });
});

function invoking(functions: readonly LambdaFunction[]) {
  const { perform } = combineServices(lambdaAlone(functions).services);
  return (parameters: Json, more = {}) => Promise.resolve(perform(callOf('lambda', 'invoke', parameters, more)).value);
}
const payloadOf = (answer: Json) => (answer as { Payload: Json }).Payload;
const answerOf = async (handler: Handler, Payload: Json = {}) =>
  payloadOf(await invoking([functionOf(handler)])({ FunctionName: 'charge', Payload }));
const failureOf = async (handler: Handler) => {
  const error = (await answerOf(handler).catch((reason: unknown) => reason)) as { error: string; errorCause: string };
  return { error: error.error, cause: JSON.parse(error.errorCause) as unknown };
};

test('the response of an invocation is as recorded', async () => {
  const answer = await invoking([functionOf(async () => 'Hello!')])({ FunctionName: 'charge' });
  expect(Object.keys(answer as object)).toEqual([
    'ExecutedVersion',
    'Payload',
    'SdkHttpMetadata',
    'SdkResponseMetadata',
    'StatusCode',
  ]);
  const requestId = '00000000-0000-4000-8000-000000000001';
  const traceId = `Root=1-${(NOW_MS / 1000).toString(16)}-000000000000400080000000;Sampled=0`;
  expect(answer).toEqual({
    ExecutedVersion: '$LATEST',
    Payload: 'Hello!',
    SdkHttpMetadata: {
      AllHttpHeaders: {
        'X-Amz-Executed-Version': ['$LATEST'],
        'x-amzn-Remapped-Content-Length': ['0'],
        Connection: ['keep-alive'],
        'x-amzn-RequestId': [requestId],
        'Content-Length': ['8'],
        Date: ['Sat, 22 Nov 2025 10:00:00 GMT'],
        'X-Amzn-Trace-Id': [traceId],
        'Content-Type': ['application/json'],
      },
      HttpHeaders: {
        Connection: 'keep-alive',
        'Content-Length': '8',
        'Content-Type': 'application/json',
        Date: 'Sat, 22 Nov 2025 10:00:00 GMT',
        'X-Amz-Executed-Version': '$LATEST',
        'x-amzn-Remapped-Content-Length': '0',
        'x-amzn-RequestId': requestId,
        'X-Amzn-Trace-Id': traceId,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  });
});

describe('the function is found', () => {
  const invoke = invoking([
    functionOf(async (_, { functionVersion, invokedFunctionArn }) => ({ functionVersion, invokedFunctionArn }), {
      aliases: { live: '7' },
    }),
  ]);
  test.each([
    ['charge', '$LATEST', arnOf('charge')],
    ['123456789012:function:charge', '$LATEST', arnOf('charge')],
    [arnOf('charge'), '$LATEST', arnOf('charge')],
    ['charge:3', '3', `${arnOf('charge')}:3`],
    [`${arnOf('charge')}:live`, '7', `${arnOf('charge')}:live`],
    [`${arnOf('charge')}:$LATEST`, '$LATEST', `${arnOf('charge')}:$LATEST`],
  ])('by %s', async (FunctionName, functionVersion, invokedFunctionArn) => {
    expect(await invoke({ FunctionName })).toMatchObject({
      ExecutedVersion: functionVersion,
      Payload: { functionVersion, invokedFunctionArn },
    });
  });
  test('with an environment and modules of the version', async () => {
    const inline = (): LambdaFunction =>
      functionOf(
        {
          kind: 'inline',
          runtime: 'nodejs22.x',
          handler: 'index.handler',
          code: 'let calls = 0; exports.handler = async () => [process.env.AWS_LAMBDA_FUNCTION_VERSION, ++calls];',
        },
        { aliases: { live: '7' } },
      );
    const invokeVersion = invoking([inline()]);
    const answers: unknown[] = [];
    for (const FunctionName of ['charge', 'charge:live', 'charge:7', 'charge'])
      answers.push(await invokeVersion({ FunctionName }));
    expect(answers).toMatchObject([
      { Payload: ['$LATEST', 1] },
      { Payload: ['7', 1] },
      { Payload: ['7', 2] },
      { Payload: ['$LATEST', 2] },
    ]);
  });
  test('by name and Qualifier', async () => {
    expect(await invoke({ FunctionName: 'charge', Qualifier: 'live' })).toMatchObject({ ExecutedVersion: '7' });
    expect(await invoke({ FunctionName: 'charge:live', Qualifier: 'live' })).toMatchObject({ ExecutedVersion: '7' });
  });
  test.each([
    [
      { FunctionName: 'charge', Qualifier: 'toString' },
      'Lambda.ResourceNotFoundException',
      `Function not found: ${arnOf('charge')}:toString `,
    ],
    [
      { FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:charge' },
      'Lambda.ResourceNotFoundException',
      ':us-east-1:123456789012:function:charge:$LATEST',
    ],
    [
      { FunctionName: '999999999999:function:charge' },
      'Lambda.ResourceNotFoundException',
      'eu-central-1:999999999999:function:charge:$LATEST',
    ],
    [
      { FunctionName: 'charge:1', Qualifier: '2' },
      'Lambda.InvalidParameterValueException',
      'does not match the specified qualifier',
    ],
    [{ FunctionName: 'charge', InvocationType: 'Later' }, 'Lambda.AWSLambdaException', "Value 'Later' at 'invocationType'"],
    [{ FunctionName: 'charge', ClientContext: '***' }, 'Lambda.InvalidRequestContentException', 'Client context must be'],
  ])('or not, with %j', async (parameters, error, cause) => {
    await expect(invoke(parameters)).rejects.toMatchObject({ error, errorCause: expect.stringContaining(cause) as unknown });
  });
});

describe('the event', () => {
  test('is an empty object without Payload, and null with null', async () => {
    const invoke = invoking([echo]);
    expect(payloadOf(await invoke({ FunctionName: 'charge' }))).toEqual({ event: {} });
    expect(payloadOf(await invoke({ FunctionName: 'charge', Payload: null }))).toEqual({ event: null });
  });
  test('is the handler’s own to change', async () => {
    const Payload = Object.freeze({ list: Object.freeze([1]) }) as unknown as Json;
    expect(await answerOf(async (event) => ((event as { list: number[] }).list.push(2), event), Payload)).toEqual({
      list: [1, 2],
    });
    expect(Payload).toEqual({ list: [1] });
  });
});

test('the context is that of Lambda, on virtual time', async () => {
  let seen: LambdaContext | undefined;
  const lambda = functionOf(async (_, context) => void (seen = context), { timeoutMs: 10_000, memorySizeMb: 256 });
  const ClientContext = Buffer.from('{"custom":{"a":"1"}}').toString('base64');
  await invoking([lambda])({ FunctionName: 'charge', ClientContext });
  expect(seen).toMatchObject({
    functionName: 'charge',
    functionVersion: '$LATEST',
    invokedFunctionArn: arnOf('charge'),
    memoryLimitInMB: '256',
    awsRequestId: '00000000-0000-4000-8000-000000000001',
    logGroupName: '/aws/lambda/charge',
    logStreamName: '2025/11/22/[$LATEST]00000000000000000000000000000000',
    clientContext: { custom: { a: '1' } },
    callbackWaitsForEmptyEventLoop: true,
  });
  expect(seen?.getRemainingTimeInMillis()).toBe(10_000);
});

/** As on AWS, and not this process's. */
const LAMBDA_PATH = '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin';

describe('InvocationType', () => {
  test('Event answers 202 whatever comes of it, and the function has run', async () => {
    const run: unknown[] = [];
    const lambda = functionOf(async (event) => {
      await Promise.resolve();
      run.push(event);
      throw new Error('nobody hears');
    });
    const answer = await invoking([lambda])({ FunctionName: 'charge', Payload: 1, InvocationType: 'Event' });
    expect(answer).toMatchObject({ StatusCode: 202, Payload: '', SdkHttpMetadata: { HttpStatusCode: 202 } });
    expect(answer).not.toHaveProperty('ExecutedVersion');
    expect(run).toEqual([1]);
  });
  test('DryRun answers 204, and the function has not run', async () => {
    const handler = jest.fn();
    expect(await invoking([functionOf(handler)])({ FunctionName: 'charge', InvocationType: 'DryRun' })).toMatchObject({
      StatusCode: 204,
    });
    expect(handler).not.toHaveBeenCalled();
  });
});

test('LogType Tail is refused by name', async () => {
  await expect(invoking([echo])({ FunctionName: 'charge', LogType: 'Tail' })).rejects.toThrow(
    /"Ask" asks Lambda for LogType Tail, which is not simulated/,
  );
});

describe('an answer passes through JSON', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const unserializable = {
    error: 'Error',
    cause: { errorType: 'Error', errorMessage: 'Unable to stringify response body', trace: expect.any(Array) as unknown },
  };

  test.each<[string, unknown, Json]>([
    ['undefined', undefined, null],
    ['null', null, null],
    ['zero', 0, 0],
    ['negative zero', -0, 0],
    ['an empty text', '', ''],
    ['false', false, false],
    ['a Date', new Date(NOW_MS), '2025-11-22T10:00:00.000Z'],
    ['NaN', Number.NaN, null],
    ['undefined members', { a: undefined, b: 1 }, { b: 1 }],
    ['undefined items', [undefined, 1], [null, 1]],
    ['a Map', new Map([[1, 2]]), {}],
    ['toJSON', { toJSON: () => 'own' }, 'own'],
    ['a Buffer', Buffer.from('a'), { type: 'Buffer', data: [97] }],
    ['a function', () => 1, null],
  ])('%s', async (_, value, json) => expect(await answerOf(async () => value)).toEqual(json));

  test.each([
    ['a BigInt', 1n],
    ['a cycle', cyclic],
  ])('%s is an error of the runtime', async (_, value) => {
    expect(await failureOf(async () => value)).toEqual(unserializable);
    expect(await failureOf((_event, _context, callback) => callback(null, value))).toEqual(unserializable);
  });

  test('more than 6 MB are too much', async () => {
    expect(await failureOf(async () => 'x'.repeat(6_291_556))).toEqual({
      error: 'Function.ResponseSizeTooLarge',
      cause: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
    expect(await answerOf(async () => 'x'.repeat(6_291_554))).toHaveLength(6_291_554);
  });
});

describe('a failure is reported as by the Node.js runtime', () => {
  class CardError extends Error {
    constructor(message: string) {
      super(message);
      this.name = 'PaymentDeclined';
    }
  }
  test.each<[string, unknown, string, string, readonly string[] | undefined]>([
    ['an Error', new Error('no'), 'Error', 'no', ['Error: no']],
    ['an Error with its own name', new CardError('no'), 'PaymentDeclined', 'no', ['PaymentDeclined: no']],
    ['an empty message', new RangeError(''), 'RangeError', '', ['RangeError: ']],
    ['several lines', new Error('one\ntwo'), 'Error', 'one\ntwo', ['Error: one', 'two']],
    ['what looks like an Error', { name: 'Odd', message: 'm', stack: 's' }, 'Odd', 'm', ['s']],
    ['a text', 'no', 'string', 'no', []],
    ['a number', 0, 'number', '0', []],
    ['an object', { code: 1 }, 'object', '[object Object]', []],
    [
      'what has no text',
      Object.create(null),
      'handled',
      'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      undefined,
    ],
  ])('%s', async (_, thrown, errorType, errorMessage, trace) => {
    const expected = {
      error: errorType,
      cause: trace === undefined ? { errorType, errorMessage } : { errorType, errorMessage, trace },
    };
    expect(await failureOf(() => Promise.reject(thrown as Error))).toEqual(expected);
    expect(
      await failureOf(() => {
        throw thrown;
      }),
    ).toEqual(expected);
    expect(await failureOf((_event, _context, callback) => callback(thrown))).toEqual(expected);
  });
  test('the cause has the members in the runtime’s order', async () => {
    const error = await answerOf(() => Promise.reject(new Error('no'))).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ errorCause: '{"errorType":"Error","errorMessage":"no","trace":["Error: no"]}' });
  });
  test('nothing thrown is no failure; a rejection with nothing is "handled"', async () => {
    expect(
      await answerOf(() => {
        throw null;
      }),
    ).toBeNull();
    expect(await failureOf(() => Promise.reject(undefined as unknown as Error))).toEqual({
      error: 'string',
      cause: { errorType: 'string', errorMessage: 'handled', trace: [] },
    });
  });
});

describe('a handler may end', () => {
  test('by callback, also later', async () => {
    expect(await answerOf((event, _context, callback) => void setTimeout(() => callback(null, { event }), 1), 1)).toEqual({
      event: 1,
    });
  });
  test('by context.succeed, fail and done', async () => {
    expect(await answerOf((_event, context) => context.succeed(0))).toBe(0);
    expect(await answerOf((_event, context) => context.done(undefined, ''))).toBe('');
    expect(await failureOf((_event, context) => context.fail('no'))).toMatchObject({ error: 'string' });
    expect(await failureOf((_event, context) => context.fail())).toMatchObject({ cause: { errorMessage: 'handled' } });
  });
  test('once: what comes after the first is not heard', async () => {
    expect(
      await answerOf((_event, _context, callback) => {
        callback(null, 1);
        callback(new Error('too late'));
        throw new Error('later still');
      }),
    ).toBe(1);
  });
  test('with a plain value, which Lambda does not hear', async () => {
    expect(await answerOf(() => ({ ignored: true }))).toBeNull();
  });
});

describe.each([
  ['a source entry', { kind: 'entry', file: join(fixtures, 'greet.ts'), exportName: 'handler' }, 'Hello, Ann', 'Salut, Ann'],
  [
    'an asset',
    { kind: 'asset', directory: join(fixtures, 'asset'), handler: 'index.handler', runtime: 'nodejs22.x' },
    'Hello, Ann!',
    'Salut, Ann!',
  ],
] as const)('the environment of %s', (_, code, hello, salut) => {
  const functions = ['Hello', 'Salut'].map((GREETING) => ({ arn: arnOf(GREETING), code, environment: { GREETING } }));
  const call = { Payload: { name: 'Ann' } };

  test('is its own while another function with the same code runs at the same time', async () => {
    const invoke = invoking(functions);
    const answers = await Promise.all([
      invoke({ FunctionName: 'Hello', ...call }),
      invoke({ FunctionName: 'Salut', ...call }),
      invoke({ FunctionName: 'Hello', ...call }),
    ]);
    const all = (greeting: string, text: string) => ({ atLoad: greeting, seen: Array<string>(6).fill(greeting), text });
    expect(answers.map(payloadOf)).toEqual([
      { ...all('Hello', hello), invocations: 2 },
      { ...all('Salut', salut), invocations: 1 },
      { ...all('Hello', hello), invocations: 2 },
    ]);
    expect(process.env['GREETING']).toBeUndefined();
  });

  test('is fresh in a fresh world', async () => {
    expect(payloadOf(await invoking(functions)({ FunctionName: 'Hello', ...call }))).toMatchObject({ invocations: 1 });
    expect(payloadOf(await invoking(functions)({ FunctionName: 'Hello', ...call }))).toMatchObject({ invocations: 1 });
  });
});

describe('process.env of a source entry', () => {
  const entry = (exportName: string): LambdaFunction =>
    functionOf({ kind: 'entry', file: join(fixtures, 'greet.ts'), exportName });
  test('has nothing of this process, can be written, and is kept by a warm function', async () => {
    const invoke = invoking([entry('remembers')]);
    expect(payloadOf(await invoke({ FunctionName: 'charge' }))).toEqual({ before: null, type: 'string', host: LAMBDA_PATH });
    expect(payloadOf(await invoke({ FunctionName: 'charge' }))).toEqual({ before: '7', type: 'string', host: LAMBDA_PATH });
    expect(process.env['REMEMBERED']).toBeUndefined();
  });
  test('leaves the test’s own as it was, also when the test assigns it', async () => {
    const before = process.env;
    process.env = { ...before, MINE: '1' };
    await invoking([entry('remembers')])({ FunctionName: 'charge' });
    expect(process.env['MINE']).toBe('1');
    process.env = before;
    expect(process.env['MINE']).toBeUndefined();
    expect(process.env['PATH']).toBeDefined();
  });
  test('a function given as such has its environment too', async () => {
    const lambda = functionOf(
      async () => [process.env['COLOUR'], process.env['AWS_REGION'], process.env['AWS_LAMBDA_FUNCTION_NAME']],
      {
        environment: { COLOUR: 'red' },
      },
    );
    expect(payloadOf(await invoking([lambda])({ FunctionName: 'charge' }))).toEqual(['red', 'eu-central-1', 'charge']);
  });
});

describe('deployed code', () => {
  const asset = (handler: string, directory = 'asset', runtime = 'nodejs22.x') =>
    functionOf({ kind: 'asset', directory: join(fixtures, directory), handler, runtime }, { environment: { GREETING: 'Hello' } });
  const run = (lambda: LambdaFunction, Payload: Json = {}) => invoking([lambda])({ FunctionName: 'charge', Payload });

  test('runs as Node.js runs it', async () => {
    expect(payloadOf(await run(asset('index.realm'), { list: [] }))).toEqual({
      array: true,
      object: true,
      host: LAMBDA_PATH,
      required: 'Hello',
      file: true,
      hash: 32,
    });
  });
  test('is not held up by fake timers', async () => {
    jest.useFakeTimers();
    try {
      expect(payloadOf(await run(asset('index.handler'), { name: 'Ann' }))).toMatchObject({ text: 'Hello, Ann!' });
    } finally {
      jest.useRealTimers();
    }
  });
  test('may export the handler below another name', async () => {
    expect(payloadOf(await run(asset('index.nested.deep.handler')))).toBe('deep');
  });
  test('may be an ES module where esbuild is at hand', async () => {
    expect(payloadOf(await run(asset('index.handler', 'asset-esm'), { name: 'a/Ann' }))).toEqual({ text: 'Hello, Ann' });
  });
  test('may stand in the template', async () => {
    const code = 'exports.handler = async (event) => `${process.env.GREETING}, ${event.name} ${require("node:path").sep}`';
    const lambda = functionOf(
      { kind: 'inline', code, handler: 'index.handler', runtime: 'nodejs22.x' },
      { environment: { GREETING: 'Hi' } },
    );
    expect(payloadOf(await run(lambda, { name: 'Ann' }))).toBe('Hi, Ann /');
  });

  test.each([
    [
      'no such file',
      asset('main.handler'),
      /^The function "charge" has the handler "main.handler", but its code in .*asset has none of .*main\.js, .*main\.cjs, .*main\.mjs\. If it is not bundled yet .* say where its source is with withEntry\(…\), or add a fake/,
    ],
    [
      'no such export',
      asset('index.main'),
      /"main" is not exported in .*index\.js \(exported are: handler, realm, failing, nested\)/,
    ],
    ['an export that is no function', asset('index.nested'), /"nested" is a object in/],
    ['a handler without an export', asset('index'), /has the handler "index": it must be <file>\.<export>/],
    ['a handler that climbs out', asset('../asset/index.handler'), /it must be <file>\.<export>/],
    [
      'another runtime',
      asset('index.handler', 'asset', 'python3.13'),
      /has the runtime python3\.13, which does not run here: only Node\.js does\. Add a fake: lambda\(/,
    ],
    [
      'a handler that calls back, where the runtime does not wait for that',
      functionOf({
        kind: 'inline',
        code: 'exports.handler = (event, context, callback) => callback(null, 1);',
        handler: 'index.handler',
        runtime: 'nodejs24.x',
      }),
      /has 3 parameters, so Lambda takes it for one that calls back, .* Runtime\.CallbackHandlerDeprecated\. Have it return a promise/,
    ],
    [
      'code that throws while it loads',
      asset('index.handler', 'asset-broken'),
      /^The function "charge" cannot be loaded, its code throws: Error: no table configured at .*asset-broken\/index\.js:1:7\. Correct it, .* or add a fake: lambda\('charge', …\)\.$/,
    ],
    [
      'no such entry',
      functionOf({ kind: 'entry', file: join(fixtures, 'nothing.ts'), exportName: 'handler' }),
      /has its source in .*nothing\.ts, but there is no such file/,
    ],
    [
      'an entry without the export',
      functionOf({ kind: 'entry', file: join(fixtures, 'greet.ts'), exportName: 'main' }),
      /"main" is not exported in .*greet\.ts/,
    ],
    [
      'an entry whose export is no function',
      functionOf({ kind: 'entry', file: join(fixtures, 'greet.ts'), exportName: 'number' }),
      /"number" is a number in/,
    ],
  ])('that cannot run is refused by name: %s', async (_, lambda, message) => {
    await expect(run(lambda)).rejects.toThrow(SimulatorError);
    await expect(run(lambda)).rejects.toThrow(message);
  });
});

test.each([
  [
    'an entry',
    { kind: 'entry', file: join(fixtures, 'greet.ts'), exportName: 'failing' },
    'RangeError',
    'too far',
    /^\s+at .*\/var\/task\/test\/services\/lambda\/fixtures\/greet\.ts:18:9\)?$/,
  ],
  [
    'an asset',
    { kind: 'asset', directory: join(fixtures, 'asset'), handler: 'index.failing', runtime: 'nodejs22.x' },
    'TypeError',
    'not that',
    /^\s+at .*\/var\/task\/index\.js:28:9\)?$/,
  ],
] as const)('the trace of %s names its own lines, where Lambda has them', async (_, code, errorType, errorMessage, frame) => {
  const error = (await invoking([functionOf(code)])({ FunctionName: 'charge' }).catch((reason: unknown) => reason)) as {
    errorCause: string;
  };
  expect(JSON.parse(error.errorCause)).toEqual({
    errorType,
    errorMessage,
    trace: [`${errorType}: ${errorMessage}`, expect.stringMatching(frame)],
  });
});
