import type { Json } from '../../json/json';
import { isRecorded, ItemFormatError } from '../../item-formats/item-format-error';
import type { Branch } from '../branch';
import { give, IDLE, newSignal, type Routine, type Signal, type WaitForSignal } from '../effects';
import { type Ending, type Execution, executionPrefix, type Machine, type Outcome } from '../execution';
import { Failure } from '../failure';
import type { FailureData, Ticket } from '../frame';
import { MAX_EXPRESS_STARTS_PER_SECOND, MAX_MAP_RUN_CONCURRENCY, MAX_STANDARD_STARTS_PER_SECOND } from '../limits';
import { randomFromSeed, randomFromState, type SeededRandom } from '../random';
import type { End, Owner, Strand } from '../strand';
import { tryFailure } from '../try-failure';
import { hasFullHistory } from './can-redrive';
import { type Standing, totalOf } from './counts';
import { EndedChildren } from './ended-children';
import { type ChildInput, Feed, type FeedSnapshot } from './feed';
import { type ItemPage, type ItemSource, pageOf } from './item-source';
import type {
  Child,
  ChildSnapshot,
  MapRunEnd,
  MapRunSnapshot,
  MapRunStart,
  MapRunStatus,
  SecondOfStarts,
  UnsuccessfulChild,
} from './map-run-snapshot';
import { ObjectStoreError } from './object-store';
import { openSource, readerFailed } from './open-source';
import type { MapRunPlan, MapRunSettings } from './plan';
import { collectResults, type Results } from './results';
import type { ShownChild } from './shown-map-run';
import { Tally } from './tally';
import { type Tolerance, toleranceExceeded } from './tolerance';
import { untilSettled } from './until-settled';
import { writeResults } from './write-results';

/**
 * One Map Run: reads items, makes them inputs, has a child execution work on each, and collects what those come to.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-examine-map-run.html
 *
 * (M2) Of the items only those of one page, of one batch, and those that children work on are held, and what a redrive needs of those that
 *      have not succeeded.
 */
export class MapRun implements Owner {
  readonly arn: string;
  readonly startMs: number;
  readonly endsMs: number;
  readonly tally: Tally;
  status: MapRunStatus = 'RUNNING';
  stopMs: number | undefined;
  /** undefined: it is under way. */
  end: MapRunEnd | undefined;
  redriveCount = 0;
  /** Virtual time of the last redrive. */
  redriveMs: number | undefined;
  private settings: MapRunSettings;
  private readonly execution: Execution;
  /** Of the children. */
  private readonly machine: Machine;
  private names: SeededRandom;
  private feed: Feed;
  /** While the results are told of what was not started: where the feed stood before. A redrive goes on there. */
  private pending: Pick<MapRunSnapshot, 'feed' | 'isRead'> | undefined;
  private source: ItemSource | undefined;
  private isRead = false;
  private readonly results: Results;
  private readonly children = new Set<Child>();
  private started = 0;
  private lastSequence = 0;
  private lastSecond: SecondOfStarts = { startMs: 0, children: 0 };
  private readonly endedChildren = new EndedChildren();
  /** What a redrive would run again. */
  unsuccessful: UnsuccessfulChild[] = [];
  /** Those that a redrive has yet to start, the next one last. */
  again: UnsuccessfulChild[] = [];
  /** Given when the run has ended. */
  private readonly ended: Signal;
  /** Given when there is something to do: a child has ended, or the run's settings have changed. */
  private readonly stir = newSignal();
  private ticket: Ticket = { ticket: 0, parked: 'ready' };
  private strand: Strand | undefined;
  /** Why no more children are started. */
  private halted: FailureData | 'aborted' | undefined;

