import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { OrderProcessing } from '../../../lib';
import { definitionOf, type State, statesOf } from '../definition-of';

// asl-validator has no types where it says it has them.
const validate: (definition: unknown) => { isValid: boolean; errors: unknown[] } = require('asl-validator');

const stack = new Stack(new App(), 'Test');
new OrderProcessing(stack, 'Orders', { senderAddress: 'orders@example.com' });
const definition = definitionOf(stack);
const states = statesOf(definition);
const namesOf = (type: string): string[] => Object.keys(states).filter((name) => states[name]!.Type === type);
const tasks = namesOf('Task');
const failing = Object.keys(states).filter((name) => ['Task', 'Parallel'].includes(states[name]!.Type));

test('is a definition that asl-validator finds nothing wrong with', () => {
  const { isValid, errors } = validate(structuredClone(definition));
  expect({ isValid, errors }).toEqual({ isValid: true, errors: [] });
  expect(validate({ ...structuredClone(definition), StartAt: 'Nowhere' }).isValid).toBe(false);
});

test('has these states: their names are a promise to whoever looks at executions', () => {
  expect(definition.StartAt).toBe('ValidateOrder');
  expect(Object.fromEntries(Object.entries(states).map(([name, { Type }]) => [name, Type]))).toEqual({
    ValidateOrder: 'Task',
    CheckInventory: 'Task',
    IsProductKnown: 'Choice',
    CountStock: 'Pass',
    IsInStock: 'Choice',
    ProcessPayment: 'Task',
    FulfillOrder: 'Parallel',
    UpdateInventory: 'Task',
    VerifyReservation: 'Task',
    StockGone: 'Fail',
    SendConfirmation: 'Task',
    CloseReservation: 'Task',
    OrderCompleted: 'Succeed',
    LetInventorySettle: 'Wait',
    RestoreInventory: 'Task',
    RefundPayment: 'Task',
    OrderFailed: 'Fail',
    RefundFailed: 'Fail',
    OrderRejected: 'Fail',
    OutOfStock: 'Fail',
  });
});

