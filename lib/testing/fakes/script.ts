import type { Json } from '../../json/json';
import { toJson } from '../../json/to-json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { StatesError } from '../../simulator/states-error';
import { tryThrottlingOf } from '../../services/throttling';
import type { Answer, TaskCall } from '../../simulator/task-call';

/** A length of virtual time: seconds, or anything that knows its milliseconds, such as aws-cdk-lib's `Duration`. */
export type DurationLike = number | { toMilliseconds(): number };

/** Virtual milliseconds of a `DurationLike`. */
export function toMs(duration: DurationLike): number {
  if (typeof duration === 'number') return duration * 1000;
  if (typeof duration?.toMilliseconds === 'function') return duration.toMilliseconds();
  throw new SimulatorError(`A duration is a number of seconds or a Duration of aws-cdk-lib; found ${JSON.stringify(duration)}.`);
}

/** What a fake does at one call. */
export type Step =
  | { readonly kind: 'answer'; readonly answer: unknown; readonly durationMs: number }
  /** Whoever answers without the fake: the function's own handler, the simulated service. */
  | { readonly kind: 'handler'; readonly durationMs: number }
  | { readonly kind: 'failure'; readonly error: string; readonly cause: string | undefined; readonly durationMs: number }
  | Throttled;

/** The call comes when there is no capacity for it. Without an error of its own it fails as the service has it. */
export interface Throttled {
  readonly kind: 'throttled';
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly durationMs: 0;
}

/** A step of what has no handler. @throws SimulatorError for one that leaves the answer to a handler */
export function withAnswer(step: Step, call: TaskCall): Exclude<Step, Throttled | { kind: 'handler' }> {
  if (step.kind === 'handler')
    throw new SimulatorError(
      'takes(duration), and a limit(…), without an answer leave it to whoever answers without the fake, and here nobody does: takes(duration, answer), limit(…).perSecond().elseThrottle().then(answer).',
    );
  return step.kind === 'throttled' ? { ...step, kind: 'failure', ...throttled(step, call) } : step;
}

/** What a throttled call fails with. @throws SimulatorError if nobody knows */
export function throttled(
  { error, cause }: Throttled,
  call: TaskCall,
): { readonly error: string; readonly cause: string | undefined } {
  if (error !== undefined) return { error, cause };
  const known = tryThrottlingOf(call);
  if (known !== undefined) return known;
  throw new SimulatorError(
    `"${call.state}" is throttled, and the simulator does not know what ${call.resource} fails with then: elseThrottle('${call.action}.Throttled').`,
  );
}

/** What a fake does, call after call. Immutable: every method gives a new script. */
export interface Script {
  /** The last step, `count` times in all. */
  times(count: number): Script;
  /** What comes after: a value, a function of the request, or another script. Whatever comes last goes on for ever. */
  then(next: unknown): Script;
  /** Begins it, in a world. */
  readonly open: () => NextStep;
}

/** What a fake does at the next call. */
export type NextStep = (call: TaskCall) => Step;

/**
 * The task fails with an error name, as often as it is called.
 *
 * ```ts
 * fails('PaymentServiceBusy').times(2).then({ paymentId: 'p-1' })
 * ```
 * @param error the name that Retry and Catch see
 * @param cause @default - for a Lambda function, the cause that Lambda makes of an error with this name; else none
 */
export function fails(error: string, cause?: string): Script {
  if (typeof error !== 'string' || error === '')
    throw new SimulatorError(`fails() wants the name of an error, such as 'Busy'; it got ${JSON.stringify(error)}.`);
  return script([{ step: { kind: 'failure', error, cause, durationMs: 0 }, times: 1 }]);
}

/**
 * The task answers after a virtual time: with a value, with what a function of the request gives, or as another script says.
 *
 * Without an answer, the function's own handler, or the simulated service, is called at the beginning of that time, and its answer comes at the
 * end; where that is after a function's timeout, it ends as Lambda ends it, in `Sandbox.Timedout`.
 */
export function takes(duration: DurationLike, ...given: readonly [answer?: unknown]): Script {
  const durationMs = toMs(duration);
  if (!(durationMs >= 0)) throw new SimulatorError(`takes() wants a duration of zero or more; it got ${durationMs} ms.`);
  if (given.length === 0) return unanswered(durationMs);
  const [answer] = given;
  if (!isScript(answer)) return script([{ step: { kind: 'answer', answer, durationMs }, times: 1 }]);
  return scriptOf(() => {
    const next = answer.open();
    return (call) => lasting(next(call), durationMs);
  }, lengthOf(answer));
}

