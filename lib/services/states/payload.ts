import { fits } from '../../json/fits';
import { jacksonMessage } from '../../json/jackson/jackson-message';
import type { Json } from '../../json/json';
import { JsonError } from '../../json/json-error';
import { parseJson } from '../../json/parse-json';
import { sizeBytes } from '../../json/size-bytes';
import { MAX_PAYLOAD_BYTES } from '../../simulator/limits';
import { ApiError } from './api-error';

/**
 * Reads the JSON text of a request.
 * @param what of our own words about it
 * @param code and `prefix`: how the API refuses it
 * @throws ApiError if it is not JSON, or too long when it is written anew: a text of `1e9` may grow
 */
export function readPayload(text: string, what: string, code: string, prefix: string): Json {
  const refuse = (why: string): never => {
    throw new ApiError(code, `${prefix}: '${why}'`);
  };
  let value: Json;
  try {
    value = parseJson(text, what);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return refuse(jacksonMessage(text, error));
  }
  if (fits(value, MAX_PAYLOAD_BYTES)) return value;
  return refuse(`${what} is ${sizeBytes(value)} bytes of JSON, written anew; at most ${MAX_PAYLOAD_BYTES} are taken`);
}
