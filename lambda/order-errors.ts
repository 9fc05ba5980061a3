/** An error whose `name` is the error name that Retry and Catch of the order workflow match: Lambda reports it as `errorType`. */
abstract class OrderError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The order is not acceptable, and trying again does not change that. */
export class ValidationError extends OrderError {
  /** @param problems everything that is wrong with the order, at least one */
  constructor(readonly problems: readonly string[]) {
    super('ValidationError', problems.join('; '));
  }
}

/** The gateway refused the charge for good; nothing was charged. */
export class PaymentDeclined extends OrderError {
  constructor(message: string) {
    super('PaymentDeclined', message);
  }
}

/** The gateway is too busy at the moment: try again later with the same idempotency key. */
export class PaymentServiceBusy extends OrderError {
  constructor(message: string) {
    super('PaymentServiceBusy', message);
  }
}
