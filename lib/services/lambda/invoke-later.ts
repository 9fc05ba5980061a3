import { parseJson } from '../../json/parse-json';
import { ApiFailure } from '../api';
import type { Caller } from '../api';
import { invokeAsynchronously } from './asynchronous';
import type { AttemptResult } from './asynchronous';
import type { AsynchronousInvocation } from './asynchronous-invocations';
import type { InvocationResult } from './invoke-handler';
import type { LambdaWorld } from './lambda-world';

/** What an invocation came to, and of which version. */
export interface Invoked {
  readonly version: string;
  readonly result: InvocationResult;
}

/** Invokes a function that a Task or a handler has asked for without waiting for it. The world's time waits for the retries. */
export function invokeLater(
  world: LambdaWorld,
  what: string,
  from: Caller,
  invocation: AsynchronousInvocation,
  invoke: (later: Caller) => Promise<Invoked>,
): void {
  const { asynchronousInvocations } = world;
  const config = asynchronousInvocations.configOf(invocation.functionName);
  const attempts = {
    get epochMs() {
      return world.epochMs;
    },
    attempt(tell: (result: AttemptResult) => void): void {
      let result: AttemptResult | undefined;
      world.errand(
        what,
        (park) => ({
          value: invoke(callerLater(from, world, park))
            .then(resultOf, refusedResult)
            .then((found) => {
              result = found;
              return null;
            }),
          durationMs: 0,
        }),
        (landing) => {
          if (landing.kind === 'error') throw landing.error;
          if (result !== undefined) tell(result);
        },
      );
    },
    wait: (durationMs: number, then: () => void) => world.errand(what, () => ({ value: null, durationMs }), then),
  };
  invokeAsynchronously(config, attempts, (finished) => asynchronousInvocations.finish(invocation, config, finished));
}

const resultOf = ({ version: executedVersion, result }: Invoked): AttemptResult =>
  result.kind === 'error'
    ? { kind: 'error', error: result.error, executedVersion }
    : { kind: 'answer', payload: () => parseJson(result.text, 'the answer of a function'), executedVersion };

/** An error of Lambda's own is tried again, too. */
function refusedResult(error: unknown): AttemptResult {
  if (!(error instanceof ApiFailure)) throw error;
  return { kind: 'error', error: { errorType: error.code, errorMessage: error.message }, executedVersion: '$LATEST' };
}

/** Who has asked for it waits no more. */
const callerLater = (
  { who, region, accountId, state, executionArn, uuid }: Caller,
  world: LambdaWorld,
  park: Caller['park'],
): Caller => ({
  who,
  epochMs: world.epochMs,
  region,
  accountId,
  state,
  executionArn,
  uuid,
  park,
});