  /** @param branch the branch whose state it is the run of */
  constructor(
    private readonly branch: Branch,
    private readonly plan: MapRunPlan,
    private readonly begun: MapRunStart,
    saved?: MapRunSnapshot,
  ) {
    const { execution } = branch;
    const { machine } = execution;
    const { arn, label, items } = begun;
    this.execution = execution;
    this.arn = arn;
    this.settings = begun.settings;
    this.tally = new Tally(begun.settings.batching !== undefined);
    this.startMs = begun.startMs;
    this.endsMs = execution.endsMs;
    this.names = randomFromSeed(`${execution.seed}/${arn}`);
    this.ended = newSignal(() => this.halt('aborted'));
    this.machine = {
      name: `${machine.name}/${label}`,
      arn: `${machine.arn}/${label}`,
      roleArn: machine.roleArn,
      type: plan.express ? 'EXPRESS' : 'STANDARD',
      program: plan.program,
    };
    this.feed = this.feedFrom(saved?.feed);
    const { writer } = this.settings;
    const { destination } = writer;
    this.results =
      destination === undefined
        ? collectResults(writer, plan.state, saved?.results)
        : writeResults({ ...writer, destination }, { plan, arn, execution }, saved?.results);
    if (items === undefined) return;
    this.isRead = true;
    this.count(pageOf(items));
  }

  private feedFrom(saved: FeedSnapshot | undefined): Feed {
    const { items, effectiveInput } = this.begun;
    const feed = new Feed(this.branch, this.plan, effectiveInput, this.settings.batching, saved);
    if (items === undefined) return feed;
    feed.take(pageOf(items), feed.taken);
    feed.close();
    return feed;
  }

  /** Goes on with a run that was cut. */
  static resume(branch: Branch, plan: MapRunPlan, saved: MapRunSnapshot): MapRun {
    const run = new MapRun(branch, plan, saved, saved);
    Object.assign(run.tally.items, saved.itemCounts);
    Object.assign(run.tally.executions, saved.executionCounts);
    Object.assign(run, {
      status: saved.status,
      stopMs: saved.stopMs,
      end: saved.end,
      halted: saved.halted,
      isRead: saved.isRead,
      started: saved.started,
      lastSequence: saved.lastSequence,
      lastSecond: { ...saved.lastSecond },
      unsuccessful: [...saved.unsuccessful],
      again: [...saved.again],
      redriveCount: saved.redriveCount,
      redriveMs: saved.redriveMs,
      names: randomFromState(saved.names),
      ticket: { ...saved.ticket },
    });
    if (saved.isRead) run.feed.close();
    run.goOn(saved.children);
    // It was cut in the moment in which it halted.
    if (run.halted !== undefined && run.end === undefined) run.halt(run.halted);
    // A child ended in the moment of the cut: the run's turn comes after all that have theirs.
    if (run.stir.given && run.ticket.parked === 'waitForSignal') {
      run.stir.given = false;
      run.ticket = { ticket: 0, parked: 'ready' };
    }
    if (run.end === undefined) run.strand = run.execution.respawn(run.routine() as Routine<never>, run.ticket, run);
    return run;
  }

  /** What it takes to go on from here. */
  snapshot(): MapRunSnapshot {
    const { status, stopMs, halted, isRead, started, lastSequence, ticket, end, redriveCount, redriveMs } = this;
    return {
      ...this.begun,
      settings: this.settings,
      status,
      stopMs,
      end,
      halted,
      itemCounts: this.tally.items,
      executionCounts: this.tally.executions,
      names: this.names.state,
      ticket,
      ...(this.pending ?? { feed: this.feed.snapshot(), isRead }),
      started,
      lastSequence,
      lastSecond: { ...this.lastSecond },
      results: this.results.snapshot(),
      children: [...this.children].map(({ execution, ...child }) => ({ ...child, snapshot: execution.snapshot() })),
      unsuccessful: this.unsuccessful,
      again: this.again,
      redriveCount,
      redriveMs,
    };
  }

  /** How many children may run at once; 0: as many as AWS allows. */
  get maxConcurrency(): number {
    return this.settings.maxConcurrency;
  }

  /** Within what failures are tolerated. */
  get tolerance(): Tolerance {
    return this.settings.tolerance;
  }

  /** Its children that run, and the latest that have ended, the first started first. */
  get shownChildren(): readonly ShownChild[] {
    const waiting = new Set(this.again.map(({ snapshot }) => snapshot?.arn));
    return this.endedChildren.shownWith(this.children, waiting);
  }

