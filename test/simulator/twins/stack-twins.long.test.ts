import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import listing from '../../../examples/article-as-written/order.json';
import { withEdits } from '../../../examples/article-as-written/with-edits';
import order from '../../../examples/order-processing/input.json';
import fulfilmentFails from '../../../examples/order-processing/inputs/fulfilment-fails.json';
import invalidOrder from '../../../examples/order-processing/inputs/invalid-order.json';
import outOfStock from '../../../examples/order-processing/inputs/out-of-stock.json';
import paymentBusyTwice from '../../../examples/order-processing/inputs/payment-busy-twice.json';
import paymentDeclined from '../../../examples/order-processing/inputs/payment-declined.json';
import refundFails from '../../../examples/order-processing/inputs/refund-fails.json';
import inventory from '../../../examples/order-processing/inventory.json';
import { OrdersStack } from '../../../examples/order-processing/stack';
import { ParcelPickupStack } from '../../../examples/parcel-pickup/stack';
import { ReminderStack } from '../../../examples/reminder/stack';
import { RetryStormStack } from '../../../examples/retry-storm/stack';
import {
  createTestWorld,
  definitionOf,
  type Fake,
  fails,
  type JsonObject,
  lambda,
  neverAnswers,
  type ResourceLike,
  service,
  simulate,
  takes,
} from '../../../lib/testing';
import { ShopStack } from '../../testing/shop-stack';
import { inJsonata, type Observed, observed } from './run-twin';
import { type Intrinsics, toJsonata } from './to-jsonata';
import type { Definition } from './twins';

interface Surroundings {
  readonly stack: Stack;
  readonly table?: ResourceLike;
  readonly stock?: readonly JsonObject[];
  readonly fakes?: () => readonly Fake[];
}

/** Runs a definition among a stack's own functions and tables; what is left in the table and in the outbox is seen, too. */
async function runAmong(definition: object, input: unknown, { stack, table, stock = [], fakes: makeFakes }: Surroundings) {
  const fakes = makeFakes?.() ?? [];
  const world = createTestWorld(stack, { fakes, rejectedAddresses: ['rejected@example.com'] });
  if (table !== undefined) await world.seedTable(table, stock);
  const run = await simulate(definition as Definition, { world, input, name: 'twin' });
  const items = table === undefined ? [] : await world.items(table);
  return { ...observed(run, fakes), items, outbox: world.outbox };
}

async function runBoth(
  definition: object,
  intrinsics: Intrinsics,
  input: unknown,
  surroundings: Surroundings,
): Promise<[Observed, Observed]> {
  const jsonPath = await runAmong(definition, input, surroundings);
  const jsonata = await runAmong(inJsonata(toJsonata(definition, intrinsics)), input, surroundings);
  return [jsonPath, jsonata];
}

