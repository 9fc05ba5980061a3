import { Agenda, type Due } from './agenda';
import type { BranchStart, Effect, Landing, Routine, TokenAnswer } from './effects';
import type { Ticket } from './frame';
import { settlesWithin } from './real-time';
import { SimulatorError } from './simulator-error';

/*
 * The scheduler owns time, the queue of what is ready, the agenda of what is due, and the open tokens. A routine owns its
 * frame. They meet in the effects a routine yields and the value it is resumed with.
 *
 * (S1) Time moves only when nothing is ready and nothing that is due has yet to land.
 * (S2) What is due wakes in (time, ticket) order, each at its own time; a call lands at its start plus its virtual
 *      duration, in the order of starts, whatever real time it took.
 * (S3) One loop drives a world; there is one await in it.
 * (S4) Every wait draws a ticket and leaves it in the routine's `Ticket`, so that a reloaded routine finds its turn.
 */

/** A routine under way. */
interface Strand {
  readonly routine: Routine<unknown>;
  readonly ticket: Ticket;
  /** Where the end is reported: to the join it is a branch of, or to who spawned it. */
  readonly parent: Join | undefined;
  readonly settle: ((end: End) => void) | undefined;
  /** What it waits for in the agenda; an entry that is no longer here has lost its meaning. */
  entry: Entry | undefined;
  join: Join | undefined;
  token: string | undefined;
  done: boolean;
  /** Its generator is on the stack, and cannot be returned from outside. */
  running: boolean;
  /** Reloaded from a frame: its first wait keeps the ticket it has. */
  reloaded: boolean;
  /** What it waits for, in words; for the message of a run that is stuck. */
  what: string;
}

interface Join {
  readonly strand: Strand;
  readonly branches: Iterator<BranchStart>;
  readonly limit: number;
  readonly open: Set<Strand>;
  exhausted: boolean;
}

interface Entry extends Due {
  readonly strand: Strand;
  /** What the strand is resumed with; a call's is known once it has landed. */
  landing: Landing | TokenAnswer | undefined;
  /** A call that has not landed yet. */
  pending: Promise<unknown> | undefined;
}

/** How a spawned routine ended: with its value, or with what it threw. */
export type End = { readonly value: unknown } | { readonly thrown: unknown };

/** The schedule of one world. */
export class Scheduler {
  private readonly ready: { strand: Strand; resume: Resume }[] = [];
  private readyHead = 0;
  private readonly agenda = new Agenda<Entry>();
  private readonly tokens = new Map<string, TokenWait>();
  private readonly strands = new Set<Strand>();
  private nextTicket = 1;
  private driving: Promise<void> | undefined;
  private reload: Reload | undefined;
  private readonly dropped: string[] = [];

  /**
   * @param nowMs virtual time to begin with
   * @param stallLimitMs real time that a call may stay pending before the run is stopped
   */
  constructor(
    private nowMs: number,
    private readonly stallLimitMs: number,
  ) {}

  /** Virtual time, milliseconds since 1970. */
  get epochMs(): number {
    return this.nowMs;
  }

  /** Calls whose routine was cancelled before they landed, in words. */
  get droppedCalls(): readonly string[] {
    return this.dropped;
  }

  /** The counter behind the tickets; part of a snapshot. */
  get ticketCounter(): number {
    return this.nextTicket;
  }

  /** Continues a snapshot's counter. */
  set ticketCounter(next: number) {
    this.nextTicket = Math.max(this.nextTicket, next);
  }

  /** Makes the routine ready. `settle` is called once, when it returns or throws, unless it is cancelled before. */
  spawn(routine: Routine<unknown>, ticket: Ticket, settle: (end: End) => void): { cancel(): void } {
    const strand = newStrand(routine, ticket, undefined, settle);
    this.strands.add(strand);
    this.queue(strand);
    return { cancel: () => this.cancel(strand) };
  }

