import fc from 'fast-check';
import type { Context } from 'aws-lambda';
import { ValidationError } from '../../../lambda/order-errors';
import { handler } from '../../../lambda/validate-order/handler';
import { validateOrder } from '../../../lambda/validate-order/validate-order';
import { orderWith } from '../order';

const problemsOf = (input: unknown): readonly string[] => {
  try {
    validateOrder(input);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return error.problems;
    throw error;
  }
};

test('a valid order goes on, without what no order has', () => {
  expect(validateOrder({ ...orderWith(), isAdmin: true, payment: { paymentId: 'forged' } })).toEqual(orderWith());
});

test.each([
  { quantity: 1 },
  { quantity: 1_000 },
  { totalCents: 1 },
  { totalCents: 100_000_000 },
  { orderId: 'a'.repeat(64) },
  { productId: 'Teekanne „Föhr“ 茶' },
  { email: 'a@b' },
  { email: 'o+tag@xn--bcher-kva.example' },
])('%j is accepted', (changes) => {
  expect(problemsOf(orderWith(changes))).toEqual([]);
});

test.each([
  [{ orderId: '' }, 'orderId must be 1 to 64 letters, digits, dots, dashes or underscores, but is ""'],
  [{ orderId: 'a b' }, 'orderId must be'],
  [{ orderId: 'a'.repeat(65) }, 'orderId must be'],
  [{ orderId: 7 }, 'but is 7'],
  [{ productId: 'p\n1' }, 'productId must be 1 to 128 characters, but is "p\\n1"'],
  [{ productId: '\ud800' }, 'productId must be'],
  [{ quantity: 0 }, 'quantity must be a whole number from 1 to 1000, but is 0'],
  [{ quantity: -1 }, 'but is -1'],
  [{ quantity: 1.5 }, 'but is 1.5'],
  [{ quantity: 1_001 }, 'but is 1001'],
  [{ quantity: '2' }, 'but is "2"'],
  [{ quantity: null }, 'but is null'],
  [{ totalCents: 0 }, 'totalCents must be a whole number of cents from 1 to 100000000, but is 0'],
  [{ totalCents: Number.MAX_SAFE_INTEGER }, 'totalCents must be'],
  [{ email: 'ada' }, 'email must be an e-mail address in ASCII, but is "ada"'],
  [{ email: 'ada@example.com\r\nBcc: all@example.com' }, 'email must be'],
  [{ email: 'ada@example.com, bob@example.com' }, 'email must be'],
  [{ email: 'ø@bücher.example' }, 'email must be an e-mail address in ASCII'],
  [{ email: 'a@b@c' }, 'email must be'],
  [{ email: '@b' }, 'email must be'],
  [{ email: 'Ada <ada@example.com>' }, 'email must be'],
  [{ email: `${'a'.repeat(251)}@b.c` }, 'email must be'],
  [{ paymentMethod: { card: '4111' } }, 'paymentMethod must be'],
  [{ paymentMethod: undefined }, 'paymentMethod must be 1 to 128 letters, digits, dots, dashes or underscores, but is missing'],
])('%j is refused', (changes, message) => {
  const problems = problemsOf({ ...orderWith(), ...changes });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});

test('all problems come at once', () => {
  expect(problemsOf({})).toHaveLength(6);
  expect(() => validateOrder({ ...orderWith(), quantity: 0, email: '' })).toThrow(/^quantity must be .*; email must be /);
});

test.each([[null], [undefined], ['order'], [[orderWith()]], [7], [true]])('%j is no order', (input) => {
  expect(problemsOf(input)).toEqual([expect.stringMatching(/^an order must be a JSON object, but is /)]);
});

test('what is inherited is not in the order', () => {
  expect(problemsOf(Object.create(orderWith()))).toHaveLength(6);
  expect(problemsOf(JSON.parse(`{"__proto__": ${JSON.stringify(orderWith())}}`))).toHaveLength(6);
});

test('a long wrong value is cut short: it ends in logs', () => {
  expect(problemsOf(orderWith({ orderId: 'x'.repeat(10_000) }))[0]!.length).toBeLessThan(200);
});

test('any JSON is an order or a ValidationError, never anything else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (input) => {
      problemsOf(input);
    }),
  );
});

test('the handler answers the order, and throws by the name that the workflow catches', async () => {
  expect(await handler(orderWith(), {} as Context, () => {})).toEqual(orderWith());
  await expect(handler({}, {} as Context, () => {})).rejects.toMatchObject({ name: 'ValidationError' });
});
