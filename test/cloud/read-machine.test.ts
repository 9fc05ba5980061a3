import { readTemplate } from '../../lib/cloud/read-template';

/** The machine of a template with these properties. */
function machine(properties: Record<string, unknown>) {
  const Properties = { RoleArn: 'arn:aws:iam::123456789012:role/r', ...properties };
  return readTemplate({ Resources: { It: { Type: 'AWS::StepFunctions::StateMachine', Properties } } }).machines[0]!;
}

const states = { StartAt: 'A', States: { A: { Type: 'Pass', Result: '${x}', End: true } } };

describe('the definition', () => {
  test('may be an object with functions inside', () => {
    const Definition = { ...states, Comment: { 'Fn::Sub': 'in ${AWS::Region}' } };
    expect(JSON.parse(machine({ Definition }).definition)).toEqual({ ...states, Comment: 'in us-east-1' });
  });

  test('may be a text, and stays as it is written', () => {
    const DefinitionString = ' { "StartAt" : "A" }\n';
    expect(machine({ DefinitionString }).definition).toBe(DefinitionString);
  });

  test.each<[unknown, unknown]>([
    ['text', 'text'],
    [0, '0'],
    [false, 'false'],
    ['', ''],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
  ])('takes %j as a substitution', (value, expected) => {
    const text = machine({ Definition: states, DefinitionSubstitutions: { x: value } }).definition;
    expect((JSON.parse(text) as typeof states).States.A.Result).toBe(expected);
  });

  test('keeps a placeholder that has no substitution, inherited names too', () => {
    const DefinitionString = '{"Comment":"${constructor} ${y}"}';
    expect(machine({ DefinitionString, DefinitionSubstitutions: { x: '1' } }).definition).toBe(DefinitionString);
  });

  test('takes a substitution for what it is, $ signs too', () => {
    expect(machine({ DefinitionString: '{"a":"${x}"}', DefinitionSubstitutions: { x: '$&$1${x}' } }).definition).toBe(
      '{"a":"$&$1${x}"}',
    );
  });

  test.each<[Record<string, unknown>, RegExp]>([
    [{}, /needs exactly one of DefinitionString, Definition and DefinitionS3Location, and has none/],
    [{ DefinitionString: '{}', Definition: {} }, /and has DefinitionString, Definition/],
    [
      { DefinitionString: 'StartAt: A' },
      /\(DefinitionString\) is not JSON: .*\n  It begins: "StartAt: A"\n  Write it as a JSON object/,
    ],
    [{ DefinitionString: '' }, /is not JSON/],
    [{ DefinitionString: '[]' }, /is not a JSON object: found an array/],
    [{ DefinitionString: 'null' }, /is not a JSON object: found null/],
    [{ DefinitionString: 7 }, /at \/Resources\/It\/Properties\/DefinitionString, expected a text, found 7/],
    [{ Definition: 'x' }, /at \/Resources\/It\/Properties\/Definition, expected an object, found "x"/],
    [{ DefinitionS3Location: { Bucket: 'b', Key: 'k.json' } }, /the S3 object "k.json", which is no asset of the assembly/],
    [{ DefinitionS3Location: {} }, /expected an object with Bucket and Key/],
    [
      { DefinitionString: '{"x":"${a}"}', DefinitionSubstitutions: { a: ['b'] } },
      /DefinitionSubstitutions\/a, expected a text, a number/,
    ],
    [{ DefinitionString: '{}', DefinitionSubstitutions: 'x' }, /DefinitionSubstitutions, expected an object, found "x"/],
  ])('%j is refused', (properties, message) => {
    expect(() => machine(properties).definition).toThrow(message);
  });

  test('names what cannot be resolved in definition and substitutions at once', () => {
    const properties = { DefinitionString: { Ref: 'A' }, DefinitionSubstitutions: { x: { Ref: 'B' } } };
    expect(() => machine(properties).definition).toThrow(
      /Cannot read AWS::StepFunctions::StateMachine "It" \(stack Stack\): 2 values[^]*DefinitionString\/Ref[^]*DefinitionSubstitutions\/x\/Ref[^]*Or give the simulation the definition itself, as JSON\./,
    );
  });
});

test('settings are read, and their defaults are those of AWS', () => {
  const LoggingConfiguration = { Level: 'ALL', IncludeExecutionData: true };
  expect(
    machine({ StateMachineType: 'EXPRESS', LoggingConfiguration, TracingConfiguration: { Enabled: true }, Definition: {} }),
  ).toMatchObject({
    type: 'EXPRESS',
    loggingConfiguration: LoggingConfiguration,
    tracingEnabled: true,
  });
  expect(machine({ Definition: {} })).toMatchObject({ type: 'STANDARD', loggingConfiguration: undefined, tracingEnabled: false });
});

test('wrong settings are refused when they are read', () => {
  expect(() => machine({ StateMachineType: 'FAST' }).type).toThrow(/expected STANDARD or EXPRESS, found "FAST"/);
  expect(() => machine({ RoleArn: undefined }).roleArn).toThrow(/RoleArn, expected the ARN of a role, found nothing/);
});
