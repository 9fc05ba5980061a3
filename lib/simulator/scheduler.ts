import { type ActivityTask, ActivityQueue, type Poller } from './activity-queue';
import { Agenda } from './agenda';
import type { BranchStart, Call, Effect, Landing, Lapse, Routine, TokenAnswer, WaitForWorker } from './effects';
import type { Correspondence, Ticket } from './frame';
import { END_OF_TIME_MS, type Pace } from './pace';
import { type Interruption, settlesWithin } from './real-time';
import { SimulatorError } from './simulator-error';
import {
  type Cancellable,
  type Deadline,
  type End,
  type Entry,
  type Flight,
  isStale,
  type Join,
  leavesOf,
  newStrand,
  type OpenToken,
  type Owner,
  type Strand,
} from './strand';
import type { Answer } from './task-call';
import { renderAllStuck, renderDuration, renderStalled } from './waits-in-words';

/*
 * The scheduler owns time, the queue of what is ready, the agenda of what is due, and the open tokens. A routine owns its
 * frame. They meet in the effects a routine yields and the value it is resumed with.
 *
 * (S1) Time moves only when nothing is ready and nothing that is due has yet to land; and no further than the pace lets it.
 * (S2) What is due wakes in (time, ticket) order, each at its own time; a call lands at its start plus its virtual
 *      duration, in the order of starts, whatever real time it took.
 * (S3) One loop drives a world; it awaits nothing but its own beginning, the calls that have yet to land, and the pace.
 * (S4) Every wait draws a ticket and leaves it in the routine's `Ticket`, so that a reloaded routine finds its turn.
 *      Tickets in the ready queue ascend, and whoever runs has a lower one than all who are ready, unless it was idle.
 */

/** A call, as it may wait for the world itself. */
interface Parking {
  /** How many such waits it is in. */
  waits: number;
  /** Who made the call; undefined: it is still being made. */
  strand: Strand | undefined;
}

type Resume = End;

const GO: Resume = { value: undefined };

/** The schedule of one world. */
export class Scheduler {
  private readonly ready: Leaf[] = [];
  private readyHead = 0;
  /** Who runs, or ran last. */
  private current: Strand | undefined;
  /** Who goes on when nobody is ready, in the order of their tickets. */
  private readonly idle: Strand[] = [];
  private readonly agenda = new Agenda<Entry>(isStale);
  private readonly tokens = new Map<string, OpenToken>();
  /** Tokens that will be answered by what the agenda holds. */
  private readonly scripted = new Set<string>();
  private readonly activities = new ActivityQueue<Strand>();
  private readonly parkings = new WeakMap<Correspondence, Parking>();
  private readonly roots = new Set<Strand>();
  private nextTicket = 1;
  private driving: Promise<void> | undefined;
  private interruption: Interruption | undefined;
  /** The loop waits for its pace. */
  private resting = false;
  private reload: Reload | undefined;
  /** How many routines are being reloaded, one in the other. */
  private respawning = 0;

  /**
   * @param nowMs virtual time to begin with
   * @param stallLimitMs real time that a call may stay pending before the run is stopped
   * @param pace undefined: time jumps
   */
  constructor(
    private nowMs: number,
    private readonly stallLimitMs: number,
    private readonly pace?: Pace,
  ) {}

  /** Virtual time, milliseconds since 1970. */
  get epochMs(): number {
    return this.nowMs;
  }

  /** The counter behind the tickets; part of a snapshot. */
  get ticketCounter(): number {
    return this.nextTicket;
  }

  /** Takes over the time and the tickets of a snapshot. Time never goes back: what was due meanwhile is due now. */
  catchUp(epochMs: number, ticketCounter: number): void {
    this.nowMs = Math.max(this.nowMs, epochMs);
    this.nextTicket = Math.max(this.nextTicket, ticketCounter);
  }

