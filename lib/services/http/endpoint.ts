import type { Json } from '../../json/json';
import { httpDate } from '../sdk-metadata';

/** A request as the endpoint gets it, from an HTTP Task or from API Gateway. */
export interface EndpointRequest {
  readonly method: string;
  /** The whole address, with its query. */
  readonly url: string;
  /** From the first slash on, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** By name in small letters; several values of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body: parsed, if it is JSON; null, if there is none. */
  readonly body: Json;
}

/** What an endpoint answers. */
export interface EndpointResponse {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text is sent as it is, all else as JSON. @default - no body */
  readonly body?: unknown;
}

/** A response as it is on the wire. */
export interface WireResponse {
  readonly status: number;
  /** As the endpoint writes their names. */
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[];
  readonly text: string;
}

/** What a server would send. @param epochMs virtual time, for the header Date */
export function toWire({ status = 200, headers = {}, body }: EndpointResponse, epochMs: number): WireResponse {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/plain' : 'application/json';
  const made: Record<string, string | readonly string[]> = {
    'Content-Length': String(Buffer.byteLength(text)),
    ...(text === '' ? {} : { 'Content-Type': contentType }),
    Date: httpDate(epochMs),
  };
  return {
    status,
    headers: Object.entries(withHeaders(made, headers)).map(([name, value]) => [
      name,
      typeof value === 'string' ? [value] : value,
    ]),
    text,
  };
}

/** The second one's headers in place of those that have the same name but for its case. */
export function withHeaders<T>(
  first: Readonly<Record<string, T>>,
  second: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const taken = new Set(Object.keys(second).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(first).filter(([name]) => !taken.has(name.toLowerCase()))), ...second };
}

/** The value of a header, whatever the case of its name; undefined: it is not there. */
export const headerOf = ({ headers }: WireResponse, wanted: string): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1].join(',');

/** The body as a state gets it: parsed, if the response says that it is JSON and it is. */
export function bodyOf(response: WireResponse): Json {
  if (!isJsonType(headerOf(response, 'content-type'))) return response.text;
  return parsed(response.text);
}

/** True for `application/json` and its kin, such as `application/problem+json; charset=utf-8`. */
export const isJsonType = (contentType: string | undefined): boolean =>
  /^\s*[\w.-]+\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');

/** JSON, or the text itself. */
export function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