  /** UpdateMapRun: it counts from now on. */
  update(changes: Partial<Pick<MapRunSettings, 'maxConcurrency' | 'tolerance'>>): void {
    this.settings = { ...this.settings, ...changes };
    this.checkTolerance();
    give(this.stir);
  }

  /** What the state waits for. */
  get untilEnded(): WaitForSignal {
    return { kind: 'waitForSignal', signal: this.ended, what: this.what };
  }

  /** Starts it. */
  begin(): void {
    this.checkTolerance();
    this.strand = this.execution.spawn(this.routine(), this.ticket, this);
  }

  /** Makes it ready to begin again: what did not succeed is pending. */
  redrive(): void {
    // It may not have come to its end.
    if (this.strand !== undefined) this.execution.cancel(this.strand);
    this.redriveCount++;
    this.results.redrive(this.redriveCount);
    this.redriveMs = this.execution.epochMs;
    this.status = 'RUNNING';
    this.stopMs = this.end = this.halted = undefined;
    this.tally.forgetWritten();
    this.ticket = { ticket: 0, parked: 'ready' };
    this.again = [...this.again, ...this.unsuccessful].sort((a, b) => b.index - a.index);
    for (const { status, items } of this.unsuccessful) this.tally.move(items, STANDINGS[status], 'pending');
    this.unsuccessful = [];
  }

  settle(end: End): void {
    if ('thrown' in end) this.fault(end.thrown);
  }

  expire(): void {
    this.halt('aborted');
  }

  drop(): void {
    // A page that was to be read: nobody misses it.
  }

  private get what(): string {
    return `The Map Run of "${this.plan.state}"`;
  }

  private *routine(): Routine<void> {
    yield* this.work();
    while (this.children.size > 0) yield this.untilStirred;
    yield* this.finish();
  }

  /** Starts children until there is nothing more to start, or no more shall be. */
  private *work(): Routine<void> {
    const { reader } = this.settings;
    if (this.halted !== undefined) return;
    try {
      if (reader !== undefined && !this.isRead)
        this.source ??= openSource(this.execution.objects, reader, this.plan.state, this.feed.taken, (id) =>
          this.execution.assume(id),
        );
      for (;;) {
        const { flushed } = this.results;
        if (flushed !== undefined) yield* this.untilFlushed(flushed);
        if (this.halted !== undefined) return;
        // A child goes on as far as it can before the next one starts: of those that never wait one is there at a time.
        if (this.hasRoom && this.startChild()) yield IDLE;
        else if (!this.isRead && this.feed.isHungry && this.hasRoom) yield* this.read();
        else if (this.children.size > 0) yield this.untilStirred;
        else return;
      }
    } catch (thrown) {
      this.halt(this.failureOf(thrown));
    }
  }

  private get untilStirred(): WaitForSignal {
    return { kind: 'waitForSignal', signal: this.stir, what: this.what };
  }

  private get hasRoom(): boolean {
    const { maxConcurrency } = this.settings;
    return (
      this.children.size < (maxConcurrency === 0 ? MAX_MAP_RUN_CONCURRENCY : Math.min(maxConcurrency, MAX_MAP_RUN_CONCURRENCY))
    );
  }

  /** Waits for results to be written. */
  private untilFlushed(flushed: Promise<void>): Routine<void> {
    return untilSettled(this.execution, `The ResultWriter of "${this.plan.state}"`, () => flushed);
  }

  /** Reads a page. */
  private *read(): Routine<void> {
    const source = this.source as ItemSource;
    const { value, done } = yield* untilSettled(this.execution, `The ItemReader of "${this.plan.state}"`, () => source.next());
    if (done !== true) {
      this.count(value);
      this.feed.take(value);
      return;
    }
    this.isRead = true;
    this.feed.close();
    this.checkTolerance();
  }

  /** What comes after all that the feed has used up. */
  private count({ items: { length } }: ItemPage): void {
    this.tally.addItems(this.feed.taken + length);
  }

