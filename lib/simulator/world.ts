import type { Json } from '../json/json';
import { parseJson } from '../json/parse-json';
import { fits } from '../json/fits';
import { sizeBytes } from '../json/size-bytes';
import { toLastingJson } from '../json/to-json';
import {
  type Ending,
  Execution,
  executionPrefix,
  isExpress,
  type Machine,
  type Outcome,
  type Redrives,
  type Settle,
  type Snapshot,
  type Surroundings,
} from './execution';
import type { Landing } from './effects';
import { Errands } from './errands';
import { MAX_PAYLOAD_BYTES } from './limits';
import { randomFromSeed, type SeededRandom } from './random';
import { checkExecutionName } from './execution-name';
import { finishedRun } from './finished-run';
import type { RecordedEvent } from './history';
import type { ObjectStore } from './map-run/object-store';
import { reviveHalted } from './map-run/revive';
import { type ShownMapRun, shownMapRuns } from './map-run/shown-map-run';
import type { Pace } from './pace';
import type { Run } from './run';
import type { ActivityTask } from './activity-queue';
import { Scheduler } from './scheduler';
import { SimulatorError } from './simulator-error';
import { whyTooLate } from './why-too-late';
import type { ActivityWorker, Answer, Perform, TaskCall, UnscheduledCall } from './task-call';

/** What a world is made of. */
export interface WorldOptions {
  /** Does what Task states ask for. */
  readonly perform: Perform;
  /**
   * Calls off the job that a `.sync` task has started, and that `call.submitted` tells of: its execution has been stopped or has timed out, or
   * another branch has failed. @default - jobs go on
   */
  readonly callOff?: (call: TaskCall) => void;
  /** What is wrong with a task's parameters before it is scheduled, in AWS's words. @default - they are not looked at */
  readonly problems?: (call: UnscheduledCall) => readonly string[];
  /**
   * Who works on the activity that a task names; undefined: there is no such activity. That one has the task as soon as it is scheduled, and
   * `perform` does the work. `'polling'`: the task waits for `getActivityTask`, and its answer is sent with its token.
   * @default - every activity has a worker without a name
   */
  readonly worker?: (call: UnscheduledCall) => ActivityWorker | 'polling' | undefined;
  /** Behind every random choice: UUIDs, jitter, `States.MathRandom`. @default 'baton' */
  readonly seed?: string;
  /** Virtual time at the beginning. @default 2025-01-01T00:00:00Z */
  readonly startTime?: Date;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Real seconds that a call may stay pending before the run is stopped. @default 4 */
  readonly stallSeconds?: number;
  /** S3, as Map Runs read and write it. @default - there is none: a Distributed Map that needs it stops the run */
  readonly objects?: ObjectStore;
  /** How virtual time passes. @default - it jumps to what is due next */
  readonly pace?: Pace;
  /** Hears of every event, right after it was recorded. */
  readonly onEvent?: (event: NotedEvent) => void;
}

/** An event that was just recorded. */
export interface NotedEvent {
  /** Of whose history it is. */
  readonly executionArn: string;
  readonly id: number;
  /** The execution that was started: another one if the event is that of a Map Run's child. */
  readonly rootArn: string;
  /** Of the execution that was started: what it takes to go on from here. */
  snapshot(): Snapshot;
}

/** The seed of a world that is given none. */
export const DEFAULT_SEED = 'baton';

/** Real seconds that a call may stay pending. */
export const DEFAULT_STALL_SECONDS = 4;

/** 2025-01-01T00:00:00Z, in milliseconds since 1970. */
const DEFAULT_START_MS = Date.UTC(2025, 0, 1);

