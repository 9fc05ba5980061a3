import type { PaymentReceipt, ProcessPaymentEvent } from '../order';
import type { PaymentGateway } from '../payment-gateway/payment-gateway';

/**
 * Charges an order once, however often it is asked with the same idempotency key.
 *
 * @throws PaymentDeclined, PaymentServiceBusy; any other error leaves open whether the money was taken
 */
export async function processPayment(gateway: PaymentGateway, event: ProcessPaymentEvent): Promise<PaymentReceipt> {
  const { order, idempotencyKey, attempt } = event;
  // Without a key a retry would charge twice: better not to charge at all.
  if (typeof idempotencyKey !== 'string' || idempotencyKey === '')
    throw new TypeError('idempotencyKey must be a non-empty string');
  const { paymentMethod, totalCents } = order;
  const { paymentId } = await gateway.charge({ paymentMethod, totalCents, idempotencyKey, attempt });
  return { paymentId, totalCents };
}
