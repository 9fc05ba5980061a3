import type { Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { StatesError } from '../../simulator/states-error';
import type { Answer, TaskCall } from '../../simulator/task-call';
import { ApiFailure, type Caller } from '../api';
import { apiError } from '../api-model/api-names';
import { readError } from './function-error';
import type { InvocationResult } from './invoke-handler';
import type { LambdaWorld } from './lambda-world';
import { passesUntil } from './passes-until';

/** A call by somebody else than a Task, as fakes see it: as that of a Task with this integration. */
export const callBy = (
  from: Caller,
  called: Pick<TaskCall, 'resource' | 'resourceType' | 'action' | 'parameters'>,
): TaskCall => ({
  ...called,
  state: from.state ?? from.who,
  executionArn: from.executionArn ?? '',
  attempt: 0,
  epochMs: from.epochMs,
  region: from.region,
  submitted: undefined,
  token: undefined,
  uuid: () => from.uuid(),
  park: () => from.park(),
});

/** What a fake answers, in its virtual time. */
export async function landed(answer: () => Answer, from: Caller, world: LambdaWorld): Promise<Json> {
  const startMs = world.epochMs;
  const { value, durationMs } = answer();
  const [landing] = await Promise.allSettled([value]);
  await passesUntil(startMs + durationMs, from, world);
  if (landing.status === 'rejected') throw landing.reason;
  return landing.value;
}

/** What a fake of the function answers, as Lambda has it. @throws ApiFailure (rejects) for an error that is Lambda's own */
export async function fakeResult(answer: () => Answer, from: Caller, world: LambdaWorld): Promise<InvocationResult> {
  try {
    return { kind: 'payload', text: renderJson(await landed(answer, from, world)) };
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    const { error: errorType = '', errorCause = '' } = error;
    if (errorType.startsWith('Lambda.')) {
      const { code, statusCode } = apiError('lambda', errorType);
      throw new ApiFailure(code, errorCause, statusCode);
    }
    return { kind: 'error', error: readError(errorType, errorCause) };
  }
}
