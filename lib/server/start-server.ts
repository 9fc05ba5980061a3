import type { Cloud } from '../cloud/cloud';
import { restore } from '../services/states/restore';
import { fillAccount } from '../testing/fill-account';
import { cloudOf } from '../testing/target';
import type { TestWorld } from '../testing/test-world';
import { type Desk, jsonProtocol } from './json-protocol';
import { keep } from './keep';
import { listen, type Listener } from './listen';
import { notKept } from './not-kept';
import { createServedAccount } from './served-account';
import type { ServerOptions } from './server-options';
import { readStateFile } from './state-file';

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
  const { port = DEFAULT_PORT, host = '127.0.0.1' } = options;
  let open: (desk: Desk) => void = () => undefined;
  const opened = new Promise<Desk>((resolve) => (open = resolve));
  // First of all: the server that has the port may have the same state file, and run what is in it.
  const listener = await listen(async (request, signal) => (await opened)(request, signal), port, host);
  try {
    return await serve(options, host, listener, open);
  } catch (error) {
    await listener.close();
    throw error;
  }
}

async function serve(options: ServerOptions, host: string, listener: Listener, open: (desk: Desk) => void): Promise<Server> {
  const { target, stateMachines = [], stateFile } = options;
  const saved = stateFile === undefined ? undefined : readStateFile(stateFile);
  const cloud = target === undefined ? EMPTY : cloudOf(target);
  const faults: Error[] = [];
  const onFault = (fault: Error): void => void faults.push(fault);
  const { account, testWorld, clock, ready } = createServedAccount(options, cloud, saved, onFault);
  let close = (): Promise<void> => listener.close().then(() => clock.stop());
  try {
    await ready();
    if (saved !== undefined) restore(account, saved.entries);
    fillAccount(account, cloud, stateMachines);
    const desk = jsonProtocol(account, onFault);
    if (stateFile === undefined) open(desk);
    else {
      const keeper = keep(account, stateFile, onFault);
      const closeListener = close;
      close = () => closeListener().then(() => keeper.close());
      open(keeper.behind(desk));
    }
  } catch (error) {
    clock.stop();
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
