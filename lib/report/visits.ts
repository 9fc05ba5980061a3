import type { StateType } from '../asl/types';
import type { HistoryEvent, HistoryEventType } from '../simulator/history-event';

/**
 * How a visit ended. `caught`: failed, and a Catcher took over. `aborted`: stopped because a sibling or the execution failed, was
 * stopped or timed out. `running`: the events end before it does.
 */
export type VisitOutcome = 'succeeded' | 'caught' | 'failed' | 'aborted' | 'running';

/** One stay in one state, retries included: from its `…StateEntered` event to its `…StateExited`, or to what cut it short. */
export interface Visit {
  readonly state: string;
  readonly type: StateType;
  /** The iterations and branches around it, outermost first; empty at the top level. */
  readonly path: readonly StatePathStep[];
  /** The id of its `…StateEntered` event; tells visits of the same state apart. */
  readonly enteredEventId: number;
  /** Milliseconds since the execution started, as all times here. */
  readonly enteredAtMs: number;
  readonly exitedAtMs?: number;
  /** One per scheduled call of a Task, one per start of a Parallel or Map; none for the other types, nor if it failed before. */
  readonly attempts: readonly Attempt[];
  readonly outcome: VisitOutcome;
  /** The error that made it `failed` or `caught`. Undefined where no event tells: a Fail state whose error was caught further out. */
  readonly error?: string;
  readonly cause?: string;
  /** The state entered from here, if any was. */
  readonly next?: string;
}

/** One try of a Task, Parallel or Map. */
export interface Attempt {
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  readonly outcome: 'succeeded' | 'failed' | 'timedOut' | 'aborted' | 'running';
  readonly error?: string;
  readonly cause?: string;
  /** Map only: how many items it iterates over. */
  readonly length?: number;
}

/** Where a nested visit happened: in the iteration or branch `index` of a visit of the Map or Parallel state `state`. */
export interface StatePathStep {
  readonly state: string;
  readonly type: 'Map' | 'Parallel';
  /** Which try of the Map or Parallel, from 0. */
  readonly attempt: number;
  /** From 0. A Map's iteration by its index; a Parallel's branches in the order in which they began, for events do not number them. */
  readonly index: number;
  /** `enteredEventId` of the Map's or Parallel's visit. */
  readonly enteredEventId: number;
}

/**
 * Reads the events of one execution, in the order of their ids, into its visits, in the order of entry.
 *
 * Most events do not name their state. They are followed along `previousEventId`, which stays within a branch or iteration:
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 * An event whose predecessor is missing from `events` begins at the top level.
 */
