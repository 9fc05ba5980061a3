import { Command, Option } from 'commander';
import { isObject, type Json } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import type { InspectionLevel, Mock, StateConfiguration } from '../../test-state/request';
import type { TestExecutionStatus, TestStateResponse } from '../../test-state/response';
import { testState } from '../../test-state/test-state';
import { checkFields } from '../check-fields';
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
  const mock = read('--mock', options.mock);
  const stateConfiguration = read('--state-configuration', options.stateConfiguration);
  checkFields(mock, MOCK, '--mock');
  checkFields(stateConfiguration, STATE_CONFIGURATION, '--state-configuration');
  const definition = readDefinition(path, options);
  const isOneState = definition.text !== undefined && isState(parseJson(definition.text, 'the definition'));
  if (isOneState !== (options.state === undefined)) {
    throw new UsageError(
      isOneState
        ? `${path} holds one state: leave out --state.`
        : `${path} holds a state machine. Say with --state which of its states to test, at whatever depth.`,
    );
  }
  const response = await testState({
    definition: isOneState ? definition.text : requireValid(definition),
    stateName: options.state,
    roleArn: ROLE_ARN,
    inspectionLevel: options.level,
    input: read('--input', options.input),
    mock: mock as Mock | undefined,
    variables: read('--variables', options.variables),
    context: read('--context', options.context),
    stateConfiguration: stateConfiguration as StateConfiguration | undefined,
  });
  surroundings.print(options.json === true ? renderJsonText(response) : render(response, coloursOf(surroundings.colour)));
  return response.status === 'FAILED' ? 1 : 0;
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