  /**
   * Makes the routine of a reloaded frame ready, and those of its branches, each at the turn that its ticket holds.
   * @param joins the routine goes on by joining branches
   */
  respawn({ routine, ticket, joins }: BranchStart, settle: (end: End) => void): { cancel(): void } {
    const strand = newStrand(routine, ticket, undefined, settle);
    this.strands.add(strand);
    this.reload = { leaves: [], fresh: [] };
    this.unfold(strand, joins);
    const { leaves, fresh } = this.reload;
    this.reload = undefined;
    leaves.sort((a, b) => a.order - b.order);
    for (const leaf of leaves) this.ready.push(leaf);
    for (const branch of fresh) this.queue(branch);
    return { cancel: () => this.cancel(strand) };
  }

  /** A routine that joins runs up to its join at once, so that its branches can be queued among all others. */
  private unfold(strand: Strand, joins: boolean): void {
    strand.reloaded = true;
    if (joins) this.run(strand, GO);
    else this.reload?.leaves.push({ strand, resume: GO, order: strand.ticket.ticket });
  }

  /** Calls `action` at a moment of virtual time, unless it is cancelled before. The ticket may be a reloaded one. */
  at(dueMs: number, ticket: Ticket, action: () => void): { cancel(): void } {
    const timer = (function* (): Routine<boolean> {
      yield { kind: 'sleep', untilMs: dueMs };
      return true;
    })();
    return ticket.ticket > 0 ? this.respawn({ routine: timer, ticket, joins: false }, action) : this.spawn(timer, ticket, action);
  }

  /** Answers a token. False if nobody waits for it. */
  answerToken(token: string, answer: TokenAnswer): boolean {
    const wait = this.tokens.get(token);
    if (wait === undefined) return false;
    const { strand } = wait;
    this.tokens.delete(token);
    strand.entry = undefined;
    this.queue(strand, { value: answer });
    return true;
  }

  /** Puts off the heartbeat of a token. False if nobody waits for it. */
  beat(token: string): boolean {
    const wait = this.tokens.get(token);
    if (wait === undefined) return false;
    wait.effect.beat.lastBeatMs = this.nowMs;
    this.armToken(wait);
    return true;
  }

  /** Runs until nothing is left to do. Whoever calls it while it runs gets the same promise. */
  drive(): Promise<void> {
    this.driving ??= this.loop().finally(() => {
      this.driving = undefined;
    });
    return this.driving;
  }

  // (S3)
  private async loop(): Promise<void> {
    for (;;) {
      this.runReady();
      const next = this.agenda.peek();
      if (next === undefined) return this.endStuck();
      if (next.strand.entry !== next) {
        this.agenda.take();
      } else if (next.pending !== undefined) {
        if (!(await settlesWithin(next.pending, this.stallLimitMs))) this.endStalled(next.strand);
      } else {
        // (S1), (S2)
        this.agenda.take();
        this.nowMs = next.dueMs;
        const { strand } = next;
        strand.entry = undefined;
        if (strand.token !== undefined) this.tokens.delete(strand.token);
        this.run(strand, { value: next.landing });
      }
    }
  }

  private runReady(): void {
    while (this.readyHead < this.ready.length) {
      const { strand, resume } = this.ready[this.readyHead++] as { strand: Strand; resume: Resume };
      if (!strand.done) this.run(strand, resume);
      if (this.readyHead === this.ready.length) this.ready.length = this.readyHead = 0;
    }
  }

  /** Runs a strand until it waits or ends. */
  private run(strand: Strand, resume: Resume): void {
    let next: Resume | undefined = resume;
    while (next !== undefined) {
      let step: IteratorResult<Effect, unknown>;
      strand.running = true;
      try {
        step = 'thrown' in next ? strand.routine.throw(next.thrown) : strand.routine.next(next.value);
      } catch (thrown) {
        return this.end(strand, { thrown });
      } finally {
        strand.running = false;
      }
      if (strand.done) return;
      if (step.done === true) return this.end(strand, { value: step.value });
      next = this.perform(strand, step.value);
      strand.reloaded = false;
      if (strand.done) return;
    }
  }