export function visitsOf(events: readonly HistoryEvent[]): readonly Visit[] {
  const startMs = events[0]?.timestamp.getTime() ?? 0;
  const drafts: Draft[] = [];
  const open = new Set<Draft>();
  const spots = new Map<number, Spot>();
  const timesMs = new Map<number, number>();

  for (const event of events) {
    const atMs = event.timestamp.getTime() - startMs;
    const from = spots.get(event.previousEventId) ?? TOP;
    spots.set(event.id, follow(event, from, atMs));
    timesMs.set(event.id, atMs);
  }
  return drafts.map(finished);

  function follow(event: HistoryEvent, from: Spot, atMs: number): Spot {
    const meaning = MEANINGS[event.type] as Meaning | undefined;
    switch (meaning) {
      case 'entered':
        return { visit: enter(event, from, atMs), exited: false };
      case 'exited':
        return { visit: exit(event, from, atMs), exited: true };
      case 'scheduled':
        from.visit?.attempts.push({ startedAtMs: atMs, outcome: 'running' });
        return from;
      case 'succeeded':
      case 'failed':
      case 'timedOut':
        settle(from.visit, meaning, atMs, errorOf(event));
        return from;
      case 'containerStarted':
        return { visit: start(event, from, atMs), exited: false };
      case 'containerSucceeded': {
        const container = unsettledContainer(event, from);
        settle(container, 'succeeded', atMs, {});
        return container === undefined ? from : { visit: container, exited: false };
      }
      case 'containerFailed': {
        const container = unsettledContainer(event, from);
        failContainer(container, from.visit, atMs);
        return container === undefined ? from : { visit: container, exited: false };
      }
      case 'iterationStarted':
        return { visit: mapOf(event, from), exited: false, iteration: event.mapIterationStartedEventDetails?.index };
      case 'iterationEnded':
        return { visit: mapOf(event, from), exited: false };
      case 'evaluationFailed':
        return { visit: failEvaluation(event, atMs) ?? from.visit, exited: false };
      case 'executionFailed':
        failExecution(event, from.visit, atMs);
        return from;
      case 'executionStopped':
        for (const draft of open) end(draft, 'aborted', atMs);
        return from;
      case 'passing':
      case undefined: // a type that this version does not know, in a history from AWS
        return from;
    }
  }

  function enter(event: HistoryEvent, from: Spot, atMs: number): Draft {
    const type = event.type.replace('StateEntered', '') as StateType;
    const around = aroundNext(from);
    const draft: Draft = {
      state: event.stateEnteredEventDetails?.name ?? '',
      type,
      path: around.path,
      container: around.container,
      enteredEventId: event.id,
      enteredAtMs: atMs,
      attempts: [],
      outcome: 'running',
      branches: 0,
    };
    if (from.exited && from.visit !== undefined) from.visit.next = draft.state;
    drafts.push(draft);
    open.add(draft);
    if (type === 'Fail') end(draft, 'failed', atMs); // there is no FailStateExited
    return draft;
  }

  /** The path of a state entered from `from`. */
  function aroundNext(from: Spot): Pick<Draft, 'path' | 'container'> {
    const visit = from.visit;
    if (visit === undefined) return { path: [], container: undefined };
    const inside = from.iteration !== undefined || (!from.exited && visit.type === 'Parallel');
    if (!inside) return visit;
    const step: StatePathStep = {
      state: visit.state,
      type: from.iteration === undefined ? 'Parallel' : 'Map',
      attempt: visit.attempts.length - 1,
      index: from.iteration ?? visit.branches++,
      enteredEventId: visit.enteredEventId,
    };
    return { path: [...visit.path, step], container: visit };
  }

  function exit(event: HistoryEvent, from: Spot, atMs: number): Draft | undefined {
    // The exit of a Map or Parallel follows the last event inside it.
    const name = event.stateExitedEventDetails?.name;
    const visit = nearest(from.visit, (draft) => draft.state === name && open.has(draft));
    if (visit === undefined) return from.visit;
    const last = visit.attempts.at(-1);
    const caught = last?.outcome === 'failed' || last?.outcome === 'timedOut';
    if (caught) Object.assign(visit, reasonOf(last));
    end(visit, caught ? 'caught' : 'succeeded', atMs);
    return visit;
  }

  function start(event: HistoryEvent, from: Spot, atMs: number): Draft | undefined {
    const container = unsettledContainer(event, from);
    if (container === undefined) return from.visit;
    if (container.attempts.length > 0) {
      // A retry: no …StateFailed between the tries, so the last one ended with the event that this one follows.
      failContainer(container, from.visit, timesMs.get(event.previousEventId) ?? atMs);
    }
    const length = event.mapStateStartedEventDetails?.length;
    container.attempts.push({ startedAtMs: atMs, outcome: 'running', ...(length === undefined ? {} : { length }) });
    container.branches = 0;
    return container;
  }

  /** The innermost Map or Parallel around `from` that has neither succeeded nor failed: `from` may be far inside it. */
  function unsettledContainer(event: HistoryEvent, from: Spot): Draft | undefined {
    const type = event.type.startsWith('Map') ? 'Map' : 'Parallel';
    return nearest(from.visit, (draft) => {
      const last = draft.attempts.at(-1);
      return draft.type === type && open.has(draft) && (last === undefined || last.outcome === 'running');
    });
  }

  function mapOf(event: HistoryEvent, from: Spot): Draft | undefined {
    const name = iterationOf(event)?.name;
    return nearest(from.visit, (draft) => draft.type === 'Map' && draft.state === name && open.has(draft)) ?? from.visit;
  }

  /** Ends what runs inside the container: failed on the way to where the failure happened, aborted beside it. */
  function failContainer(container: Draft | undefined, failing: Draft | undefined, atMs: number): void {
    if (container === undefined) return;
    for (let draft = failing; draft !== undefined && draft !== container; draft = draft.container) {
      if (!open.has(draft)) continue;
      const own = draft.attempts.at(-1);
      Object.assign(draft, own?.outcome === 'failed' || own?.outcome === 'timedOut' ? reasonOf(own) : reasonOf(failing));
      end(draft, 'failed', atMs);
    }
    for (const draft of open) {
      if (nearest(draft.container, (around) => around === container) !== undefined) end(draft, 'aborted', atMs);
    }
    if (failing !== container) container.failing = failing;
    settle(container, 'failed', atMs, failing?.outcome === 'failed' ? reasonOf(failing) : {});
  }

  /** The event points past the visit it belongs to, but names its state. */
  function failEvaluation(event: HistoryEvent, atMs: number): Draft | undefined {
    const { state } = event.evaluationFailedEventDetails ?? {};
    const visit = [...open].findLast((draft) => draft.state === state);
    const reason = reasonOf(event.evaluationFailedEventDetails);
    if (visit === undefined) return undefined;
    if (visit.attempts.at(-1)?.outcome === 'running') settle(visit, 'failed', atMs, reason);
    else visit.attempts.push({ startedAtMs: atMs, endedAtMs: atMs, outcome: 'failed', ...reason });
    return visit;
  }

  function failExecution(event: HistoryEvent, failing: Draft | undefined, atMs: number): void {
    const reason = errorOf(event);
    for (let draft = failing; draft !== undefined; draft = draft.container) {
      if (!open.has(draft)) continue;
      Object.assign(draft, reason);
      end(draft, 'failed', atMs);
    }
    // A Fail state's error stands in no event of its own.
    for (let draft = failing; draft !== undefined; draft = draft.failing) {
      const last = draft.attempts.at(-1);
      if (last?.outcome === 'failed' && last.error === undefined) Object.assign(last, reason);
      if (draft.outcome === 'failed' && draft.error === undefined) Object.assign(draft, reason);
    }
    for (const draft of open) end(draft, 'aborted', atMs);
  }

  function end(draft: Draft, outcome: VisitOutcome, atMs: number): void {
    draft.outcome = outcome;
    draft.exitedAtMs = Math.max(atMs, draft.enteredAtMs); // a branch may go on a little after its sibling failed
    open.delete(draft);
    const last = draft.attempts.at(-1);
    if (last?.outcome !== 'running') return;
    last.outcome = outcome === 'failed' ? 'failed' : 'aborted';
    last.endedAtMs = Math.max(atMs, last.startedAtMs);
    if (outcome === 'failed') Object.assign(last, reasonOf(draft));
  }
}

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

