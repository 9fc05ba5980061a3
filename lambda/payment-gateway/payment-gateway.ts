/** What a charge or a refund needs to know. */
export interface Charge {
  readonly paymentMethod: string;
  readonly totalCents: number;
  /** A second charge with the same key answers the first one's payment and charges nothing. */
  readonly idempotencyKey: string;
  /** Retries so far: 0 in the first attempt. */
  readonly attempt: number;
}

/** What a refund needs to know. */
export interface Refund {
  readonly paymentMethod: string;
  readonly totalCents: number;
  /** A second refund with the same key answers the first one's refund and refunds nothing. */
  readonly idempotencyKey: string;
  /** The idempotency key of the charge to give back. */
  readonly paymentKey: string;
}

/** The company that takes the money. A team puts its own behind this. */
export interface PaymentGateway {
  /** Throws PaymentDeclined or PaymentServiceBusy; any other error leaves open whether the money was taken. */
  charge(charge: Charge): Promise<{ readonly paymentId: string }>;
  /** Undefined: there is no payment of that key. */
  refund(refund: Refund): Promise<{ readonly refundId: string } | undefined>;
}