  /** Performs an effect; returns what the strand goes on with at once, or undefined if it has to wait. */
  private perform(strand: Strand, effect: Effect): Resume | undefined {
    switch (effect.kind) {
      case 'turn':
        if (this.readyHead === this.ready.length) return GO;
        this.queue(strand);
        return undefined;
      case 'sleep':
        this.park(strand, 'sleep', Math.max(effect.untilMs, this.nowMs));
        this.enter(strand, undefined, undefined);
        return undefined;
      case 'call':
        return this.call(strand, effect);
      case 'waitForToken':
        strand.token = effect.token;
        strand.what = effect.what;
        this.park(strand, 'waitForToken', Infinity);
        this.armToken({ strand, effect });
        return undefined;
      case 'join': {
        const join: Join = { strand, branches: effect.branches, limit: effect.limit, open: new Set(), exhausted: false };
        strand.join = join;
        const done = this.fill(join);
        if (done === undefined || this.reload === undefined) return done;
        // It was about to go on when the execution was cut: nobody comes before it.
        this.reload.leaves.push({ strand, resume: done, order: 0 });
        return undefined;
      }
    }
  }

  private call(strand: Strand, effect: Extract<Effect, { kind: 'call' }>): Resume | undefined {
    const startMs = strand.reloaded && strand.ticket.parked === 'call' ? undefined : this.nowMs;
    strand.what = effect.what;
    let landing: Landing | undefined;
    let pending: Promise<unknown> | undefined;
    let durationMs = 0;
    try {
      const answer = effect.start();
      durationMs = answer.durationMs;
      if (isPromise(answer.value)) pending = answer.value;
      else landing = { kind: 'value', value: answer.value };
    } catch (error) {
      landing = { kind: 'error', error };
    }
    const dueMs = startMs === undefined ? strand.ticket.dueMs : startMs + durationMs;
    if (dueMs > effect.deadlineMs) {
      // The answer comes too late to matter.
      pending?.catch(() => undefined);
      this.dropped.push(effect.what);
      this.park(strand, 'call', effect.deadlineMs);
      this.enter(strand, { kind: 'timeout' }, undefined);
      return undefined;
    }
    // Nobody else could run before it lands: no need to go through the agenda.
    const next = this.agenda.peek();
    if (
      pending === undefined &&
      dueMs === this.nowMs &&
      this.readyHead === this.ready.length &&
      (next === undefined || next.dueMs > dueMs)
    ) {
      return { value: landing };
    }
    this.park(strand, 'call', dueMs);
    if (dueMs === Infinity) {
      pending?.catch(() => undefined);
      return undefined;
    }
    const entry = this.enter(strand, landing, pending);
    pending?.then(
      (value) => {
        entry.landing = { kind: 'value', value };
        entry.pending = undefined;
      },
      (error: unknown) => {
        entry.landing = { kind: 'error', error };
        entry.pending = undefined;
      },
    );
    return undefined;
  }

  /** Sets the timer of a token to the earlier of its deadlines. */
  private armToken(wait: TokenWait): void {
    const { strand, effect } = wait;
    this.tokens.set(effect.token, wait);
    const heartbeatMs = effect.beat.lastBeatMs + effect.heartbeatMs;
    const dueMs = Math.min(effect.deadlineMs, heartbeatMs);
    strand.ticket.dueMs = dueMs;
    strand.entry = undefined;
    if (dueMs !== Infinity) this.enter(strand, { kind: 'timeout', heartbeat: heartbeatMs < effect.deadlineMs }, undefined);
  }

  /** Starts branches as far as the limit allows; goes on at once if all have ended. */
  private fill(join: Join): Resume | undefined {
    while (!join.exhausted && join.open.size < join.limit) {
      const next = join.branches.next();
      if (next.done === true) {
        join.exhausted = true;
        break;
      }
      const { routine, ticket, joins } = next.value;
      const branch = newStrand(routine, ticket, join, undefined);
      join.open.add(branch);
      if (this.reload === undefined) this.queue(branch);
      else if (ticket.ticket === 0) this.reload.fresh.push(branch);
      else this.unfold(branch, joins);
    }
    if (!join.exhausted || join.open.size > 0) return undefined;
    join.strand.join = undefined;
    return { value: true };
  }

