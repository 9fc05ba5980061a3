import { tryParse } from '../../lib/asl/parse';
import { renderInvalidDefinition } from '../../lib/asl/problem';
import type { StateMachineType } from '../../lib/asl/types';

const done = { Done: { Type: 'Succeed' } };
const only = (state: object, more: object = {}) => ({ ...more, StartAt: 'S', States: { S: state } });
const jsonata = (state: object) => only(state, { QueryLanguage: 'JSONata' });
const pass = (more: object) => only({ Type: 'Pass', End: true, ...more });
const task = (more: object) =>
  only({ Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f', End: true, ...more });
const choice = (...rules: object[]) => ({
  StartAt: 'S',
  States: { S: { Type: 'Choice', Choices: rules, Default: 'Done' }, ...done },
});
const inner = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
const map = (more: object, config: object = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }) =>
  only({ Type: 'Map', ItemProcessor: { ...inner, ProcessorConfig: config }, End: true, ...more });
const reader = (config: object, action = 'getObject', more: object = { Parameters: { Bucket: 'b', Key: 'k' } }) =>
  map({ ItemReader: { Resource: `arn:aws:states:::s3:${action}`, ReaderConfig: config, ...more } });

const refusalsOf = (definition: unknown, type?: StateMachineType): string[] =>
  tryParse(definition, type === undefined ? {} : { type })
    .problems.filter(({ severity }) => severity === 'ERROR')
    .map(({ code, message, location }) => `${code === 'SCHEMA_VALIDATION_FAILED' ? '' : `${code}: `}${message} at ${location}`);

const NO_END = 'MISSING_END_STATE: Workflow has no terminal state at undefined';

const foreign = (field: string, language: string, only_: string) =>
  `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${only_}' QueryLanguage at /States/S`;

describe('AWS refuses, in its words', () => {
  test.each<[string, unknown, string[]]>([
    ['a machine without states', {}, ['These fields are required: [States, StartAt] at /']],
    ['no JSON object', '[]', ['Definition must be a valid JSON object at undefined']],
    ['an unknown field, located at what holds it', pass({ Nxt: 'A' }), ["Field 'Nxt' is not supported at /States/S"]],
    [
      'a timeout where there is none',
      only({ Type: 'Pass', TimeoutSeconds: 5, End: true }),
      ["Field 'TimeoutSeconds' is not supported at /States/S"],
    ],
    [
      'another Version',
      only({ Type: 'Succeed' }, { Version: '2.0' }),
      ['Value should be one of the following: [1.0] at /Version'],
    ],
    ['no Type', only({ End: true }), ["The field 'Type' is required at /States/S", NO_END]],
    [
      'no states',
      { StartAt: 'First', States: {} },
      ['Value cannot be empty at /States', "MISSING_TRANSITION_TARGET: Missing 'Next' target: First at /StartAt", NO_END],
    ],
    [
      'an unknown Type',
      only({ Type: 'Pas', End: true }),
      [
        "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type",
      ],
    ],
    [
      'neither Next nor End',
      { StartAt: 'S', States: { S: { Type: 'Pass' }, ...done } },
      [
        'This object should have only one of the following fields: [Next, End] at /States/S',
        'MISSING_TRANSITION_TARGET: State "Done" is not reachable. at /States/Done',
      ],
    ],
    [
      'both Next and End',
      { StartAt: 'S', States: { S: { Type: 'Pass', Next: 'Done', End: true }, ...done } },
      ['There should only be one of the following fields: [Next, End] at /States/S'],
    ],
    [
      'a Next to nowhere',
      { StartAt: 'S', States: { S: { Type: 'Pass', Next: 'Dine' }, ...done } },
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Dine at /States/S/Next",
        'MISSING_TRANSITION_TARGET: State "Done" is not reachable. at /States/Done',
      ],
    ],
    [
      'a StartAt to nowhere',
      { StartAt: 'X', States: done },
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /StartAt",
        'MISSING_TRANSITION_TARGET: State "Done" is not reachable. at /States/Done',
      ],
    ],
    [
      'a circle without an end, and then nothing of what is not reached',
      {
        StartAt: 'A',
        States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' }, C: { Type: 'Pass', Next: 'A' } },
      },
      ['MISSING_END_STATE: Workflow has no terminal state at undefined'],
    ],
    [
      'a name twice',
      { StartAt: 'S', States: { S: { Type: 'Parallel', Branches: [inner, inner], End: true } } },
      ['DUPLICATE_STATE_NAME: Duplicate State name: I at /States/S/Branches[1]/States/I'],
    ],
    [
      'a long name',
      { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { Type: 'Succeed' } } },
      [
        `INVALID_STATE_NAME: Invalid State name: '${'x'.repeat(81)}'. The name exceeds the 80-character limit allowed by the service. at /States/${'x'.repeat(81)}`,
      ],
    ],
    ['no branch', only({ Type: 'Parallel', Branches: [], End: true }), ['Value cannot be empty at /States/S/Branches']],
    [
      'no rule',
      { StartAt: 'S', States: { S: { Type: 'Choice', Choices: [], Default: 'Done' }, ...done } },
      ['Value cannot be empty at /States/S/Choices'],
    ],
    [
      'a Map without a processor',
      only({ Type: 'Map', End: true }),
      ['This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/S'],
    ],
    [
      'two times to wait for',
      only({ Type: 'Wait', Seconds: 1, SecondsPath: '$.s', End: true }),
      ['There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S'],
    ],
    [
      'a month 13',
      only({ Type: 'Wait', Timestamp: '2026-13-05T21:29:29Z', End: true }),
      ['String does not match RFC3339 timestamp at /States/S/Timestamp'],
    ],
    ['less than nothing', only({ Type: 'Wait', Seconds: -1, End: true }), ['Minimum value is 0 at /States/S/Seconds']],
    [
      'more than three years',
      only({ Type: 'Wait', Seconds: 100_000_000, End: true }),
      ['Maximum value is 99999999 at /States/S/Seconds'],
    ],
    ['text for a number', task({ TimeoutSeconds: '5' }), ['Expected value of type Integer at /States/S/TimeoutSeconds']],
    ['no JSONPath', pass({ InputPath: 'a.b' }), ['Value must be a valid JSONPath. at /States/S/InputPath']],
    ['a ResultPath to several places', pass({ ResultPath: '$.a[*]' }), ['Value is not a Reference Path at /States/S/ResultPath']],
    ['a ResultPath to a variable', pass({ ResultPath: '$x' }), ['Value is not a Reference Path at /States/S/ResultPath']],
    [
      'an unknown intrinsic function',
      pass({ Parameters: { 'a.$': 'States.Frmt($)' } }),
      ["The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters"],
    ],
    [
      'a Resource that is no ARN',
      only({ Type: 'Task', Resource: 'f', End: true }),
      ['Value is not a valid resource ARN at /States/S/Resource'],
    ],
    ['an empty ErrorEquals', task({ Retry: [{ ErrorEquals: [] }] }), ['Value cannot be empty at /States/S/Retry[0]/ErrorEquals']],
    ['no ErrorEquals', task({ Retry: [{}] }), ['These fields are required: [ErrorEquals] at /States/S/Retry[0]']],
    [
      'States.ALL in company',
      task({ Retry: [{ ErrorEquals: ['A', 'States.ALL'] }] }),
      ['States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals[1]'],
    ],
    [
      'States.ALL before another',
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      ['States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals[0]'],
    ],
    [
      'an unknown jitter',
      task({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] }),
      ['Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy'],
    ],
    [
      'credentials without a role',
      task({ Credentials: {} }),
      ["The field 'RoleArn' is required but was missing at /States/S/Credentials"],
    ],
    [
      'a heartbeat as long as the timeout',
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      ['HeartbeatSeconds must be smaller than TimeoutSeconds at /States/S/HeartbeatSeconds'],
    ],
    [
      'credentials for an activity',
      only({
        Type: 'Task',
        Resource: 'arn:aws:states:eu-west-1:111122223333:activity:a',
        Credentials: { RoleArn: 'r' },
        End: true,
      }),
      ["The field 'Credentials' is not supported for activities at /States/S"],
    ],
    [
      'Error and ErrorPath',
      only({ Type: 'Fail', Error: 'A', ErrorPath: '$.e' }),
      ['There should only be one of the following fields: [Error, ErrorPath] at /States/S'],
    ],
  ])('%s', (_, definition, refusals) => {
    expect(refusalsOf(definition)).toEqual(refusals);
  });
});