  /** Makes the routine ready. @returns what `cancel` takes */
  spawn(routine: Routine<unknown>, ticket: Ticket, owner: Owner, deadline?: Deadline): Strand {
    if (deadline?.ticket.ticket === 0) deadline.ticket.ticket = this.nextTicket++;
    const strand = newStrand(routine, ticket, owner, undefined, deadline);
    this.roots.add(strand);
    this.queue(strand);
    return strand;
  }

  /**
   * Goes on with the routine of a reloaded frame and those of its branches, each at the turn that its ticket holds. A routine that runs at
   * once, on its way back to its wait, may bring others back.
   * @returns what `cancel` takes
   */
  respawn({ routine, ticket, joins }: BranchStart, owner: Owner, deadline?: Deadline): Strand {
    const strand = newStrand(routine, ticket, owner, undefined);
    this.roots.add(strand);
    if (deadline !== undefined) strand.timer = this.at(deadline.dueMs, deadline.ticket, deadline.action);
    const reload: Reload = { leaves: [], fresh: [] };
    this.reload = reload;
    this.unfold(strand, joins);
    this.reload = undefined;
    this.respawning++;
    for (const leaf of reload.leaves.sort(byTurn)) {
      const { parked, ticket: drawn } = leaf.strand.ticket;
      // Who sleeps, or waits for a token, a worker or a signal, goes back to it before anything runs.
      if (drawn === 0) this.queue(leaf.strand);
      else if (parked === 'idle') this.idle.push(leaf.strand);
      else if (parked === 'ready' || parked === 'call') this.ready.push(leaf);
      else this.run(leaf.strand, leaf.resume);
    }
    for (const branch of reload.fresh) this.queue(branch);
    // (S4)
    if (--this.respawning === 0) this.ready.push(...this.ready.splice(this.readyHead).sort(byTurn));
    this.idle.sort((a, b) => a.ticket.ticket - b.ticket.ticket);
    return strand;
  }

  /** A routine that joins runs up to its join at once, so that its branches can be queued among all others. */
  private unfold(strand: Strand, joins: boolean): void {
    strand.reloaded = true;
    if (joins) this.run(strand, GO);
    else this.reload?.leaves.push({ strand, resume: GO, rank: strand.ticket.parked === 'call' ? 0 : 2 });
  }

  /** Draws the ticket of a routine that is about to go on when nobody is ready: before events that come first. (F1) */
  announceIdle(ticket: Ticket): void {
    ticket.parked = 'idle';
    ticket.ticket = this.nextTicket++;
  }

  /** Brings time to where its pace has come meanwhile, but not past what is due: for who acts from outside. */
  keepPace(): void {
    if (this.pace === undefined) return;
    const clockMs = this.pace.clockMs();
    this.nowMs = Math.max(this.nowMs, this.roots.size === 0 ? clockMs : Math.min(clockMs, this.nextHappensMs()));
  }

  /**
   * Calls `action` at a moment of virtual time, if something still runs then. The ticket may be a reloaded one.
   * @param answers the token that the action answers: nobody else has to
   * @param isUnasked nobody waits for it: what this alone could wake is stuck
   */
  at(dueMs: number, ticket: Ticket, action: () => void, answers?: string, isUnasked = false): Cancellable {
    if (ticket.ticket === 0) ticket.ticket = this.nextTicket++;
    const entry: Entry = {
      dueMs,
      ticket: ticket.ticket,
      strand: undefined,
      action,
      landing: undefined,
      pending: undefined,
      expires: false,
      isUnasked,
    };
    this.agenda.add(entry);
    if (answers !== undefined) this.scripted.add(answers);
    if (this.resting) this.interruption?.();
    return { cancel: () => (entry.action = undefined) };
  }

