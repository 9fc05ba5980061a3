import { renderJson } from '../../json/render-json';
import type { Json } from '../../json/json';
import { functionError } from './function-error';
import type { FunctionError } from './function-error';
import type { LambdaContext } from './lambda-context';
import type { HandlerCallback } from './lambda-function';
import type { LoadedHandler } from './load-handler';

/** How an invocation ended: with the JSON text of the handler's answer, or with an error. */
export type InvocationResult =
  { readonly kind: 'payload'; readonly text: string } | { readonly kind: 'error'; readonly error: FunctionError };

/**
 * Calls a handler as Lambda's Node.js runtime does, with a copy of the event of its own.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/Runtime.js, CallbackContext.js, RAPIDClient.js
 *
 * - A promise decides. Without one the first call of `callback`, `context.done`, `fail` or `succeed` does; a handler that has no third
 *   parameter and called none of them ends with null, whatever it returned, as nobody will call back.
 * - The answer passes through JSON: undefined becomes null, a Date its text; what JSON cannot carry is an `Error`.
 * - `callback(null)`, and throwing null or undefined, end well with null; a promise rejected with either fails with "handled".
 */
export function invokeHandler(
  { handler, root, parse }: LoadedHandler,
  event: Json,
  context: Omit<LambdaContext, 'done' | 'fail' | 'succeed'>,
): Promise<InvocationResult> {
  return new Promise((resolve) => {
    let finished = false;
    const complete = (answer: () => InvocationResult) => {
      if (finished) return;
      finished = true;
      resolve(answer());
    };
    const failure = (error: unknown): InvocationResult => ({ kind: 'error', error: functionError(error, root) });
    const success = (result: unknown): InvocationResult => {
      try {
        // JSON.stringify gives undefined for a function or a symbol, which JSON has no text for either.
        return { kind: 'payload', text: JSON.stringify(result) ?? 'null' };
      } catch {
        return failure(new Error('Unable to stringify response body'));
      }
    };
    const done: HandlerCallback = (error, result) =>
      complete(() => (error === undefined || error === null ? success(result) : failure(error)));
    const succeed = (result?: unknown) => done(null, result);
    const fail = (error?: unknown) => done(error ?? 'handled');

    try {
      const given = handler(parse(renderJson(event)), { ...context, done, succeed, fail }, done);
      if (isPromise(given)) given.then(succeed, fail);
      else if (handler.length < 3) succeed(null);
    } catch (error) {
      done(error);
    }
  });
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
