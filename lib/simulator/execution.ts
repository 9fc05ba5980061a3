import type { StateMachineType, StateType } from '../asl/types';
import { EvaluationError } from '../expressions/evaluation-error';
import type { Json, JsonObject } from '../json/json';
import { renderJson } from '../json/render-json';
import type { AssumptionId } from './assumptions';
import { newBranch, newFrame } from './branch';
import { callOffJobs } from './call-off-jobs';
import type { Call, Landing, Routine } from './effects';
import { Failure, historyLimitReached } from './failure';
import { type Correspondence, type Frame, isJoining, type Ticket } from './frame';
import { History, type RecordedEvent } from './history';
import { MAX_EXECUTION_SECONDS, MAX_EXPRESS_EVENTS, MAX_EXPRESS_SECONDS, MAX_HISTORY_EVENTS } from './limits';
import type { MapRun } from './map-run/map-run';
import type { MapRunSnapshot } from './map-run/map-run-snapshot';
import { type MapRunSummary, summaryOf, summaryOfSaved } from './map-run/summary';
import { canRedrive } from './map-run/can-redrive';
import type { ObjectStore } from './map-run/object-store';
import type { MachineProgram } from './program';
import { randomFromSeed, randomFromState, type SeededRandom } from './random';
import { redriveFrame } from './redrive-frame';
import { renderTimestamp } from './render-timestamp';
import { runBranch } from './run-branch';
import type { Scheduler } from './scheduler';
import type { Deadline, End, Owner, Strand } from './strand';
import { SimulatorError } from './simulator-error';
import type { ActivityWorker, Answer, TaskCall, UnscheduledCall } from './task-call';

/** A state machine as an execution sees it. */
export interface Machine {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** @default 'STANDARD' */
  readonly type?: StateMachineType;
  /** Of the version that is run. @default - the state machine itself */
  readonly versionArn?: string | undefined;
  /** Of the alias by which the version was found. @default - none */
  readonly aliasArn?: string | undefined;
  readonly program: MachineProgram;
}

/** `$$.Execution` and `$$.StateMachine`. */
interface ExecutionContext {
  readonly Execution: JsonObject;
  readonly StateMachine: JsonObject;
}

/** Of the workflow type EXPRESS. */
export const isExpress = ({ type }: Machine): boolean => type === 'EXPRESS';

/** How an execution ended. */
export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** Everything that is needed to go on with an execution: plain JSON. */
export interface Snapshot {
  readonly arn: string;
  readonly name: string;
  readonly input: Json;
  readonly seed: string;
  readonly startMs: number;
  /** Virtual time of the cut. */
  readonly epochMs: number;
  readonly random: readonly [number, number, number, number];
  readonly ticketCounter: number;
  readonly deadlineTicket: Ticket;
  readonly frame: Frame;
  readonly events: readonly RecordedEvent[];
  /** Of the last event, where events are only counted. */
  readonly lastEventId: number;
  readonly redrives: Redrives;
  /** Those that are under way, or can be redriven. */
  readonly mapRuns: readonly MapRunSnapshot[];
  readonly droppedCalls: readonly string[];
  readonly assumptions: readonly AssumptionId[];
  /** The execution had ended. */
  readonly ending: Ending | undefined;
}

/** How often an execution, or a Map Run, was redriven. */
export interface Redrives {
  readonly count: number;
  /** Virtual time of the last one; undefined: there was none. */
  readonly lastMs: number | undefined;
}

/** What an execution asks of the world around it. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly region: string;
  readonly perform: (call: TaskCall) => Answer;
  /** Calls off the job that a `.sync` task has started; see `WorldOptions`. */
  readonly callOff: ((call: TaskCall) => void) | undefined;
  /** What is wrong with a task's parameters before it is scheduled, in AWS's words; empty: nothing. */
  readonly problems: ((call: UnscheduledCall) => readonly string[]) | undefined;
  /** Who works on the activity that a task names; undefined: there is no such activity. */
  readonly worker: ((call: UnscheduledCall) => ActivityWorker | 'polling' | undefined) | undefined;
  /** S3, for Map Runs; undefined: there is none. */
  readonly objects: ObjectStore | undefined;
  /** Called after every event. */
  readonly onEvent: ((execution: Execution, id: number) => void) | undefined;
}

/** Most executions have no Map Runs, drop no calls and assign no variables: many that wait at once share what is empty. */
const NONE: readonly never[] = [];
const NO_VARIABLES: JsonObject = {};

