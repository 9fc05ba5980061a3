import type { StateMachineType } from '../../asl/types';
import { randomFromSeed, randomFromState, type SeededRandom } from '../../simulator/random';
import type { SimulatorError } from '../../simulator/simulator-error';
import type { StartedExecution, World } from '../../simulator/world';
import type { EncryptionConfiguration, Tags } from './configuration';
import type { MockConfig, TestCase } from './mock-config';
import type { Revision } from './revision';
import type { StatusChange } from './status-change';

/** What Step Functions keeps for one account in one region. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly world: World;
  /** ARNs of what has changed since whoever saves it has looked: state machines, activities, Standard executions; undefined: nobody does. */
  readonly touched: Set<string> | undefined;
  /** Behind revision ids, names of executions and the choice between an alias's versions. */
  readonly random: SeededRandom;
  readonly testState: TestState | undefined;
  readonly onStatusChange: ((change: StatusChange) => void) | undefined;
  readonly onRefusal: OnRefusal | undefined;
  readonly after: After;
  readonly mockConfig: MockConfig | undefined;
  /** See `AccountOptions`. */
  readonly expressDuplicates: number;
  /** Test cases of executions that run, by the execution's ARN. */
  readonly testCases: Map<string, TestCase>;
  /** By ARN, in the order of their creation. */
  readonly stateMachines: Map<string, StateMachine>;
  readonly activities: Map<string, Activity>;
  readonly executions: Map<string, ExecutionRecord>;
  /** Those of them that are over, in the order of their ends. */
  readonly ended: Set<ExecutionRecord>;
  /** Counts everything that is ever listed: lists go up or down by it. */
  lastSequence: number;
}

/** Answers TestState. */
export type TestState = (request: object) => Promise<object>;

/** Hears that the simulator could not go on with an execution: the API shows it as failed. */
export type OnRefusal = (executionArn: string, why: SimulatorError) => void;

/** Calls the action when that much time has passed; the returned function calls that off. */
export type After = (durationMs: number, action: () => void) => () => void;

/** What an account is made of. */
export interface AccountOptions {
  /** @default '123456789012' */
  readonly id?: string | undefined;
  /** @default - the world's */
  readonly region?: string;
  /** Answers TestState. @default - it is refused */
  readonly testState?: TestState;
  /** Hears of every start and end of a Standard execution, in EventBridge's words. */
  readonly onStatusChange?: ((change: StatusChange) => void) | undefined;
  readonly onRefusal?: OnRefusal;
  /** How long polls know that their time is over. @default - in virtual time, which passes while something runs */
  readonly after?: After;
  /** Somebody saves executions that have changed. @default false */
  readonly saved?: boolean;
  /** State of the source of chance, to go on from. @default - made of the world's seed */
  readonly random?: SeededRandom['state'] | undefined;
  /** The test cases that `stateMachineArn#TestCase` may name. @default - none */
  readonly mockConfig?: MockConfig | undefined;
  /** How many of the asynchronous Express executions run twice, from 0 to 1: AWS runs them at least once. @default 0 */
  readonly expressDuplicates?: number | undefined;
}

/** A state machine with its versions and aliases. */
export interface StateMachine {
  readonly sequence: number;
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly creationDate: Date;
  status: 'ACTIVE' | 'DELETING';
  /** The latest. */
  revision: Revision;
  /** What CreateStateMachine was asked besides what the first revision holds. */
  readonly created: { readonly publish: boolean; readonly versionDescription: string | undefined };
  /** By number. */
  readonly versions: Map<number, Version>;
  /** Numbers are never used again. */
  lastVersion: number;
  /** By name. */
  readonly aliases: Map<string, Alias>;
  readonly tags: Tags;
  /** In the order of their starts. */
  executions: ExecutionRecord[];
  /** Also Express ones. */
  readonly running: Set<ExecutionRecord>;
}

