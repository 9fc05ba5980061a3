import type { Cloud } from '../cloud/cloud';
import { toJson } from '../json/to-json';
import { type Account, createAccount } from '../services/states/account';
import { answerIn, readMockConfig } from '../services/states/mock-config';
import { noticeEvent } from '../services/states/state-machines';
import { SimulatorError } from '../simulator/simulator-error';
import { createServedWorld, partsOf, type TestWorld } from '../testing/test-world';
import { answerTestState } from './answer-test-state';
import type { ServerOptions } from './server-options';
import { serverTime } from './server-time';
import type { SavedState } from './state-file';
import type { StoppablePace } from './stoppable-pace';

/** An account that a server serves, with the world around it. Nothing is in it yet. */
export interface ServedAccount {
  readonly account: Account;
  readonly testWorld: TestWorld;
  readonly clock: StoppablePace;
  /** Settles when all tables have been made. */
  readonly ready: () => Promise<void>;
}

/**
 * Makes the account of a server.
 * @param saved what a state file says of it
 * @param onFault hears of what nobody else listens to
 * @throws SimulatorError if the options cannot be
 */
export function createServedAccount(
  options: ServerOptions,
  cloud: Cloud,
  saved: SavedState | undefined,
  onFault: (fault: Error) => void,
): ServedAccount {
  const { time = 'jump', target, accountId, onRefusal, onStatusChange, mockConfig, stateFile } = options;
  if (saved !== undefined) refuseOther(saved, options);
  const [first] = cloud.machines;
  const { startTime, clock, after } = serverTime(time, options.startTime, saved?.account.epochMs);
  const testWorld = createServedWorld(
    target,
    {
      ...options,
      // They are the account's own.
      stateMachines: [],
      region: saved?.account.region ?? options.region ?? first?.region,
      seed: saved?.account.seed ?? options.seed,
      startTime,
    },
    {
      pace: clock.pace,
      account: () => account,
      hasActivity: (arn) => account.activities.has(arn),
      onEvent: (event) => noticeEvent(account, event),
      mock(call) {
        const testCase = account.testCases.get(call.executionArn);
        return testCase === undefined ? undefined : answerIn(testCase, call, world);
      },
    },
  );
  const { world, ready, add, tellStatus } = partsOf(testWorld);
  add(cloud);
  const account: Account = createAccount(world, {
    id: saved?.account.id ?? accountId ?? first?.account,
    saved: stateFile !== undefined,
    expressDuplicates: options.expressDuplicates,
    random: saved?.account.random,
    testState: answerTestState,
    onRefusal: onRefusal ?? ((executionArn, why) => onFault(new SimulatorError(`${executionArn}: ${why.message}`))),
    onStatusChange(change) {
      tellStatus(change);
      onStatusChange?.(change);
    },
    mockConfig: mockConfig === undefined ? undefined : readMockConfig(toJson(mockConfig, 'the mock configuration')),
    after,
  });
  return { account, testWorld, clock, ready };
}

/** What is in a state file has come about with a seed, in a region, of an account: with others it would not go on as it began. */
function refuseOther({ account }: SavedState, { seed, region, accountId, stateFile }: ServerOptions): void {
  const told: readonly (readonly [what: string, given: string | undefined, saved: string])[] = [
    ['seed', seed, account.seed],
    ['region', region, account.region],
    ['accountId', accountId, account.id],
  ];
  const others = told.filter(([, given, saved]) => given !== undefined && given !== saved);
  if (others.length === 0) return;
  const list = others.map(([what, given, saved]) => `  - the option ${what} is "${given}"; the file was begun with "${saved}"`);
  throw new SimulatorError(
    `${stateFile} goes on with what it was begun with: leave these options out, or give another file.\n${list.join('\n')}`,
  );
}