interface Draft extends Writable<Omit<Visit, 'attempts'>> {
  readonly attempts: Writable<Attempt>[];
  readonly container: Draft | undefined;
  /** The visit inside a Map or Parallel that made it fail. */
  failing?: Draft;
  /** Branches begun in the present attempt. */
  branches: number;
}

/** Where an event stands: in a visit, after its exit, or at the beginning of an iteration. */
interface Spot {
  readonly visit: Draft | undefined;
  readonly exited: boolean;
  readonly iteration?: number;
}

const TOP: Spot = { visit: undefined, exited: false };

function nearest(from: Draft | undefined, test: (draft: Draft) => boolean): Draft | undefined {
  let draft = from;
  while (draft !== undefined && !test(draft)) draft = draft.container;
  return draft;
}

function settle(draft: Draft | undefined, outcome: Attempt['outcome'], atMs: number, reason: Reason): void {
  const last = draft?.attempts.at(-1);
  if (last === undefined || last.outcome !== 'running') return;
  Object.assign(last, { outcome, endedAtMs: atMs }, reason);
}

function finished(draft: Draft): Visit {
  const { container: _container, failing: _failing, branches: _branches, ...visit } = draft;
  return visit;
}

interface Reason {
  readonly error?: string;
  readonly cause?: string;
}

