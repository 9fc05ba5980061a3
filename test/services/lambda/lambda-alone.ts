import { nobodyHears } from '../../../lib/services/lambda/asynchronous-invocations';
import { createLambda, type Lambda } from '../../../lib/services/lambda/lambda';
import type { LambdaFunction } from '../../../lib/services/lambda/lambda-function';
import { NOW_MS } from '../call-of';

/** A Lambda with nothing around it, where no time passes. */
export const lambdaAlone = (functions: readonly LambdaFunction[]): Lambda =>
  createLambda(functions, {
    epochMs: NOW_MS,
    after: () => undefined,
    errand: (_, start, land) =>
      void Promise.resolve(start(() => () => undefined).value).then(
        (value) => land({ kind: 'value', value }),
        (error: unknown) => land({ kind: 'error', error }),
      ),
    doors: () => new Map(),
    fakeOf: () => undefined,
    asynchronousInvocations: nobodyHears,
    patienceMs: 1_000,
  });
