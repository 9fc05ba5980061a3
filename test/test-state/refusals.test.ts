import type { TestStateRequest } from '../../lib/test-state/request';
import { testState } from '../../lib/test-state/test-state';
import { TestStateError } from '../../lib/test-state/test-state-error';

const pass = { Type: 'Pass', End: true };
const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'q', MessageBody: 'b' },
  End: true,
};
const child = { ...task, Resource: 'arn:aws:states:::states:startExecution', Parameters: { StateMachineArn: 'm' } };
const each = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
const map = { Type: 'Map', ItemProcessor: each, End: true };
const parallel = { Type: 'Parallel', Branches: [each], End: true };
const machine = { StartAt: 'One', States: { One: pass } };

async function refusal(request: unknown): Promise<[string, string]> {
  const error = await testState(request as TestStateRequest).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TestStateError)) throw new Error(`no refusal but ${String(error)}`, { cause: error });
  return [error.code, error.message];
}

describe('requests that the API does not take', () => {
  test.each<[unknown, string]>([
    [{}, 'Missing required parameter in input: "definition"'],
    [{ definition: '' }, 'Invalid length for parameter definition, value: 0, valid min length: 1'],
    [{ definition: pass, stateName: '' }, 'Invalid length for parameter stateName, value: 0, valid min length: 1'],
    [{ definition: pass, stateName: 5 }, 'Invalid type for parameter stateName, value: 5, type: number, valid types: string'],
    [{ definition: pass, mock: [] }, 'Invalid type for parameter mock, value: , type: array, valid types: object'],
    [
      { definition: pass, mock: { resutl: 1 } },
      'Unknown parameter in mock: "resutl", must be one of: "result", "errorOutput", "fieldValidationMode"',
    ],
    [
      { definition: pass, stateConfiguration: { retrierRetryCount: -1 } },
      'Invalid value for parameter stateConfiguration.retrierRetryCount, value: -1, valid min value: 0',
    ],
    [
      { definition: pass, stateConfiguration: { mapIterationFailureCount: 1.5 } },
      'Invalid type for parameter stateConfiguration.mapIterationFailureCount, value: 1.5, type: number, valid types: integer',
    ],
    [
      { definition: pass, revealSecrets: 'yes', roleArn: '' },
      'Invalid type for parameter revealSecrets, value: yes, type: string, valid types: boolean\nInvalid length for parameter roleArn, value: 0, valid min length: 1',
    ],
    [null, 'Invalid type for parameter input, value: null, type: null, valid types: object'],
  ])('%j', async (request, problem) => {
    expect(await refusal(request)).toEqual(['ValidationException', `Parameter validation failed:\n${problem}`]);
  });

  test.each<[unknown, string]>([
    [
      { definition: pass, inspectionLevel: 'ALL' },
      "1 validation error detected: Value 'ALL' at 'inspectionLevel' failed to satisfy constraint: Member must satisfy enum value set: [INFO, DEBUG, TRACE]",
    ],
    [
      { definition: pass, stateName: 'n'.repeat(81) },
      "1 validation error detected: Value at 'stateName' failed to satisfy constraint: Member must have length less than or equal to 80",
    ],
    [
      { definition: pass, input: `"${'x'.repeat(262_144)}"` },
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    ],
  ])('%#', async (request, message) => {
    expect(await refusal(request)).toEqual(['ValidationException', message]);
  });

  test('input and variables that are no JSON', async () => {
    expect(await refusal({ definition: pass, input: '{"s3EventBody": "{"Records":[]}"}' })).toEqual([
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'Unexpected character ('R' (code 82)): was expecting comma to separate Object entries'",
    ]);
    expect(await refusal({ definition: pass, input: '{"a":1,"a":2}' })).toEqual([
      'InvalidExecutionInput',
      expect.stringContaining('at 1:8: found the key "a" a second time'),
    ]);
    expect(await refusal({ definition: pass, variables: '[1]' })).toEqual([
      'ValidationException',
      'Variables must be a JSON object literal: found [1]',
    ]);
    expect(await refusal({ definition: pass, input: { at: new Date(0) } })).toEqual([
      'InvalidExecutionInput',
      expect.stringContaining('/at'),
    ]);
  });
});

describe('definitions', () => {
  test('all problems, as CreateStateMachine words them', async () => {
    const wrong = { StartAt: 'A', States: { A: { Type: 'Pass', Colour: 'red', End: true }, B: { Type: 'Mystery' } } };
    const [code, message] = await refusal({ definition: wrong, stateName: 'A' });
    expect(code).toBe('InvalidDefinition');
    expect(message).toMatch(
      /^Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Field 'Colour' is not supported at \/States\/A, .*\/States\/B/,
    );
  });

  test('a lone state’s problems', async () => {
    const [code, message] = await refusal({ definition: { Type: 'Pass' } });
    expect([code, message]).toEqual(['InvalidDefinition', expect.stringContaining('/States/StateName')]);
    expect(await refusal({ definition: 'Pass' })).toEqual([
      'InvalidDefinition',
      expect.stringContaining('INVALID_JSON_DESCRIPTION'),
    ]);
  });

  test('a lone state may lead to states that are not there', async () => {
    const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'There' }], Default: 'StateName' };
    expect(await testState({ definition: choice })).toMatchObject({ nextState: 'StateName' });
    const caught = { ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'constructor' }], Next: '__proto__', End: undefined };
    const definition = JSON.stringify(caught);
    expect(await testState({ definition, mock: { errorOutput: { error: 'E' } } })).toMatchObject({ nextState: 'constructor' });
    expect(await testState({ definition, mock: { result: {} } })).toMatchObject({ nextState: '__proto__' });
  });

  test('a state that is not there, a machine without a name', async () => {
    expect(await refusal({ definition: machine, stateName: 'Two' })).toEqual([
      'ValidationException',
      'State not found in definition',
    ]);
    expect(await refusal({ definition: machine, stateName: 'toString' })).toEqual([
      'ValidationException',
      'State not found in definition',
    ]);
    expect(await refusal({ definition: machine })).toEqual(['ValidationException', expect.stringContaining('stateName')]);
  });
});

