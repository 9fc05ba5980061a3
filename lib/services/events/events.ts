import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import { StatesError } from '../../simulator/states-error';
import type { TaskCall } from '../../simulator/task-call';
import type { Api } from '../api';
import { optimisedService, sdkService } from '../integrations';
import type { Service } from '../service';
import type { ServiceNames } from '../service-error';
import type { Destinations } from '../targets';
import { Buses } from './buses';
import { eventsApi } from './events-api';
import { putAnyEvents, putEvents } from './parameters';

/** A simulated EventBridge. */
export interface Events {
  readonly api: Api;
  /** `events` and `aws-sdk:eventbridge`. */
  readonly services: readonly Service[];
  readonly buses: Buses;
}

/** An EventBridge with the default bus, and without rules. */
export function createEvents(destinations: Destinations): Events {
  const buses = new Buses(destinations);
  const api = eventsApi(buses);
  return { api, services: [optimised(api), sdk(api)], buses };
}

const NAMES: ServiceNames = {
  prefix: 'EventBridge',
  service: 'AmazonEventBridge',
  baseException: 'AmazonEventBridgeException',
  exceptions: new Set(['InternalException']),
};
const SDK: ServiceNames = { ...NAMES, service: 'EventBridge', baseException: 'EventBridgeException' };

/** Its results have no metadata (recorded). https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
const optimised = (api: Api): Service =>
  optimisedService(api, 'events', {
    names: NAMES,
    actions: { putEvents: { parameters: putAnyEvents, toRequest: entriesFor, toResult: allTaken } },
  });

/**
 * A detail that is no text is sent as JSON, and every entry names the state machine and its execution among its resources, in the order in
 * which events that people show have them.
 */
function entriesFor(request: JsonObject, { executionArn }: TaskCall): JsonObject {
  const origin = [machineOf(executionArn), executionArn];
  const entries = get(request, 'Entries');
  return {
    ...request,
    Entries: (isArray(entries) ? entries : []).map((entry) => {
      if (!isObject(entry)) return entry;
      const detail = get(entry, 'Detail');
      const resources = get(entry, 'Resources');
      return {
        ...entry,
        ...(detail === undefined || detail === null ? {} : { Detail: typeof detail === 'string' ? detail : renderJson(detail) }),
        Resources: [...(isArray(resources) ? resources : []), ...origin],
      };
    }),
  };
}

/** `…:execution:<machine>:<name>`; that of an Express execution goes on with an id. */
const machineOf = (executionArn: string): string =>
  executionArn.replace(/:(?:execution|express):([^:]+):.*$/, ':stateMachine:$1');

/** One entry that is refused fails the Task, whatever became of the others (recorded). */
function allTaken(response: JsonObject): Json {
  if (get(response, 'FailedEntryCount') === 0) return response;
  throw new StatesError('EventBridge.FailedEntry', renderJson(response));
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
const sdk = (api: Api): Service => sdkService(api, { names: SDK, actions: { putEvents: { parameters: putEvents } } });
