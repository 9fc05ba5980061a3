import type { Order } from '../../lambda/order';

/** A valid order, with what a test wants different. */
export const orderWith = (changes: Partial<Order> = {}): Order => ({
  orderId: 'o-1',
  productId: 'p-kettle',
  quantity: 2,
  totalCents: 7980,
  email: 'ada@example.com',
  paymentMethod: 'card_ok',
  ...changes,
});
