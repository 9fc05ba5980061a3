import type { MapState } from '../asl/types';
import { EvaluationError } from '../expressions/evaluation-error';
import { isArray, type Json } from '../json/json';
import type { DataFlow } from '../simulator/data-flow/data-flow';
import { withinInputLimit } from '../simulator/data-flow/json-path';
import { Failure } from '../simulator/failure';
import { compileItemSelector, compileMaxConcurrency } from '../simulator/states/map';
import type { Inspection, MapConfiguration } from './inspection';
import { compileItemBatcher } from './item-batches';
import { compileMapItems, type MapItem } from './map-items';
import { type MockedWork, succeed } from './mocked-work';
import { compileNumberField } from './number-field';
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
  const count = compileNumberField(
    'ToleratedFailureCount',
    state.ToleratedFailureCount,
    state.ToleratedFailureCountPath,
    'integer',
  );
  const percentage = compileNumberField(
    'ToleratedFailurePercentage',
    state.ToleratedFailurePercentage,
    state.ToleratedFailurePercentagePath,
    'float',
  );

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
    note('toleratedFailureCount', withinRange('ToleratedFailureCount', count(branch)));
    note('toleratedFailurePercentage', withinRange('ToleratedFailurePercentage', percentage(branch)));
    if (list !== undefined && (selectItem !== undefined || batches !== undefined)) {
      const inputs = select(branch, effectiveInput, list);
      if (selectItem !== undefined) inspection.afterItemSelector = inputs;
      if (batches !== undefined) inspection.afterItemBatcher = batches(branch, inputs);
    }
    succeed(branch, mock);
    const total = list?.length ?? lengthOf(mock) ?? failures;
    // Without a threshold, failed iterations do not fail the state (recorded).
    if (failures > (inspection.toleratedFailureCount ?? Infinity)) throw thresholdExceeded();
    if ((failures / total) * 100 > (inspection.toleratedFailurePercentage ?? Infinity)) throw thresholdExceeded();
    return undefined;
  };

  function note(field: 'toleratedFailureCount' | 'toleratedFailurePercentage', value: number | undefined): void {
    if (value !== undefined) inspection[field] = value;
  }
}

const lengthOf = (mock: MockedWork): number | undefined =>
  mock.kind === 'result' && isArray(mock.result) ? mock.result.length : undefined;

/** AWS's words (recorded). https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold */
const thresholdExceeded = (): Failure =>
  new Failure('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');

function withinRange(
  field: 'ToleratedFailureCount' | 'ToleratedFailurePercentage',
  value: number | undefined,
): number | undefined {
  if (value === undefined) return undefined;
  if (field === 'ToleratedFailureCount' && value < 0)
    throw new EvaluationError('States.Runtime', 'ToleratedFailureCount cannot be negative.');
  if (field === 'ToleratedFailurePercentage' && (value < 0 || value > 100))
    throw new EvaluationError('States.Runtime', 'ToleratedFailurePercentage must be between 0 and 100.');
  return value;
}
