import { ApiFailure } from '../api';

/** Of all others it is 400. https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html */
const STATUS_CODES: Readonly<Record<string, number>> = {
  ServiceQuotaExceededException: 402,
  RequestEntityTooLarge: 413,
  InternalFailure: 500,
};

/** How Step Functions refuses a request. */
export class ApiError extends ApiFailure {
  override readonly name = 'ApiError';

  /**
   * @param code the exception's name: `StateMachineDoesNotExist`, `ValidationException`
   * @param members of the exception besides the message, such as a ValidationException's `reason`
   */
  constructor(code: string, message: string, members: Readonly<Record<string, string>> = {}) {
    super(code, message, Object.hasOwn(STATUS_CODES, code) ? STATUS_CODES[code] : 400, members);
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