  private end(strand: Strand, end: End): void {
    if (strand.done) return;
    strand.done = true;
    this.strands.delete(strand);
    const { parent } = strand;
    if (parent === undefined) {
      strand.settle?.(end);
      return;
    }
    parent.open.delete(strand);
    const resume: Resume | undefined = 'thrown' in end ? end : end.value === false ? { value: false } : this.fill(parent);
    if (resume === undefined) return;
    for (const sibling of parent.open) this.cancel(sibling);
    parent.strand.join = undefined;
    // The parent goes on in the branch's place, before anybody else.
    parent.strand.ticket.ticket = strand.ticket.ticket;
    this.run(parent.strand, resume);
  }

  private cancel(strand: Strand): void {
    if (strand.done) return;
    strand.done = true;
    this.strands.delete(strand);
    if (strand.entry !== undefined && strand.ticket.parked === 'call') this.dropped.push(strand.what);
    strand.entry?.pending?.catch(() => undefined);
    strand.entry = undefined;
    if (strand.token !== undefined) this.tokens.delete(strand.token);
    for (const branch of strand.join?.open ?? []) this.cancel(branch);
    if (!strand.running) strand.routine.return(undefined);
  }

  // (S4)
  private park(strand: Strand, parked: Ticket['parked'], dueMs: number): void {
    const { ticket } = strand;
    if (strand.reloaded && ticket.parked === parked && parked !== 'ready') return;
    ticket.parked = parked;
    ticket.dueMs = dueMs;
    ticket.ticket = this.nextTicket++;
  }

  private queue(strand: Strand, resume: Resume = GO): void {
    this.park(strand, 'ready', this.nowMs);
    this.ready.push({ strand, resume });
  }

  private enter(strand: Strand, landing: Landing | TokenAnswer | undefined, pending: Promise<unknown> | undefined): Entry {
    const entry: Entry = { dueMs: strand.ticket.dueMs, ticket: strand.ticket.ticket, strand, landing, pending };
    strand.entry = entry;
    this.agenda.add(entry);
    return entry;
  }

  /** Nothing is ready, nothing is due: whoever still waits will wait for ever. */
  private endStuck(): void {
    for (const strand of [...this.strands]) {
      this.fail(strand, new SimulatorError(leavesOf(strand).map(renderStuck).join('\n')));
    }
  }

  private endStalled(strand: Strand): void {
    let root = strand;
    while (root.parent !== undefined) root = root.parent.strand;
    this.fail(
      root,
      new SimulatorError(
        `${strand.what} has been pending for ${this.stallLimitMs / 1000} s of real time, and virtual time waits for it. ` +
          'Make it answer, give it a fake, or raise the limit with the option stallSeconds.',
      ),
    );
  }

  private fail(strand: Strand, error: SimulatorError): void {
    this.cancel(strand);
    strand.settle?.({ thrown: error });
  }
}

/** What is being reloaded: routines with a turn of their own, and branches that had none yet. */
interface Reload {
  readonly leaves: { strand: Strand; resume: Resume; order: number }[];
  readonly fresh: Strand[];
}

interface TokenWait {
  readonly strand: Strand;
  readonly effect: Extract<Effect, { kind: 'waitForToken' }>;
}

type Resume = End;

const GO: Resume = { value: undefined };

const newStrand = (
  routine: Routine<unknown>,
  ticket: Ticket,
  parent: Join | undefined,
  settle: ((end: End) => void) | undefined,
): Strand => ({
  routine,
  ticket,
  parent,
  settle,
  entry: undefined,
  join: undefined,
  token: undefined,
  done: false,
  running: false,
  reloaded: false,
  what: '',
});

const leavesOf = (strand: Strand): Strand[] =>
  strand.join === undefined ? [strand] : [...strand.join.open].flatMap((branch) => leavesOf(branch));

const renderStuck = ({ token, what }: Strand): string =>
  token === undefined
    ? `${what} never answers, and no TimeoutSeconds ends the wait: give the fake an answer, or the state a TimeoutSeconds.`
    : `${what} waits for its task token and nothing will send it: send it with sendTaskSuccess or sendTaskFailure, or set TimeoutSeconds.`;

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
