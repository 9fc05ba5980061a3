import type { Cloud } from '../cloud/cloud';
import type { Json } from '../json/json';
import { toJson } from '../json/to-json';
import { type Account, createAccount } from '../services/states/account';
import { ApiError } from '../services/states/api-error';
import { answerIn, readMockConfig } from '../services/states/mock-config';
import { restore } from '../services/states/restore';
import { noticeEvent } from '../services/states/state-machines';
import type { StatusChange } from '../services/states/status-change';
import { type Pace, patientPace, runningPace } from '../simulator/pace';
import { SimulatorError } from '../simulator/simulator-error';
import type { TestStateRequest } from '../test-state/request';
import { testState } from '../test-state/test-state';
import { TestStateError } from '../test-state/test-state-error';
import { fillAccount, type NamedDefinition } from '../testing/fill-account';
import { cloudOf, type SimulationTarget } from '../testing/target';
import { createServedWorld, partsOf, type TestWorld } from '../testing/test-world';
import type { TestWorldOptions } from '../testing/world-options';
import { jsonProtocol } from './json-protocol';
import { keep, type Keeper } from './keep';
import { listen, type Listener } from './listen';
import { readStateFile } from './state-file';
import { stoppablePace } from './stoppable-pace';

/** What a server is made of. */
export interface ServerOptions extends TestWorldOptions {
  /** Port to listen on; 0: one that is free. @default 8083, as Step Functions Local has it */
  readonly port?: number;
  /** Address to listen on. Whoever reaches another than loopback may run what the world runs. @default '127.0.0.1' */
  readonly host?: string;
  /** How virtual time passes: `'jump'`, but waiting for whoever could still answer, or virtual seconds in a real one: 1 is real time. @default 'jump' */
  readonly time?: 'jump' | number;
  /** A stack or a cloud assembly whose state machines, activities, functions and tables are there from the beginning. @default - none */
  readonly target?: SimulationTarget;
  /** State machines that are there from the beginning, besides. @default - none */
  readonly stateMachines?: readonly NamedDefinition[];
  /** Account of what is made. @default - that of the target, else '123456789012' */
  readonly accountId?: string;
  /** Hears that the simulator could not go on with an execution, which the API shows as failed. @default - `close` rejects with it */
  readonly onRefusal?: (executionArn: string, why: SimulatorError) => void;
  /** Hears of the start and the end of every Standard execution. */
  readonly onStatusChange?: (change: StatusChange) => void;
  /** What is in a `MockConfigFile.json` of Step Functions Local: `stateMachineArn#TestCase` starts in a test case. @default - none */
  readonly mockConfig?: Json;
  /**
   * A file that everything is kept in: a server that is started with it goes on where the last one was closed or killed. Calls that had not
   * been answered are made again. Functions, tables and fakes keep nothing there. @default - nothing is kept
   */
  readonly stateFile?: string;
}

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
   * Ends every connection. What runs stays where it is, for its time does not pass any more.
   * @throws SimulatorError (rejects) if the simulator could not go on with an execution, and nobody has heard of it
   */
  close(): Promise<void>;
}

const DEFAULT_PORT = 8083;

const EMPTY: Cloud = { machines: [], functions: [], tables: [], connections: [], resources: [] };

/** With jumping time, a poll for an activity's task that finds none takes this part of its minute. */
const JUMPING_POLL_FACTOR = 60;

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
  const startTime = laterOf(worldOptions.startTime ?? (time === 'jump' ? undefined : new Date()), saved?.account.epochMs);
  const cloud = target === undefined ? EMPTY : cloudOf(target);
  const [first] = cloud.machines;
  const faults: Error[] = [];
  const clock = stoppablePace(paceOf(time, startTime));
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
    testState: (request) => answerTestState(request as TestStateRequest),
    onRefusal: onRefusal ?? ((executionArn, why) => void faults.push(new SimulatorError(`${executionArn}: ${why.message}`))),
    onStatusChange(change) {
      tellStatus(change);
      onStatusChange?.(change);
    },
    mockConfig: mockConfig === undefined ? undefined : readMockConfig(toJson(mockConfig, 'the mock configuration')),
    after: inRealTime(time === 'jump' ? JUMPING_POLL_FACTOR : time),
  });
  await ready();
  if (saved !== undefined) restore(account, saved.entries);
  fillAccount(account, cloud, stateMachines);
  let desk = jsonProtocol(account, (error) => faults.push(error instanceof Error ? error : new Error(String(error))));
  const listener = await listen((request, signal) => desk(request, signal), port, host);
  // Not before the port is had: another server may have the file.
  const keeper = stateFile === undefined ? undefined : await keepOrClose(account, stateFile, listener);
  if (keeper !== undefined) desk = keeper.behind(desk);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await listener.close();
    keeper?.close();
    clock.stop();
    const [fault] = faults;
    if (fault !== undefined) throw fault;
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    port: listener.port,
    world: testWorld,
    stateMachineArns: [...account.stateMachines.keys()],
    close: () => (closing ??= close()),
  };
}

async function keepOrClose(account: Account, path: string, listener: Listener): Promise<Keeper> {
  try {
    return keep(account, path);
  } catch (error) {
    await listener.close();
    throw error;
  }
}

function laterOf(date: Date | undefined, epochMs: number | undefined): Date | undefined {
  if (epochMs === undefined) return date;
  return new Date(Math.max(epochMs, date?.getTime() ?? 0));
}

function paceOf(time: 'jump' | number, startTime: Date | undefined): Pace {
  if (time === 'jump') return patientPace;
  if (typeof time !== 'number' || !(time > 0 && time < Infinity))
    throw new SimulatorError(`The option time is 'jump' or how many virtual seconds pass in a real one; found ${String(time)}.`);
  return runningPace((startTime as Date).getTime(), time);
}

const inRealTime =
  (factor: number) =>
  (durationMs: number, action: () => void): (() => void) => {
    const timer = setTimeout(action, durationMs / factor);
    return () => clearTimeout(timer);
  };

async function answerTestState(request: TestStateRequest): Promise<object> {
  try {
    const { unchecked: _, ...response } = await testState(request);
    return response;
  } catch (error) {
    if (error instanceof TestStateError) throw new ApiError(error.code, error.message);
    throw error;
  }
}
