import type { Context } from 'aws-lambda';
import type { RefundPaymentEvent } from '../../../lambda/order';
import { handler } from '../../../lambda/refund-payment/handler';
import { refundPayment } from '../../../lambda/refund-payment/refund-payment';
import { orderWith } from '../order';

const eventWith = (changes: Partial<RefundPaymentEvent> = {}): RefundPaymentEvent => ({
  order: orderWith(),
  idempotencyKey: 'e-1/RefundPayment',
  paymentKey: 'e-1/ProcessPayment',
  ...changes,
});

test('refunds the payment of the execution with a key of its own', async () => {
  const refund = jest.fn(async () => ({ refundId: 'ref_1' }));
  expect(await refundPayment({ charge: jest.fn(), refund }, eventWith())).toEqual({
    status: 'REFUNDED',
    refundId: 'ref_1',
    totalCents: 7980,
  });
  expect(refund.mock.calls).toEqual([
    [{ paymentMethod: 'card_ok', totalCents: 7980, idempotencyKey: 'e-1/RefundPayment', paymentKey: 'e-1/ProcessPayment' }],
  ]);
});

test('no payment is nothing to refund, not an error', async () => {
  expect(await refundPayment({ charge: jest.fn(), refund: async () => undefined }, eventWith())).toEqual({
    status: 'NOTHING_TO_REFUND',
  });
});

test.each(['idempotencyKey', 'paymentKey'] as const)('refunds nothing without %s', async (key) => {
  const refund = jest.fn();
  await expect(refundPayment({ charge: jest.fn(), refund }, eventWith({ [key]: '' }))).rejects.toThrow(
    `${key} must be a non-empty string`,
  );
  expect(refund).not.toHaveBeenCalled();
});

test('the handler refunds in the sandbox', async () => {
  const run = (paymentMethod: string) => handler(eventWith({ order: orderWith({ paymentMethod }) }), {} as Context, () => {});
  expect(await run('card_ok')).toMatchObject({ status: 'REFUNDED' });
  expect(await run('card_declined')).toEqual({ status: 'NOTHING_TO_REFUND' });
  await expect(run('card_refund_fails')).rejects.toThrow('cannot refund');
});
