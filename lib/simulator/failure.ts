import { EvaluationError } from '../expressions/evaluation-error';
import type { Frame, FailureData } from './frame';
import { StatesError } from './states-error';

/** A failure on its way up: thrown inside the interpreter, never outside. Not an Error, because nobody reads its stack. */
export class Failure implements FailureData {
  constructor(
    readonly error: string | undefined,
    readonly cause: string | undefined,
    readonly fatal = false,
    readonly heartbeat = false,
  ) {}

  static from({ error, cause, fatal, heartbeat }: FailureData): Failure {
    return new Failure(error, cause, fatal, heartbeat);
  }
}

/** The failure that a thrown value stands for; undefined if it is no business of the model. */
export function tryFailure(thrown: unknown, frame: Frame): Failure | undefined {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof StatesError) return new Failure(thrown.error, thrown.errorCause);
  if (thrown instanceof EvaluationError) {
    const where = `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.enteredEventId}). `;
    return new Failure(thrown.error, where + thrown.message, thrown.error === 'States.Runtime');
  }
  return undefined;
}

/** A payload over the limit; `what` is a state's name, or the task's resource. */
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