/** A revision that has a number. */
export interface Version {
  readonly sequence: number;
  readonly arn: string;
  readonly creationDate: Date;
  readonly description: string | undefined;
  readonly revision: Revision;
}

/** A name for one version, or for two with weights. */
export interface Alias {
  readonly sequence: number;
  readonly arn: string;
  readonly name: string;
  readonly creationDate: Date;
  updateDate: Date;
  description: string | undefined;
  routing: readonly Route[];
}

/** How many of a hundred executions an alias starts in a version. */
export interface Route {
  readonly stateMachineVersionArn: string;
  readonly weight: number;
}

/** An activity. */
export interface Activity {
  readonly sequence: number;
  readonly arn: string;
  readonly name: string;
  readonly creationDate: Date;
  readonly encryption: EncryptionConfiguration;
  readonly tags: Tags;
}

/** An execution: what the world does not know of it. */
export interface ExecutionRecord {
  readonly sequence: number;
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly revision: Revision;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  /** As it was given. */
  readonly input: string;
  readonly traceHeader: string | undefined;
  readonly startDate: Date;
  readonly started: StartedExecution;
  /** Name of the test case that it runs in. */
  readonly testCase: string | undefined;
  /** Settles when it has ended, however that came. A redrive makes another one. */
  ended: Promise<void>;
  /** Tokens of the last redrives, the latest last. */
  redriveTokens: readonly RedriveToken[];
  /** Request id of the task that has started it. @see integrations.ts */
  startedBy: string | undefined;
  /** Why the simulator could not go on with it. */
  refusal: Refusal | undefined;
}

/** An execution as the API describes it: one that was started, or the child of a Map Run. */
export interface DescribedExecution extends Pick<
  ExecutionRecord,
  'arn' | 'name' | 'revision' | 'versionArn' | 'aliasArn' | 'input' | 'traceHeader' | 'startDate' | 'refusal'
> {
  readonly machine: Pick<StateMachine, 'arn' | 'name' | 'status'>;
  readonly started: Pick<StartedExecution, 'ending' | 'recorded' | 'redrives' | 'mapRuns' | 'stop'>;
  /** undefined: nobody's child. */
  readonly child?: ChildOf;
}

/** What a child execution is told from others by. */
export interface ChildOf {
  readonly mapRunArn: string;
  /** Of the Map state. */
  readonly label: string;
  /** A redrive has yet to start it. */
  readonly isWaiting: boolean;
}

/** What a client may ask again with after a redrive, if its answer was lost. */
export interface RedriveToken {
  readonly token: string;
  /** The answer; virtual time. */
  readonly redriveMs: number;
}

/** What stopped an execution that AWS would have gone on with. */
export interface Refusal {
  readonly message: string;
  readonly atMs: number;
}

/** An account without anything in it. */
export function createAccount(world: World, options: AccountOptions = {}): Account {
  const { id = '123456789012', region = world.region, random } = options;
  return {
    id,
    region,
    world,
    touched: options.saved === true ? new Set() : undefined,
    random: random === undefined ? randomFromSeed(`${world.seed}/states/${id}`) : randomFromState(random),
    testState: options.testState,
    onStatusChange: options.onStatusChange,
    onRefusal: options.onRefusal,
    after: options.after ?? inVirtualTime(world),
    mockConfig: options.mockConfig,
    expressDuplicates: options.expressDuplicates ?? 0,
    testCases: new Map(),
    stateMachines: new Map(),
    activities: new Map(),
    executions: new Map(),
    ended: new Set(),
    lastSequence: 0,
  };
}

function inVirtualTime(world: World): After {
  return (durationMs, action) => {
    let isCalledOff = false;
    world.after(durationMs, () => {
      if (!isCalledOff) action();
    });
    return () => void (isCalledOff = true);
  };
}

/** Virtual time. */
export const now = ({ world }: Account): Date => new Date(world.epochMs);

/** The ARN of something in the account. */
export function arnOf({ id, region }: Account, resource: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:states:${region}:${id}:${resource}`;
}