/** Time, chance and services, and the executions that share them. */
export interface World {
  readonly seed: string;
  readonly region: string;
  /** Virtual time, milliseconds since 1970. */
  readonly epochMs: number;
  /**
   * Starts an execution. Nothing runs before its run, or another's, is asked for.
   * @throws SimulatorError if the input is not JSON or is too long, the name is one that AWS refuses, or another Standard execution of the
   * machine has it
   */
  startExecution(machine: Machine, input: Json, name?: string): StartedExecution;
  /**
   * Goes on with an execution that was cut, perhaps in another world, at the time of the cut: the world's clock is brought there, unless
   * it is later already. Calls that had not landed are made again.
   */
  resumeExecution(machine: Machine, snapshot: Snapshot): StartedExecution;
  /** Runs until nothing is under way any more. */
  drive(): Promise<void>;
  /**
   * Calls `action` when that much virtual time has passed, if something still runs then.
   * @param answers the task token that the action answers: time does not wait for somebody else to do so
   */
  after(durationMs: number, action: () => void, answers?: string): void;
  /**
   * The same for what nobody has asked for, as a schedule of the stack: a run that nothing else can wake is stuck.
   * @param answers the task token that the action is sent for: nobody outside is waited for
   */
  meanwhile(durationMs: number, action: () => void, answers?: string): void;
  /** Does something beside the executions, see `Errands.begin`. */
  errand(what: string, start: (park: () => () => void) => Answer, land: (landing: Landing) => void): void;
  /** Settles when no errand is under way. Rejects with what one of them has thrown. */
  settled(): Promise<void>;
  /**
   * SendTaskSuccess; `output` is JSON text. False if nobody waits for the token. A token is open from the task's start on.
   * @throws SimulatorError if the output is not JSON or is too long; the task goes on waiting
   */
  sendTaskSuccess(token: string, output: string): boolean;
  /** SendTaskFailure. False if nobody waits for the token. */
  sendTaskFailure(token: string, error?: string, cause?: string): boolean;
  /** SendTaskHeartbeat. False if nobody waits for the token. */
  sendTaskHeartbeat(token: string): boolean;
  /**
   * GetActivityTask: a worker asks for a task of an activity, one whose workers poll. `give` is called with the oldest one, at once, or as soon
   * as there is one. The returned function ends the poll.
   */
  getActivityTask(activityArn: string, workerName: string | undefined, give: (task: ActivityTask) => void): () => void;
}

/** An execution under way. */
export interface StartedExecution {
  readonly executionArn: string;
  readonly name: string;
  /** How it has ended; undefined while it runs, or if the simulator could not go on with it. */
  ending(): Ending | undefined;
  /** Its events so far, payloads by reference; it goes on growing. */
  recorded(): readonly RecordedEvent[];
  /** What it takes to go on from here, see `World.resumeExecution`. */
  snapshot(): Snapshot;
  /** Runs the world until the execution has ended. Rejects with a `SimulatorError` if it cannot. */
  run(): Promise<Run>;
  /** StopExecution. */
  stop(error?: string, cause?: string): void;
  /**
   * RedriveExecution: goes on where the execution did not succeed; `run` then gives what it comes to now.
   * @throws SimulatorError if it has not ended, has succeeded, is an Express execution, or ended too long ago or with too long a history
   */
  redrive(): void;
  /** How often it was redriven. */
  redrives(): Redrives;
  /** Its Map Runs, in the order of their starts. */
  mapRuns(): readonly ShownMapRun[];
  /** From now on, each of its Map Runs keeps so many of the children that have ended, the latest ones. Else none is kept. */
  keepChildren(most: number): void;
  /** Its name, if it was given one, may be given to another execution of its state machine. */
  freeName(): void;
  /** Calls the listener in the moment of virtual time in which the execution ends, however it ends, before anything else happens. */
  onEnd(listener: () => void): void;
}

/** Makes a world. */
export const createWorld = (options: WorldOptions): World => new SimulatedWorld(options);

// A class, for to V8 a getter in an object literal is a new hidden class for every object: all code that has met one is optimized
// again and again, and what it refers to outlives every small garbage collection.
class SimulatedWorld implements World {
  readonly seed: string;
  readonly region: string;
  private readonly scheduler: Scheduler;
  private readonly surroundings: Surroundings;
  private readonly errands: Errands;
  /** Names that were given to executions, by the ARN of their state machine. A UUID of our own needs no watch, and would be kept for nothing. */
  private readonly names = new Map<string, Set<string>>();
  private readonly random: SeededRandom;

