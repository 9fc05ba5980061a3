/**
 * A failure of the state's own data processing: a path, a template, an intrinsic function, an illegal value at run time.
 * The interpreter puts AWS's sentence with the state's name and event id in front of the message.
 */
export class EvaluationError extends Error {
  /**
   * @param error the Error Output's name, such as `States.Runtime` or `States.IntrinsicFailure`
   * @param message AWS's words, without the sentence about the state
   * @param location the field at fault, as in an EvaluationFailed event: `Output/a/b[0]`. JSONata only
   */
  constructor(
    readonly error: string,
    message: string,
    readonly location?: string,
  ) {
    super(message);
    this.name = 'EvaluationError';
  }
}

/** An expression that cannot be compiled: the definition is at fault, not the data. */
export class ExpressionSyntaxError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpressionSyntaxError';
  }
}
