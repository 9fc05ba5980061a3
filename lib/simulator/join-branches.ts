import type { Json, JsonObject } from '../json/json';
import { type Branch, newBranch, record, recordAside } from './branch';
import { callOffJobs } from './call-off-jobs';
import type { BranchStart, Effect, Heard, Routine } from './effects';
import { Failure, isFatal } from './failure';
import { type Branching, type BranchFrame, ENTER, failedStep, type FailureData, isJoining } from './frame';
import type { HistoryEventType } from './history-event';
import type { Program } from './program';
import { runBranch } from './run-branch';
import { tryFailure } from './try-failure';

/** What differs between the branches of a Parallel and the iterations of a Map. */
export interface Branches {
  readonly count: number;
  readonly program: (index: number) => Program;
  /** Input of the branch's first state; may throw an `EvaluationError`. */
  readonly input: (branch: Branch, index: number) => Json;
  /** `$$.Map.Item` in the iteration. */
  readonly item: (index: number) => JsonObject | undefined;
  /** Name of the Map, whose iterations have events of their own. */
  readonly iterationsOf: string | undefined;
}

/**
 * Joins the branches of a state at the step `branches`: the effect to wait for, or undefined when all have reached their ends and
 * the frame's step holds their outputs in order. Throws the first failure, with the other branches aborted and recorded as such.
 * @param succeeded the event of the state's success
 */
export function joinBranches(
  branch: Branch,
  branching: Branching,
  branches: Branches,
  heard: Heard | undefined,
  succeeded: HistoryEventType,
): Effect | undefined {
  const { frame } = branch;
  if (branching.failedIndex === undefined) {
    if (heard === undefined) return { kind: 'join', branches: starts(branch, branching, branches), limit: branching.limit };
    const result = branching.frames.map(({ step }) => (step.at === 'done' ? step.output : null));
    const eventId = branch.execution.history.lastId + 1;
    recordAside(branch, { at: 'succeeded', result, eventId }, succeeded, undefined);
    return undefined;
  }

  const failed = branching.frames[branching.failedIndex] as BranchFrame;
  const failure = Failure.from(failed.step as unknown as FailureData);
  frame.previousEventId = failed.previousEventId;
  for (const sibling of branching.frames) {
    const program = branches.program(sibling.index);
    dropCalls(branch, sibling, program);
    callOffJobs(branch.execution, sibling, program);
  }
  // A runtime error ends the execution on the spot: nothing else is recorded.
  if (!isFatal(failure)) {
    // A Parallel closes the branch that failed first (recorded), a Map last (measured: github.com/floci-io/floci, AslExecutorParallelCutTest).
    if (branches.iterationsOf === undefined) closeFailed(branch, failed, branches);
    for (const sibling of branching.frames) if (sibling !== failed) closeAborted(branch, sibling, branches);
    if (branches.iterationsOf !== undefined) closeFailed(branch, failed, branches);
  }
  throw failure;
}

function* starts(parent: Branch, branching: Branching, branches: Branches): Generator<BranchStart> {
  const { frames } = branching;
  const { execution } = parent;
  const start = (frame: BranchFrame): BranchStart => {
    const branch = newBranch(execution, branches.program(frame.index), frame, true);
    return {
      routine: runNested(parent, branching, branch, frame, branches),
      ticket: frame,
      joins: isJoining(frame),
    };
  };
  for (const frame of frames) if (frame.closed !== 'closed') yield start(frame);
  while (frames.length < branches.count) {
    const index = frames.length;
    const frame = newBranchFrame(parent, branching, branches, index);
    frames.push(frame);
    yield start(frame);
  }
}

/** A branch that has not begun. All fields in one literal: what is added to an object later costs more than making it. */
const newBranchFrame = (parent: Branch, { nextPreviousEventId }: Branching, branches: Branches, index: number): BranchFrame => ({
  ticket: 0,
  parked: 'ready',
  state: branches.program(index).startAt,
  input: null,
  variables: parent.frame.variables,
  step: ENTER,
  previousEventId: nextPreviousEventId,
  lastPreviousEventId: nextPreviousEventId,
  enteredEventId: 0,
  enteredMs: 0,
  retries: undefined,
  retryCount: 0,
  item: branches.item(index),
  index,
  started: false,
  closed: 'open',
});