  /** Starts the next child. False: there is none, or none yet. */
  private startChild(): boolean {
    const unsuccessful = this.again.pop();
    if (unsuccessful !== undefined) {
      this.startAgain(unsuccessful);
      return true;
    }
    const next = this.feed.next();
    if (next === undefined) return false;
    this.tally.addBatch(this.started);
    this.start(this.started++, next);
    return true;
  }

  /** AWS starts no more in a second than its quotas say. */
  private noteStart(): void {
    const { lastSecond, execution, plan } = this;
    const { epochMs } = execution;
    if (epochMs - lastSecond.startMs >= 1000) {
      lastSecond.startMs = epochMs;
      lastSecond.children = 0;
    }
    lastSecond.children++;
    if (lastSecond.children > (plan.express ? MAX_EXPRESS_STARTS_PER_SECOND : MAX_STANDARD_STARTS_PER_SECOND))
      execution.assume('map-run-start-rate');
  }

  private start(index: number, { input, items }: ChildInput): void {
    this.noteStart();
    this.tally.move(items, 'pending', 'running');
    const name = this.names.uuid();
    const prefix = `${executionPrefix(this.machine)}${name}`;
    const arn = this.plan.express ? `${prefix}:${this.names.uuid()}` : prefix;
    const execution = this.execution.newChild(this.machine, { arn, name, input }, (outcome) => this.childEnded(child, outcome));
    const child: Child = { index, items, sequence: ++this.lastSequence, execution };
    this.children.add(child);
    this.execution.announceIdle(this.ticket);
    execution.begin();
  }

  /** Standard children go on where they failed; Express ones, of which nothing is kept, begin anew. */
  private startAgain(unsuccessful: UnsuccessfulChild): void {
    const { index, items, sequence, input, snapshot } = unsuccessful;
    if (snapshot === undefined) return this.start(index, { input, items });
    this.tally.move(items, 'pending', 'running');
    const execution = this.execution.resumeChild(this.machine, snapshot, () => undefined);
    const child: Child = { index, items, sequence, execution };
    if (hasFullHistory(unsuccessful)) return this.childEnded(child, { ending: execution.ending as Ending });
    this.endedChildren.delete(execution.arn);
    this.children.add(child);
    this.execution.announceIdle(this.ticket);
    execution.redrive((outcome) => this.childEnded(child, outcome));
  }

  /** Goes on with children that were cut. One that had ended in the moment of the cut says so when all are there. */
  private goOn(children: readonly ChildSnapshot[]): void {
    let heard: (() => void) | undefined;
    let areThere = false;
    for (const { snapshot, ...rest } of children) {
      const execution = this.execution.resumeChild(this.machine, snapshot, (outcome) => {
        if (areThere) this.childEnded(child, outcome);
        else heard = () => this.childEnded(child, outcome);
      });
      const child: Child = { ...rest, execution };
      this.children.add(child);
    }
    areThere = true;
    heard?.();
  }

  private childEnded(child: Child, outcome: Outcome): void {
    this.children.delete(child);
    if ('thrown' in outcome) return this.fault(outcome.thrown);
    const { ending } = outcome;
    const standing = STANDINGS[ending.status];
    this.tally.move(child.items, 'running', standing);
    this.results.add(child.execution, child.index, ending);
    if (ending.status !== 'SUCCEEDED') this.remember(child, ending);
    const { epochMs, root } = this.execution;
    if (root.keptChildren > 0) this.endedChildren.add(child, ending.status, epochMs, root.keptChildren);
    if (standing === 'failed' || standing === 'timedOut') this.checkTolerance();
    give(this.stir);
  }

  private remember(
    { index, items, sequence, execution }: Child,
    { status, error, cause }: Exclude<Ending, { status: 'SUCCEEDED' }>,
  ): void {
    const snapshot = this.plan.express ? undefined : execution.snapshot();
    this.unsuccessful.push({ index, items, sequence, status, error, cause, input: execution.input, snapshot });
  }

