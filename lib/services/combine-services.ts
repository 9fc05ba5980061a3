import type { Json } from '../json/json';
import { renderRequest } from './render-request';
import { SimulatorError } from '../simulator/simulator-error';
import type { Perform, TaskCall } from '../simulator/task-call';
import type { Action, Service } from './service';

/** All services of a world behind one door. */
export interface Services {
  /** Performs a call. It takes no virtual time. */
  readonly perform: Perform;
  /** What Step Functions says against a call's parameters before it schedules the Task; empty: nothing. */
  problems(call: ServiceCall): readonly string[];
  /** Calls off the job that a call has started. */
  callOff(call: TaskCall): void;
  /** True where `perform` knows the resource type and the action. */
  has(call: Pick<ServiceCall, 'resourceType' | 'action'>): boolean;
}

/** What is known of a call before it is scheduled. */
export interface ServiceCall {
  readonly resource: string;
  readonly resourceType: string;
  readonly action: string;
  readonly state: string;
  readonly parameters: Json;
}

/** Combines services; a later one takes the place of an earlier one, action by action. */
export function combineServices(services: readonly Service[]): Services {
  const byType = new Map<string, Map<string, Action>>();
  for (const { resourceType, actions } of services) {
    const known = byType.get(resourceType) ?? new Map<string, Action>();
    for (const [name, action] of Object.entries(actions)) known.set(name, action);
    byType.set(resourceType, known);
  }

  const findAction = (call: ServiceCall): Action => {
    const known = byType.get(call.resourceType);
    const action = known?.get(call.action);
    if (action !== undefined) return action;
    const what =
      known === undefined
        ? `no service "${call.resourceType}" is simulated (simulated are: ${listed(byType.keys())})`
        : `the simulated service "${call.resourceType}" has no action "${call.action}" (it has: ${listed(known.keys())})`;
    throw new SimulatorError(
      `"${call.state}" calls ${call.resource}, but ${what}. Add a fake: service('${call.resource}', …). The request: ${renderRequest(call.parameters)}`,
    );
  };

  return {
    perform: (call: TaskCall) => ({ value: findAction(call).run(call), durationMs: 0 }),
    callOff: (call) => byType.get(call.resourceType)?.get(call.action)?.callOff?.(call),
    problems: (call) => findAction(call).problems(call.parameters),
    has: ({ resourceType, action }) => byType.get(resourceType)?.has(action) === true,
  };
}

const listed = (names: Iterable<string>): string => {
  const sorted = [...names].sort();
  return sorted.length === 0 ? 'none' : sorted.join(', ');
};
