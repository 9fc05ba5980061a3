import { check, type CheckOptions } from '../../../lib/asl/check';

// What looks like a mistake and is none.

const found = (definition: unknown, options: CheckOptions = {}): readonly string[] =>
  check(definition, options).map(({ code, location, message }) => `${code} ${location}: ${message}`);

const workflow = (states: object) => ({ StartAt: Object.keys(states)[0], States: states });
const jsonata = (states: object) => ({ QueryLanguage: 'JSONata', ...workflow(states) });
const each = (Items: string) => ({ Type: 'Map', Items, ItemProcessor: workflow({ I: { Type: 'Pass', End: true } }), End: true });
const invoke = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
};
const func = { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f' };
const end = { Z: { Type: 'Succeed' } };
const note = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, note: { type: 'string' } } };

const LOOKALIKES: readonly (readonly [string, object, CheckOptions?])[] = [
  [
    'a grouping makes an object of whatever keys',
    jsonata({
      A: { Type: 'Pass', Output: '{% $states.input.items{sku: $sum(qty)} %}', Next: 'B' },
      B: { Type: 'Pass', Output: '{% $states.input.foo %}', End: true },
    }),
  ],
  [
    'a rule before has told the timeouts apart',
    jsonata({
      A: { ...invoke, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }], End: true },
      C: {
        Type: 'Choice',
        Choices: [
          { Condition: "{% $states.input.Error = 'States.Timeout' %}", Next: 'Z' },
          { Condition: "{% $contains($states.input.Cause, 'x') %}", Next: 'Z' },
        ],
        Default: 'Z',
      },
      ...end,
    }),
  ],
  ['the lines of the one order that is found', jsonata({ M: each("{% $states.input.orders[id = 'x'].lines %}") })],
  [
    'the lines of an order in a variable',
    jsonata({
      A: { Type: 'Pass', Assign: { order: '{% $states.input.orders[id = $states.input.id] %}' }, Next: 'M' },
      M: each('{% $order.lines %}'),
    }),
  ],
  [
    'one item is told from many',
    jsonata({ M: each("{% $type($states.input.x[a > 1]) = 'array' ? $states.input.x[a > 1] : [$states.input.x[a > 1]] %}") }),
  ],
  ['what is appended to an array', jsonata({ M: each('{% $append([], $states.input.x[a > 1]) %}') })],
  ['a range', jsonata({ M: each('{% [1..$states.input.n] %}') })],
  ['a range that is mapped', jsonata({ M: each("{% $map([1..3], function($i) { { 'page': $i } }) %}") })],
  ['what stays in an array by []', jsonata({ M: each('{% $filter($states.input.x, function($x) { $x.a > 1 })[] %}') })],
  [
    'a function as a value',
    jsonata({ A: { Type: 'Pass', Output: '{% ($x := $states.input.a; $y := $x ~> $uppercase; $y & $x) %}', End: true } }),
  ],
  [
    'money',
    jsonata({
      A: { Type: 'Pass', Assign: { n: 0 }, Next: 'B' },
      B: { Type: 'Pass', Output: { a: 'Costs $n dollars', b: '$5', c: '$unknown', d: '100 %} {%' }, End: true },
    }),
  ],
  [
    'a template of another engine',
    workflow({ A: { Type: 'Pass', Parameters: { template: 'Hello{% if name %}, {{ name }}{% endif %}' }, End: true } }),
  ],
  [
    "a function's own errors",
    workflow({
      A: {
        ...func,
        Catch: [
          {
            ErrorEquals: ['TooManyRequestsException', 'Timeout', 'OrderTimeout', 'Lambda.CustomThing', 'ServiceException'],
            Next: 'F',
          },
        ],
        End: true,
      },
      F: { Type: 'Fail' },
    }),
  ],
  [
    'ADD to a set',
    workflow({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:updateItem',
        Parameters: {
          TableName: 't',
          Key: {},
          UpdateExpression: 'ADD tags :t SET a = :a',
          ExpressionAttributeValues: { ':t': { SS: ['x'] } },
        },
        Retry: [{ ErrorEquals: ['States.ALL'] }],
        End: true,
      },
    }),
  ],
  [
    'an addition that is retried when DynamoDB has refused it',
    workflow({
      A: {
        Type: 'Task',
        Resource: 'arn:aws:states:::dynamodb:updateItem',
        Parameters: { TableName: 't', Key: {}, UpdateExpression: 'ADD n :n' },
        Retry: [{ ErrorEquals: ['DynamoDB.ProvisionedThroughputExceededException'] }],
        End: true,
      },
    }),
  ],
  [
    'a Cause, null or not, in JSON',
    workflow({
      A: { ...func, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'N' }], End: true },
      N: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Parameters: { QueueUrl: 'q', MessageBody: { 'e.$': '$.e.Cause' } },
        ResultPath: null,
        Next: 'F',
      },
      F: { Type: 'Fail', ErrorPath: '$.e.Error' },
    }),
  ],
  [
    'a Cause where nothing times out',
    workflow({
      A: { ...func, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'F' }], End: true },
      F: { Type: 'Fail', CausePath: '$.Cause' },
    }),
  ],
  [
    'a Cause where timeouts go another way',
    workflow({
      P: {
        Type: 'Parallel',
        Branches: [
          workflow({
            A: { ...func, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'T' }], End: true },
            T: { Type: 'Fail', Error: 'TooSlow', Cause: 'too slow' },
          }),
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'F' }],
        End: true,
      },
      F: { Type: 'Fail', CausePath: '$.Cause' },
    }),
  ],
  [
    'the result that stands in for a branch',
    workflow({
      P: {
        Type: 'Parallel',
        Branches: [
          workflow({
            A: { ...func, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true },
            B: { Type: 'Pass', Result: { price: 5 }, End: true },
          }),
        ],
        End: true,
      },
    }),
  ],
  [
    'a result that tells of the failure',
    workflow({
      A: { ...func, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true },
      B: { Type: 'Pass', Result: { status: 'FAILED' }, End: true },
    }),
  ],
  [
    'a result with the error in it',
    workflow({
      A: { ...func, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true },
      B: { Type: 'Pass', Parameters: { status: 'DONE', 'why.$': '$.Error' }, End: true },
    }),
  ],
  [
    'an optional field where nothing is as good',
    jsonata({
      A: {
        Type: 'Pass',
        Output: {
          a: "{% $states.input.note & '!' %}",
          b: '{% [$states.input.note] %}',
          c: '{% $count($states.input.note) %}',
          d: "{% { 'note': $uppercase($states.input.note) } %}",
          e: "{% $states.input.note ? $uppercase($states.input.note) : '' %}",
          f: "{% $states.input.note = 'x' %}",
        },
        End: true,
      },
    }),
    { inputSchema: note },
  ],
  [
    'waits in Express that are passed by',
    {
      ...workflow({
        C: { Type: 'Choice', Choices: [{ Variable: '$.slow', BooleanEquals: true, Next: 'W' }], Default: 'Z' },
        W: { Type: 'Wait', Seconds: 200, Next: 'V' },
        V: { Type: 'Wait', Seconds: 200, Next: 'Z' },
        ...end,
      }),
    },
    { type: 'EXPRESS' },
  ],
];

