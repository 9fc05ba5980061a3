import type { Cloud } from '../../cloud/cloud';
import { tryFindFunction } from '../../cloud/find-in-cloud';
import type { Json } from '../../json/json';
import { isObject } from '../../json/json';
import { get, has } from '../../json/with-field';
import { functionError } from '../../services/lambda/function-error';
import { parseFunctionName, refersTo } from '../../services/lambda/function-name';
import { beginInvoke } from '../../services/lambda/lambda';
import type { RealFunction } from '../../services/lambda/lambda-world';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import { isConstruct, queryOf, type ResourceLike, tryImportedArn } from '../construct';
import { isPromiseLike } from '../is-promise-like';
import { copyOf, type Fake, type OpenFake, recorder } from './fake';
import { notInStack } from './not-in-stack';
import { asScript, checkConstant, failure, refuseScript, type Script, type Step, throttled } from './script';

/** What the fake of a function answers: a value, a function of the payload, or a script. */
export type LambdaAnswer<Event, Result> = Result | Script | ((event: Event, call: TaskCall) => Result | Promise<Result>);

/**
 * The answer of a Lambda function, in place of its handler; invoked as `lambda:invoke` or by its ARN as Resource.
 *
 * ```ts
 * lambda(orders.chargeCard, ({ total }) => ({ paymentId: 'p-1', total }))
 * lambda('charge-card', fails('CardService.Busy').times(2).then({ paymentId: 'p-1' }))
 * ```
 * A function of the test may be asynchronous. What it throws becomes the Error Output as it does in Lambda: the error's
 * `name`, and its message in the cause. The answer passes through JSON, as Lambda's does.
 * @param target the function's construct, name, ARN or logical id
 */
export function lambda<Event = never, Result = unknown>(target: ResourceLike, answer: LambdaAnswer<Event, Result>): Fake {
  const query = queryOf(target);
  const label = `lambda('${query}')`;
  checkConstant(answer, `the answer of ${label}`);
  const script = asScript(answer);
  const { memory, begin } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    open(cloud: Cloud): OpenFake {
      const known = tryFindFunction(cloud, query);
      const arnGiven = tryImportedArn(target, 'functionArn');
      if (known === undefined && arnGiven === undefined && (isConstruct(target) || cloud.functions.length > 0))
        throw notInStack(label, 'the fake of', 'function', cloud.functions);
      // Without a template the query itself is the function's name or ARN.
      const { name, region = '', account = '' } = parseFunctionName(arnGiven ?? query);
      const arn = known?.arn ?? `arn:aws:lambda:${region}:${account}:function:${name}`;
      const note = begin();
      const next = script.open();
      const isIts = (functionName: string): boolean => {
        const reference = parseFunctionName(functionName);
        return known === undefined ? reference.name === name : refersTo(reference, { arn, code: () => undefined });
      };
      // A state calls by the same name each time.
      let last: { readonly functionName: string; readonly isIts: boolean } | undefined;
      const opened = {
        fake,
        used: false,
        matches(call: UnscheduledCall): boolean {
          const functionName = functionNameOf(call);
          // What is asynchronous, Lambda accepts, and asks the fake later.
          if (functionName === undefined || !isAnsweredAtOnce(call)) return false;
          if (last?.functionName !== functionName) last = { functionName, isIts: isIts(functionName) };
          return last.isIts;
        },
        perform(call: TaskCall, real: RealFunction): Answer {
          opened.used = true;
          const event = eventOf(call);
          const step = next(call);
          note(call, event, step);
          return answerOf(step, event, call, label, real);
        },
      };
      return opened;
    },
  });
  return fake;
}

/** The function that a call invokes, as the call names it; undefined for other calls. */
export function functionNameOf({ resourceType, action, resource, parameters }: UnscheduledCall): string | undefined {
  if (resourceType === 'lambda-function') return resource;
  if (resourceType !== 'lambda' || action !== 'invoke' || !isObject(parameters)) return undefined;
  const functionName = get(parameters, 'FunctionName');
  return typeof functionName === 'string' ? functionName : undefined;
}

/** True for an invocation that waits for the function's answer: not `Event` and `DryRun`. */
export function isAnsweredAtOnce({ resourceType, parameters }: UnscheduledCall): boolean {
  const invocationType = resourceType === 'lambda' && isObject(parameters) ? get(parameters, 'InvocationType') : undefined;
  return invocationType !== 'Event' && invocationType !== 'DryRun';
}

/** Without Payload, Lambda hands the function an empty object. */
function eventOf({ resourceType, parameters }: TaskCall): Json {
  if (resourceType === 'lambda-function' || !isObject(parameters)) return parameters;
  return has(parameters, 'Payload') ? (get(parameters, 'Payload') as Json) : {};
}

function answerOf(step: Step, event: Json, call: TaskCall, label: string, real: RealFunction): Answer {
  const { durationMs } = step;
  // Its time passes when it has run, so that what it does is done at the beginning.
  if (step.kind === 'handler') return { value: real(durationMs), durationMs: 0 };
  if (step.kind === 'throttled') {
    const { error, cause } = throttled(step, call);
    throw new StatesError(error, cause);
  }
  const respond = call.resourceType === 'lambda' ? beginInvoke(call) : undefined;
  const wrap = (result: unknown): Json => {
    const payload = throughJson(result, label);
    return respond === undefined ? payload : respond(payload);
  };
  if (step.kind === 'failure') {
    const { error, cause = JSON.stringify({ errorType: error, errorMessage: error, trace: [] }) } = step;
    return failure(new StatesError(error, cause), durationMs);
  }
  if (typeof step.answer !== 'function') return { value: wrap(step.answer), durationMs };
  try {
    const result = refuseScript((step.answer as (event: Json, call: TaskCall) => unknown)(copyOf(event), call));
    const value = isPromiseLike(result)
      ? Promise.resolve(result).then(wrap, (error: unknown) => {
          throw lambdaError(error);
        })
      : wrap(result);
    return { value, durationMs };
  } catch (error) {
    return failure(lambdaError(error), durationMs);
  }
}

/** As Lambda reports what a handler throws. */
function lambdaError(error: unknown): StatesError {
  if (error instanceof StatesError) return error;
  if (error instanceof SimulatorError) throw error;
  const payload = functionError(error, undefined);
  return new StatesError(payload.errorType, JSON.stringify(payload));
}

/** undefined becomes null, a Date its text. What JSON cannot carry is the test's mistake, and not to be caught. */
function throughJson(result: unknown, label: string): Json {
  try {
    return JSON.parse(JSON.stringify(result) ?? 'null') as Json;
  } catch (error) {
    throw new SimulatorError(`${label} answered with something that JSON cannot carry: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
