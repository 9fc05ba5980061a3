import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { EvaluationError } from '../evaluation-error';
import type { Path } from '../json-path';
import type { Evaluate, Scope } from '../scope';
import { intrinsicFunctions, type IntrinsicFunction } from './intrinsic-functions';
import { parseIntrinsic, type IntrinsicCall, type IntrinsicNode } from './parse-intrinsic';

/**
 * Reads an intrinsic function call, with calls in it, and makes it a function of the scope. Evaluating throws EvaluationError
 * (States.Runtime) with AWS's words, which name the whole expression.
 * @throws ExpressionSyntaxError
 */
export const compileIntrinsic = (text: string): Evaluate => compileCall(parseIntrinsic(text), text);

const compileCall = (call: IntrinsicCall, text: string): Evaluate => {
  const intrinsic = intrinsicFunctions[call.name] as IntrinsicFunction;
  const isFormat = call.name === 'States.Format';
  const args = call.args.map((node, index) => {
    const evaluate = compileNode(node, text, isFormat && index === 0);
    return isFormat && index > 0 && node.kind === 'call' && node.name === 'States.StringToJson' ? asJsonText(evaluate) : evaluate;
  });
  const fits = args.length >= intrinsic.arity[0] && args.length <= intrinsic.arity[1];
  const first = call.args[0]?.kind === 'literal' ? intrinsic.compile?.(literalOf(call.args[0], isFormat)) : undefined;
  const run: IntrinsicFunction['run'] = first ?? ((values, random) => intrinsic.run(values, random));
  const others = first === undefined ? args : args.slice(1);
  return (scope) => {
    const values: Json[] = [];
    for (const evaluate of others) values.push(evaluate(scope));
    let result: Json | undefined;
    try {
      result = fits ? run(values, scope.random) : undefined;
    } catch (error) {
      throw error instanceof EvaluationError ? failure(text, error.message) : error;
    }
    if (result === undefined) throw failure(text, `Invalid arguments in ${call.name}`);
    return result;
  };
};

const failure = (text: string, why: string): EvaluationError =>
  new EvaluationError('States.Runtime', `There was an error while evaluating the intrinsic function: ${text}. ${why}`);

/** A template of States.Format goes with its escapes: only there does `\{` differ from `{`. */
const literalOf = ({ value, source }: Extract<IntrinsicNode, { kind: 'literal' }>, isTemplate: boolean): Json =>
  isTemplate && source !== undefined ? source : value;

const compileNode = (node: IntrinsicNode, text: string, isTemplate: boolean): Evaluate => {
  switch (node.kind) {
    case 'literal': {
      const value = literalOf(node, isTemplate);
      return () => value;
    }
    case 'path': {
      const { path } = node;
      // Only an index needs a closer look.
      if (!path.isReference || path.keys.some((key) => typeof key === 'number')) return (scope) => argument(path, text, scope);
      return (scope) => path.evaluate(scope) ?? argument(path, text, scope);
    }
    case 'call':
      return compileCall(node, text);
  }
};

/**
 * What States.StringToJson gives goes into a text as JSON, a string in its quotes. (Measured on AWS: that it differs from any other
 * string, github.com/gabrielmoreira/tiny-asl-machine; assumed: how.)
 */
const asJsonText =
  (evaluate: Evaluate): Evaluate =>
  (scope) =>
    renderJson(evaluate(scope));

/** An index past the end is null in a field of its own, but a miss in an argument. https://github.com/floci-io/floci/pull/3002 */
const argument = (path: Path, text: string, scope: Scope): Json => {
  const found = path.find(scope);
  if ('value' in found && !found.isPastEnd) return found.value;
  const why =
    'miss' in found && found.miss.startsWith('Filter: ')
      ? found.miss
      : `The JsonPath argument for the field '${path.root.kind === 'context' ? path.text.slice(1) : path.text}' ` +
        `could not be found in the input '${renderJson(scope.input)}'`;
  throw new EvaluationError('States.Runtime', `The function '${text}' had the following error: ${why}`);
};
