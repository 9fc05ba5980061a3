import { isObject, type Json, type JsonObject } from '../../json/json';
import { parseJson } from '../../json/parse-json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { type Api, ApiFailure } from '../api';
import type { Door, HttpRequest } from './http';
import { performOperation, unknownOperation } from './operation';
import { findRoute, readBindings, type Route, writeHeaders } from './route';

/**
 * The protocol AWS REST JSON: a route says where an operation's members stand; what stands nowhere else is in a JSON body.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 */
export const restJson =
  (routes: readonly Route[], api: Api): Door =>
  async (request, from) => {
    const requestId = from.uuid();
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    try {
      const found = findRoute(routes, request);
      if (found === undefined) throw unknownOperation(api, `${request.method} ${request.path}`, from);
      const { route } = found;
      const asked = { ...readBindings(found, request), ...(route.payload === undefined ? parseBody(request) : {}) };
      const response = (await performOperation(api, route.operation, asked, from)) as JsonObject;
      const payload = route.answer?.payload;
      const status = route.answer?.status === undefined ? 200 : get(response, route.answer.status);
      return {
        status: typeof status === 'number' ? status : 200,
        headers: { ...headers, ...writeHeaders(route, response) },
        body: payload === undefined ? renderJson(withoutBound(route, response)) : bytesOf(get(response, payload)),
      };
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const { code, message, statusCode } = error;
      return { status: statusCode, headers: { ...headers, 'x-amzn-errortype': code }, body: renderJson({ message }) };
    }
  };

function parseBody({ body }: HttpRequest): JsonObject {
  if (body.length === 0) return {};
  try {
    const parsed = parseJson(Buffer.from(body).toString(), 'the request');
    if (isObject(parsed)) return parsed;
  } catch (error) {
    throw new ApiFailure('SerializationException', (error as Error).message);
  }
  throw new ApiFailure('SerializationException', 'Unexpected token');
}

/** What stands in headers does not stand in the body. */
function withoutBound({ answer }: Route, response: JsonObject): JsonObject {
  const bound = new Set([...Object.values(answer?.headers ?? {}), answer?.status]);
  return Object.fromEntries(Object.entries(response).filter(([name]) => !bound.has(name)));
}

/** Bytes that an API has in Base64. */
export const bytesOf = (base64: Json | undefined): Uint8Array =>
  typeof base64 === 'string' ? Buffer.from(base64, 'base64') : new Uint8Array();
