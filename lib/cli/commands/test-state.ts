import { Command, Option } from 'commander';
import { parse } from '../../asl/parse';
import type { StateMachine } from '../../asl/types';
import { isObject, type Json, type JsonObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { renderNearest } from '../../names/nearest-name';
import { graphOf, namesIn } from '../../report/graph';
import { FIELD_VALIDATION_MODES } from '../../services/api-model/field-validation-mode';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import type { InspectionLevel, Mock, StateConfiguration } from '../../test-state/request';
import type { TestExecutionStatus, TestStateResponse } from '../../test-state/response';
import { testState } from '../../test-state/test-state';
import { TestStateError } from '../../test-state/test-state-error';
import { checkFields, problemsInFields } from '../check-fields';
import { type Colours, coloursOf } from '../colours';
import { readDefinition } from '../definition';
import type { ExitCode } from '../exit-codes';
import { requireValid } from '../invalid-definition';
import { indented, printable } from '../printable';
import { readInput } from '../read-input';
import { renderJsonText } from '../render-json-text';
import { renderValue } from '../render-value';
import type { Surroundings } from '../surroundings';
import { UsageError } from '../usage-error';

interface TestStateOptions {
  readonly machine?: string;
  readonly state?: string;
  readonly level: InspectionLevel;
  readonly input?: string;
  readonly mock?: string;
  readonly variables?: string;
  readonly context?: string;
  readonly stateConfiguration?: string;
  readonly json?: true;
}

/** `baton test-state`: tests one state alone. */
export const testStateCommand = (surroundings: Surroundings, end: (code: ExitCode) => void): Command =>
  new Command('test-state')
    .summary('test one state alone')
    .description(
      'Tests one state alone, as the TestState API does. Values are JSON, a file in JSON or YAML, or - for standard input; they look as in the API.',
    )
    .argument('<definition>', 'file of a definition or of one state (JSON or YAML), or directory of a cloud assembly (cdk.out)')
    .option('-m, --machine <name>', 'state machine of the assembly: name, ARN, logical id or construct path')
    .option('-s, --state <name>', 'the state, at any depth; not for the file of one state')
    .option('-i, --input <value>', "the state's input (default: {})")
    .option('--mock <value>', 'what the state\'s work comes to: {"result": …} or {"errorOutput": {"error": …, "cause": …}}')
    .option('--variables <value>', 'the variables before the state')
    .option('--context <value>', 'the Context Object')
    .option('--state-configuration <value>', 'where in its visit the state stands: {"retrierRetryCount": 2}')
    .addOption(new Option('--level <level>', 'how much is told').choices(['INFO', 'DEBUG', 'TRACE']).default('INFO'))
    .option('--json', "print the API's response as JSON")
    .action(async (path: string, options: TestStateOptions) => end(await run(path, options, surroundings)));

async function run(path: string, options: TestStateOptions, surroundings: Surroundings): Promise<ExitCode> {
  const read = (option: string, given: string | undefined): Json | undefined =>
    given === undefined ? undefined : readInput(given, `the value of ${option}`, surroundings);
  const mock = options.mock === undefined ? undefined : readMock(options.mock, surroundings);
  const stateConfiguration = read('--state-configuration', options.stateConfiguration);
  checkFields(stateConfiguration, STATE_CONFIGURATION, '--state-configuration');
  const definition = readDefinition(path, options);
  const isOneState = definition.text !== undefined && isState(parseJson(definition.text, 'the definition'));
  if (isOneState && options.state !== undefined) throw new UsageError(`${path} holds one state: leave out --state.`);
  const text = isOneState ? definition.text : requireValid(definition);
  if (!isOneState) requireState(parse(text, { type: definition.type }), options.state, path);
  const request = {
    definition: text,
    stateName: options.state,
    roleArn: ROLE_ARN,
    inspectionLevel: options.level,
    input: read('--input', options.input),
    mock,
    variables: read('--variables', options.variables),
    context: read('--context', options.context),
    stateConfiguration: stateConfiguration as StateConfiguration | undefined,
  };
  const response = await testState(request, { perform: refuseUnmocked }).catch((error: unknown) => {
    throw mock === undefined ? withoutMock(error) : error;
  });
  surroundings.print(options.json === true ? renderJsonText(response) : render(response, coloursOf(surroundings.colour)));
  return response.status === 'FAILED' ? 1 : 0;
}

/** How a mock looks, for messages. */
const MOCK_FORMS = `'{"result": …}' or '{"errorOutput": {"error": "…", "cause": "…"}}'`;

/** @throws UsageError with everything that is wrong, and with what is expected */
function readMock(given: string, surroundings: Surroundings): Mock {
  const mock = readInput(given, 'the value of --mock', surroundings, `A mock is ${MOCK_FORMS}.`);
  const problems = isObject(mock) ? problemsOfMock(mock) : [`--mock must be an object; found ${JSON.stringify(mock)}.`];
  if (problems.length > 0) throw new UsageError([...problems, `A mock is ${MOCK_FORMS}.`].join('\n'));
  return mock as unknown as Mock;
}

function problemsOfMock(mock: JsonObject): readonly string[] {
  const { result, errorOutput, fieldValidationMode: mode } = mock;
  const problems = [...problemsInFields(mock, MOCK, '--mock')];
  if (result === undefined && errorOutput === undefined) problems.push('--mock has neither "result" nor "errorOutput".');
  if (result !== undefined && errorOutput !== undefined) problems.push('--mock has both "result" and "errorOutput".');
  if (isObject(errorOutput) && errorOutput['error'] === undefined) problems.push('--mock.errorOutput has no "error", the name.');
  if (typeof mode === 'string' && !FIELD_VALIDATION_MODES.some((known) => known === mode))
    problems.push(`--mock.fieldValidationMode is ${FIELD_VALIDATION_MODES.join(', ')}; found ${JSON.stringify(mode)}.`);
  return problems;
}

/** @throws UsageError with the states that there are */
function requireState(machine: StateMachine, name: string | undefined, path: string): void {
  const names = namesIn(graphOf(machine));
  if (name !== undefined && names.includes(name)) return;
  const there = `It has: ${names.join(', ')}.`;
  throw new UsageError(
    name === undefined
      ? `${path} holds a state machine. Say with --state which of its states to test, at whatever depth. ${there}`
      : `${path} has no state ${JSON.stringify(name)}.${renderNearest(name, names)} ${there}`,
  );
}

function refuseUnmocked({ state, resource }: TaskCall): never {
  throw new SimulatorError(`"${state}" calls ${resource}, and nothing answers. Say what it comes to: --mock ${MOCK_FORMS}.`);
}

/** TestState says of some states that it does not support them; with a mock it does. */
function withoutMock(error: unknown): unknown {
  if (!(error instanceof TestStateError) || !/does not support/.test(error.message)) return error;
  return new TestStateError(error.code, `${error.message}\nWith a mock it does: --mock ${MOCK_FORMS}.`, { cause: error });
}

/** Nothing is done with it; the API wants one for a Task without a mock. */
const ROLE_ARN = 'arn:aws:iam::123456789012:role/StateMachineRole';

const MOCK = {
  result: 'anything',
  errorOutput: { error: 'text', cause: 'text' },
  fieldValidationMode: 'text',
} as const satisfies Record<keyof Mock, unknown>;

const STATE_CONFIGURATION = {
  retrierRetryCount: 'number',
  errorCausedByState: 'text',
  mapIterationFailureCount: 'number',
  mapItemReaderData: 'anything',
} as const satisfies Record<keyof StateConfiguration, unknown>;

const isState = (json: Json): boolean => isObject(json) && !Object.hasOwn(json, 'States');

const TONES: Readonly<Record<TestExecutionStatus, 'good' | 'warning' | 'bad'>> = {
  SUCCEEDED: 'good',
  CAUGHT_ERROR: 'warning',
  RETRIABLE: 'warning',
  FAILED: 'bad',
};

function render(response: TestStateResponse, colours: Colours): string {
  const { status, output, error, cause, nextState, inspectionData = {}, unchecked } = response;
  const title = colours[TONES[status]](colours.strong(status));
  const section = (name: string, text: string): readonly string[] => ['', colours.quiet(name), indented(text)];
  return [
    error === undefined ? title : `${title} ${colours.strong(printable(error))}`,
    ...(cause === undefined ? [] : [indented(printable(cause))]),
    ...(output === undefined ? [] : [indented(renderText(output))]),
    ...(nextState === undefined ? [] : [`Next: ${printable(nextState)}`]),
    ...Object.entries(inspectionData).flatMap(([name, data]) =>
      section(name, typeof data === 'string' ? renderText(data) : renderValue(data as Json)),
    ),
    ...(unchecked.length === 0 ? [] : section("Not held against AWS's model", unchecked.map(printable).join('\n'))),
  ].join('\n');
}

/** Values are JSON text. */
const renderText = (text: string): string => renderValue(parseJson(text, 'a value of the response'));