function errorOf(event: HistoryEvent): Reason {
  const details =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails ??
    event.executionFailedEventDetails;
  return reasonOf(details);
}

function reasonOf(failed: Reason | undefined): Reason {
  return {
    ...(failed?.error === undefined ? {} : { error: failed.error }),
    ...(failed?.cause === undefined ? {} : { cause: failed.cause }),
  };
}

function iterationOf(event: HistoryEvent): { readonly name: string; readonly index: number } | undefined {
  return (
    event.mapIterationStartedEventDetails ??
    event.mapIterationSucceededEventDetails ??
    event.mapIterationFailedEventDetails ??
    event.mapIterationAbortedEventDetails
  );
}

type Meaning =
  | 'entered'
  | 'exited'
  | 'scheduled'
  | 'succeeded'
  | 'failed'
  | 'timedOut'
  | 'containerStarted'
  | 'containerSucceeded'
  | 'containerFailed'
  | 'iterationStarted'
  | 'iterationEnded'
  | 'executionFailed'
  | 'evaluationFailed'
  | 'executionStopped'
  | 'passing';

const MEANINGS: Readonly<Record<HistoryEventType, Meaning>> = {
  ExecutionStarted: 'passing',
  ExecutionRedriven: 'passing',
  ExecutionSucceeded: 'passing',
  ExecutionFailed: 'executionFailed',
  ExecutionTimedOut: 'executionStopped',
  ExecutionAborted: 'executionStopped',
  EvaluationFailed: 'evaluationFailed',
  PassStateEntered: 'entered',
  PassStateExited: 'exited',
  TaskStateEntered: 'entered',
  TaskStateExited: 'exited',
  // The …Aborted events follow the failing event of another branch and do not say whom they are about: what is open when the
  // Map, Parallel or execution ends was aborted.
  TaskStateAborted: 'passing',
  ChoiceStateEntered: 'entered',
  ChoiceStateExited: 'exited',
  WaitStateEntered: 'entered',
  WaitStateExited: 'exited',
  WaitStateAborted: 'passing',
  SucceedStateEntered: 'entered',
  SucceedStateExited: 'exited',
  FailStateEntered: 'entered',
  ParallelStateEntered: 'entered',
  ParallelStateStarted: 'containerStarted',
  ParallelStateSucceeded: 'containerSucceeded',
  ParallelStateFailed: 'containerFailed',
  ParallelStateAborted: 'passing',
  ParallelStateExited: 'exited',
  MapStateEntered: 'entered',
  MapStateStarted: 'containerStarted',
  MapStateSucceeded: 'containerSucceeded',
  MapStateFailed: 'containerFailed',
  MapStateAborted: 'passing',
  MapStateExited: 'exited',
  MapRunStarted: 'passing',
  MapRunSucceeded: 'passing',
  // MapStateFailed follows.
  MapRunFailed: 'passing',
  MapRunAborted: 'passing',
  MapRunRedriven: 'passing',
  MapIterationStarted: 'iterationStarted',
  MapIterationSucceeded: 'iterationEnded',
  MapIterationFailed: 'passing',
  MapIterationAborted: 'passing',
  TaskScheduled: 'scheduled',
  TaskStarted: 'passing',
  TaskSubmitted: 'passing',
  TaskSucceeded: 'succeeded',
  TaskFailed: 'failed',
  TaskTimedOut: 'timedOut',
  LambdaFunctionScheduled: 'scheduled',
  LambdaFunctionStarted: 'passing',
  LambdaFunctionSucceeded: 'succeeded',
  LambdaFunctionFailed: 'failed',
  LambdaFunctionTimedOut: 'timedOut',
  ActivityScheduled: 'scheduled',
  ActivityStarted: 'passing',
  ActivitySucceeded: 'succeeded',
  ActivityFailed: 'failed',
  ActivityTimedOut: 'timedOut',
};
