/**
 * An Error Output as Step Functions models it. Retry and Catch see only these.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class StatesError extends Error {
  /**
   * @param error the error name; undefined where AWS gives none (a Fail state without Error)
   * @param errorCause the cause; undefined where AWS gives none
   */
  constructor(
    readonly error: string | undefined,
    readonly errorCause: string | undefined,
  ) {
    super(errorCause === undefined ? (error ?? 'no error name') : `${error}: ${errorCause}`);
    this.name = 'StatesError';
  }
}
