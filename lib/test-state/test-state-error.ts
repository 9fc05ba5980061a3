/** What TestState refuses a request with, as the API words it. */
export class TestStateError extends Error {
  constructor(
    /** The exception's name: `ValidationException`, `InvalidDefinition`, `InvalidExecutionInput`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TestStateError';
  }
}

/** A request that makes no sense. */
export const validationException = (message: string): TestStateError => new TestStateError('ValidationException', message);
