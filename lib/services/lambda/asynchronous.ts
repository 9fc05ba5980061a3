import type { Caller } from '../api';
import type { InvocationResult } from './invoke-handler';
import { RETRY_AFTER_MS } from './invoke-later';
import type { LambdaWorld } from './lambda-world';

/** Invokes a function asynchronously: nobody waits for it, and it is tried twice more where it fails. */
export function invokeLater(
  world: LambdaWorld,
  what: string,
  from: Caller,
  invoke: (later: Caller) => Promise<InvocationResult>,
): void {
  const attempt = (retries: number): void =>
    world.errand(
      what,
      (park) => ({ value: invoke(callerLater(from, world, park)).then(({ kind }) => kind), durationMs: 0 }),
      (landing) => {
        if (landing.kind === 'error') throw landing.error;
        const delayMs = RETRY_AFTER_MS[retries];
        if (landing.kind !== 'value' || landing.value === 'payload' || delayMs === undefined) return;
        world.errand(
          what,
          () => ({ value: null, durationMs: delayMs }),
          () => attempt(retries + 1),
        );
      },
    );
  attempt(0);
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
