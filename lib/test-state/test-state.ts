import { jacksonMessage } from '../json/jackson/jackson-message';
import { isObject, type Json, type JsonObject } from '../json/json';
import type { JsonError } from '../json/json-error';
import { renderJson } from '../json/render-json';
import { randomFromSeed } from '../simulator/random';
import { SimulatorError } from '../simulator/simulator-error';
import type { Perform, TaskCall } from '../simulator/task-call';
import { createWorld, DEFAULT_SEED, type WorldOptions } from '../simulator/world';
import { readContext } from './context-object';
import { type Inspection, renderInspection } from './inspection';
import { readJsonParameter } from './json-parameter';
import { checkCombinations, checkUnmocked, readMock } from './mocked-work';
import type { TestStateRequest } from './request';
import { checkRequestLimits } from './request-limits';
import type { TestStateResponse } from './response';
import { findStateUnderTest } from './state-under-test';
import { TestStateError, validationException } from './test-state-error';
import { compileTestedState } from './tested-state';
import type { Verdict } from './verdict';

/** The world that a state is tested in. */
export interface TestStateOptions extends Pick<WorldOptions, 'problems' | 'seed' | 'startTime' | 'region' | 'stallSeconds'> {
  /** Does what a Task without a mock asks for. @default - such a Task cannot be tested */
  readonly perform?: Perform;
}

/** Longest run, in seconds. https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
const MAX_SECONDS = 300;

/**
 * Tests one state alone, as AWS's TestState does since November 2025.
 *
 * ```ts
 * const { status, nextState } = await testState({
 *   definition,
 *   stateName: 'Charge card',
 *   input: { orderId: 'o-1' },
 *   mock: { errorOutput: { error: 'CardDeclined' } },
 * });
 * ```
 * A mocked result of a Task is held against AWS's model of the API that it calls, if the project has the AWS SDK's client for it.
 * @throws TestStateError (rejects) as the API refuses a request; `code` is the exception's name
 * @throws SimulatorError (rejects) where a Task has neither a mock nor something that performs it
 */
export async function testState(request: TestStateRequest, options: TestStateOptions = {}): Promise<TestStateResponse> {
  checkRequestLimits(request);
  checkCombinations(request);
  const { mock, roleArn, inspectionLevel = 'INFO', stateConfiguration: configuration = {} } = request;
  const tested = findStateUnderTest(request.definition, request.stateName);
  if (mock === undefined) checkUnmocked(tested.state, roleArn);
  const mockedWork = mock === undefined ? undefined : readMock(tested.state, mock, configuration);
  const setup = {
    mock: mockedWork,
    context: request.context === undefined ? undefined : readContext(request.context),
    variables: readVariables(request.variables),
    roleArn,
    configuration,
  };
  const input = readJsonParameter(request.input === undefined ? {} : request.input, 'input', (problem) =>
    invalidInput(request.input, problem),
  );
  const inspection: Inspection = {};
  let verdict: Verdict = { status: 'FAILED', error: 'States.Timeout' };
  const compiled = compileTestedState(tested, setup, inspection, (reported) => (verdict = reported));
  const program = {
    startAt: tested.name,
    states: new Map([[tested.name, compiled]]),
    types: new Map([[tested.name, tested.state.Type]]),
    timeoutSeconds: MAX_SECONDS,
  };
  await runAlone(program, input, roleArn, options);
  return render(verdict, inspection);

  function render({ output, ...rest }: Verdict, seen: Inspection): TestStateResponse {
    const inspectionData = renderInspection(seen, tested.state, inspectionLevel);
    return {
      ...rest,
      ...(output === undefined ? {} : { output: renderJson(output) }),
      ...(inspectionData === undefined ? {} : { inspectionData }),
      unchecked: mockedWork?.kind === 'result' ? mockedWork.unchecked : [],
    };
  }
}

function invalidInput(input: Json | undefined, error: JsonError): TestStateError {
  const message = typeof input === 'string' ? jacksonMessage(input, error) : error.message;
  return new TestStateError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${message}'`);
}

function readVariables(variables: Json | undefined): JsonObject {
  if (variables === undefined) return {};
  const refuse = (problem: string): Error => validationException(`Variables must be a JSON object literal: ${problem}`);
  const value = readJsonParameter(variables, 'variables', ({ message }) => refuse(message));
  if (!isObject(value)) throw refuse(`found ${renderJson(value)}`);
  return value;
}

/** The account that a role is of: `arn:aws:iam::<account>:role/<name>`. */
const accountOf = (roleArn: string | undefined): string => /^arn:[^:]*:iam::(\d{12}):/.exec(roleArn ?? '')?.[1] ?? '123456789012';

/** In a world of its own, as an execution with a name that AWS would make up. */
async function runAlone(
  program: Parameters<ReturnType<typeof createWorld>['startExecution']>[0]['program'],
  input: Json,
  roleArn: string | undefined,
  { perform = refuse, ...options }: TestStateOptions,
): Promise<void> {
  const world = createWorld({ ...options, perform });
  const random = randomFromSeed(`${options.seed ?? DEFAULT_SEED}/test-state`);
  const name = random.uuid();
  const arn = `arn:aws:states:${world.region}:${accountOf(roleArn)}:stateMachine:${name}`;
  await world.startExecution({ name, arn, roleArn: roleArn ?? '', program }, input, random.uuid()).run();
}

function refuse({ state, resource }: TaskCall): never {
  throw new SimulatorError(
    `"${state}" calls ${resource}, and nothing answers: give the request a mock, or testState(…) the option perform.`,
  );
}
