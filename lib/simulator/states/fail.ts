import { EvaluationError } from '../../expressions/evaluation-error';
import { compileValueExpression } from '../../expressions/value-expression';
import type { FailState } from '../../asl/types';
import type { BranchScope } from '../branch';
import { Failure } from '../failure';
import type { CompiledState } from '../program';

/** Fail: ends its branch with an error. It has no Exited event. https://states-language.net/spec.html#fail-state */
export function compileFail(name: string, state: FailState): CompiledState {
  const error = compileText(state.Error, state.ErrorPath, 'ErrorPath');
  const cause = compileText(state.Cause, state.CausePath, 'CausePath');
  return {
    name,
    type: 'Fail',
    entered: 'FailStateEntered',
    run({ scope, frame }) {
      scope.input = frame.input;
      throw new Failure(error(scope), cause(scope));
    },
  };
}

function compileText(
  literal: string | undefined,
  path: string | undefined,
  field: string,
): (scope: BranchScope) => string | undefined {
  if (path === undefined) return () => literal;
  const evaluate = compileValueExpression(path, field);
  return (scope) => {
    const value = evaluate(scope);
    if (typeof value === 'string') return value;
    throw new EvaluationError(
      'States.Runtime',
      `The ${field} parameter does not reference a string: ${path} == ${JSON.stringify(value)}`,
    );
  };
}
