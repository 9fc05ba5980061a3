import type { MapState, QueryLanguage } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compilePath } from '../../expressions/json-path';
import { compileJsonataField } from '../../expressions/jsonata/jsonata-field';
import { compileJsonataTemplate, isJsonata } from '../../expressions/jsonata/jsonata-template';
import { isArray, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { type Branch, BranchScope, record } from '../branch';
import { compileDataFlow } from '../data-flow/data-flow';
import { compileTemplate, withinInputLimit } from '../data-flow/json-path';
import { StatesScope, statesScope } from '../data-flow/jsonata';
import { type Branching, failedStep } from '../frame';
import { type Branches, joinBranches } from '../join-branches';
import { MAX_INLINE_CONCURRENCY } from '../limits';
import { compileIntegerExpression } from '../number-expression';
import { type Attempt, withPolicies } from '../policies';
import type { ExitableState, Program } from '../program';

/** Inline Map: the same states for every item. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
export function compileMap(name: string, state: MapState, language: QueryLanguage, processor: Program): ExitableState {
  // ItemSelector is no Parameters: it makes the input of an iteration, not of the state.
  const flow = compileDataFlow(name, state, language, true);
  const items = compileItems(state, language);
  const maxConcurrency = compileMaxConcurrency(state);
  const selectItem = compileIterationInput(name, state, language);
  const program = (): Program => processor;

  const attempt: Attempt = (branch, heard) => {
    const { frame, scope } = branch;
    if (frame.step.at === 'entered') {
      scope.input = frame.input;
      const limit = concurrencyOf(maxConcurrency(branch));
      const effectiveInput = flow.input(branch);
      const list = items(branch);
      record(
        branch,
        {
          at: 'branches',
          items: list,
          effectiveInput,
          frames: [],
          nextPreviousEventId: branch.execution.history.lastId + 1,
          limit,
          failedIndex: undefined,
        },
        'MapStateStarted',
        { length: list.length },
      );
    }
    const { step } = frame;
    if (step.at !== 'branches') return undefined;
    return joinBranches(branch, step, iterations(step, step.items ?? []), heard, 'MapStateSucceeded');
  };

  const iterations = (step: Branching, list: readonly Json[]): Branches => {
    const item = (index: number): JsonObject => ({ Index: index, Value: list[index] as Json });
    return {
      count: list.length,
      program,
      item,
      input: (branch, index) =>
        selectItem === undefined ? (list[index] as Json) : selectItem(branch, item(index), step.effectiveInput),
      iterationsOf: name,
    };
  };

  const compiled: ExitableState = {
    name,
    type: 'Map',
    entered: 'MapStateEntered',
    exited: 'MapStateExited',
    nested: { program, iterationsOf: name },
    run: withPolicies(
      state,
      language,
      {
        attempt,
        flow,
        failed: (branch, failure, at) => record(branch, failedStep(at, failure, branch.frame.step), 'MapStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}

/** Makes the input of an iteration, in a scope that sees `$$.Map.Item`; JSONPath reads the Map's effective input there. */
export type ItemSelector = (scope: BranchScope, branch: Branch) => Json;

/** Compiles `ItemSelector`; undefined: an iteration's input is its item. */
export function compileItemSelector({ ItemSelector: selector }: MapState, language: QueryLanguage): ItemSelector | undefined {
  if (selector === undefined) return undefined;
  if (language === 'JSONPath') return compileTemplate(selector);
  const evaluate = compileJsonataTemplate(selector, 'ItemSelector');
  return (scope, branch) => evaluate(new StatesScope(scope, branch));
}

/** Makes the input of an iteration. @param item `$$.Map.Item` */
export type IterationInput = (branch: Branch, item: JsonObject, effectiveInput: Json) => Json;

/** Compiles `ItemSelector`, with the scope that it reads and the limit of what it makes; undefined: an iteration's input is its item. */
export function compileIterationInput(name: string, state: MapState, language: QueryLanguage): IterationInput | undefined {
  const select = compileItemSelector(state, language);
  if (select === undefined) return undefined;
  return (branch, item, effectiveInput) => {
    const { execution } = branch;
    const scope = new BranchScope(execution, { ...branch.frame, item }, Infinity);
    scope.input = effectiveInput;
    return withinInputLimit(name, { execution, scope }, select(scope, branch));
  };
}

/** Gives what `ItemsPath` or `Items` leads to, whatever it is; undefined: to nothing. A Distributed Map takes objects, too. */
export function compileItemSource(
  { Items: items, ItemsPath: source = '$' }: MapState,
  language: QueryLanguage,
): (branch: Branch) => Json | undefined {
  if (language === 'JSONPath') {
    const path = compilePath(source);
    return ({ scope }) => path.evaluate(scope);
  }
  const evaluate = items === undefined ? undefined : compileJsonataTemplate(items, 'Items');
  return (branch) => (evaluate === undefined ? branch.frame.input : evaluate(statesScope(branch)));
}

/** Gives the items; JSONPath reads the effective input. Throws an `EvaluationError` where they are no array. */
export type Items = (branch: Branch) => readonly Json[];

/** Compiles `ItemsPath` or `Items`. */
export const compileItems = (state: MapState, language: QueryLanguage): Items =>
  language === 'JSONata' ? compileJsonataItems(state.Items) : compileJsonPathItems(state.ItemsPath ?? '$');

function compileJsonPathItems(source: string): Items {
  const path = compilePath(source);
  return ({ scope }) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', path.missing(scope));
    if (isArray(value)) return value;
    // AWS leaves out the first $ of a path into the Context Object (recorded).
    throw new EvaluationError('States.Runtime', `Reference path "${source.replace(/^\$\$/, '$')}" must point to array.`);
  };
}

