import http from 'node:http';
import http2 from 'node:http2';
import type { Duplex } from 'node:stream';
import type { HttpRequest, HttpResponse } from '../../doors/http';
import type { HandlerScope } from './handler-scope';

/** Who is at the other end of a connection. */
interface Peer {
  readonly scope: HandlerScope;
  /** The host that it wanted to reach. */
  readonly host: string;
}

const peers = new WeakMap<object, Peer>();

/** Node.js's own server, never listening: connections are handed to it. */
const server = http.createServer((request, response) => {
  const { scope, host } = peers.get(request.socket) as Peer;
  const { method = '', url = '/', headers } = request;
  answer(scope, { ...target(host, url), method, headers }, request, (found) => {
    response.writeHead(found.status, { 'content-length': Buffer.byteLength(found.body), ...found.headers });
    response.end(found.body);
  }).catch((error: unknown) => request.socket.destroy(error as Error));
});

/** Serves a connection of HTTP/1.1. */
export function serve(connection: Duplex, scope: HandlerScope, host: string): void {
  peers.set(connection, { scope, host });
  server.emit('connection', connection);
}

/** Tells the server of HTTP/2, whose connections outlive invocations, whose request it is. */
export const SCOPE_HEADER = 'x-cdk-baton-invocation';

const scopes = new Map<string, HandlerScope>();
let lastId = 0;

/** Names an invocation for the one request that it makes. */
export function announce(scope: HandlerScope): string {
  const id = String(++lastId);
  scopes.set(id, scope);
  return id;
}

const server2 = http2.createServer();
server2.on('stream', (stream, headers) => {
  const { [SCOPE_HEADER]: id, ':path': path = '/', ':method': method = '', ':authority': authority = '' } = headers;
  const scope = scopes.get(String(id)) as HandlerScope;
  scopes.delete(String(id));
  const host = authority.replace(/:\d+$/, '');
  // The invocation has ended with the error already. Here nobody listens, and that would end the process.
  stream.on('error', () => undefined);
  answer(scope, { ...target(host, path), method, headers }, stream, (found) => {
    stream.respond({ ':status': found.status, ...found.headers });
    stream.end(found.body);
  }).catch((error: unknown) => stream.destroy(error as Error));
});

/** Serves a connection of HTTP/2. */
export const serve2 = (connection: Duplex): void => void server2.emit('connection', connection);

function target(host: string, url: string): Pick<HttpRequest, 'host' | 'path' | 'query'> {
  const [path = '/', ...query] = url.split('?');
  return { host, path, query: new URLSearchParams(query.join('?')) };
}

async function answer(
  scope: HandlerScope,
  request: Omit<HttpRequest, 'body'>,
  stream: AsyncIterable<Buffer>,
  respond: (response: HttpResponse) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  respond(await scope.send({ ...request, body: Buffer.concat(chunks) }));
}