test.each(LOOKALIKES.map((one) => [one[0], one] as const))('%s', (_, [, definition, options]) => {
  expect(found(definition, options)).toEqual([]);
});

describe('what a warning says to do', () => {
  const hintsOf = (definition: unknown): readonly (string | undefined)[] => check(definition).map(({ hint }) => hint);

  test('a path that is never produced, in JSONata', () => {
    const definition = jsonata({ A: { ...invoke, Next: 'B' }, B: { Type: 'Pass', Output: '{% $states.input.id %}', End: true } });
    expect(hintsOf(definition)).toEqual([expect.stringContaining('Output of a state before, or in a variable with Assign')]);
  });

  test('what a Catcher hands on', () => {
    const states = {
      A: { ...func, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], End: true },
      B: { Type: 'Fail', CausePath: '$.id' },
    };
    expect(found(workflow(states))).toEqual([expect.stringContaining("has no 'id' (it has only Error, Cause)")]);
  });

  test('the longest TimeoutSeconds of a polling loop', () => {
    const poll = {
      W: { Type: 'Wait', Seconds: 10, Next: 'A' },
      A: { ...func, Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Z' }], Default: 'W' },
      ...end,
    };
    expect(hintsOf({ ...workflow(poll), TimeoutSeconds: 86_400 })).toEqual([
      expect.stringContaining('lower TimeoutSeconds, which is 86400, to at most 27770'),
    ]);
    expect(hintsOf(workflow(poll))).toEqual([expect.stringContaining('or set TimeoutSeconds')]);
  });

  test.each([
    ['yes', 'true'],
    ['on', 'true'],
    ['No', 'false'],
    ['off', 'false'],
  ])('%s where a boolean is wanted', (text, boolean) => {
    const [problem] = check(workflow({ A: { Type: 'Pass', End: text } }));
    expect(problem?.hint).toContain(`found the text "${text}"; write ${boolean} without quotes`);
  });

  test.each([
    ['Lambda.TooManyRequestException', 'Lambda.TooManyRequestsException'],
    ['Lambda.ServiceExeption', 'Lambda.ServiceException'],
    ['States.Timout', 'States.Timeout'],
    ['states.ALL', 'States.ALL'],
    ['Sandbox.TimedOut', 'Sandbox.Timedout'],
  ])('%s is misspelt', (name, meant) => {
    const states = { A: { ...func, Catch: [{ ErrorEquals: [name], Next: 'F' }], End: true }, F: { Type: 'Fail' } };
    expect(hintsOf(workflow(states))).toEqual([`write ${meant}`]);
  });
});
