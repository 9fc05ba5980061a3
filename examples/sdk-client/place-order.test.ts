import { SFNClient } from '@aws-sdk/client-sfn';
import { App } from 'aws-cdk-lib';
import { fails, lambda, startServer } from '../../lib/simulator';
import { ShopStack } from '../quick-start/stack';
import { placeOrder } from './place-order';

const order = {
  orderId: 'o-1',
  productId: 'p-kettle',
  quantity: 1,
  totalCents: 3990,
  email: 'ada@example.com',
  paymentMethod: 'card_ok',
};

test('an order is placed with the real client', async () => {
  const { orders } = new ShopStack(new App(), 'Shop');
  const payment = lambda(orders.processPayment, fails('PaymentServiceBusy').then({ paymentId: 'p-1', totalCents: 3990 }));
  const server = await startServer({ port: 0, target: orders, fakes: [payment] });
  await server.world.seedTable(orders.inventory, [{ ProductId: { S: 'p-kettle' }, Quantity: { N: '3' } }]);
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    disableHostPrefix: true, // for StartSyncExecution and TestState
  });

  const placed = await placeOrder(client, server.stateMachineArns[0] as string, order);

  expect(placed).toMatchObject({ payment: { receipt: { paymentId: 'p-1' } } });
  expect(server.world.outbox).toEqual([expect.objectContaining({ to: ['ada@example.com'] })]);
  client.destroy();
  await server.close();
});
