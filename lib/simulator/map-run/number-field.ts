import { EvaluationError } from '../../expressions/evaluation-error';
import { compilePath } from '../../expressions/json-path';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import type { Branch } from '../branch';
import { statesScope } from '../data-flow/jsonata';
import { compileIntegerExpression } from '../number-expression';

/** A number of a Map, as a literal, an expression, or by its Path form, which reads the raw input; undefined: not set. */
export type NumberField = (branch: Branch) => number | undefined;

/** @param type what the sentence of a wrong value asks for: an integer, or a float. AWS's words are recorded for both */
export function compileNumberField(
  field: string,
  literal: Json | undefined,
  path: Json | undefined,
  type: 'integer' | 'float',
): NumberField {
  if (isJsonata(literal)) {
    if (type === 'integer') return compileIntegerExpression(field, literal);
    const evaluate = compileJsonataField(literal, field, 'number');
    return (branch) => evaluate(statesScope(branch));
  }
  if (typeof path !== 'string') return () => (typeof literal === 'number' ? literal : undefined);
  const compiled = compilePath(path);
  return ({ scope, frame }) => {
    scope.input = frame.input;
    const value = compiled.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', compiled.missing(scope));
    const number = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && (type === 'float' || Number.isInteger(number))) return number;
    throw new EvaluationError(
      'States.Runtime',
      `The ${field}Path field refers to value "${typeof value === 'string' ? value : renderJson(value)}" which is not a valid ${type}: ${path}`,
    );
  };
}