describe('Choice Rules', () => {
  const rule = { Variable: '$.a', StringEquals: 'x', Next: 'Done' };
  test.each<[string, object, string]>([
    ['no Next', { Variable: '$.a', StringEquals: 'x' }, 'These fields are required: [Next] at /States/S/Choices[0]'],
    [
      'nothing to test',
      { Next: 'Done' },
      'The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/S/Choices[0]',
    ],
    ['two comparisons', { ...rule, NumericEquals: 1 }, 'There should only be one of the following fields: [StringEquals,'],
    ['a Next inside And', { And: [rule], Next: 'Done' }, "Field 'Next' is not supported at /States/S/Choices[0]/And[0]"],
    ['a Next inside Not', { Not: rule, Next: 'Done' }, "Field 'Next' is not supported at /States/S/Choices[0]/Not"],
    ['an empty And', { And: [], Next: 'Done' }, 'Value cannot be empty at /States/S/Choices[0]/And'],
    [
      'a Variable that is no path',
      { ...rule, Variable: 'a' },
      "Value is not a Reference Path: Reference path didn't start with '$' at /States/S/Choices[0]/Variable",
    ],
    [
      'an operand of another type',
      { Variable: '$.a', NumericEquals: '1', Next: 'Done' },
      'Expected value of type Number at /States/S/Choices[0]/NumericEquals',
    ],
    [
      'a timestamp that is none',
      { Variable: '$.a', TimestampEquals: 'today', Next: 'Done' },
      'String does not match RFC3339 timestamp at /States/S/Choices[0]/TimestampEquals',
    ],
    [
      'an unknown operator',
      { Variable: '$.a', StringLike: 'x', Next: 'Done' },
      "Field 'StringLike' is not supported at /States/S/Choices[0]",
    ],
    [
      'a Condition in JSONPath',
      { Condition: '{% true %}', Next: 'Done' },
      "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage at /States/S/Choices[0]",
    ],
  ])('%s', (_, one, refusal) => {
    expect(refusalsOf(choice(one))).toEqual(expect.arrayContaining([expect.stringContaining(refusal)]));
  });

  test('a rule that is nested a hundred times is taken, one more is not', () => {
    const nest = (depth: number): object => (depth === 0 ? { Variable: '$.a', IsPresent: true } : { Not: nest(depth - 1) });
    expect(refusalsOf(choice({ ...nest(99), Next: 'Done' }))).toEqual([]);
    expect(refusalsOf(choice({ ...nest(100), Next: 'Done' }))).toEqual([expect.stringContaining('at most 100 levels')]);
  });
});