  constructor({
    perform,
    callOff,
    problems,
    worker,
    seed,
    region,
    startTime,
    stallSeconds = DEFAULT_STALL_SECONDS,
    objects,
    pace,
    onEvent,
  }: WorldOptions) {
    this.seed = seed ?? DEFAULT_SEED;
    this.region = region ?? 'us-east-1';
    this.random = randomFromSeed(this.seed);
    const startMs = startTime === undefined ? DEFAULT_START_MS : new Date(startTime).getTime();
    if (Number.isNaN(startMs)) throw new SimulatorError(`The option startTime is a Date; found ${JSON.stringify(startTime)}.`);
    this.scheduler = new Scheduler(startMs, stallSeconds * 1000, pace);
    this.errands = new Errands(this.scheduler);
    this.surroundings = {
      scheduler: this.scheduler,
      region: this.region,
      perform,
      callOff,
      problems,
      worker,
      objects,
      onEvent:
        onEvent === undefined
          ? undefined
          : ({ arn, root }, id) => onEvent({ executionArn: arn, id, rootArn: root.arn, snapshot: () => root.snapshot() }),
    };
  }

  get epochMs(): number {
    this.scheduler.keepPace();
    return this.scheduler.epochMs;
  }

  startExecution(machine: Machine, input: Json, givenName?: string): StartedExecution {
    if (givenName !== undefined) checkExecutionName(givenName);
    const name = givenName ?? this.random.uuid();
    const admitted = admitPayload(input, "The execution's input");
    let arn = `${executionPrefix(machine)}${name}`;
    // Express executions may have the same name.
    if (isExpress(machine)) arn = `${arn}:${this.random.uuid()}`;
    else if (givenName !== undefined) this.reserve(machine, givenName);
    const identity = { arn, name, input: admitted, seed: this.seed, startMs: this.epochMs };
    return this.started(machine, (settle) => Execution.start(this.surroundings, machine, identity, settle));
  }

  resumeExecution(machine: Machine, snapshot: Snapshot): StartedExecution {
    return this.started(machine, (settle) => {
      const execution = Execution.resume(this.surroundings, machine, snapshot, settle);
      reviveHalted(execution);
      return execution;
    });
  }

  drive(): Promise<void> {
    return this.scheduler.drive();
  }

  after(durationMs: number, action: () => void, answers?: string): void {
    this.scheduler.at(this.scheduler.epochMs + durationMs, { ticket: 0, parked: 'sleep' }, action, answers);
  }

  meanwhile(durationMs: number, action: () => void, answers?: string): void {
    this.scheduler.at(this.scheduler.epochMs + durationMs, { ticket: 0, parked: 'sleep' }, action, answers, true);
  }

  errand(what: string, start: (park: () => () => void) => Answer, land: (landing: Landing) => void): void {
    this.errands.begin(what, start, land);
  }

  settled(): Promise<void> {
    return this.errands.settled();
  }

  sendTaskSuccess(token: string, text: string): boolean {
    const what = 'The output of SendTaskSuccess';
    const output = admitPayload(
      refusing(() => parseJson(text, what)),
      what,
    );
    this.scheduler.keepPace();
    return this.scheduler.answerToken(token, { kind: 'success', output });
  }

  sendTaskFailure(token: string, error?: string, cause?: string): boolean {
    this.scheduler.keepPace();
    return this.scheduler.answerToken(token, { kind: 'failure', error, cause });
  }

  sendTaskHeartbeat(token: string): boolean {
    this.scheduler.keepPace();
    return this.scheduler.beat(token);
  }

  getActivityTask(activityArn: string, workerName: string | undefined, give: (task: ActivityTask) => void): () => void {
    this.scheduler.keepPace();
    const { cancel } = this.scheduler.poll(activityArn, workerName, give);
    return cancel;
  }

