import { tryParseResource } from '../asl/resource';
import type { TaskState } from '../asl/types';
import type { DataFlow } from '../simulator/data-flow/data-flow';
import { resultOf } from '../simulator/policies';
import { compileTaskAttempt, compileTaskLimits } from '../simulator/states/task';
import { httpRequest, httpResponse } from './http-inspection';
import type { Inspection } from './inspection';
import { type MockedWork, succeed } from './mocked-work';
import type { Work } from './tested-policies';

/** A Task's work: its mock; or else the call itself, in the world around. */
export function compileTaskWork(
  name: string,
  state: TaskState,
  flow: DataFlow,
  mock: MockedWork | undefined,
  inspection: Inspection,
): Work {
  if (mock !== undefined) return compileMockedTask(state, flow, mock);
  const resource = tryParseResource(state.Resource);
  if (resource?.kind !== 'service' || resource.resourceType !== 'http') return compileTaskAttempt(name, state, flow);
  const attempt = compileTaskAttempt(name, state, {
    ...flow,
    input(branch) {
      const parameters = flow.input(branch);
      inspection.request = httpRequest(parameters, branch.execution.region);
      return parameters;
    },
  });
  return (branch, heard) => {
    const effect = attempt(branch, heard);
    if (effect === undefined) inspection.response = httpResponse(resultOf(branch.frame));
    return effect;
  };
}

function compileMockedTask(state: TaskState, flow: DataFlow, mock: MockedWork): Work {
  const limits = compileTaskLimits(state);
  return (branch) => {
    branch.scope.input = branch.frame.input;
    limits(branch);
    flow.input(branch);
    return succeed(branch, mock);
  };
}
