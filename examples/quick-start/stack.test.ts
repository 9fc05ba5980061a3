import '../../lib/testing/jest';
import { App } from 'aws-cdk-lib';
import { createTestWorld, fails, lambda, simulate } from '../../lib/testing';
import { ShopStack } from './stack';

const { orders } = new ShopStack(new App(), 'Shop');
const input = {
  orderId: 'o-1',
  productId: 'p-kettle',
  quantity: 1,
  totalCents: 3990,
  email: 'ada@example.com',
  paymentMethod: 'card_ok',
};

test('a busy payment service is tried again until it charges', async () => {
  const receipt = { paymentId: 'p-1', totalCents: 3990 };
  const payment = lambda(orders.processPayment, fails('PaymentServiceBusy').times(2).then(receipt));
  const world = createTestWorld(orders, { fakes: [payment] });
  await world.seedTable(orders.inventory, [{ ProductId: { S: 'p-kettle' }, Quantity: { N: '3' } }]);

  const run = await simulate(orders, { world, input });

  expect(run).toSucceedWith(expect.objectContaining({ payment: { receipt } }));
  expect(run).toHaveVisited('ProcessPayment', 'SendConfirmation', 'OrderCompleted');
  expect(payment).toHaveBeenCalledTimes(3);
  expect(world.outbox).toEqual([expect.objectContaining({ to: ['ada@example.com'] })]);
});

test('a declined payment is not tried again, and nothing is sent', async () => {
  const payment = lambda(orders.processPayment, fails('PaymentDeclined'));
  const world = createTestWorld(orders, { fakes: [payment] });
  await world.seedTable(orders.inventory, [{ ProductId: { S: 'p-kettle' }, Quantity: { N: '3' } }]);

  const run = await simulate(orders, { world, input });

  expect(run).toFailWith('OrderRejected', /PaymentDeclined/);
  expect(payment).toHaveBeenCalledTimes(1);
  expect(world.outbox).toEqual([]);
});
