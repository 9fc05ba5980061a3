import type { Caller } from '../api';

/** A request over HTTP, its body read. */
export interface HttpRequest {
  readonly method: string;
  /** Name of the host, without a port. */
  readonly host: string;
  /** Up to the question mark, as it was sent: percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** An answer over HTTP. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * Answers the requests that come to an API in one of AWS's protocols: from clients in handlers, before any socket, and from those of a server.
 * What the API refuses is an answer, too; all else that is thrown is the simulator's own.
 */
export type Door = (request: HttpRequest, from: Caller) => Promise<HttpResponse>;

/** The one value of a header. */
export const headerOf = ({ headers }: HttpRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};
