/** How Step Functions refuses a request. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** The exception's name: `StateMachineDoesNotExist`, `ValidationException`. */
    readonly code: string,
    message: string,
    /** Members of the exception besides the message, such as a ValidationException's `reason`. */
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A request that makes no sense; `reason` is one of the API's `ValidationExceptionReason`. */
export const validationException = (message: string, reason?: string): ApiError =>
  new ApiError('ValidationException', message, reason === undefined ? {} : { reason });

/** Something that the request names is not there. */
export const resourceNotFound = (message: string, resourceName: string): ApiError =>
  new ApiError('ResourceNotFound', message, { resourceName });

/** Real Step Functions would do it, and this one does not. */
export const notSimulated = (what: string): ApiError =>
  new ApiError('NotSimulated', `${what} is not simulated. Nothing has been done.`);
