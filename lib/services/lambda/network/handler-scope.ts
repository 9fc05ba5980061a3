import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpRequest, HttpResponse } from '../../doors/http';
import { shared } from '../shared';

/** An invocation of a handler, as its network sees it. */
export interface HandlerScope {
  /** Answers a request to AWS. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** The handler wants to leave this machine. @param where a host, perhaps with its port */
  refuse(where: string): Error;
  /** The handler wants to start what has a network of its own. @param what `a process (git log)` */
  refuseChild(what: string): Error;
}

/**
 * The invocation that the running code belongs to, also after every `await` in it. One for the process, for the functions of Node.js that look
 * here are replaced once.
 */
const scopes = shared(Symbol.for('cdk-baton: the handler that runs'), () => new AsyncLocalStorage<HandlerScope>());

/** The invocation that the running code belongs to; undefined: none. */
export const currentScope = (): HandlerScope | undefined => scopes.getStore();

/** Runs code of a handler. */
export const inScope = <T>(scope: HandlerScope, run: () => T): T => scopes.run(scope, run);

/** Runs code that is no handler's, though a handler has asked for it. */
export const outOfScope = <T>(run: () => T): T => scopes.exit(run);
