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
  if (thrown instanceof RangeError || isForeignRangeError(thrown)) return new JsonataError(undefined, STACK_OVERFLOW);
  const { code, message } = thrown as JsonataThrown;
  return new JsonataError(code, message);
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html names the error. */
export const STACK_OVERFLOW =
  'Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.';

/** The twin may run in a realm of its own, as it does under Jest. */
const isForeignRangeError = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'RangeError';
