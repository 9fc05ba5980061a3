import { ApiFailure, type Caller } from '../api';
import type { LambdaWorld } from './lambda-world';

/** How long Lambda waits before each further try. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRY_AFTER_MS = [60_000, 120_000];

/**
 * Makes an asynchronous invocation, and tries it twice more where it fails. Nobody hears of that.
 * @param invoke resolves to whether the function has succeeded
 */
export function tryThrice(world: LambdaWorld, what: string, from: Caller, invoke: (later: Caller) => Promise<boolean>): void {
  const attempt = (retries: number): void =>
    world.errand(
      what,
      (park) => ({ value: invoke(callerLater(from, world, park)).catch(refused), durationMs: 0 }),
      (landing) => {
        if (landing.kind === 'error') throw landing.error;
        const delayMs = RETRY_AFTER_MS[retries];
        if (landing.kind !== 'value' || landing.value === true || delayMs === undefined) return;
        world.errand(
          what,
          () => ({ value: null, durationMs: delayMs }),
          () => attempt(retries + 1),
        );
      },
    );
  attempt(0);
}

/** What Lambda itself refuses has failed, too. */
function refused(error: unknown): boolean {
  if (error instanceof ApiFailure) return false;
  throw error;
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
