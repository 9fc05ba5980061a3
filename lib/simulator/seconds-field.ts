import { MAX_SECONDS } from '../asl/max-seconds';
import { EvaluationError } from '../expressions/evaluation-error';
import { compilePath } from '../expressions/json-path';
import { renderJson } from '../json/render-json';
import { isJsonata } from '../expressions/jsonata/jsonata-template';
import type { Branch } from './branch';
import { compileIntegerExpression } from './number-expression';

/** TimeoutSeconds or HeartbeatSeconds, given as a number, an expression, or by its Path form; undefined: not set. Reads the raw input. */
export function compileSecondsField(
  field: string,
  literal: number | string | undefined,
  path: string | undefined,
): (branch: Branch) => number | undefined {
  if (isJsonata(literal)) {
    return compileIntegerExpression(field, literal, { least: 0, most: MAX_SECONDS });
  }
  if (path === undefined) return () => literal;
  const compiled = compilePath(path);
  return ({ scope }) => {
    const value = compiled.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', compiled.missing(scope));
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    throw new EvaluationError(
      'States.Runtime',
      `The ${field}Path parameter does not reference a positive integer: ${path} == ${renderJson(value)}`,
    );
  };
}
