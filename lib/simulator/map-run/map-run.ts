import type { Json } from '../../json/json';
import type { Branch } from '../branch';
import { give, newSignal, type Landing, type Routine, type Signal, type WaitForSignal } from '../effects';
import { type Execution, executionPrefix, type Machine, type Outcome } from '../execution';
import { Failure } from '../failure';
import type { Correspondence } from '../frame';
import { MAX_MAP_RUN_CONCURRENCY } from '../limits';
import { randomFromSeed, type SeededRandom } from '../random';
import type { Cancellable, End, Owner } from '../strand';
import { tryFailure } from '../try-failure';
import { type Counts, noCounts, type Standing, totalOf } from './counts';
import { type ChildInput, Feed } from './feed';
import type { ItemPage, ItemSource } from './item-source';
import { ObjectStoreError } from './object-store';
import { openSource, readerFailed } from './open-source';
import type { MapRunPlan, MapRunSettings } from './plan';
import { collectResults, type Results } from './results';
import { type Tolerance, toleranceExceeded } from './tolerance';

/** Where a Map Run stands, in the API's words. */
export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** How a Map Run ended: with the state's result, with what the state fails with, or with what made it impossible to go on. */
export type MapRunEnd = { readonly result: Json } | { readonly failure: Failure } | { readonly thrown: unknown };

/** A child execution under way. */
interface Child {
  readonly execution: Execution;
  /** Its place among the children. */
  readonly index: number;
  /** How many items it has. */
  readonly items: number;
}

/**
 * One Map Run: reads items, makes them inputs, has a child execution work on each, and collects what those come to.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-examine-map-run.html
 *
 * (M1) Every item that has been read is in exactly one count, at every moment; so is every child.
 * (M2) Of the items only those of one page, of one batch, and those that children work on are held.
 */
export class MapRun implements Owner {
  readonly startMs: number;
  readonly endsMs: number;
  readonly items: Counts = noCounts();
  readonly executions: Counts = noCounts();
  status: MapRunStatus = 'RUNNING';
  stopMs: number | undefined;
  /** undefined: it is under way. */
  end: MapRunEnd | undefined;
  private readonly branch: Branch;
  private readonly execution: Execution;
  /** Of the children. */
  private readonly machine: Machine;
  private readonly names: SeededRandom;
  private readonly feed: Feed;
  private readonly results: Results;
  private readonly children = new Set<Child>();
  private started = 0;
  /** Given when the run has ended. */
  private readonly ended: Signal;
  /** Given when there is something to do: a child has ended, or the run's settings have changed. */
  private readonly stir = newSignal();
  private strand: Cancellable | undefined;
  private isRead = false;
  /** Why no more children are started. */
  private halted: Failure | 'aborted' | undefined;

  /**
   * @param branch the branch whose state it is the run of
   * @param label stands in its ARN and in those of its children
   * @param items of the state's input; undefined: an ItemReader reads them
   */
  constructor(
    branch: Branch,
    private readonly plan: MapRunPlan,
    label: string,
    readonly arn: string,
    private settings: MapRunSettings,
    effectiveInput: Json,
    items: ItemPage | undefined,
  ) {
    const { execution } = branch;
    const { machine } = execution;
    this.branch = branch;
    this.execution = execution;
    this.startMs = execution.epochMs;
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
    this.feed = new Feed(branch, plan, effectiveInput, settings.batching);
    this.results = collectResults(settings.writer, plan.state);
    if (items !== undefined) {
      this.take(items);
      this.take(undefined);
    }
  }

  /** How many children may run at once; 0: as many as AWS allows. */
  get maxConcurrency(): number {
    return this.settings.maxConcurrency;
  }

