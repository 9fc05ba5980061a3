import { renderJson } from '../../json/render-json';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compileValueExpression } from '../../expressions/value-expression';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { isJsonata } from '../../expressions/jsonata/jsonata-template';
import type { FailState, QueryLanguage } from '../../asl/types';
import type { Branch } from '../branch';
import { statesScope } from '../data-flow/jsonata';
import { Failure } from '../failure';
import type { CompiledState } from '../program';

/** Fail: ends its branch with an error. It has no Exited event. https://states-language.net/spec.html#fail-state */
export function compileFail(name: string, state: FailState, language: QueryLanguage): CompiledState {
  const error = compileText(language, 'Error', state.Error, state.ErrorPath);
  const cause = compileText(language, 'Cause', state.Cause, state.CausePath);
  return {
    name,
    type: 'Fail',
    entered: 'FailStateEntered',
    run(branch) {
      branch.scope.input = branch.frame.input;
      throw new Failure(error(branch), cause(branch));
    },
  };
}

function compileText(
  language: QueryLanguage,
  field: string,
  literal: string | undefined,
  path: string | undefined,
): (branch: Branch) => string | undefined {
  if (language === 'JSONata' && isJsonata(literal)) {
    const evaluate = compileJsonataField(literal, field, 'string');
    return (branch) => evaluate(statesScope(branch));
  }
  if (path === undefined) return () => literal;
  const { evaluate } = compileValueExpression(path, `${field}Path`);
  return ({ scope }) => {
    const value = evaluate(scope);
    if (typeof value === 'string') return value;
    throw new EvaluationError(
      'States.Runtime',
      `The ${field}Path parameter does not reference a string: ${path} == ${renderJson(value)}`,
    );
  };
}
