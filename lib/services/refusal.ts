import { SimulatorError } from '../simulator/simulator-error';
import type { StatesError } from '../simulator/states-error';
import { ApiFailure } from './api';

/** How a target has refused what was sent to it. */
export interface Refusal {
  /** The code of the target's API. */
  readonly code: string;
  readonly message: string;
}

/**
 * No retry would help: a permission or the target itself is missing, or the request is wrong.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html, https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export const isPermanent = ({ code }: Refusal): boolean =>
  /AccessDenied|NotAuthorized|NotFound|DoesNotExist|NonExistent|Invalid|Missing|Validation/.test(code);

/** What an integration's error says: `StepFunctions.ExecutionLimitExceededException` is the code `ExecutionLimitExceededException`. */
export function refusalOfError({ error = '', errorCause = '' }: StatesError): Refusal {
  const code = error.slice(error.indexOf('.') + 1);
  return { code, message: errorCause.replace(/ \(Service: .*$/s, '') };
}

/**
 * Hands something to a queue or topic of the stack.
 * @param deadLetterArn where it goes if it is refused
 * @returns how it was refused; undefined: it was not
 * @throws SimulatorError where it is refused and goes nowhere: on AWS nobody would hear of it
 */
export function tryHandOver(
  what: string,
  target: string,
  deadLetterArn: string | undefined,
  handOver: () => unknown,
): Refusal | undefined {
  try {
    handOver();
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    if (deadLetterArn !== undefined) return { code: error.code, message: error.message };
    throw new SimulatorError(`${what} cannot deliver to ${target}: ${error.message} Correct the template.`, { cause: error });
  }
}