const NO_REDRIVES: Redrives = { count: 0, lastMs: undefined };

/** How an execution came out: with its ending, or with what made it impossible to go on. */
export type Outcome = { readonly ending: Ending } | { readonly thrown: unknown };

/** Hears of an execution's outcome, once. */
export type Settle = (outcome: Outcome) => void;

/** What tells one execution from another of the same machine. */
type Identity = Pick<Snapshot, 'arn' | 'name' | 'input' | 'seed' | 'startMs'> & {
  /** Of a Map Run's child: the execution that nobody is a parent of. */
  readonly root?: Execution;
};

/** One execution under way. It owns its history, its randomness and the frame of its top level. */
export class Execution implements Owner {
  readonly arn: string;
  readonly name: string;
  readonly input: Json;
  readonly seed: string;
  readonly startMs: number;
  readonly endsMs: number;
  readonly region: string;
  readonly history: History;
  /** The execution that it belongs to; itself, unless it is a Map Run's child. */
  readonly root: Execution;
  readonly random: SeededRandom;
  droppedCalls: readonly string[];
  /** Its Map Runs, in the order of their starts. */
  mapRuns: readonly MapRun[] = NONE;
  private knownContext: ExecutionContext | undefined;
  /** Of the snapshot, for the branches that are in them. */
  private readonly savedMapRuns: readonly MapRunSnapshot[];
  redrives: Redrives;
  /** Of each Map Run, its children's included: how many children that have ended are kept for those who look at them. */
  keptChildren = 0;
  private assumed: Set<AssumptionId> | undefined;
  private readonly maxEvents: number;
  private readonly frame: Frame;
  private deadlineTicket: Ticket;
  private strand: Strand | undefined;
  private outcome: Ending | undefined;
  private over = false;

  private constructor(
    private readonly world: Surroundings,
    readonly machine: Machine,
    { arn, name, input, seed, startMs, root }: Identity,
    private listener: Settle,
    snapshot: Snapshot | undefined,
  ) {
    this.arn = arn;
    this.name = name;
    this.input = input;
    this.seed = seed;
    this.startMs = startMs;
    this.endsMs = startMs + MAX_EXECUTION_SECONDS * 1000;
    this.region = world.region;
    this.root = root ?? this;
    this.redrives = snapshot?.redrives ?? NO_REDRIVES;
    this.savedMapRuns = snapshot?.mapRuns ?? NONE;
    const { onEvent } = world;
    // AWS keeps no history of Express executions. Those that are nobody's children are shown as their log would show them.
    this.history = new History(
      onEvent === undefined ? undefined : (id) => onEvent(this, id),
      root === undefined || !isExpress(machine),
    );
    if (snapshot !== undefined) this.history.reload(snapshot.events, snapshot.lastEventId);
    this.random = snapshot === undefined ? randomFromSeed(`${seed}/${arn}`) : randomFromState(snapshot.random);
    this.maxEvents = isExpress(machine) ? MAX_EXPRESS_EVENTS : MAX_HISTORY_EVENTS;
    this.droppedCalls = snapshot?.droppedCalls ?? NONE;
    this.assumed = snapshot === undefined ? undefined : new Set(snapshot.assumptions);
    // The run writes to its frame; the snapshot stays as it is.
    this.frame =
      snapshot === undefined
        ? newFrame(machine.program.startAt, input, 0, NO_VARIABLES, undefined)
        : structuredClone(snapshot.frame);
    this.deadlineTicket = snapshot === undefined ? { ticket: 0, parked: 'sleep' } : { ...snapshot.deadlineTicket };
  }

  /** Starts an execution. */
  static start(world: Surroundings, machine: Machine, identity: Identity, settle: Settle): Execution {
    const execution = new Execution(world, machine, identity, settle, undefined);
    execution.begin();
    return execution;
  }

  /** Its first event; the rest comes when whoever starts it waits. */
  begin(): void {
    const { machine, history } = this;
    history.add('ExecutionStarted', 0, this.startMs, {
      input: this.input,
      roleArn: machine.roleArn,
      stateMachineAliasArn: machine.aliasArn,
      stateMachineVersionArn: machine.versionArn,
    });
    this.go(false);
  }

