import { DefinitionError, renderInvalidDefinition } from '../asl/problem';
import type { TestStateRequest } from '../test-state/request';
import type { TestStateResponse } from '../test-state/response';
import { testState as testDefinedState, type TestStateOptions } from '../test-state/test-state';
import { TestStateError } from '../test-state/test-state-error';
import { type OptionNames, refuseAll, unknownOptions } from './check-options';
import { sourceOf } from './target';

/**
 * Tests one state alone, as AWS's TestState does since November 2025.
 *
 * ```ts
 * const { status, nextState } = await testState({
 *   definition: orders,
 *   stateName: 'Charge card',
 *   input: { orderId: 'o-1' },
 *   mock: { errorOutput: { error: 'CardDeclined' } },
 * });
 * ```
 * A mocked result of a Task is held against AWS's model of the API that it calls, if the project has the AWS SDK's client for it.
 * @param request its `definition` may also be a construct, a machine of an assembly, or text in YAML
 * @throws TestStateError (rejects) as the API refuses a request; `code` is the exception's name
 * @throws SimulatorError (rejects) where a Task has neither a mock nor something that performs it
 */
export async function testState(request: TestStateRequest, options: TestStateOptions = {}): Promise<TestStateResponse> {
  refuseAll(unknownOptions(options, NAMES, 'testState(…)'));
  return testDefinedState({ ...request, definition: definitionIn(request) }, options);
}

function definitionIn({ definition }: TestStateRequest): unknown {
  try {
    return sourceOf(definition).definition;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new TestStateError('InvalidDefinition', renderInvalidDefinition(error.problems), { cause: error });
  }
}

const NAMES: OptionNames<TestStateOptions> = {
  perform: true,
  problems: true,
  seed: true,
  startTime: true,
  region: true,
  stallSeconds: true,
};