  private reserve(machine: Machine, name: string): void {
    let names = this.names.get(machine.arn);
    if (names === undefined) this.names.set(machine.arn, (names = new Set()));
    if (names.has(name)) {
      throw new SimulatorError(`There has been an execution named "${name}" in this world: give each its own name, or none.`);
    }
    names.add(name);
  }

  private started(machine: Machine, begin: (settle: Settle) => Execution): StartedExecution {
    return new Started(this.scheduler, this.names.get(machine.arn), begin);
  }
}

class Started implements StartedExecution {
  private readonly execution: Execution;
  /** What it has come to since it was started, or redriven. */
  private outcome: Outcome | undefined;
  /** Who waits for that. */
  private waiting: readonly Settle[] = NOBODY;
  private listeners: readonly (() => void)[] = NOBODY;
  private readonly hear: Settle = (outcome) => {
    this.outcome = outcome;
    const { waiting, listeners } = this;
    this.waiting = NOBODY;
    for (const settle of waiting) settle(outcome);
    for (const listener of listeners) listener();
  };

  /** @param names that were given to executions of its machine */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly names: Set<string> | undefined,
    begin: (settle: Settle) => Execution,
  ) {
    this.execution = begin(this.hear);
  }

  get executionArn(): string {
    return this.execution.arn;
  }

  get name(): string {
    return this.execution.name;
  }

  ending(): Ending | undefined {
    return this.execution.ending;
  }

  recorded(): readonly RecordedEvent[] {
    return this.execution.history.recorded;
  }

  snapshot(): Snapshot {
    return this.execution.snapshot();
  }

  run(): Promise<Run> {
    const driven = this.scheduler.drive();
    if (this.outcome !== undefined) {
      // What goes wrong now is for the others to hear.
      driven.catch(() => undefined);
      return this.runOf(this.outcome);
    }
    return new Promise((resolve, reject) => {
      this.waiting = [...this.waiting, (outcome) => resolve(this.runOf(outcome))];
      driven.catch(reject);
    });
  }

  private async runOf(outcome: Outcome): Promise<Run> {
    // The execution settles before all that its end brings with it has happened.
    await Promise.resolve();
    if ('thrown' in outcome) throw outcome.thrown;
    return finishedRun(this.execution, outcome.ending);
  }

  stop(error?: string, cause?: string): void {
    this.scheduler.keepPace();
    this.execution.abort(error, cause);
  }

  redrive(): void {
    this.scheduler.keepPace();
    refuseRedrive(this.execution);
    this.outcome = undefined;
    this.execution.redrive(this.hear);
  }

  redrives(): Redrives {
    return this.execution.redrives;
  }

  mapRuns(): readonly ShownMapRun[] {
    return shownMapRuns(this.execution);
  }

  keepChildren(most: number): void {
    this.execution.keptChildren = most;
  }

  freeName(): void {
    this.names?.delete(this.execution.name);
  }

  onEnd(listener: () => void): void {
    this.listeners = [...this.listeners, listener];
  }
}

const NOBODY: readonly never[] = [];

function refuseRedrive({ ending, machine, arn, history, startMs, epochMs }: Execution): void {
  const reason = isExpress(machine)
    ? 'it is an Express execution'
    : ending === undefined
      ? 'it has not ended'
      : ending.status === 'SUCCEEDED'
        ? 'it has succeeded'
        : whyTooLate({ events: history.lastId, startMs, stopMs: history.recorded.at(-1)?.epochMs ?? epochMs }, epochMs);
  if (reason !== undefined) throw new SimulatorError(`The execution ${arn} cannot be redriven: ${reason}.`);
}

/** A value that Step Functions takes from outside: JSON, and not too long. */
function admitPayload(value: unknown, what: string): Json {
  const payload = refusing(() => toLastingJson(value, what));
  if (fits(payload, MAX_PAYLOAD_BYTES)) return payload;
  throw new SimulatorError(
    `${what} is ${sizeBytes(payload)} bytes of JSON; Step Functions takes at most ${MAX_PAYLOAD_BYTES}. Put it in S3 and pass bucket and key.`,
  );
}

function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SimulatorError((error as Error).message, { cause: error });
  }
}
