import type { MapState } from '../../asl/types';
import { EvaluationError } from '../../expressions/evaluation-error';
import { compilePath } from '../../expressions/json-path';
import { isArray, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { type Branch, BranchScope, record, recordAside } from '../branch';
import { compileFilter, compileOutput, compileTemplate, withinInputLimit } from '../data-flow';
import type { Routine } from '../effects';
import type { Branching } from '../frame';
import { type Branches, joinBranches } from '../join-branches';
import { MAX_INLINE_CONCURRENCY } from '../limits';
import { withPolicies } from '../policies';
import type { ExitableState, Program } from '../program';
import { SimulatorError } from '../simulator-error';

/** Inline Map: the same states for every item. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
export function compileMap(name: string, state: MapState, processor: Program): ExitableState {
  const inputFilter = compileFilter(state.InputPath);
  const output = compileOutput(state);
  const items = compileItems(state.ItemsPath ?? '$');
  const maxConcurrency = compileMaxConcurrency(state);
  const selectItem = compileTemplate(state.ItemSelector);
  const program = (): Program => processor;

  function* attempt(branch: Branch): Routine<Json> {
    const { frame, scope } = branch;
    for (;;) {
      const { step } = frame;
      switch (step.at) {
        case 'entered': {
          scope.input = frame.input;
          const limit = maxConcurrency(scope);
          const effectiveInput = inputFilter(scope);
          const list = items(scope);
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
          continue;
        }
        case 'branches': {
          const result = yield* joinBranches(branch, step, iterations(step, step.items ?? []));
          recordAside(branch, { at: 'succeeded', result }, 'MapStateSucceeded', undefined);
          return result;
        }
        case 'succeeded':
          return step.result;
        default:
          throw new SimulatorError(`The frame of the Map "${name}" stands at "${step.at}", where no Map can stand.`);
      }
    }
  }

  const iterations = (step: Branching, list: readonly Json[]): Branches => {
    const item = (index: number): JsonObject => ({ Index: index, Value: list[index] as Json });
    return {
      count: list.length,
      program,
      item,
      input: (branch, index) => {
        if (state.ItemSelector === undefined) return list[index] as Json;
        const { execution, frame } = branch;
        const scope = new BranchScope(execution, { ...frame, item: item(index) });
        scope.input = step.effectiveInput;
        return withinInputLimit(name, branch, selectItem(scope));
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
    routine: withPolicies(
      state,
      {
        attempt,
        output: ({ scope, frame }, result) => output(scope, frame.input, result),
        failed: (branch, { error, cause, heartbeat }) =>
          record(branch, { at: 'stateFailed', error, cause, heartbeat }, 'MapStateFailed', undefined),
      },
      () => compiled,
    ),
  };
  return compiled;
}

function compileItems(source: string): (scope: BranchScope) => readonly Json[] {
  const path = compilePath(source);
  return (scope) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', path.missing(scope));
    if (isArray(value)) return value;
    throw new EvaluationError('States.Runtime', `Reference path "${source}" must point to array.`);
  };
}

/** 0 and absence mean as many as AWS allows. */
function compileMaxConcurrency(state: MapState): (scope: BranchScope) => number {
  const bounded = (value: number): number => (value === 0 ? MAX_INLINE_CONCURRENCY : Math.min(value, MAX_INLINE_CONCURRENCY));
  const { MaxConcurrency: literal, MaxConcurrencyPath: source } = state;
  if (source === undefined) {
    const limit = bounded(literal ?? 0);
    return () => limit;
  }
  const path = compilePath(source);
  return (scope) => {
    const value = path.evaluate(scope);
    if (value === undefined) throw new EvaluationError('States.Runtime', path.missing(scope));
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return bounded(value);
    throw new EvaluationError(
      'States.Runtime',
      typeof value === 'number' && value < 0
        ? `The MaxConcurrencyPath field refers to value "${value}" which is negative: ${source}`
        : `The MaxConcurrencyPath field refers to value "${typeof value === 'string' ? value : renderJson(value)}" which is not a valid integer: ${source}`,
    );
  };
}
