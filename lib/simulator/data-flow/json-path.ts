import { EvaluationError } from '../../expressions/evaluation-error';
import { compilePath } from '../../expressions/json-path';
import { BYTES_BESIDE_PART } from '../../expressions/form';
import { compilePayloadTemplate } from '../../expressions/payload-template';
import { compileReferencePath } from '../../expressions/reference-path';
import { MAX_UNIT_BYTES } from '../../json/fits';
import type { Json, JsonObject } from '../../json/json';
import { type Branch, type BranchScope, sizeOrBound } from '../branch';
import { dataLimitExceeded } from '../failure';
import { MAX_PAYLOAD_BYTES } from '../limits';
import type { DataFlow } from './data-flow';

/** A step of the way through a state: from the document that `$` means to the next one. Leaves `scope.input` at its result. */
export type Stage = (scope: BranchScope) => Json;

const EMPTY: JsonObject = Object.freeze({});

const keep: Stage = (scope) => scope.input;

/** InputPath or OutputPath: default `$`; null gives `{}`. https://states-language.net/spec.html#filters */
export function compileFilter(path: string | null | undefined): Stage {
  if (path === undefined || path === '$') return keep;
  if (path === null) return (scope) => (scope.input = EMPTY);
  const compiled = compilePath(path);
  const isPart = compiled.isReference && compiled.root.kind === 'input';
  return (scope) => {
    const value = compiled.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', compiled.missing(scope));
    if (isPart) scope.remember(value, scope.knownBound(scope.input) + BYTES_BESIDE_PART);
    return (scope.input = value);
  };
}

/** Parameters, ResultSelector or ItemSelector; absent: nothing changes. */
export function compileTemplate(template: Json | undefined): Stage {
  if (template === undefined) return keep;
  const { make, boundFor } = compilePayloadTemplate(template);
  return (scope) => {
    const sum = { bytes: boundFor(scope.knownBound(scope.input)) };
    scope.input = make(scope, sum);
    scope.remember(scope.input, sum.bytes);
    return scope.input;
  };
}

/** ResultPath: where the result goes in the raw input. Default `$`: the result replaces it; null: the result is dropped. */
export function compileResultPath(path: string | null | undefined): (rawInput: Json, result: Json) => Json {
  if (path === undefined || path === '$') return (_rawInput, result) => result;
  if (path === null) return (rawInput) => rawInput;
  const reference = compileReferencePath(path);
  return (rawInput, result) => reference.write(rawInput, result);
}

/** What Parameters or ItemSelector have made may be no larger than any payload. @throws Failure */
export function withinInputLimit(name: string, { execution, scope }: Pick<Branch, 'execution' | 'scope'>, input: Json): Json {
  const bytes = sizeOrBound(scope, input);
  scope.remember(input, bytes);
  if (bytes <= MAX_PAYLOAD_BYTES) return input;
  execution.assume('input-over-limit');
  throw dataLimitExceeded(name);
}

/** The JSONPath fields around a state's work. */
export interface JsonPathFields {
  readonly InputPath?: string | null;
  readonly Parameters?: Json;
  readonly ResultSelector?: Json;
  readonly ResultPath?: string | null;
  readonly OutputPath?: string | null;
  readonly Assign?: JsonObject;
}

/**
 * InputPath → Parameters, then ResultSelector → ResultPath into the raw input → OutputPath. `$` in Assign is the result.
 * https://states-language.net/spec.html#filters
 */
export function compileJsonPathFlow(name: string, fields: JsonPathFields): DataFlow {
  const select = compileTemplate(fields.ResultSelector);
  const place = compileResultPath(fields.ResultPath);
  const pathBytes = resultPathBytes(fields.ResultPath);
  const filter = compileFilter(fields.OutputPath);
  const assign = compileJsonPathAssign(fields.Assign);
  return {
    input: compileInput(name, fields),
    output({ scope, frame }, result) {
      const assigned = assign?.(scope, result);
      scope.input = result;
      const selected = select(scope);
      scope.input = place(frame.input, selected);
      if (scope.input !== selected)
        scope.remember(scope.input, scope.knownBound(frame.input) + scope.knownBound(selected) + pathBytes);
      return { output: filter(scope), assigned };
    },
  };
}

/** Upper bound of what ResultPath adds to the input beside the result: names, quotes, colons, braces. */
const resultPathBytes = (path: string | null | undefined): number => 2 * MAX_UNIT_BYTES * (path ?? '').length;

function compileInput(name: string, fields: JsonPathFields): (branch: Branch) => Json {
  const filter = compileFilter(fields.InputPath);
  const template = compileTemplate(fields.Parameters);
  return (branch) => {
    const { scope, frame } = branch;
    scope.input = frame.input;
    filter(scope);
    return template === keep ? scope.input : withinInputLimit(name, branch, template(scope));
  };
}

/** The variables that Assign gives, from what `$` means in it; all right-hand sides see the values at the state's entry. */
export function compileJsonPathAssign(
  assign: JsonObject | undefined,
): ((scope: BranchScope, document: Json) => JsonObject) | undefined {
  if (assign === undefined) return undefined;
  const { make } = compilePayloadTemplate(assign);
  return (scope, document) => {
    scope.input = document;
    return make(scope, { bytes: 0 }) as JsonObject;
  };
}
