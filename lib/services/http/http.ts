import type { JsonObject, Json } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import type { Action, Service } from '../service';
import { apiGatewayProblems, apiGatewayRequest, apiGatewayResult } from './api-gateway';
import type { Connection } from './connection';
import { type EndpointRequest, type EndpointResponse, toWire, type WireResponse } from './endpoint';
import { connectionArn, httpTaskProblems, httpTaskRequest, httpTaskResult } from './http-task';

/** Whoever answers requests. */
export type Endpoint = (request: EndpointRequest, call: TaskCall) => EndpointResponse | Promise<EndpointResponse>;

/** `http:invoke` and `apigateway:invoke`: what they make of parameters and responses. Nothing leaves the process. */
export function createHttp(endpoint: Endpoint, connections: () => readonly Connection[] = () => []): readonly Service[] {
  const service = (resourceType: string, { problems, toResult }: Kind): Service => ({
    resourceType,
    actions: {
      invoke: {
        problems,
        run(call) {
          const land = (response: EndpointResponse): Json => toResult(toWire(response, call.epochMs), call);
          const answer = endpoint(endpointRequest(call, connections), call);
          return answer instanceof Promise ? answer.then(land) : land(answer);
        },
      },
    },
  });
  return [service('http', HTTP_TASK), service('apigateway', API_GATEWAY)];
}

/** One of the two integrations. */
interface Kind {
  readonly problems: Action['problems'];
  readonly toResult: (response: WireResponse, call: TaskCall) => Json;
}
const HTTP_TASK: Kind = { problems: httpTaskProblems, toResult: httpTaskResult };
const API_GATEWAY: Kind = { problems: apiGatewayProblems, toResult: apiGatewayResult };

/** The request that a call of either makes. @throws StatesError if it cannot be made */
export function endpointRequest(call: TaskCall, connections: () => readonly Connection[]): EndpointRequest {
  const parameters = call.parameters as JsonObject;
  if (call.resourceType === 'apigateway') return apiGatewayRequest(parameters);
  const arn = connectionArn(parameters);
  return httpTaskRequest(parameters, arn === undefined ? undefined : connections().find((one) => one.arn === arn), call.region);
}

/** Nobody answers: a simulation calls nobody outside. */
export const nobody: Endpoint = ({ method, url }, call) => {
  const { origin, pathname } = new URL(url);
  throw new SimulatorError(
    `"${call.state}" calls ${method} ${url}, and nobody answers there. Add a fake: ` +
      `http('${origin}${pathname}', ({ method, body }) => ({ status: 200, body: … })).`,
  );
};
