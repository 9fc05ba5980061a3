import { type Account } from './account';
import { notSimulated } from './api-error';
import type { RequestOf } from './request-model';

/** TestState. */
export function testState({ testState: answer }: Account, request: RequestOf<'TestState'>): Promise<object> {
  if (answer === undefined) throw notSimulated('TestState');
  return answer(request);
}
