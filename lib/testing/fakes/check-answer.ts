import { tryParseResource } from '../../asl/resource';
import type { Json } from '../../json/json';
import { toJson } from '../../json/to-json';
import { checkResponse } from '../../services/api-model/check-response';
import { type FieldValidationMode } from '../../services/api-model/field-validation-mode';
import type { Integration } from '../../services/api-model/models';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';

/** Hands on what a fake answers, now or later, if AWS could have answered it. */
export type AnswerCheck = (answer: Json | Promise<Json>, call: TaskCall) => Json | Promise<Json>;

/**
 * Holds the answers of a service's fake against AWS's model of the API.
 * @param unchecked takes in what nobody could look at, in words
 * @throws SimulatorError from the check, at once or by rejection, that names the fields and what they should be
 */
export function compileAnswerCheck(label: string, mode: FieldValidationMode, unchecked: Set<string>): AnswerCheck {
  const passed = new WeakSet<object>();

  const check = (given: Json, call: TaskCall): Json => {
    if (typeof given === 'object' && given !== null && passed.has(given)) return given;
    const answer = tryJson(given);
    const integration = integrationOf(call);
    // What is no JSON is refused, with its place, where the answer lands.
    if (answer === undefined || integration === undefined) return given;
    const found = checkResponse(integration, answer, mode);
    if (found.problems.length > 0) {
      const problems = found.problems.map(({ message, pointer }) => `${message}${pointer === '' ? '' : ` (at ${pointer})`}`);
      throw new SimulatorError(
        `${label} answers "${call.state}" with what the API does not answer: ${problems.join('; ')}. Correct the answer, ` +
          `or give the fake { fieldValidationMode: 'PRESENT' } (what is missing may be) or 'NONE' as its third argument.`,
      );
    }
    for (const text of found.unchecked) unchecked.add(text);
    if (typeof given === 'object' && given !== null) passed.add(given);
    return given;
  };

  if (mode === 'NONE') return (answer) => answer;
  return (answer, call) => (answer instanceof Promise ? answer.then((landed: Json) => check(landed, call)) : check(answer, call));
}

/** The call itself: a callback's result comes by its token, not from the fake. */
function integrationOf({ resource: arn }: TaskCall): Integration | undefined {
  const resource = tryParseResource(arn);
  if (resource?.kind !== 'service') return undefined;
  return resource.pattern === 'waitForTaskToken' ? { ...resource, pattern: 'requestResponse' } : resource;
}

function tryJson(value: unknown): Json | undefined {
  try {
    return toJson(value, 'the answer');
  } catch {
    return undefined;
  }
}
