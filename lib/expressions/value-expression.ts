import { renderJson } from '../json/render-json';
import { EvaluationError, ExpressionSyntaxError } from './evaluation-error';
import { compileIntrinsic } from './intrinsic/compile-intrinsic';
import { compilePath, type Path } from './json-path';
import type { Evaluate, Scope } from './scope';

/** A compiled path or intrinsic function. */
export interface ValueExpression {
  readonly evaluate: Evaluate;
  /** Its values are parts of the scope's input, so no larger. */
  readonly isPartOfInput: boolean;
  /** Names of the fields in fields of the input that it reads; undefined: it is not as simple. */
  readonly fields: readonly string[] | undefined;
}

/**
 * Reads what a field such as `CausePath` or `name.$` takes, a JSONPath or an intrinsic function call, and makes it a function of the
 * scope. Evaluating throws EvaluationError (States.Runtime): `The JSONPath '$.x' specified for the field 'CausePath' could not be found …`.
 * @param field the field's name in that message; default `value`
 * @throws ExpressionSyntaxError
 */
export const compileValueExpression = (text: string, field = 'value'): ValueExpression => {
  if (text.startsWith('States.')) return { evaluate: compileIntrinsic(text), isPartOfInput: false, fields: undefined };
  if (!text.startsWith('$'))
    throw new ExpressionSyntaxError(
      `'${text}' is neither a JSONPath, which begins with '$', nor an intrinsic function, which begins with 'States.'`,
    );
  const path = compilePath(text);
  const evaluate: Evaluate = (scope) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw notFound(path, field, scope);
    return value;
  };
  const isPartOfInput = path.isReference && path.root.kind === 'input';
  return { evaluate, isPartOfInput, fields: isPartOfInput ? path.fieldNames : undefined };
};

const notFound = (path: Path, field: string, scope: Scope): EvaluationError => {
  const searched = path.root.kind === 'context' ? scope.context() : scope.input;
  return new EvaluationError(
    'States.Runtime',
    `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${renderJson(searched)}'`,
  );
};
