import type { Account } from '../services/states/account';
import { ApiError } from '../services/states/api-error';
import { isOperation, perform } from '../services/states/operations';
import { randomFromSeed } from '../simulator/random';
import type { Door, HttpRequest, HttpResponse } from './http';

/** What `X-Amz-Target` begins with, before the operation's name. */
const TARGET = 'AWSStepFunctions.';

/** The namespaces of the exceptions' names on AWS; clients read what follows the `#`. */
const NAMESPACE = 'com.amazonaws.swf.service.v2.model';
const NAMESPACES: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  InternalFailure: 'com.amazon.coral.service',
};

/** Of all others it is 400. https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html */
const STATUS_CODES: Readonly<Record<string, number>> = {
  ServiceQuotaExceededException: 402,
  UnknownOperationException: 404,
  RequestEntityTooLarge: 413,
  InternalFailure: 500,
  // Not retried, as the others above 499 are.
  NotSimulated: 501,
};

/**
 * The Step Functions API in the protocol AWS JSON 1.0, as SDKs and the AWS CLI speak it.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 * @param onDefect hears of what was no refusal: a defect of ours
 */
export function jsonProtocol(account: Account, onDefect: (error: unknown) => void): Door {
  const random = randomFromSeed(`${account.world.seed}/requests`);
  return async (request) => {
    const requestId = random.uuid();
    try {
      return render(200, await answer(account, request), requestId);
    } catch (error) {
      if (error instanceof ApiError) return renderError(error, requestId);
      onDefect(error);
      return renderError(new ApiError('InternalFailure', `A defect of the simulator: ${String(error)}`), requestId);
    }
  };
}

function answer(account: Account, { method, headers, body, signal }: HttpRequest): object | Promise<object> {
  const { 'x-amz-target': target } = headers;
  const operation = typeof target === 'string' && target.startsWith(TARGET) ? target.slice(TARGET.length) : undefined;
  if (method !== 'POST' || operation === undefined || !isOperation(operation))
    throw new ApiError(
      'UnknownOperationException',
      `This is a simulator of AWS Step Functions: it takes POST with the header X-Amz-Target: ${TARGET}<operation>; found ${method} with ${target === undefined ? 'no such header' : JSON.stringify(target)}.`,
    );
  return perform(account, operation, parseBody(body), signal);
}

/** No body is an empty request. */
function parseBody(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(decoder.decode(body));
  } catch (error) {
    throw new ApiError('SerializationException', `The request's body is not JSON in UTF-8: ${(error as Error).message}`);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The answer to a refused request. */
export function renderError({ code, message, members }: ApiError, requestId: string): HttpResponse {
  const namespace = Object.hasOwn(NAMESPACES, code) ? NAMESPACES[code] : NAMESPACE;
  const status = (Object.hasOwn(STATUS_CODES, code) ? STATUS_CODES[code] : undefined) ?? 400;
  return render(status, { __type: `${namespace}#${code}`, message, ...members }, requestId);
}

const render = (status: number, content: object, requestId: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
  body: JSON.stringify(content, epochSeconds),
});

/** Times are seconds since 1970. A Date has become text by the time that its value comes here. */
function epochSeconds(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Date ? raw.getTime() / 1000 : value;
}