  /** Goes on with an execution that was cut; brings the world to the time of the cut. */
  static resume(world: Surroundings, machine: Machine, snapshot: Snapshot, settle: Settle, root?: Execution): Execution {
    const identity = root === undefined ? snapshot : { ...snapshot, root };
    const execution = new Execution(world, machine, identity, settle, snapshot);
    world.scheduler.catchUp(snapshot.epochMs, snapshot.ticketCounter);
    if (snapshot.ending === undefined) execution.go(true);
    else {
      execution.close();
      execution.outcome = snapshot.ending;
      execution.mapRunsAtEnd = execution.summarizeMapRuns();
      settle({ ending: snapshot.ending });
    }
    return execution;
  }

  /**
   * RedriveExecution: goes on where the execution did not succeed. It must have ended.
   * @param settle hears of its next outcome
   */
  redrive(settle: Settle): void {
    const { frame, history, epochMs } = this;
    history.branchOff();
    this.listener = settle;
    this.over = false;
    this.outcome = undefined;
    this.redrives = { count: this.redrives.count + 1, lastMs: epochMs };
    this.knownContext = undefined;
    this.deadlineTicket = { ticket: 0, parked: 'sleep' };
    redriveFrame(frame, this.machine.program, (arn) => canRedrive(this.mapRun(arn) ?? this.savedMapRun(arn)));
    this.assume('redriven-chain');
    frame.previousEventId = this.nextEventId();
    history.add('ExecutionRedriven', history.lastId, epochMs, { redriveCount: this.redrives.count });
    this.go(true);
  }

  /** How often it was redriven. */
  get redriveCount(): number {
    return this.redrives.count;
  }

  /** Its Map Runs, as they were when it ended. */
  mapRunsAtEnd: readonly MapRunSummary[] = NONE;

  /** How its Map Runs stand, in the order of their starts. */
  private summarizeMapRuns(): readonly MapRunSummary[] {
    const { mapRuns, savedMapRuns } = this;
    if (mapRuns.length + savedMapRuns.length === 0) return NONE;
    const before = savedMapRuns.map((saved) => this.mapRun(saved.arn) ?? saved);
    const since = mapRuns.filter(({ arn }) => this.savedMapRun(arn) === undefined);
    return [...before, ...since].map((run) => ('itemCounts' in run ? summaryOfSaved(run) : summaryOf(run)));
  }

  /** The frame of its top level. */
  get top(): Frame {
    return this.frame;
  }

  /** A Map Run of its own has begun, or goes on. */
  addMapRun(run: MapRun): void {
    this.mapRuns = [...this.mapRuns, run];
  }

  /** One of its Map Runs. */
  mapRun(arn: string): MapRun | undefined {
    return this.mapRuns.find((run) => run.arn === arn);
  }

  /** How it has ended; undefined: it has not. */
  get ending(): Ending | undefined {
    return this.outcome;
  }

  /** What of the Context Object is the same in all states. Made when it is first asked for: most executions never read it. */
  get context(): ExecutionContext {
    return (this.knownContext ??= this.makeContext());
  }

  private makeContext(): ExecutionContext {
    const { arn, name, input, startMs, machine, redrives } = this;
    const StartTime = renderTimestamp(startMs);
    return {
      // An Express execution cannot be redriven, and does not count it; its fields have another order, too (recorded).
      Execution: isExpress(machine)
        ? { Id: arn, Input: input, Name: name, RoleArn: machine.roleArn, StartTime }
        : {
            Id: arn,
            Input: input,
            StartTime,
            Name: name,
            RoleArn: machine.roleArn,
            RedriveCount: redrives.count,
            ...(redrives.lastMs === undefined ? {} : { RedriveTime: renderTimestamp(redrives.lastMs) }),
          },
      StateMachine: stateMachineOf(machine),
    };
  }

  /** S3, for Map Runs. */
  get objects(): ObjectStore | undefined {
    return this.world.objects;
  }

  /** A child execution of one of its Map Runs. It has yet to begin. */
  newChild(machine: Machine, { arn, name, input }: Pick<Identity, 'arn' | 'name' | 'input'>, settle: Settle): Execution {
    const { seed, epochMs, root } = this;
    return new Execution(this.world, machine, { arn, name, input, seed, startMs: epochMs, root }, settle, undefined);
  }

  /** Goes on with a child execution that was cut. */
  resumeChild(machine: Machine, snapshot: Snapshot, settle: Settle): Execution {
    return Execution.resume(this.world, machine, snapshot, settle, this.root);
  }

  /** A Map Run as the snapshot has it. */
  savedMapRun(arn: string): MapRunSnapshot | undefined {
    return this.savedMapRuns.find((saved) => saved.arn === arn);
  }