test('speaks JSONPath throughout', () => {
  expect(JSON.stringify(definition)).not.toMatch(/QueryLanguage|\{%|"Assign"|"Arguments"|"Output"/);
});

test.each(tasks)('%s has a timeout', (name) => {
  expect(states[name]!.TimeoutSeconds).toBeGreaterThan(0);
});

const THROTTLING: Record<string, string[]> = {
  lambda: ['Lambda.TooManyRequestsException'],
  dynamodb: [
    'DynamoDB.ProvisionedThroughputExceededException',
    'DynamoDB.ThrottlingException',
    'DynamoDB.RequestLimitExceededException',
  ],
  sesv2: ['SesV2.TooManyRequestsException'],
};

test.each(tasks)('%s is tried again after throttling, at random times', (name) => {
  const { Resource, Retry } = states[name]!;
  const [, service] = /:(lambda|dynamodb|sesv2):/.exec(String(Resource))!;
  expect(Retry.flatMap(({ ErrorEquals }: State) => ErrorEquals)).toEqual(expect.arrayContaining(THROTTLING[service!]!));
  expect(Retry.map(({ JitterStrategy }: State) => JitterStrategy)).toEqual(Retry.map(() => 'FULL'));
});

test.each(tasks)('%s is not tried again when its condition fails or it is refused for good', (name) => {
  const retried = states[name]!.Retry.flatMap(({ ErrorEquals }: State) => ErrorEquals);
  for (const error of [
    'DynamoDB.ConditionalCheckFailedException',
    'ValidationError',
    'PaymentDeclined',
    'States.ALL',
    'States.TaskFailed',
  ]) {
    expect(retried).not.toContain(error);
  }
});

test.each(failing)('each Catch of %s keeps the order', (name) => {
  for (const { ResultPath } of states[name]!.Catch ?? []) {
    expect(ResultPath).not.toBe('$');
    expect(ResultPath === null || ResultPath.startsWith('$.')).toBe(true);
  }
});

test.each([
  'ValidateOrder',
  'CheckInventory',
  'ProcessPayment',
  'FulfillOrder',
  'CloseReservation',
  'RestoreInventory',
  'RefundPayment',
])('nothing that fails in %s ends the execution unseen', (name) => {
  expect(states[name]!.Catch.at(-1).ErrorEquals).toEqual(['States.ALL']);
});

test('ValidateOrder retries ServiceException 3 times from 2 s on, doubling', () => {
  expect(states.ValidateOrder!.Retry[0]).toEqual({
    ErrorEquals: ['ServiceException'],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: 3,
    JitterStrategy: 'FULL',
  });
});

test('the idempotency keys are made of execution and state', () => {
  expect(states.ProcessPayment!.Parameters.Payload).toEqual({
    'order.$': '$.order',
    'idempotencyKey.$': "States.Format('{}/{}', $$.Execution.Name, $$.State.Name)",
    'attempt.$': '$$.State.RetryCount',
  });
  expect(states.RefundPayment!.Parameters.Payload).toEqual({
    'order.$': '$.order',
    'idempotencyKey.$': "States.Format('{}/{}', $$.Execution.Name, $$.State.Name)",
    'paymentKey.$': "States.Format('{}/ProcessPayment', $$.Execution.Name)",
  });
});

test('the inventory is read consistently and compared as a number', () => {
  expect(states.CheckInventory!.Parameters.ConsistentRead).toBe(true);
  expect(states.CheckInventory!.ResultPath).toBe('$.inventory');
  expect(states.CountStock!.Parameters).toEqual({ 'available.$': 'States.StringToJson($.inventory.Item.Quantity.N)' });
  expect(states.IsInStock!.Choices).toEqual([
    { Variable: '$.inventory.available', NumericGreaterThanEqualsPath: '$.order.quantity', Next: 'ProcessPayment' },
  ]);
});

test('a product that does not exist is out of stock, not an error', () => {
  expect(states.IsProductKnown).toMatchObject({
    Choices: [{ Variable: '$.inventory.Item.Quantity.N', IsPresent: true }],
    Default: 'OutOfStock',
  });
});

test.each(['StockGone', 'OutOfStock'])('%s ends with the error OutOfStock', (name) => {
  expect(states[name]!.Error).toBe('OutOfStock');
});

test('a timeout, which has no Cause, does not hide itself behind a path that leads nowhere', () => {
  expect(JSON.stringify(definition)).not.toMatch(/error\.Cause|Error\.Cause/);
});

test('SES is called as an AWS SDK integration: there is no optimised one', () => {
  expect(states.SendConfirmation!.Resource).toBe('arn:aws:states:::aws-sdk:sesv2:sendEmail');
});

test('an execution is not cut off between payment and refund: its timeout is longer than its longest path', () => {
  const longest = [
    'ValidateOrder',
    'CheckInventory',
    'ProcessPayment',
    'UpdateInventory',
    'VerifyReservation',
    'RestoreInventory',
    'RefundPayment',
  ]
    .map((name) => longestSeconds(states[name]!))
    .reduce((sum, seconds) => sum + seconds, states.LetInventorySettle!.Seconds);
  expect(definition.TimeoutSeconds).toBeGreaterThan(longest);
});

/** Each attempt up to its timeout, each retrier used up, no luck with the jitter. */
function longestSeconds({ TimeoutSeconds, Retry }: State): number {
  return Retry.reduce((seconds: number, { IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds = Infinity }: State) => {
    const delays = Array.from({ length: MaxAttempts }, (_, k) => Math.min(IntervalSeconds * BackoffRate ** k, MaxDelaySeconds));
    return delays.reduce((sum, delay) => sum + delay + TimeoutSeconds, seconds);
  }, TimeoutSeconds);
}

test('every error name that a handler throws is one that the workflow handles', () => {
  const source = readFileSync(join(__dirname, '../../../lambda/order-errors.ts'), 'utf8');
  const thrown = [...source.matchAll(/super\('(\w+)'/g)].map(([, name]) => name!);
  expect(thrown).toEqual(['ValidationError', 'PaymentDeclined', 'PaymentServiceBusy']);
  const handled = Object.values(states).flatMap(({ Retry = [], Catch = [] }) =>
    [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
  );
  expect(handled).toEqual(expect.arrayContaining(thrown));
});

test('each input of the example is an object with the fields of an order', () => {
  const folder = join(__dirname, '../../../examples/order-processing');
  const files = [join(folder, 'input.json'), ...readdirSync(join(folder, 'inputs')).map((file) => join(folder, 'inputs', file))];
  expect(files).toHaveLength(7);
  for (const file of files) {
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual([
      'orderId',
      'productId',
      'quantity',
      'totalCents',
      'email',
      'paymentMethod',
    ]);
  }
});
