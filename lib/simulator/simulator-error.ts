/**
 * The simulator cannot go on, or does not know what AWS would do. Never seen by Retry or Catch; always reaches the test,
 * and its message says what was found and what to do.
 */
export class SimulatorError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SimulatorError';
  }
}
