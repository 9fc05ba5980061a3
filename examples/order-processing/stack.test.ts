import { App, Duration } from 'aws-cdk-lib';
import type { ProcessPaymentEvent, RefundPaymentEvent } from '../../lambda/order';
import {
  createTestWorld,
  definitionOf,
  fails,
  lambda,
  neverAnswers,
  service,
  simulate,
  type SimulatedRun,
  type SimulationOptions,
  type State,
  type TestWorldOptions,
} from '../../lib/testing';
import '../../lib/testing/jest';
import order from './input.json';
import fulfilmentFails from './inputs/fulfilment-fails.json';
import invalidOrder from './inputs/invalid-order.json';
import outOfStock from './inputs/out-of-stock.json';
import paymentBusyTwice from './inputs/payment-busy-twice.json';
import paymentDeclined from './inputs/payment-declined.json';
import refundFails from './inputs/refund-fails.json';
import inventory from './inventory.json';
import { OrdersStack } from './stack';

const { orders } = new OrdersStack(new App(), 'Test');

/** The stack's own table with the example's inventory, its own handlers but for the fakes, and an outbox. */
async function openShop(options: TestWorldOptions = {}, stock: typeof inventory = inventory) {
  const world = createTestWorld(orders, { rejectedAddresses: ['rejected@example.com'], ...options });
  await world.seedTable(orders.inventory, stock);
  return {
    world,
    place: (input: unknown, more: Pick<SimulationOptions, 'name'> = {}) => simulate(orders, { world, input, ...more }),
    itemOf: async (productId: string) =>
      (await world.items(orders.inventory)).find((item) => JSON.stringify(item['ProductId']) === `{"S":"${productId}"}`),
  };
}

const kettles = (count: number) => ({ ProductId: { S: 'p-kettle' }, Quantity: { N: String(count) } });

/** The Error Output that a run ended with. */
const errorOutputOf = (run: SimulatedRun): unknown => (run.status === 'SUCCEEDED' ? undefined : JSON.parse(run.cause ?? ''));

test('an order in stock is paid, taken from the inventory and confirmed', async () => {
  const { world, place, itemOf } = await openShop();
  const run = await place(order);
  expect(run).toHaveVisited('ValidateOrder', 'CheckInventory', 'IsInStock', 'ProcessPayment', 'FulfillOrder', 'OrderCompleted');
  expect(run).toSucceedWith(
    expect.objectContaining({
      order,
      payment: { receipt: { paymentId: expect.stringMatching(/^pay_/), totalCents: order.totalCents } },
    }),
  );
  expect(await itemOf('p-kettle')).toEqual(kettles(10));
  expect(world.outbox).toEqual([
    expect.objectContaining({
      from: 'orders@example.com',
      to: ['ada@example.com'],
      content: expect.objectContaining({ subject: 'Your order o-1001' }),
    }),
  ]);
});

describe('before the payment', () => {
  const paying = () => {
    const processPayment = lambda(orders.processPayment, { paymentId: 'pay-1', totalCents: 1 });
    const refundPayment = lambda(orders.refundPayment, { status: 'NOTHING_TO_REFUND' });
    return { processPayment, refundPayment, fakes: [processPayment, refundPayment] };
  };

  test('an order of more than there is ends in OutOfStock, and nobody is charged', async () => {
    const { processPayment, fakes } = paying();
    const { place, itemOf } = await openShop({ fakes });
    const run = await place(outOfStock);
    expect(run).toFailWith('OutOfStock');
    expect(run).toHaveVisited('IsInStock', 'OutOfStock');
    expect(processPayment).not.toHaveBeenCalled();
    expect(await itemOf('p-teapot')).toMatchObject({ Quantity: { N: '2' } });
  });

  test('so does an order of a product that nobody knows', async () => {
    const { place } = await openShop();
    expect(await place({ ...order, productId: 'p-unknown' })).toFailWith('OutOfStock');
  });

  test('an invalid order is rejected with all that is wrong with it', async () => {
    const { processPayment, fakes } = paying();
    const { place } = await openShop({ fakes });
    const run = await place(invalidOrder);
    expect(run).toFailWith('OrderRejected', expect.stringMatching(/quantity must be .*; email must be/));
    expect(errorOutputOf(run)).toMatchObject({ Error: 'ValidationError' });
    expect(processPayment).not.toHaveBeenCalled();
  });

  test('a declined payment rejects the order; there is nothing to refund', async () => {
    const { refundPayment } = paying();
    const { place, itemOf } = await openShop({ fakes: [refundPayment] });
    const run = await place(paymentDeclined);
    expect(run).toFailWith('OrderRejected', expect.stringContaining('insufficient funds'));
    expect(run).toHaveVisited('ProcessPayment', 'OrderRejected');
    expect(refundPayment).not.toHaveBeenCalled();
    expect(await itemOf('p-kettle')).toEqual(kettles(12));
  });
});

