/**
 * The order as the workflow carries it from ValidateOrder on, and what the functions of the order workflow are sent and answer.
 * A team that brings its own functions keeps to these shapes.
 */

/** A valid order. Fields that a customer sent beyond these are gone. */
export interface Order {
  /** 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly orderId: string;
  /** Partition key of the inventory table, 1 to 128 characters. */
  readonly productId: string;
  /** Pieces, a whole number from 1 to 1,000. */
  readonly quantity: number;
  /** To be charged, in the smallest unit of the shop's currency: a whole number from 1 to 100,000,000. */
  readonly totalCents: number;
  /** Where the confirmation goes. */
  readonly email: string;
  /** How the payment gateway names the customer's means of payment; never a card number. */
  readonly paymentMethod: string;
}

/** What ProcessPayment is sent. */
export interface ProcessPaymentEvent {
  readonly order: Order;
  /** `<execution name>/ProcessPayment`: the same in each retry, so that a gateway charges once. */
  readonly idempotencyKey: string;
  /** Retries so far: 0 in the first attempt. */
  readonly attempt: number;
}

/** What ProcessPayment answers. */
export interface PaymentReceipt {
  readonly paymentId: string;
  readonly totalCents: number;
}

/** What RefundPayment is sent. */
export interface RefundPaymentEvent {
  readonly order: Order;
  /** `<execution name>/RefundPayment`: the same in each retry, so that a gateway refunds once. */
  readonly idempotencyKey: string;
  /**
   * The idempotency key of the payment to give back. There may be no such payment: a charge that timed out may have been
   * made or not, and only the gateway knows.
   */
  readonly paymentKey: string;
}

/** What RefundPayment answers. */
export type RefundReceipt =
  | { readonly status: 'REFUNDED'; readonly refundId: string; readonly totalCents: number }
  | { readonly status: 'NOTHING_TO_REFUND' };
