import type { JsonObject } from '../json/json';
import { sizeBytes } from '../json/size-bytes';
import { EvaluationError } from '../expressions/evaluation-error';
import { MAX_VARIABLE_BYTES, MAX_VARIABLES_BYTES } from './limits';

/**
 * Variables after an Assign. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 * @throws EvaluationError where one of them, or one Assign, is over 256 KiB, or all together are over 10 MiB
 */
export function withVariables(variables: JsonObject, assigned: JsonObject, state: string): JsonObject {
  if (sizeBytes(assigned) > MAX_VARIABLE_BYTES) {
    throw new EvaluationError(
      'States.Runtime',
      `The variables that the state '${state}' assigns exceed the limit of ${MAX_VARIABLE_BYTES} bytes.`,
    );
  }
  const all = { ...variables, ...assigned };
  if (sizeBytes(all) > MAX_VARIABLES_BYTES) {
    throw new EvaluationError(
      'States.Runtime',
      `The variables of the execution exceed the limit of ${MAX_VARIABLES_BYTES} bytes.`,
    );
  }
  return all;
}
