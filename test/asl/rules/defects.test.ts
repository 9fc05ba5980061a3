import { check, type CheckOptions } from '../../../lib/asl/check';

// Each way in which a workflow goes wrong, in both query languages where it exists in both.

const codesOf = (definition: unknown, options: CheckOptions = {}): readonly string[] =>
  check(definition, options).map(({ code }) => code);

/** One state behind the other, the last one ending the workflow. */
const chain = (...states: (readonly [string, object])[]) => ({
  StartAt: states[0]?.[0],
  States: Object.fromEntries(
    states.map(([name, state], index) => {
      const next = states[index + 1]?.[0];
      const isEnd =
        'Next' in state || 'End' in state || 'Choices' in state || ['Fail', 'Succeed'].includes((state as { Type: string }).Type);
      return [name, isEnd ? state : { ...state, ...(next === undefined ? { End: true } : { Next: next }) }];
    }),
  ),
});
const jsonata = (...states: (readonly [string, object])[]) => ({ QueryLanguage: 'JSONata', ...chain(...states) });
const task = (resource: string, request: object, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  Parameters: request,
  ...more,
});
const taskJsonata = (resource: string, request: object, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${resource}`,
  Arguments: request,
  ...more,
});
const invoke = (more: object = {}) => task('lambda:invoke', { FunctionName: 'f', 'Payload.$': '$' }, more);
const invokeJsonata = (more: object = {}) =>
  taskJsonata('lambda:invoke', { FunctionName: 'f', Payload: '{% $states.input %}' }, more);
const read = (path: string, more: object = {}) => ({ Type: 'Pass', Parameters: { 'value.$': path }, ...more });
const readJsonata = (expression: string, more: object = {}) => ({
  Type: 'Pass',
  Output: { value: `{% ${expression} %}` },
  ...more,
});
const succeed = { Type: 'Succeed' };
const distributed = (states: object) => ({ ...states, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } });

const inputSchema = {
  type: 'object',
  required: ['detail', 'orders', 'total'],
  properties: {
    detail: { type: 'object', required: ['orderId'], properties: { orderId: { type: 'string' } } },
    orders: {
      type: 'array',
      items: { type: 'object', required: ['id', 'total'], properties: { id: { type: 'string' }, total: { type: 'number' } } },
    },
    total: { type: 'number' },
    note: { type: 'string' },
  },
};
const csv = { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' } };
const branch = (...states: (readonly [string, object])[]) => chain(...states);
const loop = (states: object, start: string) => ({ StartAt: start, States: states });

/** What is wrong, what tells it, and the definitions: JSONPath first, JSONata second. */
type Defect = readonly [string, string, object | undefined, object | undefined, CheckOptions?];

const DEFECTS: readonly Defect[] = [
  [
    'an element of a Parallel that lacks it',
    'path-never-produced',
    chain(
      ['P', { Type: 'Parallel', Branches: [branch(['I', { Type: 'Pass', Result: { stock: 1 } }])] }],
      ['B', read('$[0].price')],
    ),
    jsonata(
      ['P', { Type: 'Parallel', Branches: [branch(['I', { Type: 'Pass', Output: { stock: 1 } }])] }],
      ['B', readJsonata('$states.input[0].price')],
    ),
  ],
  [
    'a path that the input lacks',
    'path-not-in-input',
    chain(['A', read('$.orderId')]),
    jsonata(['A', readJsonata('$states.input.orderId')]),
    { inputSchema },
  ],
  [
    'a path that the input lacks, in a longer expression',
    'path-not-in-input',
    chain(['A', read("States.Format('{}', $.orderId)")]),
    jsonata(['A', readJsonata("'o-' & $states.input.orderId")]),
    { inputSchema },
  ],
  [
    'an optional field',
    'path-not-in-input',
    chain(['A', read('$.note')]),
    jsonata(['A', readJsonata('$uppercase($states.input.note)')]),
    { inputSchema },
  ],
  [
    'an optional field that is compared',
    'path-not-in-input',
    chain(
      ['C', { Type: 'Choice', Choices: [{ Variable: '$.note', StringEquals: 'x', Next: 'Z' }], Default: 'Z' }],
      ['Z', succeed],
    ),
    jsonata(
      ['C', { Type: 'Choice', Choices: [{ Condition: "{% $states.input.note > 'x' %}", Next: 'Z' }], Default: 'Z' }],
      ['Z', succeed],
    ),
    { inputSchema },
  ],
  [
    'a result in place of the input',
    'path-never-produced',
    chain(['A', invoke()], ['B', read('$.orderId')]),
    jsonata(['A', invokeJsonata()], ['B', readJsonata('$states.input.orderId')]),
  ],
  [
    'the wrapper of lambda:invoke',
    'path-never-produced',
    chain(['A', invoke({ ResultPath: '$.r' })], ['B', read('$.r.status')]),
    jsonata(['A', invokeJsonata({ Output: { status: '{% $states.result.status %}' } })]),
  ],
  [
    'the wrapper of lambda:invoke, in a variable',
    'variable-never-assigned',
    chain(['A', invoke({ Assign: { 'r.$': '$' } })], ['B', read('$r.status')]),
    jsonata(['A', invokeJsonata({ Assign: { r: '{% $states.result %}' } })], ['B', readJsonata('$r.status & 1')]),
  ],
  ['a bare name', 'UNSUPPORTED_JSONATA_EXPRESSION', undefined, jsonata(['A', readJsonata('orderId & "-x"')])],
  ['what does not parse', 'INVALID_JSONATA_EXPRESSION', undefined, jsonata(['A', readJsonata('$sum(')])],
  ['no .$', 'NO_DOLLAR', chain(['A', { Type: 'Pass', Parameters: { id: '$.orderId' } }]), undefined],
  ['no {% %}', 'jsonata-not-evaluated', undefined, jsonata(['A', { Type: 'Pass', Output: { id: '$states.input.orderId' } }])],
  [
    'no {% %} around a variable',
    'jsonata-not-evaluated',
    undefined,
    jsonata(['A', { Type: 'Pass', Assign: { id: 1 } }], ['B', { Type: 'Pass', Output: { id: '$id' } }]),
  ],
  [
    '{% %} in a text',
    'jsonata-not-evaluated',
    chain(['A', { Type: 'Pass', Parameters: { id: 'o-{% $x %}' } }]),
    jsonata(['A', { Type: 'Pass', Output: { id: 'o-{% $states.input.id %}' } }]),
  ],
  [
    'an outer variable in a Distributed Map',
    'SCHEMA_VALIDATION_FAILED',
    chain(
      ['A', { Type: 'Pass', Assign: { x: 1 } }],
      ['M', { Type: 'Map', MaxConcurrency: 5, ItemProcessor: distributed(branch(['I', read('$x')])) }],
    ),
    jsonata(
      ['A', { Type: 'Pass', Assign: { x: 1 } }],
      ['M', { Type: 'Map', MaxConcurrency: 5, Items: [1, 2], ItemProcessor: distributed(branch(['I', readJsonata('$x')])) }],
    ),
  ],
  [
    'the array of a Parallel',
    'path-never-produced',
    chain(['P', { Type: 'Parallel', Branches: [branch(['I', { Type: 'Pass', Result: { stock: 1 } }])] }], ['B', read('$.stock')]),
    jsonata(
      [
        'P',
        {
          Type: 'Parallel',
          Branches: [
            branch(['I', { Type: 'Pass', Output: { stock: 1 } }]),
            branch(['J', { Type: 'Pass', Output: { price: 1 } }]),
          ],
        },
      ],
      ['B', readJsonata('$states.input.free')],
    ),
  ],
  [
    'a number where DynamoDB wants text',
    'dynamodb-attribute-type',
    chain(['A', task('dynamodb:putItem', { TableName: 't', Item: { ttl: { 'N.$': '$.total' } } })]),
    jsonata(['A', taskJsonata('dynamodb:putItem', { TableName: 't', Item: { ttl: { N: '{% $states.input.total %}' } } })]),
    { inputSchema },
  ],
  [
    'a computed number where DynamoDB wants text',
    'dynamodb-attribute-type',
    chain(['A', task('dynamodb:putItem', { TableName: 't', Item: { ttl: { 'N.$': 'States.ArrayLength($.orders)' } } })]),
    jsonata([
      'A',
      taskJsonata('dynamodb:putItem', { TableName: 't', Item: { ttl: { N: '{% $count($states.input.orders) + 1 %}' } } }),
    ]),
  ],
  [
    'a number of an SDK integration',
    'dynamodb-attribute-type',
    chain(['A', task('aws-sdk:dynamodb:updateItem', { TableName: 't', Key: {}, ExpressionAttributeValues: { ':n': { N: 5 } } })]),
    jsonata([
      'A',
      taskJsonata('aws-sdk:dynamodb:updateItem', {
        TableName: 't',
        Key: {},
        ExpressionAttributeValues: { ':n': { N: '{% $millis() %}' } },
      }),
    ]),
  ],
  [
    'a Cause that is no JSON',
    'cause-parsed-as-json',
    chain(
      ['A', invoke({ Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'H' }] })],
      ['H', read('States.StringToJson($.e.Cause)')],
    ),
    jsonata(
      [
        'A',
        invokeJsonata({
          Catch: [
            { ErrorEquals: ['States.ALL'], Output: { e: '{% $parse($states.errorOutput.Cause).errorMessage %}' }, Next: 'H' },
          ],
        }),
      ],
      ['H', { Type: 'Fail' }],
    ),
  ],
  [
    'a Cause that is no JSON, later',
    'cause-parsed-as-json',
    chain(
      ['A', invoke({ Catch: [{ ErrorEquals: ['States.ALL'], Assign: { 'e.$': '$' }, Next: 'H' }] })],
      ['H', read('States.StringToJson($e.Cause)')],
    ),
    jsonata(
      [
        'A',
        invokeJsonata({ Catch: [{ ErrorEquals: ['States.TaskFailed'], Assign: { e: '{% $states.errorOutput %}' }, Next: 'H' }] }),
      ],
      ['H', readJsonata('$parse($e.Cause).errorMessage')],
    ),
  ],
  [
    'a Cause that is null',
    'cause-may-be-null',
    chain(
      ['A', invoke({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.e', Next: 'H' }] })],
      ['H', { Type: 'Fail', CausePath: '$.e.Cause' }],
    ),
    jsonata(
      ['A', invokeJsonata({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'H' }] })],
      ['H', { Type: 'Fail', Cause: '{% $states.input.Cause %}' }],
    ),
  ],
  [
    'a Cause that is null, in a message',
    'cause-may-be-null',
    chain(
      ['A', invoke({ HeartbeatSeconds: 5, TimeoutSeconds: 9, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'H' }] })],
      ['H', task('sns:publish', { TopicArn: 't', 'Message.$': '$.Cause' })],
    ),
    jsonata(
      ['A', invokeJsonata({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }] })],
      ['H', taskJsonata('sns:publish', { TopicArn: 't', Message: '{% $states.input.Cause %}' })],
    ),
  ],
  [
    'a Cause that is null, out of a branch',
    'cause-may-be-null',
    chain(
      [
        'P',
        {
          Type: 'Parallel',
          Branches: [branch(['I', invoke({ TimeoutSeconds: 5 })])],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }],
          End: true,
        },
      ],
      ['H', { Type: 'Fail', CausePath: '$.Cause' }],
    ),
    jsonata(
      [
        'P',
        {
          Type: 'Parallel',
          Branches: [branch(['I', { Type: 'Fail', Error: 'E' }])],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }],
        },
      ],
      ['H', readJsonata("$substringBefore($states.input.Cause, ':')")],
    ),
  ],
  [
    'a filter for items',
    'singleton-sequence',
    undefined,
    jsonata([
      'M',
      { Type: 'Map', Items: '{% $states.input.orders[total > 100] %}', ItemProcessor: branch(['I', invokeJsonata()]) },
    ]),
  ],
  [
    'a filter in a variable for items',
    'singleton-sequence',
    undefined,
    jsonata(
      ['A', { Type: 'Pass', Assign: { big: '{% $filter($states.input.orders, function($o) { $o.total > 100 }) %}' } }],
      ['M', { Type: 'Map', Items: '{% $big %}', ItemProcessor: branch(['I', invokeJsonata()]) }],
    ),
  ],
  [
    'a filter in the input for items',
    'singleton-sequence',
    undefined,
    jsonata(
      ['A', { Type: 'Pass', Output: { big: '{% $states.input.orders[$contains(id, "x")] %}' } }],
      ['M', { Type: 'Map', Items: '{% $states.input.big %}', ItemProcessor: branch(['I', invokeJsonata()]) }],
    ),
  ],
  [
    'a mapping for items',
    'singleton-sequence',
    undefined,
    jsonata([
      'M',
      {
        Type: 'Map',
        Items: '{% $map($states.input.orders, function($o) { $o.id }) %}',
        ItemProcessor: branch(['I', invokeJsonata()]),
      },
    ]),
  ],
  [
    'a field of each for items',
    'singleton-sequence',
    undefined,
    jsonata(['M', { Type: 'Map', Items: '{% $states.input.orders.id %}', ItemProcessor: branch(['I', invokeJsonata()]) }]),
    { inputSchema },
  ],
  ['Parameters in JSONata', 'SCHEMA_VALIDATION_FAILED', undefined, jsonata(['A', invoke()])],
  [
    'a token of JSONPath in JSONata',
    'jsonpath-in-jsonata',
    undefined,
    jsonata(['A', taskJsonata('lambda:invoke', { FunctionName: 'f', Payload: { token: '$$.Task.Token' } })]),
  ],
  [
    'no Default',
    'choice-without-default',
    chain(['C', { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Z' }] }], ['Z', succeed]),
    jsonata(['C', { Type: 'Choice', Choices: [{ Condition: '{% $states.input.a = 1 %}', Next: 'Z' }] }], ['Z', succeed]),
  ],
  [
    'a cell of CSV compared with a number',
    'choice-never-matches',
    chain([
      'M',
      {
        Type: 'Map',
        MaxConcurrency: 5,
        ItemReader: { ...csv, Parameters: { Bucket: 'b', Key: 'k' } },
        ItemProcessor: distributed(
          branch(
            ['C', { Type: 'Choice', Choices: [{ Variable: '$.price', NumericGreaterThan: 5, Next: 'Z' }], Default: 'Z' }],
            ['Z', succeed],
          ),
        ),
      },
    ]),
    jsonata([
      'M',
      {
        Type: 'Map',
        MaxConcurrency: 5,
        ItemReader: { ...csv, Arguments: { Bucket: 'b', Key: 'k' } },
        ItemProcessor: distributed(
          branch(
            ['C', { Type: 'Choice', Choices: [{ Condition: '{% $states.input.price > 5 %}', Next: 'Z' }], Default: 'Z' }],
            ['Z', succeed],
          ),
        ),
      },
    ]),
  ],
  [
    'a number of DynamoDB compared with a number',
    'choice-never-matches',
    chain(
      ['A', task('dynamodb:getItem', { TableName: 't', Key: {} })],
      ['C', { Type: 'Choice', Choices: [{ Variable: '$.Item.n.N', NumericEquals: 0, Next: 'Z' }], Default: 'Z' }],
      ['Z', succeed],
    ),
    jsonata(
      ['A', taskJsonata('dynamodb:getItem', { TableName: 't', Key: {} })],
      ['C', { Type: 'Choice', Choices: [{ Condition: '{% $states.input.Item.n.N = 0 %}', Next: 'Z' }], Default: 'Z' }],
      ['Z', succeed],
    ),
  ],
  [
    'TaskFailed for timeouts',
    'task-failed-misses-timeout',
    chain(
      ['A', invoke({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'H' }] })],
      ['H', { Type: 'Fail' }],
    ),
    jsonata(
      ['A', invokeJsonata({ TimeoutSeconds: '{% 5 %}', Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'H' }] })],
      ['H', { Type: 'Fail' }],
    ),
  ],
  [
    'States.Runtime is caught',
    'uncatchable-error',
    chain(['A', invoke({ Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'H' }] })], ['H', { Type: 'Fail' }]),
    jsonata(['A', invokeJsonata({ Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'H' }] })], ['H', { Type: 'Fail' }]),
  ],
  [
    'throttling',
    'retry-without-throttling',
    chain(['A', invoke({ Retry: [{ ErrorEquals: ['Lambda.ServiceException'] }] })]),
    jsonata(['A', invokeJsonata({ Retry: [{ ErrorEquals: ['Lambda.ServiceException'] }] })]),
  ],
  [
    'a second charge',
    'retry-without-idempotency-key',
    chain([
      'ChargeCard',
      task(
        'lambda:invoke',
        { FunctionName: 'f', Payload: { 'total.$': '$.total' } },
        { Retry: [{ ErrorEquals: ['States.ALL'] }] },
      ),
    ]),
    jsonata([
      'ChargeCard',
      taskJsonata(
        'lambda:invoke',
        { FunctionName: 'f', Payload: { total: '{% $states.input.total %}' } },
        { Retry: [{ ErrorEquals: ['States.ALL'] }] },
      ),
    ]),
  ],
  [
    'a second addition',
    'retry-without-idempotency-key',
    chain([
      'Count',
      task(
        'dynamodb:updateItem',
        {
          TableName: 't',
          Key: {},
          UpdateExpression: 'SET a = :a ADD pieces :n',
          ExpressionAttributeValues: { ':n': { N: '1' }, ':a': { S: 'x' } },
        },
        { Retry: [{ ErrorEquals: ['States.TaskFailed'] }] },
      ),
    ]),
    jsonata([
      'Count',
      taskJsonata(
        'aws-sdk:dynamodb:updateItem',
        {
          TableName: 't',
          Key: {},
          UpdateExpression: 'SET pieces = if_not_exists(pieces, :zero) + :n',
          ExpressionAttributeValues: { ':n': { N: '1' }, ':zero': { N: '0' } },
        },
        { Retry: [{ ErrorEquals: ['States.ALL'] }] },
      ),
    ]),
  ],
  [
    'a name that is never raised',
    'error-name-never-raised',
    chain(
      [
        'A',
        task(
          'dynamodb:putItem',
          { TableName: 't', Item: {} },
          { Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'H' }] },
        ),
      ],
      ['H', { Type: 'Fail' }],
    ),
    jsonata(
      [
        'A',
        taskJsonata(
          'aws-sdk:dynamodb:putItem',
          { TableName: 't', Item: {} },
          { Catch: [{ ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], Next: 'H' }] },
        ),
      ],
      ['H', { Type: 'Fail' }],
    ),
  ],
  [
    'a name that is misspelt',
    'error-name-never-raised',
    chain(['A', invoke({ Retry: [{ ErrorEquals: ['Lambda.TooManyRequestException'] }] })]),
    jsonata(['A', invokeJsonata({ Retry: [{ ErrorEquals: ['State.Timeout'] }] })]),
  ],
  [
    'a Catcher that drops the input',
    'catch-drops-input',
    chain(['A', invoke({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }], End: true })], ['H', read('$.orderId')]),
    jsonata(
      ['A', invokeJsonata({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }], End: true })],
      ['H', readJsonata('$states.input.orderId')],
    ),
  ],
  [
    'a heartbeat that nobody sends',
    'heartbeat-without-heartbeats',
    chain(['A', task('batch:submitJob.sync', {}, { HeartbeatSeconds: 60 })]),
    jsonata(['A', taskJsonata('batch:submitJob.sync', {}, { HeartbeatSeconds: '{% 60 %}' })]),
  ],
  [
    'no bound for a callback',
    'callback-without-timeout',
    chain(['A', task('sqs:sendMessage.waitForTaskToken', { QueueUrl: 'q', MessageBody: { 't.$': '$$.Task.Token' } })]),
    jsonata([
      'A',
      taskJsonata('sqs:sendMessage.waitForTaskToken', { QueueUrl: 'q', MessageBody: { t: '{% $states.context.Task.Token %}' } }),
    ]),
  ],
  [
    'no token',
    'callback-without-token',
    chain(['A', task('sqs:sendMessage.waitForTaskToken', { QueueUrl: 'q', MessageBody: { 't.$': '$' } }, { TimeoutSeconds: 5 })]),
    jsonata([
      'A',
      taskJsonata(
        'sqs:sendMessage.waitForTaskToken',
        { QueueUrl: 'q', MessageBody: { t: '{% $states.input %}' } },
        { TimeoutSeconds: 5 },
      ),
    ]),
  ],
  [
    '.sync in Express',
    'SCHEMA_VALIDATION_FAILED',
    chain(['A', task('glue:startJobRun.sync', { JobName: 'j' })]),
    jsonata(['A', taskJsonata('glue:startJobRun.sync', { JobName: 'j' })]),
    { type: 'EXPRESS' },
  ],
  [
    'a long wait in Express',
    'express-too-long',
    chain(['W', { Type: 'Wait', Seconds: 600 }]),
    jsonata(['W', { Type: 'Wait', Seconds: '{% 600 %}' }]),
    { type: 'EXPRESS' },
  ],
  [
    'waits in Express that are too long together',
    'express-too-long',
    chain(['W', { Type: 'Wait', Seconds: 200 }], ['V', { Type: 'Wait', Seconds: 200 }]),
    jsonata(['W', { Type: 'Wait', Seconds: 200 }], ['V', { Type: 'Wait', Seconds: '{% 200 %}' }]),
    { type: 'EXPRESS' },
  ],
  [
    'all items may fail',
    'tolerance-hides-failure',
    chain([
      'M',
      { Type: 'Map', MaxConcurrency: 5, ToleratedFailurePercentage: 100, ItemProcessor: distributed(branch(['I', invoke()])) },
    ]),
    jsonata([
      'M',
      {
        Type: 'Map',
        MaxConcurrency: 5,
        Items: [1, 2],
        ToleratedFailurePercentage: '{% 100 %}',
        ItemProcessor: distributed(branch(['I', invokeJsonata()])),
      },
    ]),
  ],
  [
    'a batch',
    'path-never-produced',
    chain([
      'M',
      {
        Type: 'Map',
        MaxConcurrency: 5,
        ItemBatcher: { MaxItemsPerBatch: 5 },
        ItemProcessor: distributed(branch(['I', read('$.id')])),
      },
    ]),
    jsonata([
      'M',
      {
        Type: 'Map',
        MaxConcurrency: 5,
        Items: '{% $states.input.x %}',
        ItemBatcher: { MaxItemsPerBatch: 5 },
        ItemProcessor: distributed(branch(['I', readJsonata('$states.input.id')])),
      },
    ]),
  ],
  [
    'no limit of concurrency',
    'map-without-concurrency-limit',
    chain(['M', { Type: 'Map', ItemProcessor: distributed(branch(['I', invoke()])) }]),
    jsonata([
      'M',
      {
        Type: 'Map',
        Items: '{% $states.input.x %}',
        MaxConcurrency: '{% 0 %}',
        ItemProcessor: distributed(branch(['I', invokeJsonata()])),
      },
    ]),
  ],
  [
    'the Output of .sync',
    'path-never-produced',
    chain(['A', task('states:startExecution.sync', { StateMachineArn: 'a' })], ['B', read('$.Output.total')]),
    jsonata([
      'A',
      taskJsonata('states:startExecution.sync', { StateMachineArn: 'a' }, { Output: '{% $states.result.Output.total %}' }),
    ]),
  ],
  [
    'a constant name',
    'constant-execution-name',
    chain(['A', task('states:startExecution', { StateMachineArn: 'a', Name: 'nightly' })]),
    jsonata(['A', taskJsonata('states:startExecution', { StateMachineArn: 'a', Name: "{% 'nightly' %}" })]),
  ],
  [
    'the result of a child that was only started',
    'path-never-produced',
    chain(['A', task('states:startExecution', { StateMachineArn: 'a' })], ['B', read('$.Output')]),
    jsonata(['A', taskJsonata('states:startExecution', { StateMachineArn: 'a' }, { Output: '{% $states.result.Output %}' })]),
  ],
  [
    '25,000 events by polling',
    'polling-eats-history',
    loop(
      {
        W: { Type: 'Wait', Seconds: 10, Next: 'A' },
        A: { ...invoke(), Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.Payload.done', BooleanEquals: true, Next: 'Z' }], Default: 'W' },
        Z: succeed,
      },
      'W',
    ),
    {
      QueryLanguage: 'JSONata',
      ...loop(
        {
          W: { Type: 'Wait', Seconds: '{% 10 %}', Next: 'A' },
          A: { ...invokeJsonata(), Next: 'C' },
          C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.Payload.done %}', Next: 'Z' }], Default: 'W' },
          Z: succeed,
        },
        'W',
      ),
    },
  ],
  [
    '25,000 events by an inline Map',
    'inline-map-too-large',
    chain(
      ['A', { Type: 'Pass', Result: Array.from({ length: 2000 }, (_, i) => i) }],
      ['M', { Type: 'Map', ItemProcessor: branch(['I', invoke()], ['J', invoke()], ['K', invoke()]) }],
    ),
    jsonata([
      'M',
      {
        Type: 'Map',
        Items: '{% [1..2000] %}',
        ItemProcessor: branch(['I', invokeJsonata()], ['J', invokeJsonata()], ['K', invokeJsonata()]),
      },
    ]),
  ],
  ['a long name', 'INVALID_STATE_NAME', chain(['A'.repeat(81), succeed]), jsonata(['A'.repeat(81), succeed])],
  [
    'a start that is retried without a name',
    'start-execution-without-name',
    chain(['A', task('states:startExecution', { StateMachineArn: 'a' }, { Retry: [{ ErrorEquals: ['States.ALL'] }] })]),
    jsonata(['A', taskJsonata('states:startExecution', { StateMachineArn: 'a' }, { Retry: [{ ErrorEquals: ['States.ALL'] }] })]),
  ],
  [
    'the body of another model',
    'bedrock-body',
    chain(['A', task('bedrock:invokeModel', { ModelId: 'anthropic.claude-3-haiku-20240307-v1:0', Body: { prompt: 'x' } })]),
    jsonata([
      'A',
      taskJsonata('bedrock:invokeModel', {
        ModelId: 'us.anthropic.claude-sonnet-4-20250514-v1:0',
        Body: { prompt: '{% $states.input.x %}' },
      }),
    ]),
  ],
  [
    'the answer of another model',
    'path-never-produced',
    chain(
      [
        'A',
        task('bedrock:invokeModel', {
          ModelId: 'anthropic.claude-3-haiku-20240307-v1:0',
          Body: { anthropic_version: 'x', max_tokens: 1, messages: [] },
        }),
      ],
      ['B', read('$.Body.completion')],
    ),
    jsonata([
      'A',
      taskJsonata(
        'bedrock:invokeModel',
        { ModelId: 'anthropic.claude-3-haiku-20240307-v1:0', Body: { anthropic_version: 'x', max_tokens: 1, messages: [] } },
        { Output: '{% $states.result.Body.completion %}' },
      ),
    ]),
  ],
  [
    'polling every second',
    'tight-polling',
    {
      TimeoutSeconds: 600,
      ...loop(
        {
          W: { Type: 'Wait', Seconds: 1, Next: 'A' },
          A: { ...invoke(), Next: 'C' },
          C: { Type: 'Choice', Choices: [{ Variable: '$.Payload.done', BooleanEquals: true, Next: 'Z' }], Default: 'W' },
          Z: succeed,
        },
        'W',
      ),
    },
    {
      TimeoutSeconds: 600,
      QueryLanguage: 'JSONata',
      ...loop(
        {
          W: { Type: 'Wait', Seconds: '{% 1 %}', Next: 'A' },
          A: { ...invokeJsonata(), Next: 'C' },
          C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.Payload.done %}', Next: 'Z' }], Default: 'W' },
          Z: succeed,
        },
        'W',
      ),
    },
  ],
  [
    'a name twice',
    'DUPLICATE_STATE_NAME',
    chain(['A', { Type: 'Parallel', Branches: [branch(['A', succeed])] }]),
    jsonata(['A', { Type: 'Parallel', Branches: [branch(['A', succeed])] }]),
  ],
  [
    'a path in a text',
    'path-in-text',
    chain(['F', { Type: 'Fail', Cause: 'bad $.id' }]),
    jsonata(['F', { Type: 'Fail', Cause: 'bad $states.input.id' }]),
  ],
  [
    'an expression in a text',
    'path-in-text',
    chain(['A', task('sns:publish', { TopicArn: 't', Message: 'Order $.id has failed' })]),
    jsonata(['F', { Type: 'Fail', Cause: 'bad {% $states.input.id %}' }]),
  ],
  [
    'a path as a number',
    'SCHEMA_VALIDATION_FAILED',
    chain(['M', { Type: 'Map', MaxConcurrency: '$.n', ItemProcessor: branch(['I', succeed]) }]),
    jsonata(['M', { Type: 'Map', MaxConcurrency: '$.n', Items: [1], ItemProcessor: branch(['I', succeed]) }]),
  ],
  [
    'an error that nobody hears of',
    'error-swallowed',
    chain(
      ['A', invoke({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }] })],
      ['H', { Type: 'Pass', Result: { status: 'DONE' }, ResultPath: '$.outcome' }],
    ),
    jsonata(
      ['A', invokeJsonata({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }] })],
      ['H', { Type: 'Pass', Output: { status: 'DONE' } }],
    ),
  ],
];

describe.each(DEFECTS.map((defect) => [defect[0], defect[1], defect] as const))('%s: %s', (_, code, defect) => {
  const [, , inJsonPath, inJsonata, options] = defect;
  test.each<[string, object]>([
    ...(inJsonPath === undefined ? [] : [['JSONPath', inJsonPath] as [string, object]]),
    ...(inJsonata === undefined ? [] : [['JSONata', inJsonata] as [string, object]]),
  ])('%s', (language, definition) => {
    expect([language, ...codesOf(definition, options)]).toContain(code);
  });
});