  /** Within what failures are tolerated. */
  get tolerance(): Tolerance {
    return this.settings.tolerance;
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
    this.strand = this.execution.spawn(this.routine(), this);
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
    try {
      const source = reader === undefined ? undefined : openSource(this.execution.objects, reader, this.plan.state);
      for (;;) {
        this.startChildren();
        if (this.halted !== undefined) return;
        if (source !== undefined && this.feed.isHungry && this.children.size < this.limit) this.take(yield* this.read(source));
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

  private get limit(): number {
    const { maxConcurrency } = this.settings;
    return maxConcurrency === 0 ? MAX_MAP_RUN_CONCURRENCY : Math.min(maxConcurrency, MAX_MAP_RUN_CONCURRENCY);
  }

  /** Reads a page. undefined: there is none. Virtual time waits for it. */
  private *read(source: ItemSource): Routine<ItemPage | undefined> {
    const startedMs = this.execution.epochMs;
    const correspondence: Correspondence = { lastBeatMs: startedMs, answer: undefined };
    const landing = (yield {
      kind: 'call',
      // What is read is no payload: nobody looks at it but this routine.
      start: () => ({ value: source.next() as Promise<never>, durationMs: 0 }),
      startedMs,
      deadlineMs: Infinity,
      token: undefined,
      correspondence,
      what: `The ItemReader of "${this.plan.state}"`,
    }) as Landing;
    if (landing.kind === 'error') throw landing.error;
    const { value, done } = (landing as { value: IteratorResult<ItemPage, void> }).value;
    return done === true ? undefined : value;
  }

  /** Takes over what has been read; undefined: that was all. */
  private take(page: ItemPage | undefined): void {
    if (page !== undefined) {
      this.feed.take(page);
      this.items.pending += page.items.length;
      if (this.settings.batching === undefined) this.executions.pending += page.items.length;
      return;
    }
    this.isRead = true;
    this.feed.close();
    this.checkTolerance();
  }

  private startChildren(): void {
    while (this.halted === undefined && this.children.size < this.limit) {
      const next = this.feed.next();
      if (next === undefined) return;
      this.start(next);
    }
  }

  // (M1)
  private start({ input, items }: ChildInput): void {
    this.items.pending -= items;
    this.items.running += items;
    if (this.settings.batching === undefined) this.executions.pending--;
    this.executions.running++;
    const name = this.names.uuid();
    const prefix = `${executionPrefix(this.machine)}${name}`;
    const arn = this.plan.express ? `${prefix}:${this.names.uuid()}` : prefix;
    // It runs later: it has not ended before it is here.
    const execution = this.execution.startChild(this.machine, { arn, name, input }, (outcome) => this.childEnded(child, outcome));
    const child: Child = { execution, index: this.started++, items };
    this.children.add(child);
  }

  // (M1)
  private childEnded(child: Child, outcome: Outcome): void {
    this.children.delete(child);
    if ('thrown' in outcome) return this.fault(outcome.thrown);
    const { ending } = outcome;
    const standing = STANDINGS[ending.status];
    this.items.running -= child.items;
    this.items[standing] += child.items;
    this.executions.running--;
    this.executions[standing]++;
    this.results.add(child.execution, child.index, ending);
    if (standing === 'failed' || standing === 'timedOut') this.checkTolerance();
    give(this.stir);
  }

  /** Halts the run once more has failed than is tolerated. A share is judged when all is read: before, nobody knows of what. */
  private checkTolerance(): void {
    const { items, tolerance } = this;
    const failed = items.failed + items.timedOut;
    if (failed === 0 || this.halted !== undefined) return;
    const { count, percentage } = tolerance;
    const isTooMany = count !== undefined && failed > count;
    const isTooMuch = percentage !== undefined && this.isRead && (failed / totalOf(items)) * 100 > percentage;
    const isNoneTolerated = count === undefined && percentage === undefined;
    if (isTooMany || isTooMuch || isNoneTolerated) this.halt(toleranceExceeded());
  }

  /** No more children are started. Standard ones that run are stopped; Express ones cannot be. */
  private halt(why: Failure | 'aborted'): void {
    if (this.end !== undefined) return;
    this.halted ??= why;
    if (!this.plan.express) this.abortChildren();
    give(this.stir);
  }

  private abortChildren(): void {
    for (const { execution } of [...this.children]) execution.abort(undefined, undefined);
  }

  private failureOf(thrown: unknown): Failure {
    if (thrown instanceof ObjectStoreError) return readerFailed(thrown.message);
    const failure = tryFailure(thrown, this.branch, () => this.branch.frame.step);
    if (failure === undefined) throw thrown;
    return failure;
  }

  private *finish(): Routine<void> {
    const { halted, items, executions } = this;
    let end: MapRunEnd;
    try {
      end = { result: yield* this.results.finish(halted === undefined) };
      for (const counts of [items, executions]) counts.resultsWritten = totalOf(counts) - counts.pending;
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      end = { failure: thrown };
    }
    if (halted === 'aborted') this.close('ABORTED', end);
    else if (halted !== undefined) this.close('FAILED', { failure: halted });
    else this.close('result' in end ? 'SUCCEEDED' : 'FAILED', end);
  }

  /** The simulator cannot go on with a part of it. */
  private fault(thrown: unknown): void {
    if (this.end !== undefined) return;
    this.close('FAILED', { thrown });
    this.strand?.cancel();
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
