import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from '../services/states/api-error';
import { SimulatorError } from '../simulator/simulator-error';
import type { HttpResponse } from '../services/doors/http';
import { type Desk, renderError } from './json-protocol';

/** Longest request body. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_BODY_BYTES = 1_048_576;

/** A desk that is open to clients. */
export interface Listener {
  /** Port that it listens on. */
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

/**
 * Opens a desk to clients over HTTP.
 * @param port 0: one that is free
 * @param host address to listen on
 * @throws SimulatorError (rejects) if the port cannot be had
 */
export function listen(desk: Desk, port: number, host: string): Promise<Listener> {
  const server = createServer((request, response) => {
    // A client that goes away needs no answer.
    handle(desk, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'something else listens there: give another port' : error.message;
      reject(new SimulatorError(`No server on ${host}:${port}: ${why}.`));
    });
    server.listen(port, host, () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function handle(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Browsers send it: a page must not reach what listens on this machine.
  if (request.headers.origin !== undefined) {
    return send(response, refusal('AccessDeniedException', 'Requests of web pages (with the header Origin) are refused.'), true);
  }
  const body = await readBody(request);
  if (body === undefined) {
    const message = `The request's body is longer than ${MAX_BODY_BYTES} bytes, the most that Step Functions takes.`;
    return send(response, refusal('RequestEntityTooLarge', message), true);
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { method = '', headers, url = '/' } = request;
  const asked = { method, headers, body, host: headers.host ?? '', path: url, query: new URLSearchParams() };
  send(response, await desk(asked, gone.signal), false);
}

const refusal = (code: string, message: string): HttpResponse => renderError(new ApiError(code, message), '');

/** What is read of a body that is too long, so that its sender comes to read the answer; then the connection is cut. */
const MAX_DISCARDED_BYTES = 64 * MAX_BODY_BYTES;

/** undefined: it is too long. Of that nothing is kept. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES ? Infinity : 0;
    let discarded = 0;
    if (length === Infinity) resolve(undefined);
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) return void chunks.push(chunk);
      chunks = [];
      resolve(undefined);
      discarded += chunk.length;
      if (discarded > MAX_DISCARDED_BYTES) request.destroy();
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse, closes: boolean): void {
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    ...(closes ? { connection: 'close' } : {}),
  });
  response.end(body);
}