  /** Answers a token. False if it is not open, or has been answered. */
  answerToken(token: string, answer: TokenAnswer): boolean {
    const open = this.tokens.get(token);
    if (open === undefined || open.correspondence.answer !== undefined) return false;
    open.correspondence.answer = answer;
    if (open.wait !== undefined) {
      open.wait = undefined;
      open.strand.entry = undefined;
      this.queue(open.strand);
    }
    return true;
  }

  /** Puts off the heartbeat of a token. False if it is not open, or has been answered. */
  beat(token: string): boolean {
    const open = this.tokens.get(token);
    if (open === undefined || open.correspondence.answer !== undefined) return false;
    open.correspondence.lastBeatMs = this.nowMs;
    this.armToken(open);
    return true;
  }

  /**
   * A worker asks for a task of an activity; it gets the oldest, or the next one that there is.
   * @param give is called at once if there is a task
   */
  poll(activityArn: string, workerName: string | undefined, give: (task: ActivityTask) => void): Cancellable {
    const strand = this.activities.oldestTask(activityArn);
    const poller = { workerName, give };
    if (strand !== undefined) this.assign(strand, poller);
    else this.activities.join(activityArn, poller);
    return { cancel: () => this.activities.leave(activityArn, poller) };
  }

  /**
   * A call that is being made, or has been, waits for the world itself: time does not wait for its answer, until the returned function is
   * called.
   */
  park(correspondence: Correspondence): () => void {
    const parking = this.parkingOf(correspondence);
    parking.waits++;
    this.reenter(parking);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      parking.waits--;
      this.reenter(parking);
    };
  }

  private parkingOf(correspondence: Correspondence): Parking {
    let parking = this.parkings.get(correspondence);
    if (parking === undefined) this.parkings.set(correspondence, (parking = { waits: 0, strand: undefined }));
    return parking;
  }

  /** Runs until nothing is left to do. Whoever calls it while it runs gets the same promise. */
  drive(): Promise<void> {
    this.driving ??= this.loop();
    return this.driving;
  }

  // (S3)
  private async loop(): Promise<void> {
    // It begins later, so that executions which are started together run together, and begins anew once it has ended.
    await Promise.resolve();
    try {
      for (;;) {
        this.runReady();
        const idler = this.idle.shift();
        if (idler !== undefined) {
          idler.ticket.parked = 'ready';
          if (!idler.done) this.run(idler, GO);
          continue;
        }
        if (this.roots.size === 0) return;
        const next = this.agenda.peek();
        if (next !== undefined && isStale(next)) {
          this.agenda.take();
          continue;
        }
        const horizonMs = this.pace?.horizonMs(this.nowMs, this.answerable) ?? Infinity;
        const isStuck = next === undefined || (next.isUnasked && this.isStuck(horizonMs));
        if (this.pace !== undefined && (isStuck ? Infinity : next.dueMs) > horizonMs)
          await this.rest(this.pace, isStuck ? Infinity : next.dueMs);
        else if (isStuck) this.endStuck();
        else if (next.pending === undefined) this.wake(next);
        else {
          const outcome = await settlesWithin(next.pending, this.stallLimitMs, (interruption) => {
            this.interruption = interruption;
          });
          this.interruption = undefined;
          if (outcome === 'stalled' && !isStale(next)) this.endStalled(next.strand as Strand);
        }
      }
    } finally {
      this.driving = undefined;
    }
  }

  private async rest(pace: Pace, dueMs: number): Promise<void> {
    this.resting = true;
    await pace.rest(
      dueMs,
      (interruption) => {
        this.interruption = interruption;
      },
      () => this.whatIsWaitedFor(),
    );
    this.resting = false;
    this.interruption = undefined;
  }

  /** Somebody outside may yet answer a token or take a task. */
  private get answerable(): boolean {
    if (this.activities.hasTasks) return true;
    for (const { token, wait } of this.tokens.values()) if (wait !== undefined && !this.scripted.has(token)) return true;
    return false;
  }

  /** Time may go on without end, and nothing is due but what nobody has asked for. */
  private isStuck(horizonMs: number): boolean {
    return horizonMs >= END_OF_TIME_MS && this.agenda.every((entry) => entry.isUnasked || isStale(entry));
  }

  /** When the next thing is due. Infinity: nothing is. */
  private nextDueMs(): number {
    for (;;) {
      const next = this.agenda.peek();
      if (next === undefined) return Infinity;
      if (!isStale(next)) return next.dueMs;
      this.agenda.take();
    }
  }

  /** When the next thing happens. */
  private nextHappensMs(): number {
    return this.isAlone() && this.idle.length === 0 ? this.nextDueMs() : this.nowMs;
  }

  // (S1), (S2)
  private wake(entry: Entry): void {
    this.agenda.take();
    this.nowMs = Math.max(this.nowMs, entry.dueMs);
    const { strand, action } = entry;
    if (strand === undefined) return action?.();
    if (entry.expires) return strand.owner.expire();
    strand.entry = undefined;
    strand.ticket.parked = 'ready';
    this.run(strand, entry.landing === undefined ? GO : { value: entry.landing });
  }

  private runReady(): void {
    while (this.readyHead < this.ready.length) {
      const { strand, resume } = this.ready[this.readyHead++] as Leaf;
      if (!strand.done) this.run(strand, resume);
    }
    this.ready.length = this.readyHead = 0;
  }

  /** Runs a strand until it waits or ends. */
  private run(strand: Strand, resume: Resume): void {
    let next: Resume | undefined = resume;
    while (next !== undefined) {
      let step: IteratorResult<Effect, unknown>;
      strand.running = true;
      this.current = strand;
      try {
        step = 'thrown' in next ? strand.routine.throw(next.thrown) : strand.routine.next(next.value);
      } catch (thrown) {
        strand.running = false;
        return this.end(strand, { thrown });
      }
      strand.running = false;
      if (strand.done) return;
      if (step.done === true) return this.end(strand, { value: step.value });
      next = this.perform(strand, step.value);
      strand.reloaded = false;
      if (strand.done) return;
    }
    if (strand.deadline !== undefined) this.armDeadline(strand, strand.deadline);
  }

  private armDeadline(strand: Strand, { dueMs, ticket, action }: Deadline): void {
    strand.deadline = undefined;
    strand.timer = this.at(dueMs, ticket, action);
  }

  /** Performs an effect; returns what the strand goes on with at once, or undefined if it has to wait. */
  private perform(strand: Strand, effect: Effect): Resume | undefined {
    if (strand.token !== undefined && effect.kind !== 'waitForToken') this.closeToken(strand);
    strand.flight = undefined;
    switch (effect.kind) {
      case 'turn':
        if (this.isAlone()) return GO;
        this.queue(strand);
        return undefined;
      case 'idle':
        if (strand.ticket.parked !== 'idle') this.announceIdle(strand.ticket);
        this.idle.push(strand);
        return undefined;
      case 'sleep':
        this.waitIn(strand, 'sleep');
        this.enter(strand, effect.untilMs, undefined, undefined);
        return undefined;
      case 'call':
        return this.call(strand, effect);
      case 'waitForToken': {
        strand.what = effect.what;
        if (effect.correspondence.answer !== undefined) return GO;
        this.waitIn(strand, 'waitForToken');
        const open = this.openToken(strand, effect.token, effect.correspondence);
        open.wait = effect;
        this.armToken(open);
        return undefined;
      }
      case 'waitForWorker': {
        strand.what = effect.what;
        this.waitIn(strand, 'waitForWorker');
        strand.task = effect;
        this.enter(strand, Infinity, undefined, undefined);
        this.activities.offer(effect.activityArn, strand);
        const poller = this.activities.takePoller(effect.activityArn);
        if (poller !== undefined) this.assign(strand, poller);
        return undefined;
      }
      case 'waitForSignal': {
        const { signal } = effect;
        strand.what = effect.what;
        if (signal.given) {
          signal.given = false;
          return GO;
        }
        this.waitIn(strand, 'waitForSignal');
        strand.signal = signal;
        signal.wake = () => {
          signal.given = false;
          signal.wake = strand.signal = undefined;
          this.queue(strand);
        };
        return undefined;
      }
      case 'join': {
        const join: Join = { strand, branches: effect.branches, limit: effect.limit, open: new Set(), exhausted: false };
        strand.join = join;
        const done = this.fill(join);
        if (done === undefined || this.reload === undefined) return done;
        // It was about to go on when the execution was cut.
        this.reload.leaves.push({ strand, resume: done, rank: 1 });
        return undefined;
      }
    }
  }

  /** Nobody else is ready. Who has been called off is nobody: after a reload it would not be there. */
  private isAlone(): boolean {
    const { ready } = this;
    while (this.readyHead < ready.length && (ready[this.readyHead] as Leaf).strand.done) this.readyHead++;
    return this.readyHead === ready.length;
  }

  /**
   * The short way of a call: if nobody else is ready and nothing is due, a call that answers at once has landed. Saves the way
   * through all routines that wait for one another. A call that has to be waited for is handed back, started, as an effect.
   */
  callAtOnce(effect: Call): Landing | Call {
    if (effect.token !== undefined || !this.isAlone() || this.reload !== undefined || this.hadBeenMade(this.current))
      return effect;
    if (effect.startedMs !== this.nowMs || this.nextDueMs() <= this.nowMs) return effect;
    let answer: Answer;
    try {
      answer = effect.start();
    } catch (error) {
      return { kind: 'error', error };
    }
    const { value, durationMs } = answer;
    if (durationMs === 0 && effect.deadlineMs >= this.nowMs && !isPromise(value)) return { kind: 'value', value };
    return { ...effect, start: () => answer };
  }

  private call(strand: Strand, effect: Call): Resume | undefined {
    strand.what = effect.what;
    if (effect.token !== undefined) this.openToken(strand, effect.token, effect.correspondence);
    let landing: Landing | undefined;
    let pending: Promise<unknown> | undefined;
    let durationMs = 0;
    try {
      const answer = effect.start();
      if (typeof answer.durationMs !== 'number' || !(answer.durationMs >= 0))
        throw new SimulatorError(`${effect.what} was answered with ${renderDuration(answer.durationMs)}`);
      durationMs = answer.durationMs;
      if (isPromise(answer.value)) pending = Promise.resolve(answer.value);
      else landing = { kind: 'value', value: answer.value };
    } catch (error) {
      landing = { kind: 'error', error };
    }
    // Perhaps nobody listens any more when it lands.
    pending?.catch(() => undefined);
    if (strand.done) {
      // The call has put an end to its own execution.
      strand.owner.drop(effect.what);
      return undefined;
    }
    const dueMs = Math.max(effect.startedMs + durationMs, this.nowMs);
    if (dueMs > effect.deadlineMs) {
      // The answer comes too late to matter.
      this.waitIn(strand, 'call');
      this.enter(strand, effect.deadlineMs, { kind: 'timeout' }, undefined);
      return undefined;
    }
    // Nobody else could run before it lands: no need to go through the agenda.
    const isFirst = this.isAlone() && !this.hadBeenMade(strand) && this.nextDueMs() > dueMs;
    if (pending === undefined && dueMs === this.nowMs && isFirst) {
      // Made again after a reload, it has the ticket of the wait.
      strand.ticket.parked = 'ready';
      return { value: landing };
    }
    this.waitIn(strand, 'call');
    if (dueMs === Infinity) return undefined;
    if (pending === undefined) {
      this.enter(strand, dueMs, landing, undefined);
      return undefined;
    }
    const flight: Flight = { effect, dueMs, landing: undefined, pending };
    const parking = this.parkingOf(effect.correspondence);
    strand.flight = flight;
    parking.strand = strand;
    const land = (landed: Landing): void => {
      flight.landing = landed;
      if (strand.flight !== flight) return;
      const { entry } = strand;
      if (entry?.pending !== undefined) {
        entry.landing = landed;
        entry.pending = undefined;
      } else if (parking.waits > 0) {
        // It has not waited for what it had asked the world for.
        this.enterFlight(strand, flight, false);
        this.interruption?.();
      }
    };
    pending.then(
      (value) => land({ kind: 'value', value }),
      (error: unknown) => land({ kind: 'error', error }),
    );
    this.enterFlight(strand, flight, parking.waits > 0);
    return undefined;
  }

  /** A call is made again after a reload, and whoever goes on when nobody is ready did so before it landed. */
  private hadBeenMade(strand: Strand | undefined): boolean {
    return strand?.reloaded === true && strand.ticket.parked === 'call' && this.idle.length > 0;
  }

  /** A call that waits for the world itself is not waited for: only its deadline is. */
  private enterFlight(strand: Strand, { effect, dueMs, landing, pending }: Flight, isParked: boolean): void {
    strand.entry = undefined;
    if (!isParked) this.enter(strand, Math.max(dueMs, this.nowMs), landing, landing === undefined ? pending : undefined);
    else if (effect.deadlineMs !== Infinity) this.enter(strand, effect.deadlineMs, { kind: 'timeout' }, undefined);
  }

  private reenter({ strand, waits }: Parking): void {
    if (strand === undefined || strand.flight === undefined) return;
    this.enterFlight(strand, strand.flight, waits > 0);
    this.interruption?.();
  }

  /** Gives the task to the worker. Its token is open before the worker hears of it. */
  private assign(strand: Strand, { workerName, give }: Poller): void {
    const { token, correspondence, input } = strand.task as WaitForWorker;
    this.withdraw(strand);
    strand.entry = undefined;
    correspondence.taken = true;
    correspondence.workerName = workerName;
    this.openToken(strand, token, correspondence);
    this.queue(strand);
    give({ taskToken: token, input });
  }

  /** Nobody can take the task any more. */
  private withdraw(strand: Strand): void {
    if (strand.task === undefined) return;
    this.activities.withdraw(strand.task.activityArn, strand);
    strand.task = undefined;
  }

  /** Nobody waits for its signal any more. */
  private abandon(strand: Strand): void {
    const { signal } = strand;
    if (signal === undefined) return;
    signal.wake = strand.signal = undefined;
    signal.abandon?.();
  }

  private openToken(strand: Strand, token: string, correspondence: Correspondence): OpenToken {
    const known = strand.token;
    if (known !== undefined) return known;
    const open: OpenToken = { token, strand, correspondence, wait: undefined };
    strand.token = open;
    this.tokens.set(token, open);
    return open;
  }

  private closeToken(strand: Strand): void {
    if (strand.token === undefined) return;
    this.tokens.delete(strand.token.token);
    this.scripted.delete(strand.token.token);
    strand.token = undefined;
  }

  /** Sets the timer of a token to the earlier of its deadlines. */
  private armToken({ strand, correspondence, wait }: OpenToken): void {
    if (wait === undefined) return;
    const heartbeatMs = correspondence.lastBeatMs + wait.heartbeatMs;
    const dueMs = Math.min(wait.deadlineMs, heartbeatMs);
    strand.entry = undefined;
    this.enter(strand, dueMs, { heartbeat: heartbeatMs < wait.deadlineMs }, undefined);
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
      const branch = newStrand(routine, ticket, join.strand.owner, join);
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
    strand.timer?.cancel();
    this.closeToken(strand);
    const { parent } = strand;
    if (parent === undefined) {
      this.roots.delete(strand);
      strand.owner.settle(end);
      return;
    }
    parent.open.delete(strand);
    const resume: Resume | undefined = 'thrown' in end ? end : end.value === false ? { value: false } : this.fill(parent);
    if (resume === undefined) return;
    for (const sibling of parent.open) this.cancel(sibling);
    parent.strand.join = undefined;
    // Before anybody else: its ticket is lower than its branches' anyway. (S4)
    this.run(parent.strand, resume);
  }

  /** Calls a routine off, with its branches. */
  cancel(strand: Strand): void {
    if (strand.done) return;
    strand.done = true;
    strand.timer?.cancel();
    this.roots.delete(strand);
    if (strand.ticket.parked === 'call') {
      strand.owner.drop(strand.what);
      strand.ticket.parked = 'ready';
    }
    strand.entry = undefined;
    strand.flight = undefined;
    this.withdraw(strand);
    this.closeToken(strand);
    this.abandon(strand);
    for (const branch of strand.join?.open ?? []) this.cancel(branch);
    if (!strand.running) strand.routine.return(undefined);
    this.interruption?.();
  }

  // (S4)
  private waitIn(strand: Strand, parked: Ticket['parked']): void {
    const { ticket } = strand;
    if (strand.reloaded && ticket.parked === parked) return;
    ticket.parked = parked;
    ticket.ticket = this.nextTicket++;
  }

  private queue(strand: Strand): void {
    strand.ticket.parked = 'ready';
    strand.ticket.ticket = this.nextTicket++;
    this.ready.push({ strand, resume: GO, rank: 2 });
    this.interruption?.();
  }

  /** @param dueMs Infinity: it waits for others, at the longest until the end of its owner; alone it is stuck */
  private enter(
    strand: Strand,
    dueMs: number,
    landing: Landing | Lapse | undefined,
    pending: Promise<unknown> | undefined,
  ): Entry {
    const { endsMs } = strand.owner;
    const expires = dueMs > endsMs;
    const entry: Entry = {
      dueMs: expires ? endsMs : dueMs,
      ticket: strand.ticket.ticket,
      strand,
      action: undefined,
      landing,
      pending: expires ? undefined : pending,
      expires,
      isUnasked: dueMs === Infinity,
    };
    strand.entry = entry;
    this.agenda.add(entry);
    if (this.resting) this.interruption?.();
    return entry;
  }

  /** By all that is under way, in words. */
  private whatIsWaitedFor(): string {
    return renderAllStuck([...this.roots].flatMap(leavesOf));
  }

  /** Nothing is ready, nothing is due: whoever still waits will wait for ever. */
  private endStuck(): void {
    const all = this.whatIsWaitedFor();
    // What is parked, or waits for a signal, waits for one of the others.
    const reasons = [...this.roots].map((strand): [Strand, string] => {
      const leaves = leavesOf(strand);
      return [strand, leaves.some(({ flight, signal }) => (flight ?? signal) !== undefined) ? all : renderAllStuck(leaves)];
    });
    for (const [strand, reason] of reasons) this.fail(strand, reason);
  }

  private endStalled(strand: Strand): void {
    let root = strand;
    while (root.parent !== undefined) root = root.parent.strand;
    this.fail(root, renderStalled(strand.what, this.stallLimitMs));
  }

  private fail(strand: Strand, message: string): void {
    this.cancel(strand);
    strand.owner.settle({ thrown: new SimulatorError(message) });
  }
}

/** What is being reloaded: routines with a turn of their own, and branches that had none yet. */
interface Reload {
  readonly leaves: Leaf[];
  readonly fresh: Strand[];
}

/** Whose turn it is. */
interface Leaf {
  readonly strand: Strand;
  readonly resume: Resume;
  /** Calls are made again before anything happens; then goes on who was going on; then who was ready. */
  readonly rank: 0 | 1 | 2;
}

const byTurn = (a: Leaf, b: Leaf): number =>
  a.rank === b.rank ? a.strand.ticket.ticket - b.strand.ticket.ticket : a.rank - b.rank;

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
