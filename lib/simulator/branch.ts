import type { RandomSource, Scope } from '../expressions/scope';
import type { Json, JsonObject } from '../json/json';
import { boundOf } from '../json/fits';
import { MAX_DEPTH } from '../json/limits';
import { leastBytesOf, nestsDeeper } from '../json/nests-deeper';
import { sizeBytes } from '../json/size-bytes';
import type { StateOutcome } from './data-flow/data-flow';
import type { Execution } from './execution';
import { dataLimitExceeded } from './failure';
import { ENTER, ENTERED, type Frame, type Step } from './frame';
import type { EventDetails } from './history';
import type { HistoryEventType } from './history-event';
import { MAX_PAYLOAD_BYTES } from './limits';
import { type CompiledState, type ExitableState, knowsRetry, type Program } from './program';
import { renderTimestamp } from './render-timestamp';
import { SimulatorError } from './simulator-error';
import { withVariables } from './variables';

/** A branch under way: its frame, and what its expressions read. The top level of an execution is a branch too. */
export interface Branch {
  readonly execution: Execution;
  readonly program: Program;
  readonly frame: Frame;
  readonly scope: BranchScope;
  /** Inside a Parallel or a Map. */
  readonly nested: boolean;
}

/** The scope of a branch: one object for all its expressions; what `$` means changes from step to step. */
export class BranchScope implements Scope {
  input: Json = null;
  /** The state's raw input and the last value made from it, and upper bounds of their sizes, as far as they are known. */
  private entered: Json;
  private made: Json | undefined;
  private madeBytes = Infinity;
  private lastContext: JsonObject = {};
  /** How many states have been left with another output than their input. */
  changes = 0;
  private contextStep: Step | undefined;
  private contextEventId = 0;
  private contextRetryCount = 0;

  constructor(
    private readonly execution: Execution,
    private readonly frame: Frame,
    /** Upper bound of the size of the frame's input. Infinity: nobody has measured it. */
    private enteredBytes: number,
  ) {
    this.entered = frame.input;
  }

  get variables(): JsonObject {
    return this.frame.variables;
  }

  get random(): RandomSource {
    return this.execution.random;
  }

  /** What is known of a value's size, from how it was made: an upper bound. Infinity: nothing. */
  knownBound(value: Json): number {
    return value === this.entered ? this.enteredBytes : value === this.made ? this.madeBytes : Infinity;
  }

  /** Remembers an upper bound of the size of a value, until the next one is made. */
  remember(value: Json, bound: number): void {
    this.made = value;
    this.madeBytes = bound;
  }

  /** The same of the next state's raw input. */
  carryOver(value: Json, bound: number): void {
    this.entered = value;
    this.enteredBytes = bound;
  }

  context(): JsonObject {
    const { execution, frame } = this;
    const { step, item } = frame;
    // All that changes in a branch's Context Object changes with one of these.
    if (step === this.contextStep && frame.enteredEventId === this.contextEventId && frame.retryCount === this.contextRetryCount)
      return this.lastContext;
    this.contextStep = step;
    this.contextEventId = frame.enteredEventId;
    this.contextRetryCount = frame.retryCount;
    const state: Record<string, Json> = { Name: frame.state, EnteredTime: renderTimestamp(frame.enteredMs) };
    const type = execution.typeOf(frame.state);
    if (type !== 'Pass' && type !== 'Task') execution.assume('retry-count-in-context');
    if (knowsRetry(type)) state['RetryCount'] = frame.retryCount;
    const { Execution, StateMachine } = execution.context;
    const context: Record<string, Json> = { Execution, StateMachine, State: state };
    if ('attempt' in step && step.attempt.token !== undefined) context['Task'] = { Token: step.attempt.token };
    if (item !== undefined) context['Map'] = { Item: item };
    return (this.lastContext = context);
  }
}

/** A branch that goes on from a frame. */
export const newBranch = (execution: Execution, program: Program, frame: Frame, nested: boolean): Branch => ({
  execution,
  program,
  frame,
  // An execution's input was measured at the door; what a branch gets, only if the state around it made it anew.
  scope: new BranchScope(execution, frame, nested ? Infinity : MAX_PAYLOAD_BYTES),
  nested,
});

