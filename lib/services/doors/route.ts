import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { headerOf, type HttpRequest } from './http';

/** Where the members of an operation's request and response stand in HTTP. https://smithy.io/2.0/spec/http-bindings.html */
export interface Route {
  readonly operation: string;
  readonly method: string;
  /** `{member}` stands for a label of the path. */
  readonly path: string;
  /** Members by header, in lower case, and by query parameter. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** The member that is the body itself, as bytes. */
  readonly payload?: string;
  readonly answer?: {
    /** The member that is the status code. @default - it is 200 */
    readonly status?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly payload?: string;
  };
}

/** A route that a request takes, and the labels of its path. */
export interface FoundRoute {
  readonly route: Route;
  readonly labels: JsonObject;
}

/** The first route that fits. */
export function findRoute(routes: readonly Route[], { method, path }: HttpRequest): FoundRoute | undefined {
  const given = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== given.length) continue;
    const labels: Record<string, string> = {};
    const fits = wanted.every((segment, index) => {
      const text = given[index] as string;
      const label = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (label === undefined) return segment === text;
      const decoded = tryDecode(text);
      if (decoded !== undefined) labels[label] = decoded;
      return decoded !== undefined && decoded !== '';
    });
    if (fits) return { route, labels };
  }
  return undefined;
}

/** undefined: it is no percent-encoding of UTF-8. */
function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The members that stand in the path, the query, the headers, and as the body. */
export function readBindings({ route, labels }: FoundRoute, request: HttpRequest): JsonObject {
  const { headers = {}, query = {}, payload } = route;
  const members: Record<string, Json> = { ...labels };
  for (const [name, member] of Object.entries(headers)) {
    const value = headerOf(request, name);
    if (value !== undefined) members[member] = value;
  }
  for (const [name, member] of Object.entries(query)) {
    const value = request.query.get(name);
    if (value !== null) members[member] = value;
  }
  if (payload !== undefined && request.body.length > 0) members[payload] = Buffer.from(request.body).toString('base64');
  return members;
}

/** The headers that members of the response make. */
export function writeHeaders({ answer }: Route, response: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, member] of Object.entries(answer?.headers ?? {})) {
    const value = get(response, member);
    if (value !== undefined && value !== null) headers[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return headers;
}