describe('the payment', () => {
  test('a gateway that is busy twice is asked a third time, after 2 + 4 seconds at most', async () => {
    const { place } = await openShop();
    const run = await place(paymentBusyTwice);
    expect(run).toSucceedWith();
    expect(run.durationMs).toBeGreaterThan(0);
    expect(run.durationMs).toBeLessThanOrEqual(Duration.seconds(2 + 4).toMilliseconds());
  });

  test('each attempt carries the same idempotency key', async () => {
    const processPayment = lambda(
      orders.processPayment,
      fails('PaymentServiceBusy').times(2).then({ paymentId: 'pay-1', totalCents: 7980 }),
    );
    const { place } = await openShop({ fakes: [processPayment] });
    expect(await place(order, { name: 'o-1001' })).toSucceedWith();
    expect(processPayment).toHaveBeenCalledTimes(3);
    expect(processPayment.calls.map(({ request }) => (request as unknown as ProcessPaymentEvent).idempotencyKey)).toEqual(
      Array(3).fill('o-1001/ProcessPayment'),
    );
  });

  test.each([
    [
      'throws what nobody foresaw',
      fails('TypeError', 'x is not a function'),
      { Error: 'TypeError', Cause: 'x is not a function' },
    ],
    ['never answers', neverAnswers(), { Error: 'States.Timeout' }],
  ])('a function that %s may have charged: the refund looks for the payment', async (_, payment, errorOutput) => {
    const refundPayment = lambda(orders.refundPayment, { status: 'NOTHING_TO_REFUND' });
    const { world, place, itemOf } = await openShop({ fakes: [lambda(orders.processPayment, payment), refundPayment] });
    const run = await place(order, { name: 'o-1001' });
    expect(run).toHaveVisited('ProcessPayment', 'RefundPayment', 'OrderFailed');
    expect(run).toFailWith(errorOutput.Error);
    expect(errorOutputOf(run)).toMatchObject(errorOutput);
    expect(refundPayment).toHaveBeenCalledWith(expect.objectContaining({ order, paymentKey: 'o-1001/ProcessPayment' }));
    expect(await itemOf('p-kettle')).toEqual(kettles(12));
    expect(world.outbox).toEqual([]);
  });
});