  /** Its Map Runs that have not been gone on with since it was cut. */
  get restingMapRuns(): readonly MapRunSnapshot[] {
    return this.savedMapRuns.filter(({ arn }) => this.mapRun(arn) === undefined);
  }

  /** Runs something beside the execution's branches. */
  spawn(routine: Routine<unknown>, ticket: Ticket, owner: Owner): Strand {
    return this.world.scheduler.spawn(routine, ticket, owner);
  }

  /** Goes on with it, at the turn that its ticket holds. */
  respawn(routine: Routine<never>, ticket: Ticket, owner: Owner): Strand {
    return this.world.scheduler.respawn({ routine, ticket, joins: false }, owner);
  }

  /** Calls it off. */
  cancel(strand: Strand): void {
    this.world.scheduler.cancel(strand);
  }

  /** See `Scheduler.announceIdle`. */
  announceIdle(ticket: Ticket): void {
    this.world.scheduler.announceIdle(ticket);
  }

  get epochMs(): number {
    return this.world.scheduler.epochMs;
  }

  /** Ids of the assumptions that the execution has rested on so far. */
  get assumptions(): AssumptionId[] {
    return this.assumed === undefined ? [] : [...this.assumed].sort();
  }

  /** Says that what happens next rests on an assumption. */
  assume(id: AssumptionId): void {
    this.assumed ??= new Set();
    this.assumed.add(id);
  }

  /** The id that the next event will have. @throws Failure or SimulatorError when there is no room for it but for the last event */
  nextEventId(): number {
    // Somebody who heard of an event has stopped the execution.
    if (this.over) throw new SimulatorError(`The execution ${this.arn} has ended.`);
    const id = this.history.lastId + 1;
    if (id >= this.maxEvents) this.stopAtTooManyEvents();
    return id;
  }

  private stopAtTooManyEvents(): never {
    if (!isExpress(this.machine)) throw historyLimitReached();
    throw new SimulatorError(
      `The Express execution ${this.arn} has come to ${this.maxEvents} events in ${(this.epochMs - this.startMs) / 1000} s of virtual time, the last in ` +
        `"${this.frame.state}". If it goes round and round, AWS ends it after ${MAX_EXPRESS_SECONDS} s; put a Wait into the loop.`,
    );
  }

  perform(call: TaskCall): Answer {
    return this.world.perform(call);
  }

  /** Calls off the job that a call has started. */
  callOff(call: TaskCall): void {
    if (this.outcome?.status === 'TIMED_OUT') this.assume('job-after-timeout');
    this.world.callOff?.(call);
  }

  /** The short way of a call; see `Scheduler.callAtOnce`. */
  callAtOnce(call: Call): Landing | Call {
    const landing = this.world.scheduler.callAtOnce(call);
    // The call has put an end to its own execution.
    if (this.over) this.drop(call.what);
    return landing;
  }

  /** Refuses parameters with which AWS could not start the task. */
  check(call: Omit<UnscheduledCall, 'parameters'>, parameters: Json): void {
    if (this.world.problems === undefined) return;
    const problems = this.world.problems({ ...call, parameters });
    if (problems.length === 0) return;
    throw new EvaluationError(
      'States.Runtime',
      `The Parameters '${renderJson(parameters)}' could not be used to start the Task: [${problems.join(', ')}]`,
    );
  }

  /** A call of the execution waits for the world itself; see `Scheduler.park`. */
  park(correspondence: Correspondence): () => void {
    return this.world.scheduler.park(correspondence);
  }

  /** The worker of an activity. Refuses an activity that does not exist. */
  findWorker(call: UnscheduledCall): ActivityWorker | 'polling' {
    if (this.world.worker === undefined) return {};
    const worker = this.world.worker(call);
    if (worker === undefined) throw new EvaluationError('States.Runtime', `The activity ${call.resource} does not exist.`);
    return worker;
  }

  /** The type of any state of the machine. */
  typeOf(state: string): StateType | undefined {
    return this.machine.program.types.get(state);
  }

  newToken(): string {
    return Buffer.from(`${this.arn}/${this.random.uuid()}`).toString('base64');
  }

  /** Randomness of one call: the same if the call has to be made again after a reload. */
  randomOfCall(startedEventId: number): SeededRandom {
    return randomFromSeed(`${this.seed}/${this.arn}/${startedEventId}`);
  }

  /** StopExecution. Nothing happens if the execution has ended. */
  abort(error: string | undefined, cause: string | undefined): void {
    if (!this.over) this.end({ status: 'ABORTED', error, cause });
  }

