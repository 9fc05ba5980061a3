import type { Json } from '../../json/json';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall } from '../../simulator/task-call';
import { failure, refuseScript, type Step, withAnswer } from './script';

/** What the test answers to what a service hands over; it may be a promise. */
export type StepAnswer = (...given: readonly unknown[]) => unknown;

/**
 * Performs a step of a fake that stands behind a simulated service: the service makes the request and asks for the answer.
 * @param perform what the service makes of the call; it asks `answer` at most once, before it first waits
 */
export function performStep(given: Step, call: TaskCall, perform: (answer: StepAnswer) => Json | Promise<Json>): Answer {
  const step = withAnswer(given, call);
  const { durationMs } = step;
  if (step.kind === 'failure') return failure(new StatesError(step.error, step.cause), durationMs);
  if (durationMs === Infinity) return { value: null, durationMs };
  const answer: StepAnswer = (...handed) =>
    typeof step.answer === 'function' ? refuseScript((step.answer as StepAnswer)(...handed)) : step.answer;
  try {
    return { value: perform(answer), durationMs };
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    return failure(error, durationMs);
  }
}
