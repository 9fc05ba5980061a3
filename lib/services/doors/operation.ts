import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Api, Caller } from '../api';

/** Performs an operation of an API by its name, or has the caller's fake of it answer. @throws SimulatorError for one that is not simulated; ApiFailure as the API refuses it */
export async function performOperation(api: Api, name: string, request: JsonObject, from: Caller): Promise<Json> {
  const faked = from.fake?.(api.name, name, request);
  if (faked !== undefined) return faked;
  const operation = Object.hasOwn(api.operations, name) ? api.operations[name] : undefined;
  if (operation === undefined) throw unknownOperation(api, name, from);
  return operation(request, from);
}

/** Of a request for what the simulated API does not have. @param what the operation's name; or the request, where only that is known */
export function unknownOperation(api: Api, what: string, { who, fake }: Caller): SimulatorError {
  const action = `${what.charAt(0).toLowerCase()}${what.slice(1)}`;
  const advice =
    fake === undefined
      ? ''
      : /^\w+$/.test(what)
        ? ` Add a fake: service('aws-sdk:${api.name}:${action}', …).`
        : ' Add a fake of the function: lambda(…).';
  return new SimulatorError(
    `${who} calls ${what} of ${api.name}, which is not simulated (simulated are: ${Object.keys(api.operations).sort().join(', ')}).${advice}`,
  );
}
