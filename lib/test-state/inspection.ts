import type { State, StateType } from '../asl/types';
import type { Json } from '../json/json';
import { renderJson } from '../json/render-json';
import type { InspectionLevel, StateConfiguration } from './request';
import type { InspectionData, InspectionDataRequest, InspectionDataResponse, InspectionErrorDetails } from './response';

/** What was seen of the data on its way. Filled as far as the state gets. */
export interface Inspection {
  input?: Json;
  afterArguments?: Json;
  afterInputPath?: Json;
  afterParameters?: Json;
  afterItemsPath?: Json;
  afterItemsPointer?: Json;
  afterItemSelector?: Json;
  afterItemBatcher?: Json;
  maxConcurrency?: number;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
  result?: Json;
  afterResultSelector?: Json;
  afterResultPath?: Json;
  variables?: Json;
  errorDetails?: InspectionErrorDetails;
  request?: InspectionDataRequest;
  response?: InspectionDataResponse;
}

/** What the request configures of a Map. */
export type MapConfiguration = Pick<StateConfiguration, 'mapIterationFailureCount' | 'mapItemReaderData'>;

const JSON_STAGES = [
  'input',
  'afterArguments',
  'afterInputPath',
  'afterParameters',
  'afterItemsPath',
  'afterItemsPointer',
  'afterItemSelector',
  'afterItemBatcher',
  'result',
  'afterResultSelector',
  'afterResultPath',
  'variables',
] as const;
const PLAIN = ['maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage', 'errorDetails'] as const;
const HTTP = ['request', 'response'] as const;

/** Stages that AWS does not tell, though the state has them (recorded). */
const UNTOLD: Readonly<Partial<Record<StateType, readonly (typeof JSON_STAGES)[number][]>>> = {
  Parallel: ['afterArguments', 'afterInputPath', 'afterParameters', 'result'],
  Map: ['afterParameters', 'afterArguments', 'result'],
};

/** A Pass with a Result does not look at what comes before it (recorded). */
const UNTOLD_BESIDE_RESULT = ['afterInputPath', 'afterParameters'] as const;

/** The response's `inspectionData`; undefined at INFO. */
export function renderInspection(inspection: Inspection, state: State, level: InspectionLevel): InspectionData | undefined {
  if (level === 'INFO') return undefined;
  const untold: readonly string[] =
    state.Type === 'Pass' ? (state.Result === undefined ? ['result'] : UNTOLD_BESIDE_RESULT) : (UNTOLD[state.Type] ?? []);
  const data: Record<string, unknown> = {};
  for (const stage of JSON_STAGES) {
    const value = inspection[stage];
    if (value !== undefined && !untold.includes(stage)) data[stage] = renderJson(value);
  }
  for (const field of level === 'TRACE' ? [...PLAIN, ...HTTP] : PLAIN)
    if (inspection[field] !== undefined) data[field] = inspection[field];
  return data;
}