/** A frame at the door of its first state. */
export const newFrame = (
  startAt: string,
  input: Json,
  previousEventId: number,
  variables: JsonObject,
  item: JsonObject | undefined,
): Frame => ({
  ticket: 0,
  parked: 'ready',
  state: startAt,
  input,
  variables,
  step: ENTER,
  previousEventId,
  lastPreviousEventId: previousEventId,
  enteredEventId: 0,
  enteredMs: 0,
  retries: undefined,
  retryCount: 0,
  item,
});

/** Adds an event to the branch's chain; the frame takes `step` first. (F1) */
export function record(branch: Branch, step: Step, type: HistoryEventType, details: EventDetails | undefined): void {
  const { frame, execution } = branch;
  const { previousEventId } = frame;
  const id = execution.nextEventId();
  frame.step = step;
  frame.previousEventId = id;
  frame.lastPreviousEventId = previousEventId;
  execution.history.add(type, previousEventId, execution.epochMs, details);
}

/** Adds an event that the next one of the branch does not point to. */
export function recordAside(branch: Branch, step: Step, type: HistoryEventType, details: EventDetails | undefined): void {
  const { frame, execution } = branch;
  execution.nextEventId();
  frame.step = step;
  execution.history.add(type, frame.previousEventId, execution.epochMs, details);
}

/** Writes `…StateEntered`. */
export function enter(branch: Branch, state: CompiledState): void {
  const { frame, execution } = branch;
  frame.enteredEventId = execution.history.lastId + 1;
  frame.enteredMs = execution.epochMs;
  record(branch, ENTERED, state.entered, { name: state.name, input: frame.input });
}

/** Writes `…StateExited` and puts the frame at the door of the next state, or at the end of the branch. */
export function exit(branch: Branch, state: ExitableState, { output, assigned }: StateOutcome, next: string | undefined): void {
  const { frame, execution, scope } = branch;
  const bytes = sizeOrBound(scope, output);
  if (bytes > MAX_PAYLOAD_BYTES) {
    execution.assume('output-over-limit-not-caught');
    throw dataLimitExceeded(state.name);
  }
  // Every fourth change is soon enough: what is put into itself goes on through all that follow, and one state adds 1,000 levels at the most.
  if (output !== frame.input && (scope.changes++ & 3) === 0 && bytes >= DEEP_BYTES)
    refuseDeep(output, `The output of "${state.name}"`);
  if (assigned !== undefined) for (const value of Object.values(assigned)) refuseDeep(value, `What "${state.name}" assigns`);
  scope.carryOver(output, bytes);
  if (assigned !== undefined) frame.variables = withVariables(frame.variables, assigned, state.name);
  let step: Step;
  if (next === undefined) step = { at: 'done', output };
  else {
    step = ENTER;
    frame.state = next;
    frame.input = output;
    frame.retries = undefined;
    frame.retryCount = 0;
  }
  record(branch, step, state.exited, { name: state.name, output, assignedVariables: assigned });
}

/** What is shorter cannot nest too deep. */
const DEEP_BYTES = leastBytesOf(MAX_DEPTH);

/** What AWS makes of it nobody has said: its reader stops there, as the door for inputs and answers does. */
function refuseDeep(json: Json, what: string): void {
  if (nestsDeeper(json, MAX_DEPTH))
    throw new SimulatorError(
      `${what} nests deeper than ${MAX_DEPTH} levels, at which Step Functions stops reading JSON. Where a loop puts its data into its data, keep a list instead.`,
    );
}

/**
 * Within the payload limit: an upper bound of the value's size. Beyond: the size. How a value was made mostly says that it cannot be too
 * long; to look at all of it would cost a state more than all else.
 */
export function sizeOrBound(scope: BranchScope, value: Json): number {
  const known = scope.knownBound(value);
  if (known <= MAX_PAYLOAD_BYTES) return known;
  const seen = boundOf(value);
  return seen <= MAX_PAYLOAD_BYTES ? seen : sizeBytes(value);
}
