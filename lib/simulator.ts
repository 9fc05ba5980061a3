/**
 * `cdk-baton/simulator`: runs Amazon States Language in this process, on a virtual clock. Loads neither aws-cdk-lib nor Jest.
 * @packageDocumentation
 */
export { DefinitionError, type Problem } from './asl/problem';
export { parse } from './asl/parse';
export type * from './asl/types';
export type { Json, JsonArray, JsonObject } from './json/json';
export { compile } from './simulator/compile';
export type { Machine, Snapshot } from './simulator/execution';
export type { HistoryEvent, HistoryEventType } from './simulator/history-event';
export type { FailedRun, Run, SucceededRun } from './simulator/run';
export { SimulatorError } from './simulator/simulator-error';
export { StatesError } from './simulator/states-error';
export type { Answer, Perform, TaskCall, UnscheduledCall } from './simulator/task-call';
export { createWorld, DEFAULT_SEED, type StartedExecution, type World, type WorldOptions } from './simulator/world';
