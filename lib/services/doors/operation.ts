import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Api, Caller } from '../api';

/** Performs an operation of an API by its name. @throws SimulatorError for one that is not simulated; ApiFailure as the API refuses it */
export async function performOperation(api: Api, name: string, request: JsonObject, from: Caller): Promise<Json> {
  const operation = Object.hasOwn(api.operations, name) ? api.operations[name] : undefined;
  if (operation === undefined) throw unknownOperation(api, name, from);
  return operation(request, from);
}

/** Of a request for what the simulated API does not have. */
export const unknownOperation = (api: Api, what: string, { who }: Caller): SimulatorError =>
  new SimulatorError(
    `${who} calls ${what} of ${api.name}, which is not simulated (simulated are: ${Object.keys(api.operations).sort().join(', ')}).`,
  );