  /** What it takes to go on from here. Rendering it as text takes a copy; the frame itself goes on changing. */
  snapshot(): Snapshot {
    const { arn, name, input, seed, startMs, epochMs, deadlineTicket, frame, droppedCalls, assumptions, ending } = this;
    return {
      arn,
      name,
      input,
      seed,
      startMs,
      epochMs,
      random: this.random.state,
      ticketCounter: this.world.scheduler.ticketCounter,
      deadlineTicket,
      frame,
      events: this.history.recorded,
      lastEventId: this.history.lastId,
      redrives: this.redrives,
      mapRuns: [...this.restingMapRuns, ...this.mapRuns.map((run) => run.snapshot())],
      droppedCalls,
      assumptions,
      ending,
    };
  }

  settle(end: End): void {
    if (!('thrown' in end)) return this.end({ status: 'SUCCEEDED', output: end.value as Json });
    const { thrown } = end;
    if (thrown instanceof Failure) return this.end({ status: 'FAILED', error: thrown.error, cause: thrown.cause });
    this.close();
    this.listener(end);
  }

  expire(): void {
    this.assume('execution-year');
    this.timeOut();
  }

  drop(what: string): void {
    this.droppedCalls = [...this.droppedCalls, what];
  }

  private go(reloaded: boolean): void {
    const { scheduler } = this.world;
    const { program } = this.machine;
    const { frame } = this;
    const timeoutSeconds = isExpress(this.machine)
      ? Math.min(program.timeoutSeconds ?? MAX_EXPRESS_SECONDS, MAX_EXPRESS_SECONDS)
      : program.timeoutSeconds;
    const deadline: Deadline | undefined =
      timeoutSeconds === undefined
        ? undefined
        : {
            dueMs: (this.redrives.lastMs ?? this.startMs) + timeoutSeconds * 1000,
            ticket: this.deadlineTicket,
            action: () => this.timeOut(),
          };
    const routine = runBranch(newBranch(this, program, frame, false));
    this.strand = reloaded
      ? scheduler.respawn({ routine: routine as Routine<never>, ticket: frame, joins: isJoining(frame) }, this, deadline)
      : scheduler.spawn(routine, frame, this, deadline);
  }

  private timeOut(): void {
    this.end({ status: 'TIMED_OUT', error: 'States.Timeout', cause: undefined });
  }

  /** Writes the last event and settles. What stops an execution from outside points to nothing (recorded). */
  private end(ending: Ending): void {
    const { frame, history, epochMs } = this;
    this.close();
    this.outcome = ending;
    this.mapRunsAtEnd = this.summarizeMapRuns();
    switch (ending.status) {
      case 'SUCCEEDED':
        history.add('ExecutionSucceeded', frame.previousEventId, epochMs, { output: ending.output });
        break;
      case 'FAILED':
        history.add('ExecutionFailed', frame.previousEventId, epochMs, { error: ending.error, cause: ending.cause });
        break;
      case 'TIMED_OUT':
        history.add('ExecutionTimedOut', 0, epochMs, { error: ending.error, cause: ending.cause });
        break;
      case 'ABORTED':
        history.add('ExecutionAborted', 0, epochMs, { error: ending.error, cause: ending.cause });
        break;
    }
    this.listener({ ending });
    if (ending.status === 'ABORTED' || ending.status === 'TIMED_OUT') callOffJobs(this, frame, this.machine.program);
  }

  /** Nothing of the execution goes on. */
  private close(): void {
    this.over = true;
    if (this.strand !== undefined) this.world.scheduler.cancel(this.strand);
  }
}

const stateMachines = new WeakMap<Machine, JsonObject>();

/** A machine, as the Context Object of its executions has it. */
function stateMachineOf(machine: Machine): JsonObject {
  let stateMachine = stateMachines.get(machine);
  if (stateMachine === undefined) stateMachines.set(machine, (stateMachine = { Id: machine.arn, Name: machine.name }));
  return stateMachine;
}

const prefixes = new WeakMap<Machine, string>();

/** What the ARNs of a machine's executions begin with. */
export function executionPrefix(machine: Machine): string {
  let prefix = prefixes.get(machine);
  if (prefix === undefined) {
    const resource = isExpress(machine) ? ':express:' : ':execution:';
    prefixes.set(machine, (prefix = `${machine.arn.replace(':stateMachine:', resource)}:`));
  }
  return prefix;
}
