import type { Json } from '../json/json';
import type { StatusChange } from '../services/states/status-change';
import type { SimulatorError } from '../simulator/simulator-error';
import type { NamedDefinition } from '../testing/fill-account';
import type { SimulationTarget } from '../testing/target';
import type { TestWorldOptions } from '../testing/world-options';

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
   * A file that keeps what Step Functions has: state machines, activities, executions with their tokens and timers. A server that is started with it
   * goes on where the last one was closed or killed; calls that had not been answered are made again. What other services hold is not in it: see
   * `Server.notKept`. @default - nothing is kept
   */
  readonly stateFile?: string;
}
