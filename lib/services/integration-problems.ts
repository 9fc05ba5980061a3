import type { UnscheduledCall } from '../simulator/task-call';
import { requestProblems } from './api-model/check-request';
import { combineServices, type Services } from './combine-services';
import { FIDELITIES } from './fidelities';

let services: Services | undefined;

/**
 * What Step Functions says against the parameters of a service integration before it starts the task; empty: nothing, or nobody knows. For the
 * option `problems` of `createWorld`; the worlds of `simulate` look by themselves.
 */
export function integrationProblems(call: UnscheduledCall): readonly string[] {
  services ??= combineServices(FIDELITIES.flatMap(({ integrations }) => integrations()));
  return services.has(call) ? services.problems(call) : requestProblems(call, call.parameters, 'STRICT');
}