describe('mocks', () => {
  const result = { MessageId: 'm' };
  test.each<[string, object, string]>([
    [
      'both',
      { definition: task, mock: { result, errorOutput: { error: 'E' } } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    ['none', { definition: task, mock: {} }, 'A test mock should have one of the following fields: [result, errorOutput].'],
    [
      'nameless',
      { definition: task, mock: { errorOutput: { cause: 'c' } } },
      'A mocked error output should have the field [error].',
    ],
    [
      'secrets',
      { definition: task, mock: { result }, revealSecrets: true },
      'TestState does not support RevealSecrets when a mock is specified.',
    ],
    ['of a Pass', { definition: pass, mock: { result } }, "State type 'Pass' is not supported when a mock is specified"],
    ['no JSON', { definition: task, mock: { result: '{', fieldValidationMode: 'NONE' } }, 'Mocked result must be valid JSON'],
    ['no array', { definition: map, mock: { result: {} } }, 'Mocked result must be an array.'],
    [
      'of no branch',
      { definition: parallel, mock: { result: [] } },
      'Mocked result must contain the same number of items as number of Parallel branches.',
    ],
    [
      'too few',
      { definition: map, mock: { result: [1] }, stateConfiguration: { mapIterationFailureCount: 2 } },
      'MapIterationFailureCount must not exceed the number of items in the mocked result.',
    ],
    [
      'elsewhere',
      { definition: map, mock: { errorOutput: { error: 'E' } }, stateConfiguration: { errorCausedByState: 'Nobody' } },
      'State not found in definition',
    ],
    [
      'of a Task',
      { definition: task, mock: { result }, stateConfiguration: { mapIterationFailureCount: 0 } },
      "State type 'Task' is not supported when MapIterationFailureCount is specified",
    ],
    [
      'unread',
      { definition: map, mock: { result: [] }, stateConfiguration: { mapItemReaderData: [] } },
      'MapItemReaderData is not supported when the Map state has no ItemReader',
    ],
  ])('%s', async (_, request, message) => {
    expect(await refusal(request)).toEqual(['ValidationException', message]);
  });

  test.each(['retrierRetryCount', 'mapIterationFailureCount'])('%s wants a mock', async (parameter) => {
    const name = parameter.charAt(0).toUpperCase() + parameter.slice(1);
    expect(await refusal({ definition: map, stateConfiguration: { [parameter]: 0 } })).toEqual([
      'ValidationException',
      `TestState does not support ${name} when a mock is not specified.`,
    ]);
    expect(await refusal({ definition: task, context: {} })).toEqual(['ValidationException', expect.stringContaining('Context')]);
  });

  test.each([
    [map, 'Map or Parallel'],
    [parallel, 'Map or Parallel'],
    [{ ...task, Resource: `${task.Resource}.waitForTaskToken` }, '.waitForTaskToken'],
    [{ ...child, Resource: `${child.Resource}.sync:2` }, '.sync:2'],
    [{ ...task, Resource: 'arn:aws:states:us-east-1:111122223333:activity:pack' }, 'Activity'],
  ])('%j wants one', async (definition, words) => {
    const roleArn = 'arn:aws:iam::111122223333:role/workflow';
    expect(await refusal({ definition, roleArn })).toEqual(['InvalidDefinition', expect.stringContaining(words)]);
    const mock = { errorOutput: { error: 'Mocked' } };
    expect(await testState({ definition, mock, input: [] })).toMatchObject({ status: 'FAILED', error: 'Mocked' });
  });

  test('are held against AWS’s model of the API, unless they say not to', async () => {
    const asked = (fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE') => ({
      definition: child,
      mock: { result: { StartDate: 5 }, ...(fieldValidationMode === undefined ? {} : { fieldValidationMode }) },
    });
    const prefix = 'Mock result schema validation error:';
    expect(await refusal(asked())).toEqual(['ValidationException', `${prefix} Required field 'ExecutionArn' is missing`]);
    expect(await refusal(asked('PRESENT'))).toEqual(['ValidationException', `${prefix} Field 'StartDate' must be a string`]);
    expect(await testState(asked('NONE'))).toMatchObject({ status: 'SUCCEEDED', unchecked: [] });
  });

  test('what could not be checked is told', async () => {
    const definition = { ...task, Resource: 'arn:aws:states:::aws-sdk:polly:describeVoices', Parameters: {} };
    expect((await testState({ definition, mock: { result: {} } })).unchecked).toEqual([
      'the result: the AWS SDK\'s client of "polly" is not installed',
    ]);
  });
});
