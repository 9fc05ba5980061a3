import { EvaluationError } from '../expressions/evaluation-error';
import type { Json, JsonObject } from '../json/json';
import { renderJson } from '../json/render-json';
import { type Branch, newBranch, newFrame } from './branch';
import type { Routine } from './effects';
import type { Frame, Ticket } from './frame';
import { Failure } from './failure';
import { History, type RecordedEvent } from './history';
import type { MachineProgram } from './program';
import { randomFromSeed, randomFromState, type SeededRandom } from './random';
import { runBranch } from './run-branch';
import type { End, Scheduler } from './scheduler';
import type { Answer, TaskCall, UnscheduledCall } from './task-call';

/** A state machine as an execution sees it. */
export interface Machine {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly program: MachineProgram;
}

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
  readonly startMs: number;
  /** Virtual time of the cut. */
  readonly epochMs: number;
  readonly random: readonly [number, number, number, number];
  readonly ticketCounter: number;
  readonly deadlineTicket: Ticket;
  readonly frame: Frame;
  readonly events: readonly RecordedEvent[];
  /** The execution had ended. */
  readonly ending: Ending | undefined;
}

/** What an execution asks of the world around it. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly region: string;
  readonly perform: (call: TaskCall) => Answer;
  /** What is wrong with a task's parameters before it is scheduled, in AWS's words; empty: nothing. */
  readonly problems: (call: UnscheduledCall) => readonly string[];
  /** Called after every event. */
  readonly onEvent: ((execution: Execution, id: number) => void) | undefined;
}

/** One execution under way. It owns its history, its randomness and the frame of its top level. */
export class Execution {
  readonly history: History;
  readonly random: SeededRandom;
  /** The Context Object's parts that do not change. */
  readonly context: JsonObject;
  readonly startMs: number;
  private readonly frame: Frame;
  private readonly deadlineTicket: Ticket;
  private stop: (() => void)[] = [];
  private ending: Ending | undefined;

  private constructor(
    private readonly world: Surroundings,
    readonly machine: Machine,
    readonly name: string,
    readonly arn: string,
    readonly input: Json,
    private readonly settle: (end: { ending: Ending } | { thrown: unknown }) => void,
    snapshot: Snapshot | undefined,
    seed: string,
  ) {
    const onEvent = world.onEvent === undefined ? undefined : (id: number): void => world.onEvent?.(this, id);
    this.startMs = snapshot?.startMs ?? world.scheduler.epochMs;
    this.history = new History(onEvent, snapshot?.events);
    this.random = snapshot === undefined ? randomFromSeed(`${seed}/${arn}`) : randomFromState(snapshot.random);
    this.context = {
      Execution: {
        Id: arn,
        Input: input,
        StartTime: new Date(this.startMs).toISOString(),
        Name: name,
        RoleArn: machine.roleArn,
        RedriveCount: 0,
      },
      StateMachine: { Id: machine.arn, Name: machine.name },
    };
    this.frame = snapshot?.frame ?? newFrame(machine.program.startAt, input, 0, {}, undefined);
    this.deadlineTicket = snapshot?.deadlineTicket ?? { ticket: 0, dueMs: 0, parked: 'ready' };
  }

  /** Starts an execution; `settle` hears of its end. */
  static start(
    world: Surroundings,
    machine: Machine,
    name: string,
    arn: string,
    input: Json,
    seed: string,
    settle: (end: { ending: Ending } | { thrown: unknown }) => void,
  ): Execution {
    const execution = new Execution(world, machine, name, arn, input, settle, undefined, seed);
    execution.history.add('ExecutionStarted', 0, execution.epochMs, { input, roleArn: machine.roleArn });
    execution.go(false);
    return execution;
  }

  /** Goes on with an execution that was cut. */
  static resume(
    world: Surroundings,
    machine: Machine,
    snapshot: Snapshot,
    settle: (end: { ending: Ending } | { thrown: unknown }) => void,
  ): Execution {
    const { name, arn, input } = snapshot;
    const execution = new Execution(world, machine, name, arn, input, settle, snapshot, '');
    world.scheduler.ticketCounter = snapshot.ticketCounter;
    if (snapshot.ending === undefined) execution.go(true);
    else execution.finish({ ending: snapshot.ending });
    return execution;
  }

  get epochMs(): number {
    return this.world.scheduler.epochMs;
  }

  get region(): string {
    return this.world.region;
  }

  perform(call: TaskCall): Answer {
    return this.world.perform(call);
  }

  /** Refuses parameters with which AWS could not start the task. */
  check(call: UnscheduledCall): void {
    const problems = this.world.problems(call);
    if (problems.length === 0) return;
    throw new EvaluationError(
      'States.Runtime',
      `The Parameters '${renderJson(call.parameters)}' could not be used to start the Task: [${problems.join(', ')}]`,
    );
  }

  canRetry(state: string): boolean {
    return this.machine.program.retriable.has(state);
  }

  newToken(): string {
    return Buffer.from(`${this.arn}/${this.random.uuid()}`).toString('base64');
  }

  /** StopExecution. Nothing happens if the execution has ended. */
  abort(error: string | undefined, cause: string | undefined): void {
    if (this.ending !== undefined) return;
    this.end({ status: 'ABORTED', error, cause });
  }

  /** What it takes to go on from here. Rendering it as text takes a copy; the frame itself goes on changing. */
  snapshot(): Snapshot {
    const { arn, name, input, startMs, epochMs, deadlineTicket, frame } = this;
    return {
      arn,
      name,
      input,
      startMs,
      epochMs,
      random: this.random.state,
      ticketCounter: this.world.scheduler.ticketCounter,
      deadlineTicket,
      frame,
      events: this.history.recorded,
      ending: this.ending,
    };
  }

  private go(reloaded: boolean): void {
    const { scheduler } = this.world;
    const { program } = this.machine;
    if (program.timeoutSeconds !== undefined) {
      const timer = scheduler.at(this.startMs + program.timeoutSeconds * 1000, this.deadlineTicket, () =>
        this.end({ status: 'TIMED_OUT', error: 'States.Timeout', cause: undefined }),
      );
      this.stop.push(() => timer.cancel());
    }
    const branch = newBranch(this, program, this.frame, false);
    const settle = (end: End): void => ('thrown' in end ? this.finish(end) : this.end(end.value as Ending));
    const routine = endingOf(branch);
    const { frame } = this;
    const joins = frame.step.at === 'branches' && frame.step.failedIndex === undefined;
    const strand = reloaded
      ? scheduler.respawn({ routine: routine as Routine<never>, ticket: frame, joins }, settle)
      : scheduler.spawn(routine, frame, settle);
    this.stop.push(() => strand.cancel());
  }

  /** Writes the last event and settles. What stops an execution from outside points to nothing (recorded for Aborted). */
  private end(ending: Ending): void {
    const { frame, history, epochMs } = this;
    this.ending = ending;
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
    this.finish({ ending });
  }

  private finish(end: { ending: Ending } | { thrown: unknown }): void {
    const { stop } = this;
    this.stop = [];
    for (const cancel of stop) cancel();
    this.settle(end);
  }
}

function* endingOf(branch: Branch): Routine<Ending> {
  try {
    return { status: 'SUCCEEDED', output: yield* runBranch(branch) };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { status: 'FAILED', error: thrown.error, cause: thrown.cause };
  }
}
