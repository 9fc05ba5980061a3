import type { Due } from './agenda';
import type { BranchStart, Call, Effect, Landing, Lapse, Routine, Signal, WaitForWorker } from './effects';
import type { Correspondence, Ticket } from './frame';

/** Who spawned a routine. */
export interface Owner {
  /** Virtual time at which whatever it still waits for is given up. */
  readonly endsMs: number;
  /** The routine has returned or thrown. Called once, unless it is cancelled before. */
  settle(end: End): void;
  /** Virtual time has reached `endsMs`. */
  expire(): void;
  /** A call was given up before it landed. */
  drop(what: string): void;
}

/** How a spawned routine ended: with its value, or with what it threw. */
export type End = { readonly value: unknown } | { readonly thrown: unknown };

/** What is under way and can be called off. */
export interface Cancellable {
  cancel(): void;
}

/** When an owner's time is up. */
export interface Deadline {
  readonly dueMs: number;
  /** Its place among what is due at that moment. */
  readonly ticket: Ticket;
  readonly action: () => void;
}

/** A routine under way. */
export interface Strand {
  readonly routine: Routine<unknown>;
  readonly ticket: Ticket;
  readonly owner: Owner;
  /** The join it is a branch of; undefined for what was spawned. */
  readonly parent: Join | undefined;
  /** It counts from the first wait on: what never waits needs no timer. */
  deadline: Deadline | undefined;
  /** The deadline, once it counts. */
  timer: Cancellable | undefined;
  /** What it waits for in the agenda; an entry that is no longer here has lost its meaning. */
  entry: Entry | undefined;
  join: Join | undefined;
  token: OpenToken | undefined;
  /** The activity's task that nobody has taken yet. */
  task: WaitForWorker | undefined;
  /** What it waits for to be given. */
  signal: Signal | undefined;
  /** The call that it waits for, if its answer is a promise. */
  flight: Flight | undefined;
  done: boolean;
  /** Its generator is on the stack, and cannot be returned from outside. */
  running: boolean;
  /** Reloaded from a frame: its first wait keeps the ticket it has. */
  reloaded: boolean;
  /** What it waits for, in words. */
  what: string;
}

/** Branches under way, and the strand that waits for them. */
export interface Join {
  readonly strand: Strand;
  readonly branches: Iterator<BranchStart>;
  readonly limit: number;
  readonly open: Set<Strand>;
  exhausted: boolean;
}

/** What is due at a moment of virtual time. */
export interface Entry extends Due {
  readonly strand: Strand | undefined;
  /** Of a timer that is nobody's strand. */
  action: (() => void) | undefined;
  /** What the strand is resumed with; a call's is known once it has landed. */
  landing: Landing | Lapse | undefined;
  /** A call that has not landed yet. */
  pending: Promise<unknown> | undefined;
  /** What it waits for comes after its owner's end. */
  readonly expires: boolean;
  /** Nobody has asked for it: what this alone could wake is stuck. */
  readonly isUnasked: boolean;
}

/** A call whose answer is a promise. */
export interface Flight {
  readonly effect: Call;
  /** When it lands, at the earliest. */
  readonly dueMs: number;
  /** What it has come to; undefined: it is still pending. */
  landing: Landing | undefined;
  readonly pending: Promise<unknown>;
}

/** A token that may be answered. */
export interface OpenToken {
  readonly token: string;
  readonly strand: Strand;
  readonly correspondence: Correspondence;
  /** Somebody waits for it. */
  wait: WaitForToken | undefined;
}

type WaitForToken = Extract<Effect, { kind: 'waitForToken' }>;

/** A strand that has not run yet. */
export const newStrand = (
  routine: Routine<unknown>,
  ticket: Ticket,
  owner: Owner,
  parent: Join | undefined,
  deadline?: Deadline,
): Strand => ({
  routine,
  ticket,
  owner,
  parent,
  deadline,
  timer: undefined,
  entry: undefined,
  join: undefined,
  token: undefined,
  task: undefined,
  signal: undefined,
  flight: undefined,
  done: false,
  running: false,
  reloaded: false,
  what: '',
});

/** Nobody waits for it any more. */
export const isStale = (entry: Entry): boolean =>
  entry.strand === undefined ? entry.action === undefined : entry.strand.entry !== entry;

/** The strands below it that wait for something other than their branches. */
export const leavesOf = (strand: Strand): Strand[] =>
  strand.join === undefined ? [strand] : [...strand.join.open].flatMap((branch) => leavesOf(branch));