/** Whoever answers without the fake answers, after a virtual time. */
export const unanswered = (durationMs: number): Script => script([{ step: { kind: 'handler', durationMs }, times: 1 }]);

/** Who throttles a call does it at once. */
const lasting = (step: Step, durationMs: number): Step => (step.kind === 'throttled' ? step : { ...step, durationMs });

/** The task never answers: only TimeoutSeconds ends it. */
export const neverAnswers = (): Script => script([{ step: { kind: 'answer', answer: null, durationMs: Infinity }, times: 1 }]);

/** True for what `fails`, `takes`, `limit` and `neverAnswers` make. */
export const isScript = (value: unknown): value is Script => typeof value === 'object' && value !== null && SCRIPT in value;

/** A script of whatever a fake is given: a script, a function, a value. */
export const asScript = (answer: unknown): Script =>
  isScript(answer) ? answer : script([{ step: { kind: 'answer', answer, durationMs: 0 }, times: 1 }]);

/** What a function of a fake has returned. @throws SimulatorError for a script, which is no answer */
export function refuseScript<T>(result: T): T {
  if (isScript(result)) throw new SimulatorError(MISPLACED);
  return result;
}

/** Marks a script; its value is the number of the script's own steps, before what comes next. */
const SCRIPT = Symbol('script');

/** Marks what is no script yet. */
export const UNFINISHED = Symbol('unfinished');

/** How many steps a script has of its own, before what comes next. */
export const lengthOf = (script: Script): number => (script as Script & { readonly [SCRIPT]: number })[SCRIPT];

const MISPLACED =
  'A script such as fails(…) was awaited or returned from a function. Pass it to the fake as it is, or throw a StatesError.';

/** A step and how often it is taken. */
export interface Part {
  readonly step: Step;
  /** 1 or more. */
  readonly times: number;
}

/** A script of steps in their order, at least one; the last goes on for ever. */
export function script(parts: readonly Part[]): Script {
  const last = parts.at(-1) as Part;
  const stepAt = (index: number): Step => {
    let rest = index;
    for (const part of parts) {
      if (rest < part.times) return part.step;
      rest -= part.times;
    }
    return last.step;
  };
  return {
    ...scriptOf(
      () => {
        let count = 0;
        return () => stepAt(count++);
      },
      parts.reduce((sum, part) => sum + part.times, 0),
    ),
    times(count) {
      if (!Number.isInteger(count) || count < 1)
        throw new SimulatorError(`times() wants a whole number of at least 1; it got ${count}.`);
      return script([...parts.slice(0, -1), { step: last.step, times: count }]);
    },
  };
}

/**
 * A script by how it is opened; `length` of its steps are its own before what comes next.
 * @param before makes of what comes next the whole script. @default - its own steps, then what comes next
 */
export function scriptOf(open: () => NextStep, length: number, before = inTurn): Script {
  const made = {
    [SCRIPT]: length,
    open,
    times: (): Script => {
      throw new SimulatorError('times() belongs behind fails(…), neverAnswers() or takes(…) with a plain answer.');
    },
    then(next: unknown, rejected?: unknown): Script {
      // Whoever awaits a script, or returns it from an async function, calls `then` with two functions.
      if (typeof next === 'function' && typeof rejected === 'function') {
        (rejected as (reason: unknown) => void)(new SimulatorError(MISPLACED));
        return made;
      }
      return before(made, asScript(next));
    },
  };
  return made;
}

/** One script, then another. */
const inTurn = (first: Script, rest: Script): Script =>
  scriptOf(
    () => {
      const [nextOfFirst, nextOfRest] = [first.open(), rest.open()];
      let left = lengthOf(first);
      return (call) => (left-- > 0 ? nextOfFirst(call) : nextOfRest(call));
    },
    lengthOf(first) + lengthOf(rest),
  );

/** An answer that is a constant is checked where the fake is made, not when it is called. */
export function checkConstant(answer: unknown, what: string): Json | undefined {
  if (typeof answer === 'function' || isScript(answer)) return undefined;
  if (typeof answer === 'object' && answer !== null && UNFINISHED in answer)
    throw new SimulatorError(
      `${what} is half a limit: limit(…) says with elseThrottle() what is beyond it, limit(100).perSecond().elseThrottle().`,
    );
  try {
    return toJson(answer, what);
  } catch (error) {
    throw new SimulatorError((error as Error).message, { cause: error });
  }
}

/** A call that fails after some virtual time. */
export function failure(error: StatesError, durationMs: number): Answer {
  if (durationMs === 0) throw error;
  return { value: Promise.reject(error), durationMs };
}
