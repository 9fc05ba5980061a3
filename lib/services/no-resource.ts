import { SimulatorError } from '../simulator/simulator-error';
import type { Caller } from './api';

/**
 * Of a call to a resource of a kind that the world has none of. AWS would answer that it does not know the resource; a simulation does not know
 * what it has not been told, and a Catch of `States.ALL` must not hide that.
 * @param kind `queue`
 * @param named what the call names it; undefined: it does not
 */
export function noResource({ who, resource }: Caller, kind: string, named: string | undefined): SimulatorError {
  const calls = resource === undefined ? `${who} calls` : `${who} calls ${resource} for`;
  const fake = resource === undefined ? '' : `, or add a fake: service('${resource}', …)`;
  return new SimulatorError(
    `${calls} a ${kind}${named === undefined ? '' : `, ${named}`}, but the stack has no ${kind} at all. Simulate the stack that has it${fake}.`,
  );
}
