import { createAccount, type Account, type AccountOptions } from '../../../lib/services/states/account';
import { ApiError } from '../../../lib/services/states/api-error';
import { perform } from '../../../lib/services/states/operations';
import type { OperationName } from '../../../lib/services/states/request-model';
import { noticeEvent } from '../../../lib/services/states/state-machines';
import { patientPace } from '../../../lib/simulator/pace';
import { createWorld, type World, type WorldOptions } from '../../../lib/simulator/world';

export const ROLE = 'arn:aws:iam::123456789012:role/role';
export const PREFIX = 'arn:aws:states:us-east-1:123456789012:';

/** The definition of a Pass that ends, told from others by its result. */
export const pass = (result: unknown = 'done'): string =>
  JSON.stringify({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', Result: result, End: true } } });

export const wait = (seconds: number): string =>
  JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } } });

/** An account of its own, and a function that calls an operation in it. */
export function accountWith(options: Partial<WorldOptions> & AccountOptions = {}): {
  readonly account: Account;
  readonly world: World;
  readonly call: Call;
} {
  const world = createWorld({
    perform: () => ({ value: null, durationMs: 0 }),
    worker: ({ resource }) => (account.activities.has(resource) ? 'polling' : undefined),
    pace: patientPace,
    onEvent: (event) => noticeEvent(account, event),
    ...options,
  });
  const account: Account = createAccount(world, options);
  const call: Call = async (operation, request = {}) => (await perform(account, operation, request)) as never;
  return { account, world, call };
}

// Tests read what they want of an answer.
// oxlint-disable-next-line typescript/no-explicit-any
export type Call = (operation: OperationName, request?: object) => Promise<any>;

/** What an operation refuses a request with. */
export async function refusal(answer: Promise<unknown>): Promise<readonly [code: string, message: string]> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof ApiError) return [error.code, error.message];
    throw error;
  }
  throw new Error('It was not refused.');
}

/** Lets everything run that needs no time. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
