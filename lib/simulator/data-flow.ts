import { EvaluationError } from '../expressions/evaluation-error';
import { compilePath } from '../expressions/json-path';
import { compilePayloadTemplate } from '../expressions/payload-template';
import { compileReferencePath } from '../expressions/reference-path';
import type { Evaluate } from '../expressions/scope';
import type { Json, JsonObject } from '../json/json';
import { fits } from '../json/fits';
import type { Branch, BranchScope } from './branch';
import { dataLimitExceeded } from './failure';
import { MAX_PAYLOAD_BYTES } from './limits';

/** A step of the way through a state: from the document that `$` means to the next one. Leaves `scope.input` at its result. */
export type Stage = (scope: BranchScope) => Json;

const EMPTY: JsonObject = Object.freeze({});

const keep: Stage = (scope) => scope.input;

/** InputPath or OutputPath: default `$`; null gives `{}`. https://states-language.net/spec.html#filters */
export function compileFilter(path: string | null | undefined): Stage {
  if (path === undefined || path === '$') return keep;
  if (path === null) return (scope) => (scope.input = EMPTY);
  const compiled = compilePath(path);
  return (scope) => {
    const value = compiled.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', compiled.missing(scope));
    return (scope.input = value);
  };
}

/** Parameters, ResultSelector or ItemSelector; absent: nothing changes. */
export function compileTemplate(template: Json | undefined): Stage {
  if (template === undefined) return keep;
  const evaluate: Evaluate = compilePayloadTemplate(template);
  return (scope) => (scope.input = evaluate(scope));
}

/** ResultPath: where the result goes in the raw input. Default `$`: the result replaces it; null: the result is dropped. */
export function compileResultPath(path: string | null | undefined): (rawInput: Json, result: Json) => Json {
  if (path === undefined || path === '$') return (_rawInput, result) => result;
  if (path === null) return (rawInput) => rawInput;
  const reference = compileReferencePath(path);
  return (rawInput, result) => reference.write(rawInput, result);
}

interface InputFields {
  readonly InputPath?: string | null;
  readonly Parameters?: Json;
}

/** From raw input to effective input: InputPath → Parameters. */
export function compileInput(name: string, state: InputFields): (branch: Branch, rawInput: Json) => Json {
  const filter = compileFilter(state.InputPath);
  const template = compileTemplate(state.Parameters);
  if (filter === keep && template === keep) return ({ scope }, rawInput) => (scope.input = rawInput);
  return (branch, rawInput) => {
    const { scope } = branch;
    scope.input = rawInput;
    filter(scope);
    return template === keep ? scope.input : withinInputLimit(name, branch, template(scope));
  };
}

/** What Parameters or ItemSelector have made may be no larger than any payload. @throws Failure */
export function withinInputLimit(name: string, { execution }: Branch, input: Json): Json {
  if (fits(input, MAX_PAYLOAD_BYTES)) return input;
  execution.assume('input-over-limit');
  throw dataLimitExceeded(name);
}

interface OutputFields {
  readonly ResultSelector?: Json;
  readonly ResultPath?: string | null;
  readonly OutputPath?: string | null;
}

/** From result to output: ResultSelector → ResultPath into the raw input → OutputPath. */
export function compileOutput(state: OutputFields): (scope: BranchScope, rawInput: Json, result: Json) => Json {
  const select = compileTemplate(state.ResultSelector);
  const place = compileResultPath(state.ResultPath);
  const filter = compileFilter(state.OutputPath);
  return (scope, rawInput, result) => {
    scope.input = result;
    scope.input = place(rawInput, select(scope));
    return filter(scope);
  };
}
