import type { Json } from '../../json/json';
import type { FunctionError } from './function-error';

/** How Lambda treats the asynchronous invocations of a function. */
export interface AsynchronousConfig {
  /** 0 to 2. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** ARNs of destinations. */
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  /** ARN of the function's dead-letter queue or topic. */
  readonly deadLetterArn: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const DEFAULT_ASYNCHRONOUS_CONFIG: AsynchronousConfig = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
  onSuccess: undefined,
  onFailure: undefined,
  deadLetterArn: undefined,
};

/** How long Lambda waits before each further try. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRY_AFTER_MS = [60_000, 120_000];

/** What an attempt has come to. */
export type AttemptResult =
  | { readonly kind: 'answer'; readonly payload: () => Json; readonly executedVersion: string }
  | { readonly kind: 'error'; readonly error: FunctionError; readonly executedVersion: string };

/** What an asynchronous invocation has come to in the end. */
export interface FinishedInvocation {
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  readonly attempts: number;
  readonly result: AttemptResult;
}

/** How attempts are made, and how time passes between them. */
export interface Attempts {
  readonly epochMs: number;
  attempt(tell: (result: AttemptResult) => void): void;
  wait(durationMs: number, then: () => void): void;
}

/** Invokes a function as often as Lambda does, after it has taken an event that nobody waits for. */
export function invokeAsynchronously(
  { maximumRetryAttempts, maximumEventAgeSeconds }: AsynchronousConfig,
  attempts: Attempts,
  finish: (finished: FinishedInvocation) => void,
): void {
  const endMs = attempts.epochMs + maximumEventAgeSeconds * 1000;
  const next = (count: number): void =>
    attempts.attempt((result) => {
      const end = (condition: FinishedInvocation['condition']): void => finish({ condition, attempts: count, result });
      const waitMs = RETRY_AFTER_MS[count - 1];
      if (result.kind === 'answer') end('Success');
      else if (waitMs === undefined || count > maximumRetryAttempts) end('RetriesExhausted');
      else if (attempts.epochMs + waitMs > endMs) end('EventAgeExceeded');
      else attempts.wait(waitMs, () => next(count + 1));
    });
  next(1);
}