  /** Halts the run once more has failed than is tolerated. A share is judged when all is read: before, nobody knows of what. */
  private checkTolerance(): void {
    const { tolerance } = this;
    const { items } = this.tally;
    const failed = items.failed + items.timedOut;
    if (failed === 0 || this.halted !== undefined) return;
    const { count, percentage } = tolerance;
    const isTooMany = count !== undefined && failed > count;
    const isTooMuch = percentage !== undefined && this.isRead && (failed / totalOf(items)) * 100 > percentage;
    const isNoneTolerated = count === undefined && percentage === undefined;
    if (isTooMany || isTooMuch || isNoneTolerated) this.halt(toleranceExceeded());
  }

  /** No more children are started. Standard ones that run are stopped; Express ones cannot be. */
  private halt(why: FailureData | 'aborted'): void {
    if (this.end !== undefined) return;
    this.halted ??= why;
    // Also while its Express children still come to their ends.
    if (this.halted === 'aborted') this.status = 'ABORTED';
    if (!this.plan.express) this.abortChildren();
    give(this.stir);
  }

  private abortChildren(): void {
    // Each leaves the set as it ends.
    for (const { execution } of this.children) execution.abort(undefined, undefined);
  }

  private failureOf(thrown: unknown): Failure {
    if (thrown instanceof ItemFormatError && !isRecorded(thrown)) this.execution.assume('item-reader-malformed');
    if (thrown instanceof ObjectStoreError || thrown instanceof ItemFormatError) return readerFailed(thrown.message);
    const failure = tryFailure(thrown, this.branch, (data) => {
      // (F1)
      this.halted ??= data;
      return this.branch.frame.step;
    });
    if (failure === undefined) throw thrown;
    return failure;
  }

  private *finish(): Routine<void> {
    const { halted } = this;
    let end: MapRunEnd;
    try {
      const lost = halted === undefined ? 0 : yield* this.tellPending();
      end = { result: yield* this.results.finish() };
      this.tally.addWritten(this.results.addPending !== undefined, lost);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      end = { failure: thrown };
    }
    if (halted === 'aborted') this.close('ABORTED', end);
    else if (halted !== undefined) this.close('FAILED', { failure: halted });
    else this.close('result' in end ? 'SUCCEEDED' : 'FAILED', end);
  }

  /**
   * Tells the results of all that was not started, read or not, if they ask for it.
   * @returns of how many items nothing could be told
   */
  private *tellPending(): Routine<number> {
    const { results, feed, again } = this;
    if (results.addPending === undefined) return 0;
    for (const { input } of [...again].reverse()) results.addPending(input);
    const pending = (this.pending = { feed: feed.snapshot(), isRead: this.isRead });
    try {
      yield* this.tellRest(feed, results.addPending);
      return feed.lost;
    } finally {
      this.pending = undefined;
      this.feed = this.feedFrom(pending.feed);
      this.isRead = pending.isRead;
      if (this.isRead) this.feed.close();
      else this.source = undefined;
    }
  }

  private *tellRest(feed: Feed, addPending: (input: Json) => void): Routine<void> {
    for (let index = this.started; ;) {
      for (let child = feed.rest(); child !== undefined; child = feed.rest(), index++) {
        this.tally.addBatch(index);
        addPending(child.input);
        const { flushed } = this.results;
        if (flushed !== undefined) yield* this.untilFlushed(flushed);
      }
      if (this.source === undefined || this.isRead) return;
      try {
        yield* this.read();
      } catch (thrown) {
        // The run has failed already: what cannot be read any more is not there.
        this.failureOf(thrown);
        return;
      }
    }
  }

  /** The simulator cannot go on with a part of it. */
  private fault(thrown: unknown): void {
    if (this.end !== undefined) return;
    this.close('FAILED', { thrown });
    if (this.strand !== undefined) this.execution.cancel(this.strand);
    this.abortChildren();
  }

  private close(status: MapRunStatus, end: MapRunEnd): void {
    this.status = status;
    this.end = end;
    this.stopMs = this.execution.epochMs;
    give(this.ended);
  }
}

const STANDINGS = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const satisfies Record<string, Standing>;
