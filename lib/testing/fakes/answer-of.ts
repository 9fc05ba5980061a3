import type { Json } from '../../json/json';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall } from '../../simulator/task-call';
import type { AnswerCheck } from './check-answer';
import { copyOf } from './fake';
import { failure, refuseScript, type Step, withAnswer } from './script';

/**
 * What a fake's step answers to a call that is made with its parameters.
 * @param check looks at the answer on its way
 */
export function answerOf(given: Step, call: TaskCall, check: AnswerCheck): Answer {
  const step = withAnswer(given, call);
  const { durationMs } = step;
  if (step.kind === 'failure') return failure(new StatesError(step.error, step.cause), durationMs);
  if (durationMs === Infinity) return { value: null, durationMs };
  if (typeof step.answer !== 'function') return { value: check(step.answer as Json, call), durationMs };
  const answer = step.answer as (request: Json, call: TaskCall) => Json | Promise<Json>;
  return { value: check(refuseScript(answer(copyOf(call.parameters), call)), call), durationMs };
}
