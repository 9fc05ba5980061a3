import { EvaluationError } from '../expressions/evaluation-error';
import { compileJsonataField } from '../expressions/jsonata/jsonata-field';
import type { Branch } from './branch';
import { statesScope } from './data-flow/jsonata';

/** Bounds of an integer field, both included. */
export interface IntegerBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * A field of a JSONata state that takes an integer. Evaluating throws EvaluationError, in AWS's words for TimeoutSeconds (measured:
 * github.com/gabrielmoreira/tiny-asl-machine, Feature.JSONataValidation); those of the other fields are by analogy.
 * @param text the field's value with its `{%` and `%}`
 * @param bounds undefined: whoever asks looks at them
 */
export function compileIntegerExpression(field: string, text: string, bounds?: IntegerBounds): (branch: Branch) => number {
  const evaluate = compileJsonataField(text, field, 'number');
  const refuse = (message: string): never => {
    throw new EvaluationError('States.QueryEvaluationError', message, field);
  };
  return (branch) => {
    const value = evaluate(statesScope(branch));
    if (!Number.isInteger(value)) return refuse(`The ${field} field cannot be parsed as an integer: ${value}`);
    if (bounds !== undefined && (value < bounds.least || value > bounds.most))
      return refuse(`${field} must be between ${bounds.least} and ${bounds.most} but was: ${value}`);
    return value;
  };
}
