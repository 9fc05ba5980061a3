import { createHash } from 'node:crypto';
import { PaymentDeclined, PaymentServiceBusy } from '../order-errors';
import type { PaymentGateway } from './payment-gateway';

interface TestCard {
  /** Attempts that find the gateway busy before one gets through; default 0. */
  readonly busyAttempts?: number;
  /** Why the card is declined; default: it is charged. */
  readonly declined?: string;
  /** The gateway cannot refund it. */
  readonly refundFails?: true;
}

/** The means of payment that the sandbox knows, by name. */
export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  card_ok: {},
  card_declined: { declined: 'insufficient funds' },
  card_busy_twice: { busyAttempts: 2 },
  card_busy: { busyAttempts: Infinity },
  card_refund_fails: { refundFails: true },
};

/**
 * A payment gateway for tests, demonstrations and development: it charges nobody, and what it answers depends on nothing but
 * its arguments, as with the test cards of real gateways. Idempotent without memory: an id is made of its idempotency key.
 */
export const sandboxPaymentGateway: PaymentGateway = {
  async charge({ paymentMethod, idempotencyKey, attempt }) {
    const { busyAttempts = 0, declined } = testCard(paymentMethod);
    if (attempt < busyAttempts) throw new PaymentServiceBusy('the sandbox gateway is busy, try again later');
    if (declined !== undefined) throw new PaymentDeclined(declined);
    return { paymentId: idOf('pay', idempotencyKey) };
  },

  async refund({ paymentMethod, idempotencyKey }) {
    const { busyAttempts = 0, declined, refundFails } = testCard(paymentMethod);
    if (declined !== undefined || busyAttempts === Infinity) return undefined;
    if (refundFails) throw new Error(`the sandbox gateway cannot refund ${paymentMethod}`);
    return { refundId: idOf('ref', idempotencyKey) };
  },
};

const testCard = (paymentMethod: string): TestCard =>
  Object.hasOwn(TEST_CARDS, paymentMethod)
    ? TEST_CARDS[paymentMethod]!
    : { declined: `the sandbox gateway knows no ${paymentMethod}, only ${Object.keys(TEST_CARDS).join(', ')}` };

const idOf = (prefix: string, key: string): string => `${prefix}_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