describe('OrderProcessing', () => {
  const stack = new OrdersStack(new App(), 'Test');
  const { orders } = stack;
  const intrinsics: Intrinsics = {
    'States.StringToJson($.inventory.Item.Quantity.N)': '$parse($states.input.inventory.Item.Quantity.N)',
    "States.Format('{}/{}', $$.Execution.Name, $$.State.Name)":
      "$states.context.Execution.Name & '/' & $states.context.State.Name",
    "States.Format('{}/ProcessPayment', $$.Execution.Name)": "$states.context.Execution.Name & '/ProcessPayment'",
    "States.Format('{}', $.order.quantity)": '$string($states.input.order.quantity)',
    'States.Array($$.Execution.Name)': '[$states.context.Execution.Name]',
    'States.Array($.order.email)': '[$states.input.order.email]',
    "States.Format('Your order {}', $.order.orderId)": "'Your order ' & $states.input.order.orderId",
    "States.Format('We have received your order {} and your payment: {} of {}.', $.order.orderId, $.order.quantity, $.order.productId)":
      "'We have received your order ' & $states.input.order.orderId & ' and your payment: ' & $states.input.order.quantity & ' of ' & $states.input.order.productId & '.'",
    'States.JsonToString($.error)': '$string($states.input.error)',
    'States.JsonToString($.refundError)': '$string($states.input.refundError)',
  };

  const busy = fails('PaymentServiceBusy').times(2).then({ paymentId: 'pay-1', totalCents: 7980 });
  const refunded = { status: 'REFUNDED', refundId: 'ref-1', totalCents: 7980 };
  const taken = [{ ProductId: { S: 'p-kettle' }, Quantity: { N: '10' }, Reservations: { SS: ['twin'] } }];

  test.each<[string, unknown, string | undefined, Partial<Surroundings>?]>([
    ['an order', order, undefined],
    ['more than there is', outOfStock, 'OutOfStock'],
    ['a product that nobody knows', { ...order, productId: 'p-unknown' }, 'OutOfStock'],
    ['an invalid order', invalidOrder, 'OrderRejected'],
    ['a declined payment', paymentDeclined, 'OrderRejected'],
    ['a busy gateway', paymentBusyTwice, undefined],
    ['a confirmation that cannot be sent', fulfilmentFails, 'SesV2.MessageRejectedException'],
    ['a refund that fails', refundFails, 'RefundFailed'],
    ['a busy function', order, undefined, { fakes: () => [lambda(orders.processPayment, busy)] }],
    [
      'a function that breaks',
      order,
      'TypeError',
      { fakes: () => [lambda(orders.processPayment, fails('TypeError', 'x')), lambda(orders.refundPayment, refunded)] },
    ],
    [
      'a function that never answers',
      order,
      'States.Timeout',
      { fakes: () => [lambda(orders.processPayment, neverAnswers()), lambda(orders.refundPayment, refunded)] },
    ],
    [
      'a table that is slow, and then throttled',
      order,
      undefined,
      {
        fakes: () => [
          service(
            'dynamodb:getItem',
            takes(11, null).then(fails('DynamoDB.ThrottlingException').then({ Item: { Quantity: { N: '12' } } })),
            { fieldValidationMode: 'NONE' },
          ),
        ],
      },
    ],
    ['pieces that an attempt took whose answer was lost', order, undefined, { stock: taken }],
    [
      'pieces that are gone when the payment is made',
      order,
      'OutOfStock',
      {
        fakes: () => [service('dynamodb:getItem', { Item: { Quantity: { N: '99' } } })],
        stock: [{ ProductId: { S: 'p-kettle' }, Quantity: { N: '1' } }],
      },
    ],
  ])('%s', async (_name, input, error, more = {}) => {
    const [jsonPath, jsonata] = await runBoth(definitionOf(orders), intrinsics, input, {
      stack,
      table: orders.inventory,
      stock: inventory,
      ...more,
    });
    expect(jsonPath).toMatchObject(error === undefined ? { status: 'SUCCEEDED' } : { status: 'FAILED', error });
    expect(jsonata).toEqual(jsonPath);
  });
});

