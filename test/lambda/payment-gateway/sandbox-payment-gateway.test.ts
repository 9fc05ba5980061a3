import { sandboxPaymentGateway as gateway } from '../../../lambda/payment-gateway/sandbox-payment-gateway';

const charge = (paymentMethod: string, attempt = 0, idempotencyKey = 'e-1/ProcessPayment') =>
  gateway.charge({ paymentMethod, totalCents: 100, idempotencyKey, attempt });
const refund = (paymentMethod: string, idempotencyKey = 'e-1/RefundPayment') =>
  gateway.refund({ paymentMethod, totalCents: 100, idempotencyKey, paymentKey: 'e-1/ProcessPayment' });

test('one key, one payment; another key, another payment', async () => {
  expect(await charge('card_ok')).toEqual(await charge('card_ok', 3));
  expect(await charge('card_ok')).not.toEqual(await charge('card_ok', 0, 'e-2/ProcessPayment'));
});

test('a declined card has nothing to refund', async () => {
  await expect(charge('card_declined')).rejects.toMatchObject({ name: 'PaymentDeclined', message: 'insufficient funds' });
  expect(await refund('card_declined')).toBeUndefined();
});

test('is busy twice, then charges', async () => {
  await expect(charge('card_busy_twice', 0)).rejects.toMatchObject({ name: 'PaymentServiceBusy' });
  await expect(charge('card_busy_twice', 1)).rejects.toMatchObject({ name: 'PaymentServiceBusy' });
  expect(await charge('card_busy_twice', 2)).toEqual({ paymentId: expect.stringMatching(/^pay_[0-9a-f]{16}$/) });
  expect(await refund('card_busy_twice')).toEqual({ refundId: expect.stringMatching(/^ref_[0-9a-f]{16}$/) });
});

test('is busy for ever, and then has nothing to refund', async () => {
  await expect(charge('card_busy', 1_000)).rejects.toMatchObject({ name: 'PaymentServiceBusy' });
  expect(await refund('card_busy')).toBeUndefined();
});

test('charges a card that it cannot refund', async () => {
  expect(await charge('card_refund_fails')).toEqual({ paymentId: expect.any(String) });
  await expect(refund('card_refund_fails')).rejects.toThrow('the sandbox gateway cannot refund card_refund_fails');
});

test.each(['visa', '__proto__', 'constructor', ''])('declines the unknown card %j and names the ones it knows', async (card) => {
  await expect(charge(card)).rejects.toMatchObject({
    name: 'PaymentDeclined',
    message: expect.stringContaining('only card_ok, card_declined'),
  });
});