function* runNested(
  parent: Branch,
  branching: Branching,
  branch: Branch,
  frame: BranchFrame,
  branches: Branches,
): Routine<boolean> {
  const { iterationsOf } = branches;
  const details = { name: iterationsOf, index: frame.index };
  const fail = (failure: FailureData): Branching => {
    frame.step = failedStep('branchFailed', failure, frame.step);
    branching.failedIndex = frame.index;
    return branching;
  };
  try {
    if (!frame.started) {
      try {
        frame.input = branches.input(parent, frame.index);
      } catch (thrown) {
        throw tryFailure(thrown, parent, fail) ?? thrown;
      }
      frame.started = true;
      if (iterationsOf !== undefined) record(branch, frame.step, 'MapIterationStarted', details);
    }
    yield* runBranch(branch);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    fail(thrown);
    return false;
  }
  frame.closed = 'closed';
  if (iterationsOf === undefined) parent.frame.previousEventId = frame.previousEventId;
  else {
    // The next iteration follows the last event inside this one; the Map's end follows MapIterationSucceeded.
    branching.nextPreviousEventId = frame.previousEventId;
    parent.frame.previousEventId = branch.execution.history.lastId + 1;
    record(branch, frame.step, 'MapIterationSucceeded', details);
  }
  return true;
}

const ABORTED: Readonly<Record<string, HistoryEventType>> = {
  Task: 'TaskStateAborted',
  Wait: 'WaitStateAborted',
  Parallel: 'ParallelStateAborted',
  Map: 'MapStateAborted',
};

/** Writes how the branch ends that has failed: a Task is aborted, an iteration has failed. */
function closeFailed(parent: Branch, frame: BranchFrame, branches: Branches): void {
  const { step } = parent.frame;
  if (frame.closed === 'open') {
    frame.closed = 'halfClosed';
    const program = branches.program(frame.index);
    abortNested(parent, frame, program);
    const aborted = openStateAborted(frame, program, true);
    if (aborted !== undefined && branches.iterationsOf !== undefined) parent.execution.assume('map-task-aborted');
    if (aborted !== undefined) recordAside(parent, step, aborted, undefined);
  }
  if (frame.closed === 'closed') return;
  frame.closed = 'closed';
  if (branches.iterationsOf !== undefined && frame.started)
    recordAside(parent, step, 'MapIterationFailed', { name: branches.iterationsOf, index: frame.index });
}

/** Writes how a branch ends that is cut off: its iteration is aborted, then the state in which it stands. */
function closeAborted(parent: Branch, frame: BranchFrame, branches: Branches): void {
  const { step } = parent.frame;
  if (frame.closed === 'open') {
    frame.closed = 'halfClosed';
    if (branches.iterationsOf !== undefined && frame.started)
      recordAside(parent, step, 'MapIterationAborted', { name: branches.iterationsOf, index: frame.index });
  }
  if (frame.closed === 'closed') return;
  const program = branches.program(frame.index);
  abortNested(parent, frame, program);
  frame.closed = 'closed';
  const aborted = openStateAborted(frame, program, false);
  if (aborted !== undefined) recordAside(parent, step, aborted, undefined);
}

/**
 * Gives up the calls that are still open in an aborted branch. The scheduler has done so already, unless the execution was cut
 * between the failure and the end of the branches: then nobody makes those calls again.
 */
function dropCalls(parent: Branch, frame: BranchFrame, program: Program): void {
  const state = program.states.get(frame.state);
  if (frame.parked === 'call' && state?.what !== undefined) {
    parent.execution.drop(state.what);
    frame.parked = 'ready';
  }
  const { step } = frame;
  if (step.at !== 'branches' || state?.nested === undefined) return;
  for (const inner of step.frames) dropCalls(parent, inner, state.nested.program(inner.index));
}

/** The branches of a Parallel or a Map that is open in an aborted branch. */
function abortNested(parent: Branch, frame: BranchFrame, program: Program): void {
  const { step } = frame;
  if (step.at !== 'branches') return;
  const nested = program.states.get(frame.state)?.nested;
  if (nested === undefined) return;
  parent.execution.assume('nested-aborts');
  const branches: Branches = {
    count: 0,
    program: nested.program,
    input: () => null,
    item: () => undefined,
    iterationsOf: nested.iterationsOf,
  };
  for (const inner of step.frames) closeAborted(parent, inner, branches);
}

/** The event of the state in which an aborted branch stands, if it has entered one. */
function openStateAborted(frame: BranchFrame, program: Program, hasFailed: boolean): HistoryEventType | undefined {
  const { at } = frame.step;
  if (!frame.started || at === 'enter' || at === 'turn' || at === 'done') return undefined;
  const type = program.states.get(frame.state)?.type;
  // A failed Parallel or Map has its own event; a failed Task has none but this (recorded for Parallel).
  if (type === undefined || (hasFailed && type !== 'Task')) return undefined;
  return ABORTED[type];
}
