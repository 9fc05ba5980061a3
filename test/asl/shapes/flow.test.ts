import { check } from '../../../lib/asl/check';
import type { CheckOptions } from '../../../lib/asl/check';

/** Whatever `check` says of a workflow, as `code location`. */
const found = (definition: unknown, options: CheckOptions = {}): string[] =>
  check(definition, options).map(({ code, location }) => `${code} ${location}`);
const says = (definition: unknown, options: CheckOptions = {}): string => check(definition, options)[0]?.message ?? '';

const chain = (...states: (readonly [string, object])[]) => ({
  StartAt: states[0]?.[0],
  States: Object.fromEntries(
    states.map(([name, state], index) => {
      const next = states[index + 1]?.[0];
      return [name, { ...state, ...(next === undefined ? { End: true } : { Next: next }) }];
    }),
  ),
});
const jsonata = (definition: object) => ({ QueryLanguage: 'JSONata', ...definition });
const invoke = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$' },
  ...more,
});
const read = (path: string, more: object = {}) => ({ Type: 'Pass', Parameters: { 'value.$': path }, ...more });
const call = (resource: string, Parameters: object, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  Parameters,
  ...more,
});
const item = { TableName: 't', Key: { id: { S: 'x' } } };

describe('what a state surely hands on', () => {
  test.each<[string, object, string[]]>([
    ['an input of which nothing is known may hold anything', chain(['A', read('$.a.b[3].c')]), []],
    [
      'a Result',
      chain(['A', { Type: 'Pass', Result: { a: 1 } }], ['B', read('$.b')]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    ['a Result beside the input', chain(['A', { Type: 'Pass', Result: 1, ResultPath: '$.a' }], ['B', read('$.b')]), []],
    ['Parameters', chain(['A', read('$.a')], ['B', read('$.a')]), ['path-never-produced /States/B/Parameters/value.$']],
    [
      'a nested template',
      chain(['A', { Type: 'Pass', Parameters: { a: { 'b.$': '$.c' } } }], ['B', read('$.a.b.d')], ['C', read('$.value')]),
      [],
    ],
    [
      'limits and Credentials, which read past InputPath, and what they cannot have',
      chain(
        ['A', { Type: 'Pass', Result: { order: {}, limits: { s: 5 }, role: 'r' } }],
        [
          'B',
          invoke({
            InputPath: '$.order',
            TimeoutSecondsPath: '$.limits.s',
            Credentials: { 'RoleArn.$': '$.role' },
            ResultPath: null,
          }),
        ],
        ['C', invoke({ InputPath: '$.limits', TimeoutSecondsPath: '$.s' })],
      ),
      ['path-never-produced /States/C/TimeoutSecondsPath'],
    ],
    ['OutputPath', chain(['A', { Type: 'Pass', Result: { a: { b: 1 } }, OutputPath: '$.a' }], ['B', read('$.b')]), []],
    [
      'OutputPath null',
      chain(['A', { Type: 'Pass', OutputPath: null }], ['B', read('$.b')]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    [
      'InputPath of what is not there',
      chain(['A', { Type: 'Pass', Result: { a: 1 } }], ['B', { Type: 'Pass', InputPath: '$.b' }]),
      ['path-never-produced /States/B/InputPath'],
    ],
    [
      'ResultPath null keeps the input',
      chain(['A', { Type: 'Pass', Result: { a: 1 } }], ['B', invoke({ ResultPath: null })], ['C', read('$.a')]),
      [],
    ],
    [
      'ResultSelector',
      chain(['A', invoke({ ResultSelector: { 'order.$': '$.Payload' } })], ['B', read('$.order.id')], ['C', read('$.value')]),
      [],
    ],
    [
      'the wrapper of lambda:invoke',
      chain(['A', invoke()], ['B', read('$.status')]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    ['what is in the wrapper', chain(['A', invoke()], ['B', read('$.Payload.status')]), []],
    ['OutputPath $.Payload', chain(['A', invoke({ OutputPath: '$.Payload' })], ['B', read('$.status')]), []],
    [
      'an event is not answered',
      chain(['A', invoke({ Parameters: { FunctionName: 'f', InvocationType: 'Event' } })], ['B', read('$.x')]),
      [],
    ],
    [
      'a callback answers whatever it is sent',
      chain(
        [
          'A',
          call(
            'sqs:sendMessage.waitForTaskToken',
            { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
            { TimeoutSeconds: 5 },
          ),
        ],
        ['B', read('$.decision')],
      ),
      [],
    ],
    [
      'a function by its ARN answers whatever it likes',
      chain(['A', { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }], ['B', read('$.x')]),
      [],
    ],
    [
      'the answer of startExecution',
      chain(['A', call('states:startExecution', { StateMachineArn: 'a' })], ['B', read('$.Output.total')]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    [
      'the Output of .sync is text',
      chain(['A', call('states:startExecution.sync', { StateMachineArn: 'a' })], ['B', read('$.Output.total')]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    [
      'the Output of .sync:2 is parsed',
      chain(['A', call('states:startExecution.sync:2', { StateMachineArn: 'a' })], ['B', read('$.Output.total')]),
      [],
    ],
    ['an attribute of an item', chain(['A', call('dynamodb:getItem', item)], ['B', read('$.Item.name')]), []],
    [
      'an item is in Item',
      chain(['A', call('dynamodb:getItem', item)], ['B', read('$.name.S')]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    ['an SDK integration', chain(['A', call('aws-sdk:s3:listBuckets', {})], ['B', read('$.Buckets')]), []],
    [
      'a Parallel gives an array',
      chain(
        ['A', { Type: 'Parallel', Branches: [chain(['I', { Type: 'Pass', Result: { stock: 1 } }])] }],
        ['B', read('$.stock')],
      ),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    [
      'an element of it',
      chain(
        ['A', { Type: 'Parallel', Branches: [chain(['I', { Type: 'Pass', Result: { stock: 1 } }])] }],
        ['B', read('$[0].stock')],
      ),
      [],
    ],
    [
      'what an element lacks',
      chain(
        ['A', { Type: 'Parallel', Branches: [chain(['I', { Type: 'Pass', Result: { stock: 1 } }])] }],
        ['B', read('$[0].price')],
      ),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    [
      'an iteration gets an item',
      chain(['A', { Type: 'Pass', Result: [{ id: 1 }] }], ['M', { Type: 'Map', ItemProcessor: chain(['I', read('$.name')]) }]),
      ['path-never-produced /States/M/ItemProcessor/States/I/Parameters/value.$'],
    ],
    [
      'the item in the Context Object',
      chain(
        ['A', { Type: 'Pass', Result: [{ id: 1 }] }],
        ['M', { Type: 'Map', ItemSelector: { 'id.$': '$$.Map.Item.Value.name' }, ItemProcessor: chain(['I', read('$.id')]) }],
      ),
      ['path-never-produced /States/M/ItemSelector/id.$'],
    ],
    [
      'filters and wildcards are left to the run',
      chain(['A', { Type: 'Pass', Result: { a: 1 } }], ['B', read('$..b')], ['C', read('$.value[*].x')]),
      [],
    ],
    [
      'a path of the intrinsic function',
      chain(['A', { Type: 'Pass', Result: { a: 1 } }], ['B', read("States.Format('{}', $.b)")]),
      ['path-never-produced /States/B/Parameters/value.$'],
    ],
    [
      'the cause of a Fail',
      { StartAt: 'A', States: { A: { Type: 'Pass', Result: { a: 1 }, Next: 'F' }, F: { Type: 'Fail', CausePath: '$.b' } } },
      ['path-never-produced /States/F/CausePath'],
    ],
    [
      'seconds to wait',
      chain(['A', { Type: 'Pass', Result: { a: 1 } }], ['W', { Type: 'Wait', SecondsPath: '$.b' }]),
      ['path-never-produced /States/W/SecondsPath'],
    ],
  ])('%s', (_, definition, expected) => {
    expect(found(definition)).toEqual(expected);
  });
});

describe('where ways meet', () => {
  const diamond = (last: object, choices: object) => ({
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Result: { a: 1 }, Next: 'C' },
      C: { Type: 'Choice', ...choices },
      P: { Type: 'Pass', Result: 1, ResultPath: '$.p', Next: 'Z' },
      Z: { ...last, End: true },
    },
  });
  const either = { Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'P' }], Default: 'Z' };

  test('what only one of them has is missing on the other', () => {
    expect(found(diamond(read('$.p'), either))).toEqual(['path-never-produced /States/Z/Parameters/value.$']);
    expect(says(diamond(read('$.p'), either))).toContain('not there on every way');
  });

  test('what both have is there', () => {
    expect(found(diamond(read('$.a'), either))).toEqual([]);
  });

  test('behind another Choice nothing is said: the ways may go apart again', () => {
    const states = diamond(read('$.p'), either);
    const later = {
      ...states,
      States: {
        ...states.States,
        P: { ...states.States.P, Next: 'D' },
        C: { ...states.States.C, Default: 'D' },
        D: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'Z' }], Default: 'E' },
        E: { Type: 'Succeed' },
      },
    };
    expect(found(later)).toEqual([]);
  });

  test('IsPresent shows that something is there', () => {
    const guarded = { Choices: [{ Variable: '$.b', IsPresent: true, Next: 'Z' }], Default: 'P' };
    const schema = { type: 'object', properties: { b: { type: 'string' } } };
    const definition = diamond(read('$.a'), guarded);
    const open = {
      ...definition,
      StartAt: 'C',
      States: { ...definition.States, P: { Type: 'Fail' }, Z: { ...read('$.b'), End: true } },
    };
    const { A: _, ...states } = open.States;
    expect(found({ ...open, States: states }, { inputSchema: schema })).toEqual([]);
  });

  test('a loop that adds to its data comes to an end', () => {
    const loop = {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Parameters: { 'before.$': '$' }, Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'A' }], Default: 'Z' },
        Z: { Type: 'Succeed' },
      },
    };
    expect(() => check(loop)).not.toThrow();
  });

  test('a path that only the first round of a loop has is missing in the next', () => {
    const loop = {
      StartAt: 'S',
      States: {
        S: { Type: 'Pass', Result: { page: 1 }, Next: 'A' },
        A: { ...invoke({ Parameters: { FunctionName: 'f', Payload: { 'page.$': '$.page' } } }), Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.Payload.more', BooleanEquals: true, Next: 'A' }], Default: 'Z' },
        Z: { Type: 'Succeed' },
      },
    };
    // Behind the Choice it is a maybe; in the state itself both ways meet.
    expect(found(loop)).toEqual(['path-never-produced /States/A/Parameters/Payload/page.$']);
  });
});

describe('Catchers', () => {
  const caught = (catcher: object, handler: object) => ({
    StartAt: 'A',
    States: {
      I: { ...invoke({ ResultPath: '$.r', Catch: [{ ErrorEquals: ['States.ALL'], ...catcher, Next: 'H' }] }), End: true },
      A: { Type: 'Pass', Result: { id: 1 }, Next: 'I' },
      H: { ...handler, End: true },
    },
  });

  test.each<[string, object, object, string[]]>([
    ['the Error Output replaces the input', {}, read('$.id'), ['catch-drops-input /States/H/Parameters/value.$']],
    ['it is beside the input', { ResultPath: '$.error' }, read('$.id'), []],
    ['Error and Cause are there', {}, read('$.Cause'), []],
    ['nothing else is', { ResultPath: '$.error' }, read('$.error.Message'), ['catch-drops-input /States/H/Parameters/value.$']],
    [
      'the result of the failed state is not there',
      { ResultPath: '$.error' },
      read('$.r'),
      ['path-never-produced /States/H/Parameters/value.$'],
    ],
  ])('%s', (_, catcher, handler, expected) => {
    expect(found(caught(catcher, handler))).toEqual(expected);
  });
});

describe('JSONata', () => {
  const output = (value: unknown) => ({ Type: 'Pass', Output: value });
  const invokeJsonata = (more: object = {}) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'f' },
    ...more,
  });
  test.each<[string, object, string[]]>([
    [
      'a result in place of the input',
      chain(['A', invokeJsonata()], ['B', output('{% $states.input.orderId %}')]),
      ['path-never-produced /States/B/Output'],
    ],
    [
      'an Output that keeps it',
      chain(['A', invokeJsonata({ Output: { id: '{% $states.input.orderId %}' } })], ['B', output('{% $states.input.id %}')]),
      [],
    ],
    [
      'what an Output lacks',
      chain(['A', output({ id: 1 })], ['B', output({ a: ['{% $states.input.name %}'] })]),
      ['path-never-produced /States/B/Output/a[0]'],
    ],
    [
      'a part of an expression that can never be there',
      chain(['A', output({ id: 1 })], ['B', output("{% 'x' & $states.input.name %}")]),
      ['path-never-produced /States/B/Output'],
    ],
    ['$exists asks', chain(['A', output({ id: 1 })], ['B', output('{% $exists($states.input.name) ? 1 : 2 %}')]), []],
    ['a field of each item', chain(['A', output({ items: [{ id: 1 }] })], ['B', output('{% $states.input.items.id %}')]), []],
    [
      'a variable',
      chain(['A', { Type: 'Pass', Assign: { order: { id: 1 } } }], ['B', output('{% $order.name %}')]),
      ['variable-never-assigned /States/B/Output'],
    ],
    ['a variable in an expression', chain(['A', output('{% $sum($prices) %}')]), ['variable-never-assigned /States/A/Output']],
    [
      'a variable is seen from the next state on',
      chain(['A', { Type: 'Pass', Assign: { x: 1 }, Output: '{% $x %}' }]),
      ['variable-never-assigned /States/A/Output'],
    ],
    [
      'a variable of a branch is gone behind it',
      chain(['A', { Type: 'Parallel', Branches: [chain(['I', { Type: 'Pass', Assign: { x: 1 } }])] }], ['B', output('{% $x %}')]),
      ['variable-never-assigned /States/B/Output'],
    ],
    [
      'an outer variable in a branch',
      chain(['A', { Type: 'Pass', Assign: { x: 1 } }], ['B', { Type: 'Parallel', Branches: [chain(['I', output('{% $x %}')])] }]),
      [],
    ],
    [
      'functions and their parameters are no variables',
      chain(['A', output('{% ($f := function($a){ $a + 1 }; $map([1,2], $f)) %}')]),
      [],
    ],
  ])('%s', (_, definition, expected) => {
    expect(found(jsonata(definition))).toEqual(expected);
  });
});

describe('the items of a Distributed Map', () => {
  const rows = (more: object, child: object) =>
    chain([
      'M',
      {
        Type: 'Map',
        MaxConcurrency: 10,
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
          Parameters: { Bucket: 'b', Key: 'k' },
        },
        ItemProcessor: { ...chain(['I', child]), ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
        ...more,
      },
    ]);
  const expensive = (operator: object) => ({
    StartAt: 'C',
    States: {
      C: { Type: 'Choice', Choices: [{ Variable: '$.price', ...operator, Next: 'Z' }], Default: 'Z' },
      Z: { Type: 'Succeed' },
    },
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  });

  test.each<[string, object, string[]]>([
    [
      'a cell of CSV is no number',
      rows({ ItemProcessor: expensive({ NumericGreaterThan: 5 }) }, {}),
      ['choice-never-matches /States/M/ItemProcessor/States/C/Choices[0]/Variable'],
    ],
    ['it is a string', rows({ ItemProcessor: expensive({ StringEquals: '5' }) }, {}), []],
    [
      'a batch is { Items }',
      rows({ ItemBatcher: { MaxItemsPerBatch: 5 } }, read('$.id')),
      ['path-never-produced /States/M/ItemProcessor/States/I/Parameters/value.$'],
    ],
    ['its items', rows({ ItemBatcher: { MaxItemsPerBatch: 5, BatchInput: { a: 1 } } }, read('$.Items[0].id')), []],
    [
      'its BatchInput',
      rows({ ItemBatcher: { MaxItemsPerBatch: 5, BatchInput: { a: 1 } } }, read('$.BatchInput.b')),
      ['path-never-produced /States/M/ItemProcessor/States/I/Parameters/value.$'],
    ],
    [
      'columns that are given',
      rows(
        {
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['id'] },
            Parameters: {},
          },
        },
        read('$.name'),
      ),
      ['path-never-produced /States/M/ItemProcessor/States/I/Parameters/value.$'],
    ],
  ])('%s', (_, definition, expected) => {
    expect(found(definition)).toEqual(expected);
  });
});

