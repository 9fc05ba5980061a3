import type { JsonataThrown } from '../../vendor/jsonata';

/** An expression that failed while it was evaluated. The message is JSONata's, without the code. */
export class JsonataError extends Error {
  /** @param code JSONata's error code, such as `T2001`; undefined for a bound that was reached */
  constructor(
    readonly code: string | undefined,
    message: string,
  ) {
    super(message);
    this.name = 'JsonataError';
  }
}

/** The error for what the twin has thrown: a plain object, or what the engine throws when a recursion goes too deep. */
export const toJsonataError = (thrown: unknown): JsonataError => {
  if (thrown instanceof JsonataError) return thrown;
  const { code, message } = thrown as JsonataThrown;
  return isStackExhausted(thrown) ? stackOverflow() : new JsonataError(code, message);
};

/** True for the engine's own stack overflow. The twin may run in a realm of its own, as it does under Jest: its RangeError is not ours. */
export const isStackExhausted = (thrown: unknown): boolean =>
  typeof thrown === 'object' &&
  thrown !== null &&
  'name' in thrown &&
  thrown.name === 'RangeError' &&
  'message' in thrown &&
  /call stack/i.test(String(thrown.message));

// The three bounds, in AWS's words: https://github.com/floci-io/floci/issues/2737.

/** The evaluation nests too deep. */
export const stackOverflow = (): JsonataError =>
  new JsonataError(
    undefined,
    'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
  );

/** The evaluation takes too many steps. */
export const timedOut = (): JsonataError => new JsonataError(undefined, 'Expression evaluation timeout: Check for infinite loop');

/** The evaluation makes a value that is too large. */
export const memoryLimitExceeded = (): JsonataError =>
  new JsonataError(undefined, 'Expression evaluation memory limit exceeded: Check for excessive memory usage');
