import type { MapState } from '../asl/types';
import { isArray, type Json } from '../json/json';
import type { DataFlow } from '../simulator/data-flow/data-flow';
import { withinInputLimit } from '../simulator/data-flow/json-path';
import { compileTolerance, toleranceExceeded } from '../simulator/map-run/tolerance';
import { compileItemSelector, compileMaxConcurrency } from '../simulator/states/map';
import type { Inspection, MapConfiguration } from './inspection';
import { compileItemBatcher } from './item-batches';
import { compileMapItems, type MapItem } from './map-items';
import { type MockedWork, succeed } from './mocked-work';
import type { StateUnderTest } from './state-under-test';
import type { TestedBranch } from './tested-branch';
import type { Work } from './tested-policies';

/**
 * A Map's own data flow around a mocked result: items, their selection and batches, limits. No iteration runs.
 * How AWS orders the steps is recorded for the items and MaxConcurrency alone.
 */
export function compileMapWork(
  { name, state, language }: StateUnderTest & { readonly state: MapState },
  flow: DataFlow,
  mock: MockedWork,
  { mapIterationFailureCount: failures = 0, mapItemReaderData: data }: MapConfiguration,
  inspection: Inspection,
): Work {
  const items = compileMapItems(state, language, data, inspection);
  const selectItem = compileItemSelector(state, language);
  const batches = state.ItemBatcher === undefined ? undefined : compileItemBatcher(state.ItemBatcher, language);
  const maxConcurrency = compileMaxConcurrency(state);
  const tolerance = compileTolerance(state);

  const select = (branch: TestedBranch, effectiveInput: Json, list: readonly MapItem[]): readonly Json[] =>
    list.map(({ value, key }, index) => {
      if (selectItem === undefined) return key === undefined ? value : { Key: key, Value: value };
      const scope = branch.scope.ofItem({ Index: index, ...(key === undefined ? {} : { Key: key }), Value: value });
      scope.input = effectiveInput;
      return withinInputLimit(name, branch, selectItem(scope, branch));
    });

  return (branch) => {
    const effectiveInput = flow.input(branch);
    const list = items(branch);
    branch.scope.input = branch.frame.input;
    inspection.maxConcurrency = maxConcurrency(branch);
    const { count, percentage } = tolerance(branch);
    if (count !== undefined) inspection.toleratedFailureCount = count;
    if (percentage !== undefined) inspection.toleratedFailurePercentage = percentage;
    if (list !== undefined && (selectItem !== undefined || batches !== undefined)) {
      const inputs = select(branch, effectiveInput, list);
      if (selectItem !== undefined) inspection.afterItemSelector = inputs;
      if (batches !== undefined) inspection.afterItemBatcher = batches(branch, inputs);
    }
    succeed(branch, mock);
    const total = list?.length ?? lengthOf(mock) ?? failures;
    // Without a threshold, failed iterations do not fail the state (recorded).
    if (failures > (count ?? Infinity) || (failures / total) * 100 > (percentage ?? Infinity)) throw toleranceExceeded();
    return undefined;
  };
}

const lengthOf = (mock: MockedWork): number | undefined =>
  mock.kind === 'result' && isArray(mock.result) ? mock.result.length : undefined;
