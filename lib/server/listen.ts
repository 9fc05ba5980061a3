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
    return refuse(request, response, 'AccessDeniedException', 'Requests of web pages (with the header Origin) are refused.');
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const body = await readBody(request);
  if (body === undefined) {
    const message = `The request's body is longer than ${MAX_BODY_BYTES} bytes, the most that Step Functions takes.`;
    return refuse(request, response, 'RequestEntityTooLarge', message);
  }
  const { method = '', headers, url = '/' } = request;
  const [path = '/', query] = url.split('?', 2);
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  send(response, await desk({ method, headers, body, host, path, query: new URLSearchParams(query) }, gone.signal));
}

/** What is read of a body that nobody wants, so that its sender comes to read the answer; then the connection is cut. */
const MAX_DISCARDED_BYTES = 64 * MAX_BODY_BYTES;

/** Answers at once, and closes the connection when the body has come to its end: who is cut off while he sends does not see the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, code: string, message: string): void {
  const refusal = renderError(new ApiError(code, message), '');
  writeHead(response, { ...refusal, headers: { ...refusal.headers, connection: 'close' } });
  response.write(refusal.body);
  if (request.readableEnded) return void response.end();
  let discarded = 0;
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > MAX_DISCARDED_BYTES) request.destroy();
  });
  request.on('end', () => response.end());
  request.on('error', () => response.destroy());
}

/** undefined: it is too long. Of that nothing is kept. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return resolve(undefined);
    let chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY_BYTES) return void chunks.push(chunk);
      chunks = [];
      resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

function send(response: ServerResponse, answer: HttpResponse): void {
  writeHead(response, answer);
  response.end(answer.body);
}

function writeHead(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
}
