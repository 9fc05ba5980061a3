import type { FailureData } from './frame';
import { MAX_HISTORY_EVENTS } from './limits';

/** A failure on its way up: thrown inside the interpreter, never outside. Not an Error, because nobody reads its stack. */
export class Failure implements FailureData {
  constructor(
    readonly error: string | undefined,
    readonly cause: string | undefined,
    readonly heartbeat = false,
  ) {}

  static from({ error, cause, heartbeat }: FailureData): Failure {
    return new Failure(error, cause, heartbeat);
  }
}

/** Whether a failure ends the execution, whatever Retry and Catch say. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const isFatal = ({ error }: FailureData): boolean => error === 'States.Runtime';

/** A payload over the limit; `what` is a state's name, or the task's resource (recorded). */
export const dataLimitExceeded = (what: string): Failure =>
  new Failure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );

/**
 * Whether a name in ErrorEquals matches a failure.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function matches(name: string, failure: FailureData): boolean {
  switch (name) {
    case 'States.ALL':
      return true;
    case 'States.TaskFailed':
      return failure.error !== 'States.Timeout';
    case 'States.HeartbeatTimeout':
      return failure.heartbeat || failure.error === name;
    default:
      return failure.error === name;
  }
}

/** An execution that has written all the events it may. https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html */
export const historyLimitReached = (): Failure =>
  new Failure('States.Runtime', `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`);
