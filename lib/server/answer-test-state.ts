import { ApiError } from '../services/states/api-error';
import type { TestStateRequest } from '../test-state/request';
import { testState } from '../test-state/test-state';
import { TestStateError } from '../test-state/test-state-error';

/** Answers TestState as the API does. @throws ApiError (rejects) as AWS refuses the request */
export async function answerTestState(request: object): Promise<object> {
  try {
    const { unchecked: _, ...response } = await testState(request as TestStateRequest);
    return response;
  } catch (error) {
    if (error instanceof TestStateError) throw new ApiError(error.code, error.message);
    throw error;
  }
}
