import type { Json } from '../../json/json';
import type { JsonataProgram } from '../../vendor/jsonata';
import type { JsonataScope } from '../scope';
import { gate } from './gate';
import { toJsonResult } from './json-result';
import { toJsonataError } from './jsonata-error';
import { LIBRARY_NAMES, stepFunctionsLibrary } from './step-functions-library';

/**
 * Evaluates an expression by the twin, within its bounds. Undefined where it gives nothing.
 * @param names the expression's free variables
 * @throws JsonataError
 */
export const evaluateByTwin = (program: JsonataProgram, names: readonly string[], scope: JsonataScope): Json | undefined => {
  const bindings = bindingsOf(names, scope);
  gate.open(scope);
  try {
    const value = program.evaluate(undefined, bindings);
    return value === undefined ? undefined : toJsonResult(value);
  } catch (thrown) {
    throw toJsonataError(thrown);
  } finally {
    gate.close();
  }
};

/** What the names mean: a workflow variable, or else a function of Step Functions. $eval, which Step Functions does not have, is nothing. */
const bindingsOf = (names: readonly string[], scope: JsonataScope): object => {
  const bindings: Record<string, unknown> = { states: statesOf(scope), eval: undefined };
  let library: ReadonlyMap<string, unknown> | undefined;
  for (const name of names)
    if (Object.hasOwn(scope.variables, name)) bindings[name] = scope.variables[name];
    else if (LIBRARY_NAMES.has(name)) {
      library ??= stepFunctionsLibrary(scope.random);
      bindings[name] = library.get(name);
    }
  return bindings;
};

/** `$states`, in the order in which AWS writes it. The Context Object is made when it is read. */
const statesOf = (scope: JsonataScope): object => {
  const states: Record<string, unknown> = { input: scope.input };
  Object.defineProperty(states, 'context', { get: () => scope.context(), enumerable: true });
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  if (scope.result !== undefined) states.result = scope.result;
  return states;
};