describe('query languages', () => {
  test.each<[string, unknown, string[]]>([
    ['a field of JSONata in JSONPath', pass({ Output: 1 }), [foreign('Output', 'JSONPath', 'JSONata')]],
    [
      'a field of JSONPath in JSONata',
      jsonata({ Type: 'Pass', InputPath: '$.a', End: true }),
      [foreign('InputPath', 'JSONata', 'JSONPath')],
    ],
    [
      'JSONPath under JSONata: that alone, nothing of its fields',
      jsonata({ Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1, End: true }),
      ["'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/S"],
    ],
    [
      'a language that is none counts as JSONata',
      pass({ InputPath: '$.a', QueryLanguage: 'jsonata' }),
      [
        foreign('InputPath', 'JSONata', 'JSONPath'),
        'Value should be one of the following: [JSONPath, JSONata] at /States/S/QueryLanguage',
      ],
    ],
    [
      'a language that is no text',
      only({ Type: 'Pass', End: true }, { QueryLanguage: 5 }),
      ['Expected value of type [STRING] at /QueryLanguage'],
    ],
    [
      'a language of an item processor',
      only({ Type: 'Map', ItemProcessor: { ...inner, QueryLanguage: 'JSONata' }, End: true }),
      ["Field 'QueryLanguage' is not supported at /States/S/ItemProcessor"],
    ],
    [
      "a Map's language does not reach its states",
      only({
        Type: 'Map',
        QueryLanguage: 'JSONata',
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', Output: 1, End: true } } },
        End: true,
      }),
      [foreign('Output', 'JSONPath', 'JSONata').replace('/States/S', '/States/S/ItemProcessor/States/I')],
    ],
    [
      'an expression that is not closed',
      jsonata({ Type: 'Pass', Output: '{% 1', End: true }),
      ['JSONata string must start with {% and end with %} at /States/S/Output'],
    ],
    [
      'expressions in an array and an object of Items',
      jsonata({ Type: 'Map', Items: ['{% 1', { a: '{% $states.result %}' }, 2], ItemProcessor: inner, End: true }),
      [
        'JSONata string must start with {% and end with %} at /States/S/Items[0]',
        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Items[1]/a",
      ],
    ],
    ['a blank before an expression makes it text', jsonata({ Type: 'Pass', Output: ' {% 1 %}', End: true }), []],
    [
      'an expression that does not parse',
      jsonata({ Type: 'Pass', Output: { a: ['{% 1 + %}'] }, End: true }),
      [expect.stringMatching(/^INVALID_JSONATA_EXPRESSION: .* at \/States\/S\/Output\/a\[0\]$/) as string],
    ],
    [
      'a bare name: there is no input document',
      jsonata({ Type: 'Pass', Output: { a: { b: ['{% orderId & total %}'] } }, End: true }),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'orderId' at the top level is not supported. at /States/S/Output/a/b[0]",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'total' at the top level is not supported. at /States/S/Output/a/b[0]",
      ],
    ],
    [
      '$ and $$',
      jsonata({ Type: 'Pass', Output: ['{% $.a %}', '{% $$ %}'], End: true }),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/S/Output[0]",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/S/Output[1]",
      ],
    ],
    [
      'names in predicates and functions are fine',
      jsonata({ Type: 'Pass', Output: '{% $map($states.input.items[price > 3], function($i){ $i.name }) %}', End: true }),
      [],
    ],
    [
      '$states.result where there is none',
      jsonata({ Type: 'Pass', Output: '{% $states.result %}', End: true }),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Output"],
    ],
    [
      '$states.errorOutput out of a Catcher',
      jsonata({ Type: 'Pass', Assign: { e: '{% $states.errorOutput.Cause %}' }, End: true }),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/S/Assign/e"],
    ],
    ['an expression where a constant belongs is text', jsonata({ Type: 'Pass', Comment: '{% 1 + %}', End: true }), []],
    ['a number by expression', jsonata({ Type: 'Wait', Seconds: '{% $states.input.seconds %}', End: true }), []],
    [
      'a Condition that is neither',
      { QueryLanguage: 'JSONata', ...choice({ Condition: 'yes', Next: 'Done' }) },
      ['Expected value of type [BOOLEAN] at /States/S/Choices[0]/Condition'],
    ],
    [
      'a JSONPath rule in JSONata',
      { QueryLanguage: 'JSONata', ...choice({ Variable: '$.a', IsNull: true, Next: 'Done' }) },
      [
        foreign('Variable', 'JSONata', 'JSONPath').replace('/States/S', '/States/S/Choices[0]'),
        foreign('IsNull', 'JSONata', 'JSONPath').replace('/States/S', '/States/S/Choices[0]'),
      ],
    ],
  ])('%s', (_, definition, refusals) => {
    expect(refusalsOf(definition)).toEqual(refusals);
  });
});

