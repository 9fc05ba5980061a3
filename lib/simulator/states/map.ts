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
import type { Branching } from '../frame';
import { type Branches, joinBranches } from '../join-branches';
import { MAX_INLINE_CONCURRENCY } from '../limits';
import { type Attempt, withPolicies } from '../policies';
import type { ExitableState, Program } from '../program';

/** Inline Map: the same states for every item. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
export function compileMap(name: string, state: MapState, language: QueryLanguage, processor: Program): ExitableState {
  // ItemSelector is no Parameters: it makes the input of an iteration, not of the state.
  const flow = compileDataFlow(name, state, language, true);
  const items = language === 'JSONata' ? compileJsonataItems(state.Items) : compileItems(state.ItemsPath ?? '$');
  const maxConcurrency = compileMaxConcurrency(state);
  const selectItem = compileItemSelector(state, language);
  const program = (): Program => processor;

  const attempt: Attempt = (branch, heard) => {
    const { frame, scope } = branch;
    if (frame.step.at === 'entered') {
      scope.input = frame.input;
      const limit = maxConcurrency(branch);
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
      input: (branch, index) => {
        if (selectItem === undefined) return list[index] as Json;
        const scope = new BranchScope(branch.execution, { ...branch.frame, item: item(index) });
        scope.input = step.effectiveInput;
        return withinInputLimit(name, branch, selectItem(scope, branch));
      },
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
        failed: (branch, { error, cause, heartbeat }, at) =>
          record(branch, { at, error, cause, heartbeat }, 'MapStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}

type ItemSelector = (scope: BranchScope, branch: Branch) => Json;

/** Sees `$$.Map.Item` of its iteration. */
function compileItemSelector({ ItemSelector: selector }: MapState, language: QueryLanguage): ItemSelector | undefined {
  if (selector === undefined) return undefined;
  if (language === 'JSONPath') return compileTemplate(selector);
  const evaluate = compileJsonataTemplate(selector, 'ItemSelector');
  return (scope, branch) => evaluate(new StatesScope(scope, branch));
}

type Items = (branch: Branch) => readonly Json[];

function compileItems(source: string): Items {
  const path = compilePath(source);
  return ({ scope }) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', path.missing(scope));
    if (isArray(value)) return value;
    throw new EvaluationError('States.Runtime', `Reference path "${source}" must point to array.`);
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

/** 0 and absence mean as many as AWS allows. */
function compileMaxConcurrency(state: MapState): (branch: Branch) => number {
  const bounded = (value: number): number => (value === 0 ? MAX_INLINE_CONCURRENCY : Math.min(value, MAX_INLINE_CONCURRENCY));
  const { MaxConcurrency: literal, MaxConcurrencyPath: source } = state;
  if (isJsonata(literal)) {
    const evaluate = compileJsonataField(literal, 'MaxConcurrency', 'integer');
    return (branch) => bounded(evaluate(statesScope(branch)));
  }
  if (source === undefined) {
    const limit = bounded(literal ?? 0);
    return () => limit;
  }
  const path = compilePath(source);
  return ({ scope }) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', path.missing(scope));
    // Digits in a text count as the integer they spell (recorded).
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return bounded(number);
    throw new EvaluationError(
      'States.Runtime',
      typeof number === 'number' && number < 0
        ? `The MaxConcurrencyPath field refers to value "${number}" which is negative: ${source}`
        : `The MaxConcurrencyPath field refers to value "${typeof value === 'string' ? value : renderJson(value)}" which is not a valid integer: ${source}`,
    );
  };
}
