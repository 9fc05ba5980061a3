import type { Context } from 'aws-lambda';
import type { ProcessPaymentEvent } from '../../../lambda/order';
import type { PaymentGateway } from '../../../lambda/payment-gateway/payment-gateway';
import { handler } from '../../../lambda/process-payment/handler';
import { processPayment } from '../../../lambda/process-payment/process-payment';
import { orderWith } from '../order';

const eventWith = (changes: Partial<ProcessPaymentEvent> = {}): ProcessPaymentEvent => ({
  order: orderWith(),
  idempotencyKey: 'e-1/ProcessPayment',
  attempt: 0,
  ...changes,
});

test('charges the total of the order with the key of the execution', async () => {
  const charge = jest.fn<ReturnType<PaymentGateway['charge']>, Parameters<PaymentGateway['charge']>>(async () => ({
    paymentId: 'pay_1',
  }));
  expect(await processPayment({ charge, refund: jest.fn() }, eventWith({ attempt: 2 }))).toEqual({
    paymentId: 'pay_1',
    totalCents: 7980,
  });
  expect(charge.mock.calls).toEqual([
    [{ paymentMethod: 'card_ok', totalCents: 7980, idempotencyKey: 'e-1/ProcessPayment', attempt: 2 }],
  ]);
});

test.each([undefined, '', 7])('charges nobody with the idempotency key %j', async (idempotencyKey) => {
  const charge = jest.fn();
  await expect(
    processPayment({ charge, refund: jest.fn() }, eventWith({ idempotencyKey: idempotencyKey as string })),
  ).rejects.toThrow('idempotencyKey must be a non-empty string');
  expect(charge).not.toHaveBeenCalled();
});

test('the handler throws by the names that the workflow retries and catches', async () => {
  const run = (paymentMethod: string) => handler(eventWith({ order: orderWith({ paymentMethod }) }), {} as Context, () => {});
  expect(await run('card_ok')).toEqual({ paymentId: expect.any(String), totalCents: 7980 });
  await expect(run('card_declined')).rejects.toMatchObject({ name: 'PaymentDeclined' });
  await expect(run('card_busy')).rejects.toMatchObject({ name: 'PaymentServiceBusy' });
});