describe('variables', () => {
  const branch = (state: object) => ({ StartAt: 'I', States: { I: { Type: 'Pass', End: true, ...state } } });
  const around = (state: object) => ({
    StartAt: 'S',
    States: { S: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' }, B: { End: true, ...state } },
  });
  test.each<[string, unknown, string[]]>([
    [
      'the reserved name',
      pass({ Assign: { states: 1 } }),
      ["RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states"],
    ],
    [
      'a part of a variable',
      pass({ Assign: { 'x.y': 1 } }),
      [
        "INVALID_VARIABLE_NAME: Invalid variable name 'x.y': the variable name contains invalid characters. at /States/S/Assign/x.y",
      ],
    ],
    [
      'an element of a variable',
      pass({ Assign: { 'x[0].$': '$.a' } }),
      [
        "INVALID_VARIABLE_NAME: Invalid variable name 'x[0]': the variable name contains invalid characters. at /States/S/Assign/x[0].$",
      ],
    ],
    [
      'a digit first',
      pass({ Assign: { '1x': 1 } }),
      [
        "INVALID_VARIABLE_NAME: Invalid variable name '1x': the variable name contains invalid characters. at /States/S/Assign/1x",
      ],
    ],
    ['letters of any script', pass({ Assign: { größe: 1, 数: 2 } }), []],
    ['80 characters', pass({ Assign: { ['x'.repeat(80)]: 1 } }), []],
    [
      '81 characters',
      pass({ Assign: { ['x'.repeat(81)]: 1 } }),
      [expect.stringContaining('exceeds the 80-character limit') as string],
    ],
    [
      'a name of an outer scope in a branch',
      around({ Type: 'Parallel', Branches: [branch({ Assign: { x: 2 } })] }),
      [
        "DUPLICATE_VARIABLE_NAME: The variable name 'x' was already defined in a parent scope. at /States/B/Branches[0]/States/I/Assign/x",
      ],
    ],
    [
      'the same name in two branches',
      around({
        Type: 'Parallel',
        Branches: [branch({ Assign: { y: 2 } }), { StartAt: 'J', States: { J: { Type: 'Pass', Assign: { y: 3 }, End: true } } }],
      }),
      [],
    ],
    ['an outer variable in an iteration', around({ Type: 'Map', ItemProcessor: branch({ Parameters: { 'a.$': '$x' } }) }), []],
    [
      'an outer variable in a child of a Distributed Map',
      around({
        Type: 'Map',
        ItemProcessor: {
          ...branch({ Parameters: { 'a.$': "States.Format('{}', $x)" } }),
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        },
      }),
      [
        expect.stringMatching(
          /^Reference to variable '\$x' is not supported.* at \/States\/B\/ItemProcessor\/States\/I\/Parameters\/a\.\$$/,
        ) as string,
      ],
    ],
    [
      'an outer variable in the fields of the Distributed Map itself',
      around({
        Type: 'Map',
        ItemSelector: { 'a.$': '$x' },
        ItemProcessor: { ...branch({}), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      }),
      [],
    ],
    [
      'a Catcher of a Parallel assigns the outer scope',
      {
        StartAt: 'S',
        States: {
          S: {
            Type: 'Parallel',
            Branches: [inner],
            Catch: [{ ErrorEquals: ['A'], Assign: { x: 1 }, Next: 'Done' }],
            Next: 'Done',
          },
          ...done,
        },
      },
      [],
    ],
  ])('%s', (_, definition, refusals) => {
    expect(refusalsOf(definition)).toEqual(refusals);
  });
});

describe('Distributed Map', () => {
  test.each<[string, unknown, string[]]>([
    [
      'all of it',
      map({
        Label: 'Rows',
        ItemReader: {
          Resource: 'arn:aws-cn:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: 5 },
          Parameters: { 'Bucket.$': '$.b', Key: 'k' },
        },
        ItemBatcher: { MaxItemsPerBatch: 5, BatchInput: { a: 1 } },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Parameters: { Bucket: 'b' },
          WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
        },
        ToleratedFailurePercentage: 1.5,
        MaxConcurrency: 0,
      }),
      [],
    ],
    [
      'no ExecutionType',
      map({}, { Mode: 'DISTRIBUTED' }),
      ['These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig'],
    ],
    [
      'an ExecutionType inline',
      map({}, { Mode: 'INLINE', ExecutionType: 'STANDARD' }),
      ["Field 'ExecutionType' is not supported at /States/S/ItemProcessor/ProcessorConfig"],
    ],
    [
      'another action',
      reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, 'headObject'),
      expect.arrayContaining([
        "The field 'Resource' does not match any of the allowed values at /States/S/ItemReader/Resource",
      ]) as string[],
    ],
    [
      'CSV without its header',
      reader({ InputType: 'CSV' }),
      ["The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig"],
    ],
    [
      'a header for JSON',
      reader({ InputType: 'JSON', CSVHeaderLocation: 'FIRST_ROW' }),
      ["Field 'CSVHeaderLocation' is not supported at /States/S/ItemReader/ReaderConfig"],
    ],
    [
      'GIVEN and no columns',
      reader({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' }),
      ['These fields are required: [CSVHeaders] at /States/S/ItemReader/ReaderConfig'],
    ],
    [
      'LOAD_AND_FLATTEN of one object',
      reader({ InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' }),
      [
        'Transformation LOAD_AND_FLATTEN is only supported for s3:listObjectsV2 at /States/S/ItemReader/ReaderConfig/Transformation',
      ],
    ],
    [
      'LOAD_AND_FLATTEN of nothing named',
      reader({ Transformation: 'LOAD_AND_FLATTEN' }, 'listObjectsV2'),
      ["The field 'InputType' is required at /States/S/ItemReader/ReaderConfig"],
    ],
    [
      'an inventory in CSV without a header',
      reader({ InputType: 'CSV', ManifestType: 'S3_INVENTORY' }),
      ["The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig"],
    ],
    [
      'results of Athena in JSON',
      reader({ InputType: 'JSON', ManifestType: 'ATHENA_DATA' }),
      ["Field 'ManifestType' is not supported at /States/S/ItemReader/ReaderConfig"],
    ],
    [
      'an ItemsPointer without its slash',
      reader({ InputType: 'JSON', ItemsPointer: 'data/items' }),
      [
        'Invalid input: JSON Pointer expression must start with \'/\': "data/items" at /States/S/ItemReader/ReaderConfig/ItemsPointer',
      ],
    ],
    [
      'an inventory with an InputType',
      reader({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', ManifestType: 'S3_INVENTORY' }),
      ["Field 'InputType' is not supported at /States/S/ItemReader/ReaderConfig"],
    ],
    ['getObject without InputType', reader({}), ['These fields are required: [InputType] at /States/S/ItemReader/ReaderConfig']],
    [
      'two limits of items',
      reader({ InputType: 'JSON', MaxItems: 1, MaxItemsPath: '$.m' }),
      ['There should only be one of the following fields: [MaxItems, MaxItemsPath] at /States/S/ItemReader/ReaderConfig'],
    ],
    [
      'a reader without a request',
      reader({ InputType: 'JSON' }, 'getObject', {}),
      ['These fields are required: [Parameters] at /States/S/ItemReader'],
    ],
    [
      'a batch without a limit',
      map({ ItemBatcher: { BatchInput: {} } }),
      ['These fields are required: [MaxItemsPerBatch] or [MaxInputBytesPerBatch] at /States/S/ItemBatcher'],
    ],
    [
      'a batch that is too large',
      map({ ItemBatcher: { MaxInputBytesPerBatch: 262_145 } }),
      ['Maximum value is 262144 at /States/S/ItemBatcher/MaxInputBytesPerBatch'],
    ],
    ['an empty ResultWriter', map({ ResultWriter: {} }), ['Value cannot be empty at /States/S/ResultWriter']],
    [
      'a ResultWriter to nowhere',
      map({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' } }),
      ['These fields are required: [Parameters] at /States/S/ResultWriter'],
    ],
    [
      'more than everything',
      map({ ToleratedFailurePercentage: 101 }),
      ['Maximum value is 100 at /States/S/ToleratedFailurePercentage'],
    ],
    ['an empty label', map({ Label: '' }), [expect.stringMatching(/^INVALID_LABEL_NAME: .* at \/States\/S\/Label$/) as string]],
    ['a long label', map({ Label: 'x'.repeat(41) }), [expect.stringContaining('exceeds the 40-character limit') as string]],
    ['a label with a blank', map({ Label: 'a b' }), [expect.stringContaining('invalid characters') as string]],
    ['40 characters', map({ Label: 'x'.repeat(40) }), []],
    [
      'a label twice',
      {
        StartAt: 'S',
        States: {
          S: { Type: 'Map', Label: 'L', ItemProcessor: inner, Next: 'T' },
          T: { Type: 'Map', Label: 'L', ItemProcessor: { StartAt: 'J', States: { J: { Type: 'Pass', End: true } } }, End: true },
        },
      },
      ['DUPLICATE_LABEL_NAME: Duplicate Label name: L at /States/T/Label'],
    ],
  ])('%s', (_, definition, refusals) => {
    expect(refusalsOf(definition)).toEqual(refusals);
  });
});

describe('a call of a service without a request', () => {
  const withoutRequest = (Resource: string, more: object = {}) => only({ Type: 'Task', Resource, End: true, ...more });

  test.each([
    ['aws-sdk:neptune:describeDBClusters'],
    ['aws-sdk:batch:submitJob.waitForTaskToken'],
    ['lambda:invoke'],
    ['lambda:invoke.waitForTaskToken'],
    ['glue:startJobRun.sync'],
    ['states:startExecution.sync:2'],
    ['http:invoke'],
  ])('%s', (suffix) => {
    const arn = `arn:aws:states:::${suffix}`;
    expect(refusalsOf(withoutRequest(arn))).toEqual([`Parameters field is required for resource ARN: ${arn} at /States/S`]);
    expect(refusalsOf(withoutRequest(arn, { QueryLanguage: 'JSONata' }))).toEqual([
      `Arguments field is required for resource ARN: ${arn} at /States/S`,
    ]);
  });

  test('the field of the other query language is none', () => {
    const arn = 'arn:aws:states:::aws-sdk:sts:getCallerIdentity';
    expect(refusalsOf(withoutRequest(arn, { Arguments: {} }))).toEqual([
      foreign('Arguments', 'JSONPath', 'JSONata'),
      `Parameters field is required for resource ARN: ${arn} at /States/S`,
    ]);
  });

  test('the hint names the fields that the API asks for; {} is enough where there are none', () => {
    const hintsOf = (suffix: string) => tryParse(withoutRequest(`arn:aws:states:::${suffix}`)).problems.map(({ hint }) => hint);
    expect(hintsOf('sqs:sendMessage')).toEqual([
      'write the request into Parameters; sqs:sendMessage asks for QueueUrl and MessageBody',
    ]);
    expect(hintsOf('aws-sdk:s3:listBuckets')).toEqual(['write the request into Parameters; {} for one without fields']);
    expect(refusalsOf(withoutRequest('arn:aws:states:::aws-sdk:s3:listBuckets', { Parameters: {} }))).toEqual([]);
  });

  test.each([['arn:aws:lambda:eu-west-1:111122223333:function:f'], ['arn:aws:states:eu-west-1:111122223333:activity:a']])(
    '%s needs none',
    (arn) => {
      expect(refusalsOf(withoutRequest(arn))).toEqual([]);
      expect(refusalsOf(withoutRequest(arn, { QueryLanguage: 'JSONata' }))).toEqual([]);
    },
  );
});

describe('a request that lacks what the API asks for', () => {
  const call = (suffix: string, Parameters: object) =>
    only({ Type: 'Task', Resource: `arn:aws:states:::${suffix}`, Parameters, End: true });
  const missing = (...fields: readonly string[]) =>
    fields.map((field) => `The field '${field}' is required but was missing at /States/S/Parameters`);

  test.each<[string, object, readonly string[]]>([
    ['lambda:invoke', {}, ['FunctionName']],
    ['lambda:invoke.waitForTaskToken', { 'Payload.$': '$$.Task.Token' }, ['FunctionName']],
    ['sqs:sendMessage', {}, ['QueueUrl', 'MessageBody']],
    ['sns:publish', { TopicArn: 't' }, ['Message']],
    ['dynamodb:getItem', { TableName: 't' }, ['Key']],
    ['dynamodb:putItem', { 'Item.$': '$' }, ['TableName']],
    ['dynamodb:updateItem', {}, ['TableName', 'Key']],
    ['events:putEvents', {}, ['Entries']],
    ['states:startExecution.sync:2', {}, ['StateMachineArn']],
    ['ecs:runTask', {}, ['TaskDefinition']],
    ['glue:startJobRun', {}, ['JobName']],
    ['lambda:invoke', { 'FunctionName.$': '$.name' }, []],
    ['lambda:invoke', { FunctionName: null }, []],
    ['aws-sdk:sqs:sendMessage', {}, []],
  ])('%s with %j', (suffix, parameters, fields) => {
    expect(refusalsOf(call(suffix, parameters))).toEqual(missing(...fields));
  });

  test('in JSONata, unless only the run knows the request', () => {
    const state = (Arguments: unknown) =>
      only({ Type: 'Task', QueryLanguage: 'JSONata', Resource: 'arn:aws:states:::sns:publish', Arguments, End: true });
    expect(refusalsOf(state({ 'Message.$': '$' }))).toEqual([
      "The field 'Message' is required but was missing at /States/S/Arguments",
    ]);
    expect(refusalsOf(state({ Message: '{% $states.input %}' }))).toEqual([]);
    expect(refusalsOf(state('{% $states.input %}'))).toEqual([]);
  });
});

describe('Express', () => {
  const call = (suffix: string) =>
    only({
      Type: 'Task',
      Resource: `arn:aws:states:::${suffix}`,
      Parameters: { StateMachineArn: 'm', QueueUrl: 'q', MessageBody: 'b' },
      End: true,
    });
  test.each<[string, unknown, string[]]>([
    [
      '.sync',
      call('states:startExecution.sync'),
      ["Express state machine does not support '.sync' service integration at /States/S/Resource"],
    ],
    [
      '.sync:2',
      call('states:startExecution.sync:2'),
      ["Express state machine does not support '.sync' service integration at /States/S/Resource"],
    ],
    [
      '.waitForTaskToken, with the blank that AWS leaves',
      call('sqs:sendMessage.waitForTaskToken'),
      ["Express state machine does not support '.waitForTaskToken' service integration  at /States/S/Resource"],
    ],
    [
      'an activity',
      only({ Type: 'Task', Resource: 'arn:aws:states:eu-west-1:111122223333:activity:a', End: true }),
      ['Express state machine does not support Activity ARN at /States/S/Resource'],
    ],
    [
      'a Distributed Map',
      map({}),
      [
        "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines at /States/S/ItemProcessor/ProcessorConfig/Mode",
      ],
    ],
    ['a request', call('sqs:sendMessage'), []],
  ])('%s', (_, definition, refusals) => {
    expect(refusalsOf(definition, 'EXPRESS')).toEqual(refusals);
    expect(refusalsOf(definition, 'STANDARD')).toEqual([]);
  });

  test('children of a Distributed Map are of the type that it names', () => {
    const children = {
      StartAt: 'C',
      States: {
        C: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Parameters: { QueueUrl: 'q', MessageBody: 'b' },
          End: true,
        },
      },
    };
    const with_ = (ExecutionType: string) =>
      only({ Type: 'Map', ItemProcessor: { ...children, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType } }, End: true });
    expect(refusalsOf(with_('STANDARD'))).toEqual([]);
    expect(refusalsOf(with_('EXPRESS'))).toHaveLength(1);
  });
});

test('all problems are said at once, each with the pointer of the field and a hint', () => {
  const { problems } = tryParse({ StartAt: 'a/b', States: { 'a/b': { Type: 'Pass', Nxt: 1, ResultPath: '$.*', End: true } } });
  expect(problems.map(({ pointer, location, hint }) => ({ pointer, location, hint: hint !== undefined }))).toEqual([
    { pointer: '/States/a~1b/Nxt', location: '/States/a/b', hint: true },
    { pointer: '/States/a~1b/ResultPath', location: '/States/a/b/ResultPath', hint: true },
  ]);
});

test('CreateStateMachine puts them in one sentence', () => {
  const { problems } = tryParse({ StartAt: 'S', States: { S: { Type: 'Pass', Next: 'X' } } });
  expect(renderInvalidDefinition(problems)).toBe(
    "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/S/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
  );
});

test('what has no problem is normalised', () => {
  const { machine } = tryParse(only({ Type: 'Map', Iterator: inner, Parameters: { 'a.$': '$' }, End: true }));
  expect(machine?.States['S']).toEqual({ Type: 'Map', ItemProcessor: inner, ItemSelector: { 'a.$': '$' }, End: true });
});
