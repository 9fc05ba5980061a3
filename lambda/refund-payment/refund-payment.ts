import type { RefundPaymentEvent, RefundReceipt } from '../order';
import type { PaymentGateway } from '../payment-gateway/payment-gateway';

/** Gives the payment of an order back once, however often it is asked, or finds that there is none. */
export async function refundPayment(gateway: PaymentGateway, event: RefundPaymentEvent): Promise<RefundReceipt> {
  const { order, idempotencyKey, paymentKey } = event;
  for (const [name, key] of Object.entries({ idempotencyKey, paymentKey })) {
    if (typeof key !== 'string' || key === '') throw new TypeError(`${name} must be a non-empty string`);
  }
  const { paymentMethod, totalCents } = order;
  const refund = await gateway.refund({ paymentMethod, totalCents, idempotencyKey, paymentKey });
  return refund === undefined ? { status: 'NOTHING_TO_REFUND' } : { status: 'REFUNDED', refundId: refund.refundId, totalCents };
}
