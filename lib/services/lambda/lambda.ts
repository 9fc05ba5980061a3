import type { Json, JsonObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { renderJson } from '../../json/render-json';
import { get, has } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { httpDate, withSdkMetadata } from '../sdk-metadata';
import type { Header } from '../sdk-metadata';
import { structureAction } from '../service';
import type { Service } from '../service';
import { checkInvocationType, findTarget } from './invocation-target';
import type { InvocationTarget } from './invocation-target';
import { invokeHandler } from './invoke-handler';
import type { InvocationResult } from './invoke-handler';
import { lambdaContext } from './lambda-context';
import { nameOf } from './lambda-function';
import type { LambdaFunction } from './lambda-function';
import { loadHandler } from './load-handler';
import type { LoadedHandler } from './load-handler';

/** A simulated Lambda. */
export interface Lambda {
  /** `lambda` (optimised) and `lambda-function` (a function's ARN as Resource). */
  readonly services: readonly Service[];
}

/** A Lambda with these functions. A function's code is loaded when it is first invoked, once per `createLambda`. */
export function createLambda(functions: readonly LambdaFunction[]): Lambda {
  const loaded = new Map<LambdaFunction, LoadedHandler>();
  const load = (lambda: LambdaFunction): LoadedHandler => {
    const known = loaded.get(lambda);
    if (known !== undefined) return known;
    const handler = loadHandler(lambda);
    loaded.set(lambda, handler);
    return handler;
  };

  const invoke = async ({ lambda, invocation }: InvocationTarget, event: Json, call: TaskCall): Promise<InvocationResult> => {
    return withinLimit(await invokeHandler(load(lambda), event, lambdaContext(lambda, invocation, call)));
  };

  const optimised: Service = {
    resourceType: 'lambda',
    actions: {
      invoke: structureAction(INVOKE, async (request, call) => {
        const exchange = beginExchange(call);
        const invocationType = stringField(request, 'InvocationType') ?? 'RequestResponse';
        checkInvocationType(invocationType, exchange.requestId);
        refuseLogs(stringField(request, 'LogType'), call);
        const target = findTarget(functions, request, call, exchange.requestId);
        if (invocationType === 'DryRun') return response({ StatusCode: 204 }, '', exchange);
        // Without Payload, Lambda hands the function an empty object.
        const event = get(request, 'Payload') ?? (has(request, 'Payload') ? null : {});
        const result = await invoke(target, event, call);
        // An asynchronous invocation is accepted, whatever comes of it; that it has ended by then keeps runs alike.
        if (invocationType === 'Event') return response({ StatusCode: 202, Payload: '' }, '', exchange);
        const text = payloadText(result);
        return succeeded(parsed(text, target), text, target.invocation.executedVersion, exchange);
      }),
    },
  };

  const direct: Service = {
    resourceType: 'lambda-function',
    actions: {
      invoke: {
        problems: () => [],
        run: async (call) => {
          const target = findTarget(functions, { FunctionName: call.resource }, call, call.uuid());
          return parsed(payloadText(await invoke(target, call.parameters, call)), target);
        },
      },
    },
  };

  return { services: [optimised, direct] };
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

function refuseLogs(logType: string | undefined, { state }: TaskCall): void {
  if (logType === undefined || logType === 'None') return;
  throw new SimulatorError(`"${state}" asks Lambda for LogType ${logType}, which is not simulated: leave it out, or add a fake.`);
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
