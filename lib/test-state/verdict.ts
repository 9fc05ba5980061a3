import { EvaluationError } from '../expressions/evaluation-error';
import type { Json } from '../json/json';
import { JsonError } from '../json/json-error';
import type { Branch } from '../simulator/branch';
import { Failure } from '../simulator/failure';
import { SimulatorError } from '../simulator/simulator-error';
import { StatesError } from '../simulator/states-error';
import type { TestExecutionStatus } from './response';

/** How a tested state came out. */
export interface Verdict {
  readonly status: TestExecutionStatus;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
}

/** The verdict on a state that `exit` has left: at the door of the next one, or at the end. */
export function leftFor({ frame }: Branch): Verdict {
  if (frame.step.at === 'done') return { status: 'SUCCEEDED', output: frame.step.output };
  return { status: 'SUCCEEDED', output: frame.input, nextState: frame.state };
}

/** The verdict on a failure. */
export const failedWith = ({ error, cause }: Failure, status: TestExecutionStatus = 'FAILED'): Verdict => ({
  status,
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

/**
 * The failure that a thrown value stands for. TestState leaves out the sentence about the state that an execution's cause begins with
 * (recorded). Throws what is no business of the model.
 */
export function failureOf(thrown: unknown, { frame }: Branch): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof StatesError) return new Failure(thrown.error, thrown.errorCause);
  if (thrown instanceof EvaluationError) return new Failure(thrown.error, thrown.message);
  if (thrown instanceof JsonError) throw new SimulatorError(`"${frame.state}": ${thrown.message}`, { cause: thrown });
  throw thrown;
}