describe('after the payment', () => {
  test('an order that cannot be confirmed is refunded, its pieces go back, and the execution fails with the cause', async () => {
    const refundPayment = lambda(orders.refundPayment, { status: 'REFUNDED', refundId: 'ref-1', totalCents: 3990 });
    const { place, itemOf } = await openShop({ fakes: [refundPayment] });
    const run = await place(fulfilmentFails);
    expect(run).toHaveVisited('FulfillOrder', 'LetInventorySettle', 'RestoreInventory', 'RefundPayment', 'OrderFailed');
    expect(run).toFailWith(expect.stringMatching(/^SesV2\./), expect.stringContaining('rejected@example.com'));
    expect(refundPayment).toHaveBeenCalledTimes(1);
    expect(await itemOf('p-kettle')).toEqual(kettles(12));
  });

  test('a refund that fails for good says so: somebody has to give the money back', async () => {
    const { place, itemOf } = await openShop();
    const run = await place(refundFails);
    expect(run).toHaveVisited('RefundPayment', 'RefundFailed');
    expect(run).toFailWith('RefundFailed', expect.stringContaining('cannot refund card_refund_fails'));
    expect(await itemOf('p-kettle')).toEqual(kettles(12));
  });

  test('a mail that SES has no time for is sent later', async () => {
    const sendEmail = service(
      'aws-sdk:sesv2:sendEmail',
      fails('SesV2.TooManyRequestsException').times(2).then({ MessageId: 'm-1' }),
    );
    const { place } = await openShop({ fakes: [sendEmail] });
    expect(await place(order)).toSucceedWith(expect.objectContaining({ fulfilment: { confirmation: { MessageId: 'm-1' } } }));
    expect(sendEmail).toHaveBeenCalledTimes(3);
  });

  test('pieces that an attempt took whose answer was lost are not taken again', async () => {
    // What that attempt left behind: two of the 12 pieces gone, and the execution's name beside them.
    const { place, itemOf } = await openShop({}, [{ ...kettles(10), Reservations: { SS: ['o-1001'] } } as (typeof inventory)[0]]);
    const run = await place(order, { name: 'o-1001' });
    expect(run).toHaveVisited('UpdateInventory', 'VerifyReservation', 'OrderCompleted');
    expect(await itemOf('p-kettle')).toEqual(kettles(10));
  });

  test('of a thousand orders at once of a hundred pieces, exactly a hundred succeed; every other paid one is refunded', async () => {
    const processPayment = lambda(orders.processPayment, { paymentId: 'pay-1', totalCents: 3990 });
    const refundPayment = lambda(orders.refundPayment, { status: 'REFUNDED', refundId: 'ref-1', totalCents: 3990 });
    const { world, place, itemOf } = await openShop({ fakes: [processPayment, refundPayment] }, [kettles(100)]);
    const runs = await Promise.all(
      Array.from({ length: 1000 }, (_, n) => place({ ...order, orderId: `o-${n}`, quantity: 1 }, { name: `o-${n}` })),
    );

    const completed = runs.filter(({ status }) => status === 'SUCCEEDED').map(({ name }) => `${name}/ProcessPayment`);
    const paid = processPayment.calls.map(({ request }) => (request as unknown as ProcessPaymentEvent).idempotencyKey);
    const refunded = refundPayment.calls.map(({ request }) => (request as unknown as RefundPaymentEvent).paymentKey);
    expect(completed).toHaveLength(100);
    expect(paid.length).toBeGreaterThan(100); // else nobody would have paid in vain
    expect(new Set(paid).size).toBe(paid.length);
    expect([...completed, ...refunded].sort()).toEqual([...paid].sort());
    for (const run of runs) if (run.status !== 'SUCCEEDED') expect(run).toFailWith('OutOfStock');
    expect(await itemOf('p-kettle')).toEqual(kettles(0));
    expect(new Set(world.outbox.map(({ executionArn }) => executionArn)).size).toBe(world.outbox.length);
  }, 60_000);
});

test('every Catch keeps the order', () => {
  const catchers = statesOf(definitionOf(orders)).flatMap(([name, state]) =>
    'Catch' in state ? (state.Catch ?? []).map(({ ResultPath: path = '$' }) => ({ name, path })) : [],
  );
  expect(catchers.length).toBeGreaterThan(5);
  expect(catchers.filter(({ path }) => path === '$')).toEqual([]);
});

function statesOf({ States: states }: { readonly States: Readonly<Record<string, State>> }): [string, State][] {
  return Object.entries(states).flatMap(([name, state]): [string, State][] => [
    [name, state],
    ...(state.Type === 'Parallel' ? state.Branches.flatMap(statesOf) : []),
  ]);
}

test('the workflow is the one that was reviewed', () => {
  expect(definitionOf(orders)).toMatchSnapshot();
});
