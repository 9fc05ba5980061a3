import type { Json } from '../../json/json';
import type { Fields } from '../form';
import type { JsonataScope } from '../scope';
import { type CompiledClosure, tryCompileClosure } from './closures';
import { evaluateByTwin } from './evaluate-by-twin';
import { toJsonResult } from './json-result';
import { BAIL } from './operators';
import { findReferences, type StatesField } from './references';
import { parseJsonata } from './twin';

/** A compiled JSONata expression. Synchronous, without effects but for the scope's randomness. */
export interface JsonataExpression {
  /** The text between `{%` and `%}`, without the blanks around it. */
  readonly source: string;
  /** The value, frozen, or undefined where the expression gives nothing. Throws JsonataError. */
  evaluate(scope: JsonataScope): Json | undefined;
  /** Its values are parts of the scope's input, so no larger. */
  readonly isPartOfInput: boolean;
  /** What it reads, if it does no more than that. */
  readonly fields: Fields | undefined;
  /** Names of the workflow variables it reads, without the `$`; functions are not among them. */
  readonly variables: readonly string[];
  /** Fields of `$states` that it reads; all of them where it takes `$states` whole. */
  readonly states: readonly StatesField[];
}

/**
 * Compiles a JSONata expression as Step Functions understands it: no input document, `$states` and workflow variables instead.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 * @param source the text between `{%` and `%}`
 * @throws ExpressionSyntaxError
 */
export const compileJsonata = (source: string): JsonataExpression => {
  const text = source.trim();
  return parseJsonata(text, (program) => {
    const { names, variables, states } = findReferences(program.ast());
    const byTwin = (scope: JsonataScope): Json | undefined => evaluateByTwin(program, names, scope);
    const closure = tryCompileClosure(program.ast());
    return {
      source: text,
      isPartOfInput: closure?.isPartOfInput ?? false,
      fields: closure?.fields,
      variables,
      states,
      evaluate: closure === undefined ? byTwin : evaluateBy(closure, byTwin),
    };
  });
};

const evaluateBy = ({ run, isPath }: CompiledClosure, byTwin: JsonataExpression['evaluate']): JsonataExpression['evaluate'] => {
  // What a path finds is JSON already, and finding it cannot fail.
  if (isPath) return run as JsonataExpression['evaluate'];
  return (scope) => {
    try {
      const value = run(scope);
      return value === undefined ? undefined : toJsonResult(value);
    } catch (error) {
      if (error === BAIL) return byTwin(scope);
      throw error;
    }
  };
};