function compileJsonataItems(items: Json | undefined): Items {
  if (isJsonata(items)) {
    const evaluate = compileJsonataField(items, 'Items', 'array');
    return (branch) => evaluate(statesScope(branch));
  }
  const evaluate = items === undefined ? undefined : compileJsonataTemplate(items, 'Items');
  return (branch) => {
    const value = evaluate === undefined ? branch.frame.input : evaluate(statesScope(branch));
    if (isArray(value)) return value;
    throw new EvaluationError('States.QueryEvaluationError', `Map state input must be an array but was: ${renderJson(value)}`);
  };
}

/** Of MaxConcurrency: what a 32-bit integer holds. */
const MAX_MAP_CONCURRENCY = 2 ** 31 - 1;

/** 0 means as many as AWS allows. */
const concurrencyOf = (value: number): number => (value === 0 ? MAX_INLINE_CONCURRENCY : Math.min(value, MAX_INLINE_CONCURRENCY));

/** Compiles `MaxConcurrency` or `MaxConcurrencyPath`, which reads the raw input. Absent: 0. */
export function compileMaxConcurrency(state: MapState): (branch: Branch) => number {
  const { MaxConcurrency: literal, MaxConcurrencyPath: source } = state;
  if (isJsonata(literal)) {
    return compileIntegerExpression('MaxConcurrency', literal, { least: 0, most: MAX_MAP_CONCURRENCY });
  }
  if (source === undefined) {
    const limit = literal ?? 0;
    return () => limit;
  }
  const path = compilePath(source);
  return ({ scope }) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', path.missing(scope));
    // Digits in a text count as the integer they spell (recorded).
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
    throw new EvaluationError(
      'States.Runtime',
      typeof number === 'number' && number < 0
        ? `The MaxConcurrencyPath field refers to value "${number}" which is negative: ${source}`
        : `The MaxConcurrencyPath field refers to value "${typeof value === 'string' ? value : renderJson(value)}" which is not a valid integer: ${source}`,
    );
  };
}
