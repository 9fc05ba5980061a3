import type { Json, JsonObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { renderJson } from '../../json/render-json';
import { get, has } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { type Api, ApiFailure, type Caller } from '../api';
import { callerOf, sdkService } from '../integrations';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { httpDate, withSdkMetadata } from '../sdk-metadata';
import type { Header } from '../sdk-metadata';
import { structureAction } from '../service';
import type { Service } from '../service';
import { optimisedError } from '../service-error';
import type { ServiceNames } from '../service-error';
import { callBy, fakeResult } from './fake-result';
import { parseFunctionName, refersTo } from './function-name';
import { checkInvocationType, findTarget } from './invocation-target';
import type { InvocationTarget } from './invocation-target';
import type { InvocationResult } from './invoke-handler';
import { invokeLater } from './invoke-later';
import type { Invoked } from './invoke-later';
import { DEFAULT_TIMEOUT_MS } from './lambda-context';
import { nameOf } from './lambda-function';
import type { LambdaFunction } from './lambda-function';
import type { LambdaWorld } from './lambda-world';
import { loadHandler } from './load-handler';
import type { LoadedHandler } from './load-handler';
import { passesUntil } from './passes-until';
import { runHandler, timedOut } from './run-handler';
import { Turns } from './turns';

/** A simulated Lambda. */
export interface Lambda {
  /** `lambda` (optimised), `lambda-function` (a function's ARN as Resource), and `aws-sdk:lambda`. */
  readonly services: readonly Service[];
  /** Invoke, for SDK clients. */
  readonly api: Api;
  /**
   * Performs a Task's call of a function by its own handler, which is said to take that much virtual time.
   * @throws StatesError (or rejects with it) for the task's Error Output
   */
  perform(call: TaskCall, takesMs: number): Json | Promise<Json>;
}

/** A Lambda with these functions. The code of a function's version is loaded when it is first invoked, once per `createLambda`. */
export function createLambda(functions: readonly LambdaFunction[], world: LambdaWorld): Lambda {
  const turns = new Turns(world.patienceMs);
  const loaded = new Map<LambdaFunction, Map<string, LoadedHandler>>();
  const load = ({ lambda, invocation: { executedVersion: version } }: InvocationTarget): LoadedHandler => {
    let versions = loaded.get(lambda);
    if (versions === undefined) loaded.set(lambda, (versions = new Map<string, LoadedHandler>()));
    let handler = versions.get(version);
    if (handler === undefined) versions.set(version, (handler = loadHandler(lambda, version)));
    return handler;
  };

  const run = async (target: InvocationTarget, event: Json, from: Caller, takesMs: number): Promise<InvocationResult> => {
    const { lambda, invocation } = target;
    const startMs = world.epochMs;
    const result = withinLimit(await runHandler(target, () => load(target), event, from, world, turns));
    if (takesMs === 0) return result;
    const timeoutMs = lambda.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    await passesUntil(startMs + Math.min(takesMs, timeoutMs), from, world);
    return takesMs > timeoutMs ? timedOut(invocation.requestId, timeoutMs) : result;
  };

  /**
   * Finds whoever answers an invocation, which is then to be begun: the fake of the function, or else its handler.
   * @throws ApiFailure where there is no such version; SimulatorError where there is no such function
   */
  const accept = (request: JsonObject, event: Json, from: Caller, requestId: string): ((from: Caller) => Promise<Invoked>) => {
    const functionName = stringField(request, 'FunctionName') ?? '';
    const invoked = { resource: functionName, resourceType: 'lambda-function', action: 'invoke', parameters: event };
    const fake = world.fakeOf(callBy(from, invoked));
    if (fake !== undefined) {
      return async (caller) => {
        const real = async (takesMs: number): Promise<Json> => {
          const target = findTarget(functions, request, caller, requestId);
          return parsed(payloadText(await run(target, event, caller, takesMs)), target);
        };
        return { version: '$LATEST', result: await fakeResult(() => fake(callBy(caller, invoked), real), caller, world) };
      };
    }
    const reference = parseFunctionName(functionName);
    if (!functions.some((lambda) => refersTo(reference, lambda))) throw unknownFunction(functionName, reference.name, from);
    const target = findTarget(functions, request, from, requestId);
    return async (caller) => ({
      version: target.invocation.executedVersion,
      result: await run(target, event, caller, 0),
    });
  };

  const perform = async (call: TaskCall, takesMs: number): Promise<Json> => {
    const direct = call.resourceType === 'lambda-function';
    const request = direct ? { FunctionName: call.resource } : (call.parameters as JsonObject);
    const exchange = direct ? undefined : beginExchange(call);
    const requestId = exchange?.requestId ?? call.uuid();
    try {
      const from = callerOf(call);
      const invocationType = stringField(request, 'InvocationType') ?? 'RequestResponse';
      checkInvocationType(invocationType);
      refuseLogs(stringField(request, 'LogType'), from);
      // Without Payload, Lambda hands the function an empty object.
      const event = direct ? call.parameters : (get(request, 'Payload') ?? (has(request, 'Payload') ? null : {}));
      if (exchange !== undefined && invocationType !== 'RequestResponse') {
        const invoke = accept(request, event, from, requestId);
        if (invocationType === 'DryRun') return response({ StatusCode: 204 }, '', exchange);
        const invocation = { functionName: qualifiedName(request), requestId, event };
        invokeLater(world, `The asynchronous invocation by "${call.state}"`, from, invocation, invoke);
        return response({ StatusCode: 202, Payload: '' }, '', exchange);
      }
      const target = findTarget(functions, request, from, requestId);
      if (exchange === undefined) return parsed(payloadText(await run(target, event, from, takesMs)), target);
      const text = payloadText(await run(target, event, from, takesMs));
      return succeeded(parsed(text, target), text, target.invocation.executedVersion, exchange);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const { code, message, statusCode } = error;
      throw optimisedError(NAMES, { code, message, statusCode, requestId });
    }
  };

  const optimised: Service = {
    resourceType: 'lambda',
    actions: { invoke: structureAction(INVOKE, (_, call) => perform(call, 0)) },
  };

  const direct: Service = {
    resourceType: 'lambda-function',
    actions: { invoke: { problems: () => [], run: (call) => perform(call, 0) } },
  };

  const api: Api = {
    name: 'lambda',
    operations: {
      async Invoke(request, from) {
        const requestId = from.uuid();
        const invocationType = stringField(request, 'InvocationType') ?? 'RequestResponse';
        checkInvocationType(invocationType);
        refuseLogs(stringField(request, 'LogType'), from);
        const event = readPayload(stringField(request, 'Payload'));
        const invoke = accept(request, event, from, requestId);
        if (invocationType === 'DryRun') return { StatusCode: 204 };
        if (invocationType === 'Event') {
          const functionName = qualifiedName(request);
          const invocation = { functionName, requestId, event };
          invokeLater(world, `The asynchronous invocation of ${functionName}`, from, invocation, invoke);
          return { StatusCode: 202 };
        }
        const { version, result } = await invoke(from);
        const failed = result.kind === 'error';
        const text = failed ? JSON.stringify(result.error) : result.text;
        return {
          StatusCode: 200,
          ExecutedVersion: version,
          ...(failed ? { FunctionError: 'Unhandled' } : {}),
          Payload: Buffer.from(text).toString('base64'),
        };
      },
    },
  };

  const sdk = sdkService(api, {
    names: SDK_NAMES,
    actions: { invoke: { parameters: INVOKE, toRequest: withPayloadBytes, toResult: withPayloadText } },
  });

  return {
    services: [optimised, direct, sdk],
    api,
    perform,
  };
}

/** Texts are sent as they are, all else as JSON, as with other integrations whose API takes bytes. */
function withPayloadBytes(request: JsonObject): JsonObject {
  const payload = get(request, 'Payload');
  if (payload === undefined) return request;
  return { ...request, Payload: Buffer.from(typeof payload === 'string' ? payload : renderJson(payload)).toString('base64') };
}

/** The payload is text in the state's result. That the function has failed stands in FunctionError: the task succeeds. */
const withPayloadText = (response: JsonObject): Json => {
  const payload = stringField(response, 'Payload');
  return payload === undefined ? response : { ...response, Payload: Buffer.from(payload, 'base64').toString() };
};

/** Name or ARN with the qualifier, wherever the request has it. */
function qualifiedName(request: JsonObject): string {
  const functionName = stringField(request, 'FunctionName') ?? '';
  const qualifier = stringField(request, 'Qualifier');
  const isQualified = parseFunctionName(functionName).qualifier !== undefined;
  return qualifier === undefined || isQualified ? functionName : `${functionName}:${qualifier}`;
}

const EXCEPTIONS = new Set(['InvalidParameterValueException', 'InvalidRequestContentException', 'ResourceNotFoundException']);

/** How the optimised integration names Lambda in errors. */
const NAMES: ServiceNames = {
  prefix: 'Lambda',
  service: 'AWSLambda',
  baseException: 'AWSLambdaException',
  exceptions: EXCEPTIONS,
};

/** How the SDK integration does. */
const SDK_NAMES: ServiceNames = {
  prefix: 'Lambda',
  service: 'Lambda',
  baseException: 'LambdaException',
  exceptions: EXCEPTIONS,
};

/**
 * AWS would answer that it does not know the function. A simulation does not know what it has not been told, and a handler's `catch` must not
 * hide that.
 */
const unknownFunction = (functionName: string, name: string, { who }: Caller): SimulatorError =>
  new SimulatorError(`${who} invokes the function ${functionName}, which is not in the stack. Add a fake: lambda('${name}', …).`);

/** Bytes in Base64. Without any, Lambda hands the function an empty object. */
function readPayload(base64: string | undefined): Json {
  if (base64 === undefined) return {};
  try {
    return parseJson(Buffer.from(base64, 'base64').toString(), 'the payload');
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new ApiFailure('InvalidRequestContentException', message);
  }
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
const INVOKE: StructureType = {
  fields: {
    FunctionName: 'STRING',
    Payload: 'JSON',
    InvocationType: 'STRING',
    Qualifier: 'STRING',
    ClientContext: 'STRING',
    LogType: 'STRING',
  },
  required: ['FunctionName'],
};

function refuseLogs(logType: string | undefined, { who }: Caller): void {
  if (logType === undefined || logType === 'None') return;
  throw new SimulatorError(`${who} asks Lambda for LogType ${logType}, which is not simulated: leave it out, or add a fake.`);
}

const parsed = (text: string, { lambda }: InvocationTarget): Json =>
  parseJson(text, `the answer of the function "${nameOf(lambda)}"`);

/** The text of the answer. @throws StatesError named by the errorType, with the error's payload as cause */
function payloadText(result: InvocationResult): string {
  if (result.kind === 'payload') return result.text;
  throw new StatesError(result.error.errorType, JSON.stringify(result.error));
}

/** 6 MB and some, as Lambda's own message says it. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_RESPONSE_BYTES = 6_291_556;

function withinLimit(result: InvocationResult): InvocationResult {
  if (result.kind === 'error' || Buffer.byteLength(result.text) <= MAX_RESPONSE_BYTES) return result;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return { kind: 'error', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}

/** What is drawn for one HTTP exchange, when it begins. */
interface Exchange {
  readonly requestId: string;
  readonly traceId: string;
  readonly epochMs: number;
}

function beginExchange(call: TaskCall): Exchange {
  const requestId = call.uuid();
  // https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
  const seconds = Math.floor(call.epochMs / 1000).toString(16);
  const traceId = `Root=1-${seconds}-${call.uuid().replaceAll('-', '').slice(0, 24)};Sampled=0`;
  return { requestId, traceId, epochMs: call.epochMs };
}

/**
 * What `lambda:invoke` gives for a function's answer, made without invoking anything: for a fake of the function. Called when the
 * call starts, because it draws request ids; what it returns is called when the answer is there.
 */
export function beginInvoke(call: TaskCall): (payload: Json) => Json {
  const exchange = beginExchange(call);
  return (payload) => succeeded(payload, renderJson(payload), '$LATEST', exchange);
}

const succeeded = (Payload: Json, text: string, version: string, exchange: Exchange): Json =>
  response({ ExecutedVersion: version, Payload, StatusCode: 200 }, text, exchange, [['X-Amz-Executed-Version', version]]);

function response(
  members: JsonObject & { StatusCode: number },
  body: string,
  exchange: Exchange,
  first: readonly Header[] = [],
): Json {
  const { requestId, traceId, epochMs } = exchange;
  const headers: readonly Header[] = [
    ...first,
    ['x-amzn-Remapped-Content-Length', '0'],
    ['Connection', 'keep-alive'],
    ['x-amzn-RequestId', requestId],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Date', httpDate(epochMs)],
    ['X-Amzn-Trace-Id', traceId],
    ['Content-Type', 'application/json'],
  ];
  return withSdkMetadata(members, { statusCode: members.StatusCode, headers, requestId });
}
