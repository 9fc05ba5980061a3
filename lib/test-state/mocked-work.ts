import { tryParseResource } from '../asl/resource';
import type { State } from '../asl/types';
import { isArray, isObject, type Json } from '../json/json';
import { checkResponse } from '../services/api-model/check-response';
import type { Branch } from '../simulator/branch';
import { Failure } from '../simulator/failure';
import { readJsonParameter } from './json-parameter';
import type { Mock, StateConfiguration, TestStateRequest } from './request';
import { hasInside } from './state-under-test';
import { TestStateError, validationException } from './test-state-error';

/** What the mock makes of the state's work. */
export type MockedWork = MockedResult | MockedError;

/** The work comes to a result. */
export interface MockedResult {
  readonly kind: 'result';
  readonly result: Json;
  /** What of the result could not be held against AWS's model. */
  readonly unchecked: readonly string[];
}

/** The work fails. */
export interface MockedError {
  readonly kind: 'error';
  readonly error: string;
  readonly cause: string | undefined;
}

/** The work is done, as the mock says. @throws Failure */
export function succeed({ frame }: Branch, mock: MockedWork): undefined {
  if (mock.kind === 'error') throw new Failure(mock.error, mock.cause);
  frame.step = { at: 'succeeded', result: mock.result };
}

/** What only makes sense beside a mock, as AWS names it (the second is recorded; `Context` and the others by analogy). */
const NEEDS_MOCK: readonly (readonly [keyof StateConfiguration, string])[] = [
  ['retrierRetryCount', 'RetrierRetryCount'],
  ['mapIterationFailureCount', 'MapIterationFailureCount'],
  ['errorCausedByState', 'ErrorCausedByState'],
  ['mapItemReaderData', 'MapItemReaderData'],
];

/** Refuses what does not go together, whatever the definition is. @throws TestStateError */
export function checkCombinations({ mock, revealSecrets, context, stateConfiguration = {} }: TestStateRequest): void {
  if (mock === undefined) {
    const lonely = NEEDS_MOCK.find(([parameter]) => stateConfiguration[parameter] !== undefined)?.[1];
    const name = lonely ?? (context === undefined ? undefined : 'Context');
    if (name !== undefined) throw validationException(`TestState does not support ${name} when a mock is not specified.`);
    return;
  }
  if (revealSecrets === true) throw validationException('TestState does not support RevealSecrets when a mock is specified.');
  if (mock.result !== undefined && mock.errorOutput !== undefined)
    throw validationException('A test mock should have only one of the following fields: [result, errorOutput].');
  if (mock.result === undefined && mock.errorOutput === undefined)
    throw validationException('A test mock should have one of the following fields: [result, errorOutput].');
  if (mock.errorOutput !== undefined && typeof mock.errorOutput.error !== 'string')
    throw validationException('A mocked error output should have the field [error].');
}

/** Refuses a state that needs a mock, or a role, and has none. @throws TestStateError */
export function checkUnmocked(state: State, roleArn: string | undefined): void {
  if (state.Type === 'Map' || state.Type === 'Parallel')
    throw new TestStateError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  if (state.Type !== 'Task') return;
  const resource = tryParseResource(state.Resource);
  if (resource?.kind === 'activity')
    throw new TestStateError('InvalidDefinition', 'TestState API does not support Activity tasks when a mock is not specified.');
  if (resource?.kind === 'service' && resource.pattern !== 'requestResponse')
    throw new TestStateError(
      'InvalidDefinition',
      `TestState API does not support the .${resource.pattern} service integration pattern when a mock is not specified.`,
    );
  if (roleArn === undefined) throw validationException('RoleArn must be specified when testing a Task state');
}

/** Reads the mock and holds it against the state. @throws TestStateError */
export function readMock(state: State, mock: Mock, configuration: StateConfiguration): MockedWork {
  if (state.Type !== 'Task' && state.Type !== 'Map' && state.Type !== 'Parallel')
    throw validationException(`State type '${state.Type}' is not supported when a mock is specified`);
  checkConfiguration(state, configuration);
  const { errorOutput } = mock;
  if (errorOutput !== undefined) return { kind: 'error', error: errorOutput.error, cause: errorOutput.cause };
  const result = readJsonParameter(mock.result ?? null, 'the mocked result', () =>
    validationException('Mocked result must be valid JSON'),
  );
  switch (state.Type) {
    case 'Task':
      return { kind: 'result', result, unchecked: checkTaskResult(state.Resource, result, mock) };
    case 'Parallel':
      if (!isArray(result)) throw validationException('Mocked result must be an array.');
      if (result.length !== state.Branches.length)
        throw validationException('Mocked result must contain the same number of items as number of Parallel branches.');
      return { kind: 'result', result, unchecked: [] };
    case 'Map': {
      const isExported = isObject(result) && state.ResultWriter !== undefined;
      if (!isArray(result) && !isExported) throw validationException('Mocked result must be an array.');
      const { mapIterationFailureCount: failures = 0 } = configuration;
      if (isArray(result) && failures > result.length)
        throw validationException('MapIterationFailureCount must not exceed the number of items in the mocked result.');
      return { kind: 'result', result, unchecked: [] };
    }
  }
}

/** What the request configures and the state does not have. */
function checkConfiguration(state: State, configuration: StateConfiguration): void {
  const { errorCausedByState: source, mapIterationFailureCount: failures, mapItemReaderData: data } = configuration;
  const refuse = (parameter: string): Error =>
    validationException(`State type '${state.Type}' is not supported when ${parameter} is specified`);
  if (failures !== undefined && state.Type !== 'Map') throw refuse('MapIterationFailureCount');
  if (data !== undefined && state.Type !== 'Map') throw refuse('MapItemReaderData');
  if (data !== undefined && !('ItemReader' in state))
    throw validationException('MapItemReaderData is not supported when the Map state has no ItemReader');
  if (source === undefined) return;
  if (state.Type !== 'Map' && state.Type !== 'Parallel') throw refuse('ErrorCausedByState');
  if (!hasInside(state, source)) throw validationException('State not found in definition');
}

/** AWS names one problem of several. */
function checkTaskResult(arn: string, result: Json, { fieldValidationMode = 'STRICT' }: Mock): readonly string[] {
  const resource = tryParseResource(arn);
  // A function or an activity answers what it wants.
  if (resource?.kind !== 'service') return [];
  const { problems, unchecked } = checkResponse(resource, result, fieldValidationMode);
  const [first] = problems;
  if (first !== undefined) throw validationException(`Mock result schema validation error: ${first.message}`);
  return unchecked;
}
