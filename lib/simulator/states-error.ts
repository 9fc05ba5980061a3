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
    // It is an answer and no accident: nobody reads its stack, and to take one lasts as long as ten states.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(errorCause === undefined ? (error ?? 'no error name') : `${error}: ${errorCause}`);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'StatesError';
  }
}