describe('an input schema', () => {
  const order = {
    $defs: { line: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, pieces: { type: 'integer' } } } },
    type: 'object',
    required: ['lines', 'total'],
    properties: {
      lines: { type: 'array', items: { $ref: '#/$defs/line' } },
      total: { type: 'number' },
      note: { type: 'string' },
      any: {},
    },
  };
  const put = (path: string) => chain(['P', call('dynamodb:putItem', { TableName: 't', Item: { ttl: { 'N.$': path } } })]);
  test.each<[string, object, string[]]>([
    ['what is required is there', chain(['A', read('$.total')]), []],
    ['what is optional may be missing', chain(['A', read('$.note')]), ['path-not-in-input /States/A/Parameters/value.$']],
    ['what is not named is missing', chain(['A', read('$.detail.total')]), ['path-not-in-input /States/A/Parameters/value.$']],
    [
      'what is in the Execution of the Context Object',
      chain(['A', read('$$.Execution.Input.detail')]),
      ['path-not-in-input /States/A/Parameters/value.$'],
    ],
    [
      'items by $ref',
      chain(['M', { Type: 'Map', ItemsPath: '$.lines', ItemProcessor: chain(['I', read('$.name')]) }]),
      ['path-not-in-input /States/M/ItemProcessor/States/I/Parameters/value.$'].map(
        () => expect.stringMatching(/\/States\/M\/ItemProcessor\/States\/I/) as string,
      ),
    ],
    ['a number where DynamoDB wants text', put('$.total'), ['dynamodb-attribute-type /States/P/Parameters/Item/ttl/N.$']],
    ['of which nothing is known', chain(['A', read('$.any.thing')]), ['path-not-in-input /States/A/Parameters/value.$']],
  ])('%s', (_, definition, expected) => {
    expect(found(definition, { inputSchema: order })).toEqual(expected);
  });

  test('additionalProperties allow what is not named', () => {
    expect(found(chain(['A', read('$.x.y')]), { inputSchema: { ...order, additionalProperties: true } })).toEqual([]);
  });
});

test('branches in branches take no longer than there are states', () => {
  const nest = (depth: number): object =>
    chain([`S${depth}`, depth === 0 ? read('$.a') : { Type: 'Parallel', Branches: [nest(depth - 1)] }]);
  expect(found(nest(200))).toEqual([]);
}, 5000);

test('a machine of 500 states is checked in a moment', () => {
  const definition = chain(
    ...Array.from({ length: 500 }, (_, index) => [`S${index}`, invoke({ ResultPath: `$.results.r${index % 20}` })] as const),
  );
  const start = process.cpuUsage();
  expect(check(definition)).toEqual([]);
  const { user } = process.cpuUsage(start);
  expect(user / 1000).toBeLessThan(2000); // processor milliseconds, on whatever runs the tests
});
