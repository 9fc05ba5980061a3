/**
 * `cdk-baton/simulator`: runs Amazon States Language in this process, on a virtual clock. Loads neither aws-cdk-lib nor Jest.
 * @packageDocumentation
 */
export type { CheckOptions } from './asl/check';
export type { DefinitionOptions } from './asl/parse';
export { DefinitionError, type Problem, renderInvalidDefinition } from './asl/problem';
export type { Diagnostic, ValidateOptions, Validation } from './asl/validate';
export type * from './asl/types';
export type { Json, JsonArray, JsonObject } from './json/json';
export { type Assumption, type AssumptionId, ASSUMPTIONS } from './simulator/assumptions';
export { compile } from './simulator/compile';
export type { Machine, Snapshot } from './simulator/execution';
export type { Headroom, LargestPayload } from './simulator/headroom';
export type { HistoryEvent, HistoryEventType } from './simulator/history-event';
export { type Pace, patientPace, runningPace } from './simulator/pace';
export type { FailedRun, Run, SucceededRun } from './simulator/run';
export type { ActivityTask } from './simulator/scheduler';
export { SimulatorError } from './simulator/simulator-error';
export { StatesError } from './simulator/states-error';
export type { ActivityWorker, Answer, Perform, TaskCall, UnscheduledCall } from './simulator/task-call';
export { createWorld, DEFAULT_SEED, type StartedExecution, type World, type WorldOptions } from './simulator/world';
export type { FieldValidationMode } from './services/api-model/field-validation-mode';
export type { Email, EmailContent } from './services/ses/email';
export type * from './test-state/request';
export type * from './test-state/response';
export type { TestStateOptions } from './test-state/test-state';
export { TestStateError } from './test-state/test-state-error';
export { check } from './testing/check';
export type { ConstructLike, ResourceLike } from './testing/construct';
export { activity, type ActivityAnswer } from './testing/fakes/activity';
export { type Fake, type FakeCall } from './testing/fakes/fake';
export { lambda, type LambdaAnswer } from './testing/fakes/lambda';
export { type DurationLike, fails, neverAnswers, type Script, takes } from './testing/fakes/script';
export { service, type ServiceAnswer, type ServiceFakeOptions } from './testing/fakes/service';
export type { SimulatedRun, SimulationOptions } from './testing/begin';
export { callback, type CallbackOptions } from './testing/fakes/callback';
export { parse } from './testing/parse';
export { simulate } from './testing/simulate';
export { type ExecutionInHand, type ReachedState, start } from './testing/start';
export { type AssemblyMachine, cloudOf, type DefinitionLike, definitionOf, type SimulationTarget } from './testing/target';
export { testState } from './testing/test-state';
export { createTestWorld, type TestWorld, type TestWorldOptions } from './testing/test-world';
export { validate } from './testing/validate';
export { renderTimeline } from './report/timeline';
export { renderSvg } from './report/svg';
export { renderMermaid } from './report/mermaid';
export { type Server, type ServerOptions, startServer } from './server/start-server';
export type { NamedDefinition } from './testing/fill-account';