describe('the listing order.json of the article, repaired as far as it runs', () => {
  const stack = new Stack(new App(), 'Article');
  const table = new Table(stack, 'Inventory', {
    tableName: 'Inventory',
    partitionKey: { name: 'ProductId', type: AttributeType.STRING },
  });
  const MAIL = '/States/FulfillOrder/Branches/1/States/SendConfirmation';
  const repaired = withEdits(listing, {
    [`${MAIL}/Resource`]: 'arn:aws:states:::aws-sdk:ses:sendEmail',
    [`${MAIL}/Parameters/Source`]: 'orders@example.com',
    [`${MAIL}/Parameters/Message/Body/Text`]: { 'Data.$': "States.Format('We have your order {}.', $.orderId)" },
    '/States/FulfillOrder/Branches/0/States/UpdateInventory/Parameters/ExpressionAttributeValues': {
      ':qty': { 'N.$': "States.Format('{}', $.quantity)" },
    },
    '/States/CheckInventory/ResultSelector': { 'available.$': 'States.StringToJson($.Item.Quantity.N)' },
    '/States/CheckInventory/ResultPath': '$.inventory',
    '/States/IsInStock/Choices/0/Variable': '$.inventory.available',
    '/States/ProcessPayment/ResultPath': '$.payment',
  });
  const intrinsics: Intrinsics = {
    'States.Array($.email)': '[$states.input.email]',
    "States.Format('We have your order {}.', $.orderId)": "'We have your order ' & $states.input.orderId & '.'",
    "States.Format('{}', $.quantity)": '$string($states.input.quantity)',
    'States.StringToJson($.Item.Quantity.N)': '$parse($states.result.Item.Quantity.N)',
  };
  const wanted = { orderId: 'o-1', productId: 'p-1', quantity: 2, email: 'ada@example.com' };
  const valid = (event: unknown) => event;

  test.each<[string, object, string | undefined, string, ((event: unknown) => unknown) | ReturnType<typeof fails>]>([
    ['an order', wanted, undefined, '12', valid],
    ['more than there is', { ...wanted, quantity: 20 }, undefined, '12', valid],
    ['nothing there', wanted, 'OutOfStock', '0', valid],
    ['an address that SES rejects', { ...wanted, email: 'rejected@example.com' }, 'Ses.MessageRejectedException', '12', valid],
    ['an invalid order', wanted, 'OrderRejected', '12', fails('ValidationError')],
    ['a busy validation', wanted, undefined, '12', fails('ServiceException').times(3).then(valid)],
  ])('%s', async (_name, input, error, quantity, validate) => {
    const fakes = () => [lambda('validate-order', validate), lambda('process-payment', { paymentId: 'pay-1' })];
    const stock = [{ ProductId: { S: 'p-1' }, Quantity: { N: quantity } }];
    const [jsonPath, jsonata] = await runBoth(repaired, intrinsics, input, { stack, table, stock, fakes });
    expect(jsonPath).toMatchObject(error === undefined ? { status: 'SUCCEEDED' } : { status: 'FAILED', error });
    expect(jsonata).toEqual(jsonPath);
  });

  test('a product that nobody knows fails in both, each with its own error', async () => {
    const fakes = () => [lambda('validate-order', valid)];
    const [jsonPath, jsonata] = await runBoth(repaired, intrinsics, wanted, { stack, table, fakes });
    expect(jsonPath).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(jsonata).toEqual({ ...jsonPath, error: 'States.QueryEvaluationError', cause: expect.any(String) });
  });
});

test('the example of a pickup: a token that nobody answers, and a parcel that nobody knows', async () => {
  const stack = new ParcelPickupStack(new App(), 'ParcelPickup');
  const input = { parcelId: 'p-1', courier: 'Ada' };
  const surroundings = { stack, table: stack.parcels };
  const [jsonPath, jsonata] = await runBoth(definitionOf(stack.pickups), {}, input, surroundings);
  expect(jsonPath).toMatchObject({ status: 'FAILED', error: 'NobodyCame', items: [{ parcelId: { S: 'p-1' } }] });
  expect(jsonata).toEqual(jsonPath);
  const [scan, scanTwin] = await runBoth(definitionOf(stack.scans), {}, input, surroundings);
  expect(scan).toMatchObject({ status: 'SUCCEEDED', output: { news: false } });
  expect(scanTwin).toEqual(scan);
});

test.each([
  ['the example of a reminder', new ReminderStack(new App(), 'Reminder'), 'reminders', { cart: 'c-1' }],
  ['the example of a storm', new RetryStormStack(new App(), 'RetryStorm'), 'withJitter', { seats: 2 }],
  ['the shop of the tests', new ShopStack(), 'machine', { items: 3 }],
] as const)('%s', async (_name, stack, machine, input) => {
  const target = (stack as unknown as Record<string, Stack>)[machine] as Stack;
  const [jsonPath, jsonata] = await runBoth(definitionOf(target), {}, input, { stack });
  expect(jsonPath.status).toBe('SUCCEEDED');
  expect(jsonata).toEqual(jsonPath);
});
