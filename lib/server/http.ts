/** A request over HTTP, its body read. */
export interface HttpRequest {
  readonly method: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Whoever asks has gone away. */
  readonly signal?: AbortSignal;
}

/** An answer over HTTP. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers requests of one protocol: those of a server, and those that never come to a socket. */
export type Door = (request: HttpRequest) => Promise<HttpResponse>;
