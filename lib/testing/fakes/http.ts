import type { Cloud } from '../../cloud/cloud';
import { apisOf, tryFindApi } from '../../cloud/find-in-cloud';
import { isObject, type Json } from '../../json/json';
import { get } from '../../json/with-field';
import { apiGatewayUrl } from '../../services/http/api-gateway';
import type { EndpointRequest, EndpointResponse } from '../../services/http/endpoint';
import { createHttp, endpointRequest } from '../../services/http/http';
import { HTTP_TASK_TIMEOUT_MS, tryUrl } from '../../services/http/http-task';
import { combineServices } from '../../services/combine-services';
import { SimulatorError } from '../../simulator/simulator-error';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import { isConstruct, queryOf, type ResourceLike } from '../construct';
import { isPromiseLike } from '../is-promise-like';
import { type Fake, type OpenFake, recorder } from './fake';
import { forward, isLocalServer } from './local-server';
import { notInStack } from './not-in-stack';
import { performStep } from './perform-step';
import { asScript, checkConstant, failure, isScript, type Script, type Step } from './script';

/** What an address answers: a response, a function of the request, a script; or the address of a server on this machine that does. */
export type HttpAnswer =
  | EndpointResponse
  | string
  | Script
  | ((request: EndpointRequest, call: TaskCall) => EndpointResponse | Promise<EndpointResponse>);

/**
 * What an address answers to HTTP Tasks (`http:invoke`) and to `apigateway:invoke`.
 *
 * ```ts
 * http('https://api.example.com/orders', ({ method, body }) => ({ status: 201, body: { id: 'o-1' } }))
 * http(orders.api, { body: { hello: 'world' } })
 * http('https://api.example.com', fails('States.Http.Socket').then({ status: 200 }))
 * http('https://api.example.com', 'http://localhost:3000')
 * ```
 * The address stands for all that is below it, too. Other statuses than 200 to 299 fail the task, as on AWS. A function may be asynchronous; what
 * it throws as a `StatesError` is the task's Error Output.
 * @param target an address that begins with https://; or an API of the stack: its construct, logical id or id
 * @throws SimulatorError if the answer cannot be one; and, where it is used, if the stack does not have the API
 */
export function http(target: ResourceLike, answer: HttpAnswer): Fake {
  const query = queryOf(target);
  const label = `http('${query}')`;
  const address = isConstruct(target) ? undefined : checkAddress(query, label);
  if (typeof answer === 'string' && !isLocalServer(answer)) {
    throw new SimulatorError(
      `${label}: a text as answer is the address of a server on this machine, such as 'http://localhost:3000'; found '${answer}'.`,
    );
  }
  if (typeof answer === 'object' && !isScript(answer)) {
    checkConstant(answer, `the answer of ${label}`);
    checkResponse(answer, label);
  }
  const script = asScript(answer);
  const { memory, begin } = recorder(label);
  const fake: Fake = Object.assign(memory, {
    label,
    open(cloud: Cloud): OpenFake {
      const isBelow = address === undefined ? belowApi(cloud, query, label) : belowAddress(address);
      const note = begin();
      const next = script.open();
      const opened = {
        fake,
        used: false,
        matches: (call: UnscheduledCall): boolean => {
          const url = urlOf(call);
          return url !== undefined && isBelow(url);
        },
        perform(call: TaskCall): Answer {
          opened.used = true;
          const connections = () => cloud.connections;
          const drawn = next(call);
          note(call, endpointRequest(call, connections) as unknown as Json, drawn);
          const step = drawn.kind === 'throttled' && drawn.error === undefined ? TOO_MANY_REQUESTS : drawn;
          if (call.resourceType === 'http' && step.durationMs > HTTP_TASK_TIMEOUT_MS)
            return failure(new StatesError('States.Http.Socket', undefined), HTTP_TASK_TIMEOUT_MS);
          return performStep(step, call, (answerTo) => {
            const endpoint = (request: EndpointRequest): EndpointResponse | Promise<EndpointResponse> => {
              const response = typeof answer === 'string' ? forward(request, address, answer) : answerTo(request, call);
              if (!isPromiseLike(response)) return checkResponse(response, label);
              return Promise.resolve(response).then((landed) => checkResponse(landed, label));
            };
            return combineServices(createHttp(endpoint, connections)).perform(call).value;
          });
        },
      };
      return opened;
    },
  });
  return fake;
}

/** How an address refuses what is too much for it. */
const TOO_MANY_REQUESTS: Step = { kind: 'answer', answer: { status: 429 }, durationMs: 0 };

/** The address that a call goes to; undefined: it is no HTTP call. */
function urlOf({ resourceType, action, parameters }: UnscheduledCall): URL | undefined {
  if (action !== 'invoke' || !isObject(parameters)) return undefined;
  if (resourceType === 'http') return tryUrl(get(parameters, 'ApiEndpoint'));
  return resourceType === 'apigateway' ? apiGatewayUrl(parameters) : undefined;
}

function checkAddress(query: string, label: string): URL | undefined {
  if (!/^https?:/i.test(query)) return undefined;
  const url = tryUrl(query);
  if (url === undefined || url.search !== '' || url.hash !== '')
    throw new SimulatorError(`${label} wants an address without a query, such as 'https://api.example.com/orders'.`);
  return url;
}

function belowAddress({ origin, pathname }: URL): (url: URL) => boolean {
  const folder = pathname.replace(/\/$/, '');
  return (url) => url.origin === origin && (url.pathname === folder || url.pathname.startsWith(`${folder}/`));
}

function belowApi(cloud: Cloud, query: string, label: string): (url: URL) => boolean {
  const api = tryFindApi(cloud, query);
  if (api === undefined) throw notInStack(label, 'the fake of', 'API', apisOf(cloud));
  return ({ hostname }) => hostname.startsWith(`${api.name}.execute-api.`);
}

const FIELDS = ['status', 'headers', 'body'];

function checkResponse(response: unknown, label: string): EndpointResponse {
  const found = typeof response === 'object' && response !== null ? response : undefined;
  const others = Object.keys(found ?? {}).filter((name) => !FIELDS.includes(name));
  const { status = 200 } = (found ?? {}) as EndpointResponse;
  if (found !== undefined && others.length === 0 && Number.isInteger(status) && status >= 100 && status <= 599) return found;
  const what =
    found === undefined
      ? JSON.stringify(response)
      : others.length > 0
        ? `the fields ${others.join(', ')}`
        : `the status ${JSON.stringify(status)}`;
  throw new SimulatorError(`${label} answers with { status, headers, body }, all of them optional; found ${what}.`);
}
