import type { Cloud } from '../cloud/cloud';
import { toJson } from '../json/to-json';
import { type Account, createAccount } from '../services/states/account';
import { answerIn, readMockConfig } from '../services/states/mock-config';
import { restore } from '../services/states/restore';
import { noticeEvent } from '../services/states/state-machines';
import { SimulatorError } from '../simulator/simulator-error';
import { fillAccount } from '../testing/fill-account';
import { cloudOf } from '../testing/target';
import { createServedWorld, partsOf, type TestWorld } from '../testing/test-world';
import { answerTestState } from './answer-test-state';
import { type Desk, jsonProtocol } from './json-protocol';
import { keep } from './keep';
import { listen } from './listen';
import { notKept } from './not-kept';
import type { ServerOptions } from './server-options';
import { serverTime } from './server-time';
import { readStateFile, type SavedState } from './state-file';

/** A running server. */
export interface Server {
  /** For the option `endpoint` of an SDK's client: `http://127.0.0.1:8083`. */
  readonly url: string;
  readonly port: number;
  /** What is around the executions: seed its tables, read its outbox. */
  readonly world: TestWorld;
  /** ARNs of the state machines that were there from the beginning. */
  readonly stateMachineArns: readonly string[];
  /**
   * With a state file: what of the target begins anew at every start all the same, as `queue Jobs`. Emails, events, schedules, deliveries
   * and asynchronous invocations that are under way are not kept either. Without one: nothing.
   */
  readonly notKept: readonly string[];
  /**
   * Ends every connection. What runs stays where it is, for its time does not pass any more.
   * @throws SimulatorError (rejects) if the simulator could not go on with an execution, and nobody has heard of it
   */
  close(): Promise<void>;
}

const DEFAULT_PORT = 8083;

const EMPTY: Cloud = { machines: [], functions: [], tables: [], connections: [], resources: [] };

/**
 * Serves the Step Functions API to SDK clients and the AWS CLI, on loopback.
 *
 * ```ts
 * const server = await startServer({ port: 0 });
 * const client = new SFNClient({ endpoint: server.url, region: 'us-east-1', credentials, disableHostPrefix: true });
 * ```
 * What the state machines call is answered as in `simulate`: by fakes, else by the target's own functions and tables.
 * @throws SimulatorError (rejects) if the port cannot be had, or AWS would refuse a state machine to begin with
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const {
    port = DEFAULT_PORT,
    host = '127.0.0.1',
    time = 'jump',
    target,
    stateMachines = [],
    accountId,
    onRefusal,
    onStatusChange,
    mockConfig,
    stateFile,
    ...worldOptions
  } = options;
  const saved = stateFile === undefined ? undefined : readStateFile(stateFile);
  if (saved !== undefined) refuseOther(saved, options);
  const cloud = target === undefined ? EMPTY : cloudOf(target);
  const [first] = cloud.machines;
  const faults: Error[] = [];
  const onDefect = (error: unknown): void => void faults.push(error instanceof Error ? error : new Error(String(error)));
  const { startTime, clock, after } = serverTime(time, worldOptions.startTime, saved?.account.epochMs);
  const testWorld = createServedWorld(
    target,
    {
      ...worldOptions,
      region: saved?.account.region ?? worldOptions.region ?? first?.region,
      seed: saved?.account.seed ?? worldOptions.seed,
      startTime,
    },
    {
      pace: clock.pace,
      account: () => account,
      hasActivity: (arn) => account.activities.has(arn),
      onEvent: ({ executionArn, id }) => noticeEvent(account, executionArn, id),
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
    expressDuplicates: worldOptions.expressDuplicates,
    random: saved?.account.random,
    testState: answerTestState,
    onRefusal: onRefusal ?? ((executionArn, why) => void faults.push(new SimulatorError(`${executionArn}: ${why.message}`))),
    onStatusChange(change) {
      tellStatus(change);
      onStatusChange?.(change);
    },
    mockConfig: mockConfig === undefined ? undefined : readMockConfig(toJson(mockConfig, 'the mock configuration')),
    after,
  });
  let open: (desk: Desk) => void = () => undefined;
  const opened = new Promise<Desk>((resolve) => (open = resolve));
  // Nothing of a state file runs before the port is had: the server that has the port may run the same.
  const listener = await listen(async (request, signal) => (await opened)(request, signal), port, host);
  const stop = async (): Promise<void> => {
    await listener.close();
    clock.stop();
  };
  let close = stop;
  try {
    await ready();
    if (saved !== undefined) restore(account, saved.entries);
    fillAccount(account, cloud, stateMachines);
    const desk = jsonProtocol(account, onDefect);
    if (stateFile === undefined) open(desk);
    else {
      const keeper = keep(account, stateFile, onDefect);
      close = () => stop().finally(() => keeper.close());
      open(keeper.behind(desk));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    port: listener.port,
    world: testWorld,
    stateMachineArns: [...account.stateMachines.keys()],
    notKept: stateFile === undefined ? [] : notKept(cloud),
    close: () =>
      (closing ??= close().then(() => {
        const [fault] = faults;
        if (fault !== undefined) throw fault;
      })),
  };
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
