import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { isAwsHost } from '../../doors/endpoints';
import { shared } from '../shared';
import { guardChildren } from './guard-children';
import { currentScope, type HandlerScope } from './handler-scope';
import { isLoopback } from './loopback';
import { announce, SCOPE_HEADER, serve, serve2 } from './servers';
import { streamPair } from './stream-pair';

/**
 * Looks at the network of handlers, and of nobody else: requests to AWS are answered before any socket, whatever client makes them and
 * however it is bundled; a socket that would leave this machine is refused, and so are processes and worker threads. For that, functions of Node.js are replaced, once for the
 * process. What is no handler's goes through them as before.
 *
 * All SDK clients end here: `NodeHttpHandler` of `@smithy/node-http-handler` at `https.request`, `NodeHttp2Handler` at `http2.connect`.
 */
export function interceptNetwork(): void {
  shared(INSTALLED, () => {
    for (const module of [http, https]) {
      const request = toAws(module.request);
      const get = (...given: Parameters<typeof http.request>): http.ClientRequest => {
        const made = request(...given);
        made.end();
        return made;
      };
      Object.assign(module, { request, get });
    }
    http2.connect = toAws2(http2.connect);
    guardSockets();
    guardDatagrams();
    guardNames();
    guardChildren();
    syncBuiltinESMExports();
    return true;
  });
}

const INSTALLED = Symbol.for('cdk-baton: the network of handlers is intercepted');

type Request = typeof http.request;
const { request: plainRequest } = http;

/** `request` of node:http and node:https: what a handler asks of AWS is served in memory. */
function toAws(original: Request): Request {
  const request = (...given: readonly unknown[]): http.ClientRequest => {
    const scope = currentScope();
    const { options, listener } = requestOptions(given);
    const host = options.hostname ?? options.host ?? 'localhost';
    if (scope === undefined || !isAwsHost(host)) return Reflect.apply(original, undefined, given) as http.ClientRequest;
    const createConnection = (): Socket => {
      const [client, served] = streamPair();
      serve(served, scope, host);
      return client as Socket;
    };
    const served = { ...options, protocol: 'http:', port: 443, defaultPort: 443, agent: undefined, createConnection };
    return plainRequest(served, listener);
  };
  return request;
}

type Listener = (response: http.IncomingMessage) => void;

/** What `request(url, options, listener)` is given, of which each may be left out. */
function requestOptions(given: readonly unknown[]): { readonly options: http.RequestOptions; readonly listener?: Listener } {
  const [first, ...rest] = given;
  const listener = given.findLast((argument): argument is Listener => typeof argument === 'function');
  if (typeof first !== 'string' && !(first instanceof URL)) return { options: first as http.RequestOptions, listener };
  const { hostname, pathname, search, protocol, port } = new URL(first);
  const more = typeof rest[0] === 'object' ? (rest[0] as http.RequestOptions) : {};
  return { options: { protocol, hostname, port, path: `${pathname}${search}`, ...more }, listener };
}

type Connect = typeof http2.connect;

/** `connect` of node:http2. A session outlives the invocation that has begun it: each request says whose it is. */
function toAws2(original: Connect): Connect {
  const connect = (authority: string | URL, ...given: readonly unknown[]): http2.ClientHttp2Session => {
    const { hostname } = new URL(authority);
    if (currentScope() === undefined || !isAwsHost(hostname))
      return Reflect.apply(original, undefined, [authority, ...given]) as http2.ClientHttp2Session;
    const options = given.find((argument) => typeof argument === 'object') as http2.ClientSessionOptions | undefined;
    const createConnection = () => {
      const [client, served] = streamPair();
      serve2(served);
      return client;
    };
    const listener = given.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    const session = original(authority, { ...options, createConnection }, listener);
    const { request } = session;
    session.request = (headers, settings) => {
      const scope = currentScope();
      if (scope === undefined) throw new Error(`A client that a handler has made for ${hostname} is used outside of handlers.`);
      return request.call(session, { ...(headers as http2.OutgoingHttpHeaders), [SCOPE_HEADER]: announce(scope) }, settings);
    };
    return session;
  };
  return connect;
}

/** Sockets of net, tls, http, https, http2 and fetch all connect here. */
function guardSockets(): void {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (this: Socket, ...given: readonly unknown[]) {
    const scope = currentScope();
    const where = scope === undefined ? undefined : destinationOf(given);
    if (scope === undefined || where === undefined) return Reflect.apply(connect, this, given) as Socket;
    const refused = scope.refuse(where);
    // Fails where a name fails that nobody knows: by then whoever connects listens to errors.
    const lookup = (_host: string, _options: unknown, found: (error: Error) => void): void => process.nextTick(found, refused);
    return Reflect.apply(connect, this, [{ host: 'refused.invalid', port: 1, lookup }]) as Socket;
  };
}

/** Where a socket is to be connected to; undefined: it stays on this machine. */
function destinationOf([first, second]: readonly unknown[]): string | undefined {
  // Node.js itself calls it with its arguments in an array.
  if (Array.isArray(first)) return destinationOf(first);
  const options =
    typeof first === 'object' && first !== null
      ? (first as { readonly host?: string; readonly port?: number | string; readonly path?: string })
      : typeof first === 'string' && Number.isNaN(Number(first))
        ? { path: first }
        : { port: first as number, host: typeof second === 'string' ? second : undefined };
  const { host = 'localhost', port, path } = options;
  if ((path !== undefined && port === undefined) || isLoopback(host)) return undefined;
  return port === undefined ? host : `${host}:${port}`;
}

function guardDatagrams(): void {
  for (const name of ['send', 'connect'] as const) {
    const original = dgram.Socket.prototype[name];
    const guarded = function (this: dgram.Socket, ...given: readonly unknown[]): unknown {
      const scope = currentScope();
      // The first of `send` is the message, perhaps a text.
      const address = given.slice(1).find((argument) => typeof argument === 'string');
      if (scope !== undefined && address !== undefined && !isLoopback(address)) throw scope.refuse(address);
      return Reflect.apply(original, this, given);
    };
    Object.assign(dgram.Socket.prototype, { [name]: guarded });
  }
}

const NAME_SERVICES = /^(?:lookup|lookupService|reverse|resolve[A-Za-z0-9]*)$/;

/** Functions that ask name servers. Those with promises are apart. */
function guardNames(): void {
  const promising = [dns.promises, dns.promises.Resolver.prototype];
  for (const object of [dns, dns.Resolver.prototype, ...promising]) {
    const names = new Set([...Object.getOwnPropertyNames(object), ...Object.getOwnPropertyNames(Object.getPrototypeOf(object))]);
    for (const name of [...names].filter((candidate) => NAME_SERVICES.test(candidate))) {
      const original = (object as unknown as Record<string, (...given: readonly unknown[]) => unknown>)[name];
      const guarded = function (this: unknown, ...given: readonly unknown[]): unknown {
        const scope = currentScope();
        const [host] = given;
        const refused = refusalOf(scope, host);
        if (refused === undefined) return Reflect.apply(original as () => unknown, this, given);
        if (promising.includes(object as typeof dns.promises)) return Promise.reject(refused);
        const callback = given.at(-1) as (error: Error) => void;
        process.nextTick(callback, refused);
        return {};
      };
      Object.defineProperty(object, name, { value: guarded, configurable: true, writable: true, enumerable: true });
    }
  }
}

const refusalOf = (scope: HandlerScope | undefined, host: unknown): Error | undefined =>
  scope === undefined || typeof host !== 'string' || isLoopback(host) ? undefined : scope.refuse(host);
