import type { Order } from '../order';
import { ValidationError } from '../order-errors';

type Input = Readonly<Record<string, unknown>>;
type Check = readonly [accepts: (value: unknown) => boolean, wanted: string];

const isText = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);
const isWhole = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

/**
 * What each field must be. An address is checked as far as SES takes it, which is one address in ASCII; whether it exists, only a mail can tell.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
 */
const CHECKS: { readonly [field in keyof Order]: Check } = {
  orderId: [(value) => isText(value, /^[A-Za-z0-9._-]{1,64}$/), '1 to 64 letters, digits, dots, dashes or underscores'],
  productId: [(value) => isText(value, /^[^\p{Cc}\p{Cs}]{1,128}$/u), '1 to 128 characters'],
  quantity: [(value) => isWhole(value, 1, 1_000), 'a whole number from 1 to 1000'],
  totalCents: [(value) => isWhole(value, 1, 100_000_000), 'a whole number of cents from 1 to 100000000'],
  email: [
    (value) => isText(value, /^(?=.{3,254}$)[^@]+@[^@]+$/) && isText(value, /^[^\s<>,;:"()[\]\\]+$/) && isText(value, /^[!-~]+$/),
    'an e-mail address in ASCII',
  ],
  paymentMethod: [(value) => isText(value, /^[A-Za-z0-9._-]{1,128}$/), '1 to 128 letters, digits, dots, dashes or underscores'],
};

/**
 * The order in the input of an execution, without the fields that no order has.
 *
 * @throws ValidationError with all problems at once
 */
export function validateOrder(input: unknown): Order {
  if (!isInput(input)) throw new ValidationError([`an order must be a JSON object, but is ${describe(input)}`]);
  const problems = Object.entries(CHECKS)
    .filter(([field, [accepts]]) => !accepts(own(input, field)))
    .map(([field, [, wanted]]) => `${field} must be ${wanted}, but is ${describe(own(input, field))}`);
  if (problems.length > 0) throw new ValidationError(problems);
  return Object.fromEntries(Object.keys(CHECKS).map((field) => [field, input[field]])) as unknown as Order;
}

const isInput = (input: unknown): input is Input => typeof input === 'object' && input !== null && !Array.isArray(input);

/** Never an inherited one: an order without `constructor` has no `constructor`. */
const own = (input: Input, field: string): unknown => (Object.hasOwn(input, field) ? input[field] : undefined);

/** The value as the customer wrote it, at most 60 characters: it ends in logs and in the cause of the execution. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
