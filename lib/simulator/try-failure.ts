import { EvaluationError } from '../expressions/evaluation-error';
import { JsonError } from '../json/json-error';
import type { Branch } from './branch';
import { Failure } from './failure';
import { failedStep, type FailureData, type Step } from './frame';
import { SimulatorError } from './simulator-error';
import { StatesError } from './states-error';

/**
 * The failure that a thrown value stands for; undefined if it is no business of the model. A JSONata expression that failed
 * leaves its event, EvaluationFailed.
 * @param stepAfter where the frame stands after that event
 */
export function tryFailure(
  thrown: unknown,
  branch: Branch,
  stepAfter: (failure: FailureData) => Step = (failure) => failedStep('failed', failure, branch.frame.step),
): Failure | undefined {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof StatesError) return new Failure(thrown.error, thrown.errorCause);
  if (thrown instanceof JsonError) throw new SimulatorError(`"${branch.frame.state}": ${thrown.message}`, { cause: thrown });
  if (!(thrown instanceof EvaluationError)) return undefined;
  const { state, enteredEventId } = branch.frame;
  const where = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). `;
  const failure = new Failure(thrown.error, where + thrown.message);
  if (thrown.error === 'States.QueryEvaluationError') recordEvaluationFailed(branch, failure, thrown.location, stepAfter);
  return failure;
}

/** The event points to where the one before it points; in a Wait, to that one itself (both recorded). */
function recordEvaluationFailed(
  { frame, execution, program }: Branch,
  failure: Failure,
  location: string | undefined,
  stepAfter: (failure: FailureData) => Step,
): void {
  const { error, cause } = failure;
  const previousEventId = program.states.get(frame.state)?.type === 'Wait' ? frame.previousEventId : frame.lastPreviousEventId;
  const id = execution.nextEventId();
  frame.step = stepAfter(failure);
  frame.previousEventId = id;
  frame.lastPreviousEventId = previousEventId;
  execution.history.add('EvaluationFailed', previousEventId, execution.epochMs, { error, cause, location, state: frame.state });
}
