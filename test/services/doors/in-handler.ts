import { nobodyHears } from '../../../lib/services/lambda/asynchronous-invocations';
import type { Api } from '../../../lib/services/api';
import { doorsOf } from '../../../lib/services/doors/endpoints';
import type { TaskCall } from '../../../lib/simulator/task-call';
import { createLambda } from '../../../lib/services/lambda/lambda';
import { callOf, NOW_MS } from '../call-of';

/** Runs code as a handler in eu-central-1, in a world with these APIs, and gives what it answers, through JSON. */
export async function inHandler(
  apis: readonly Api[],
  run: () => Promise<unknown>,
  call: Partial<TaskCall> = {},
): Promise<unknown> {
  const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:charge';
  const lambda = createLambda([{ arn, code: run, environment: {} }], {
    epochMs: NOW_MS,
    after: () => undefined,
    errand: () => undefined,
    doors: () => doorsOf(apis),
    fakeOf: () => undefined,
    asynchronousInvocations: nobodyHears,
    patienceMs: 1_000,
  });
  return lambda.perform(callOf('lambda-function', 'invoke', null, { resource: arn, ...call }), 0);
}
