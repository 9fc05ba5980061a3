import type { EndpointRequest, EndpointResponse } from '../../services/http/endpoint';
import { isJsonType } from '../../services/http/endpoint';
import { tryUrl } from '../../services/http/http-task';
import { isLoopback } from '../../services/lambda/network/loopback';
import { SimulatorError } from '../../simulator/simulator-error';

/** True for the address of a server on this machine. */
export function isLocalServer(address: string): boolean {
  const url = tryUrl(address);
  return url?.protocol === 'http:' && isLoopback(url.hostname);
}

/** Headers that belong to the connection, which is another one here. */
const OF_CONNECTION = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** Sends a request on to a server on this machine. @param from what of the address the server stands for @param to the server */
export async function forward(request: EndpointRequest, from: URL | undefined, to: string): Promise<EndpointResponse> {
  const url = new URL(request.url);
  const rest = url.pathname.slice((from?.pathname ?? '').replace(/\/$/, '').length);
  const address = `${to.replace(/\/$/, '')}${rest}${url.search}`;
  const body = request.body === null ? undefined : bodyText(request);
  const headers = Object.entries(request.headers).filter(([name]) => !OF_CONNECTION.has(name));
  let response: Response;
  try {
    response = await fetch(address, {
      method: request.method,
      headers: Object.fromEntries(headers),
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    throw new SimulatorError(
      `Nobody answers at ${address}, where ${request.method} ${request.url} is sent on to: is the server up?`,
      {
        cause: error,
      },
    );
  }
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries([...response.headers].filter(([name]) => !OF_CONNECTION.has(name))),
    body: text,
  };
}

const bodyText = ({ headers, body }: EndpointRequest): string =>
  typeof body === 'string' && !isJsonType(headers['content-type']) ? body : JSON.stringify(body);
