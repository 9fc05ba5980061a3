import type { ActivityCorrespondence, Correspondence, Ticket } from './frame';
import type { Json } from '../json/json';
import type { Answer } from './task-call';

/**
 * What a routine may ask of the scheduler. Effects are data: a state can be tested without a clock, and a routine is
 * cancelled by returning its generator.
 */
export type Effect =
  /** Let the other ready routines go first. */
  | { readonly kind: 'turn' }
  /** Go on when nobody is ready any more, and before time moves. */
  | { readonly kind: 'idle' }
  /** Go on at a moment of virtual time. */
  | { readonly kind: 'sleep'; readonly untilMs: number }
  /** Do something outside; resumes with a `Landing`. */
  | Call
  /** Wait until the correspondence has an answer; resumes with undefined, or with a `Lapse`. */
  | {
      readonly kind: 'waitForToken';
      readonly token: string;
      readonly deadlineMs: number;
      readonly heartbeatMs: number;
      readonly correspondence: Correspondence;
      readonly what: string;
    }
  /** Wait until a worker takes the task; its token is open then. Resumes with nothing to say. */
  | WaitForWorker
  /** Wait until a signal is given. Resumes with nothing to say. */
  | WaitForSignal
  /** Run branches, at most `limit` at once; resumes with true when all are done, with false as soon as one has failed (the others are cancelled). */
  | { readonly kind: 'join'; readonly branches: Iterator<BranchStart>; readonly limit: number };

/** The effect of waiting for an activity's worker. */
export interface WaitForWorker {
  readonly kind: 'waitForWorker';
  readonly activityArn: string;
  readonly token: string;
  readonly correspondence: ActivityCorrespondence;
  /** What the worker is given. */
  readonly input: Json;
  readonly what: string;
}

/** The effect of waiting for a signal. */
export interface WaitForSignal {
  readonly kind: 'waitForSignal';
  readonly signal: Signal;
  readonly what: string;
}

/** What one routine waits for, and others give. */
export interface Signal {
  /** It has been given, and nobody has waited for it since: the next wait goes on at once. */
  given: boolean;
  /** Of whoever waits. The scheduler writes it. */
  wake: (() => void) | undefined;
  /** Whoever waits is cancelled. */
  readonly abandon: (() => void) | undefined;
}

/** A signal that has not been given. */
export const newSignal = (abandon?: () => void): Signal => ({ given: false, wake: undefined, abandon });

/** Gives a signal. Nothing happens if it has been given already. */
export function give(signal: Signal): void {
  signal.given = true;
  signal.wake?.();
}

/** The effect of doing something outside. */
export interface Call {
  readonly kind: 'call';
  readonly start: () => Answer;
  /** Virtual time of the start. The call lands its duration later, also if it has to be made again after a reload. */
  readonly startedMs: number;
  readonly deadlineMs: number;
  /** Who holds the token may answer from now on. */
  readonly token: string | undefined;
  readonly correspondence: Correspondence;
  readonly what: string;
}

/** A routine and the ticket that holds its place in the schedule. It returns whether it succeeded. */
export interface BranchStart {
  readonly routine: Routine<boolean>;
  readonly ticket: Ticket;
  /** It is reloaded from a frame whose branches are under way, so it goes on by joining them. */
  readonly joins: boolean;
}

/** A generator that yields effects. */
// What an effect resumes with depends on the effect; a generator has one type for all.
// oxlint-disable-next-line typescript/no-explicit-any
export type Routine<T> = Generator<Effect, T, any>;

/** How a call ended. */
export type Landing =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'timeout' };

/** A wait for a token that has lasted too long. */
export interface Lapse {
  /** The heartbeat was overdue, not the whole wait. */
  readonly heartbeat: boolean;
}

/** What an effect came to: a call's landing, a token's lapse, whether a join went well, or that there is nothing to say. */
export type Heard = Landing | Lapse | boolean | typeof WOKEN;

/** What was waited for has come about. */
export const WOKEN = { kind: 'woken' } as const;

/** What was sent for a token. */
export type TokenAnswer =
  | { readonly kind: 'success'; readonly output: Json }
  | { readonly kind: 'failure'; readonly error: string | undefined; readonly cause: string | undefined };

/** The effect of letting others go first. */
export const TURN: Effect = { kind: 'turn' };

/** The effect of going on when nobody is ready any more. */
export const IDLE: Effect = { kind: 'idle' };
