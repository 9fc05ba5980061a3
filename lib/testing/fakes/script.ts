import type { Json } from '../../json/json';
import { toJson } from '../../json/to-json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { StatesError } from '../../simulator/states-error';
import type { Answer } from '../../simulator/task-call';

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
  /** The function's own handler answers. */
  | { readonly kind: 'handler'; readonly durationMs: number }
  | { readonly kind: 'failure'; readonly error: string; readonly cause: string | undefined; readonly durationMs: number };

/** A step of what has no handler. @throws SimulatorError for one that leaves the answer to a handler */
export function withAnswer(step: Step): Exclude<Step, { kind: 'handler' }> {
  if (step.kind !== 'handler') return step;
  throw new SimulatorError('takes(duration) without an answer is for functions, which have handlers: takes(duration, answer).');
}

/** What a fake does, call after call. Immutable: every method gives a new script. */
export interface Script {
  /** The last step, `count` times in all. */
  times(count: number): Script;
  /** What comes after: a value, a function of the request, or another script. Whatever comes last goes on for ever. */
  then(next: unknown): Script;
  /** The step of a call, counted from 0 in each world. */
  readonly stepAt: (index: number) => Step;
}

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
 * Without an answer, the function's own handler runs at the beginning of that time, and its answer comes at the end; where that is
 * after the function's timeout, it ends as Lambda ends it, in `Sandbox.Timedout`.
 */
export function takes(duration: DurationLike, ...given: readonly [answer?: unknown]): Script {
  const durationMs = toMs(duration);
  if (!(durationMs >= 0)) throw new SimulatorError(`takes() wants a duration of zero or more; it got ${durationMs} ms.`);
  if (given.length === 0) return script([{ step: { kind: 'handler', durationMs }, times: 1 }]);
  const [answer] = given;
  if (!isScript(answer)) return script([{ step: { kind: 'answer', answer, durationMs }, times: 1 }]);
  return scriptOf((index) => ({ ...answer.stepAt(index), durationMs }), lengthOf(answer));
}

/** The task never answers: only TimeoutSeconds ends it. */
export const neverAnswers = (): Script => script([{ step: { kind: 'answer', answer: null, durationMs: Infinity }, times: 1 }]);

/** True for what `fails`, `takes` and `neverAnswers` make. */
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

const lengthOf = (script: Script): number => (script as Script & { readonly [SCRIPT]: number })[SCRIPT];

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
      stepAt,
      parts.reduce((sum, part) => sum + part.times, 0),
    ),
    times(count) {
      if (!Number.isInteger(count) || count < 1)
        throw new SimulatorError(`times() wants a whole number of at least 1; it got ${count}.`);
      return script([...parts.slice(0, -1), { step: last.step, times: count }]);
    },
  };
}

/** A script by its steps, of which `length` are its own before what comes next. */
function scriptOf(stepAt: (index: number) => Step, length: number): Script {
  const made = {
    [SCRIPT]: length,
    stepAt,
    times: (): Script => {
      throw new SimulatorError('times() belongs behind fails(…), neverAnswers() or takes(…) with a plain answer.');
    },
    then(next: unknown, rejected?: unknown): Script {
      // Whoever awaits a script, or returns it from an async function, calls `then` with two functions.
      if (typeof next === 'function' && typeof rejected === 'function') {
        (rejected as (reason: unknown) => void)(new SimulatorError(MISPLACED));
        return made;
      }
      const rest = asScript(next);
      return scriptOf((index) => (index < length ? stepAt(index) : rest.stepAt(index - length)), length + lengthOf(rest));
    },
  };
  return made;
}

/** An answer that is a constant is checked where the fake is made, not when it is called. */
export function checkConstant(answer: unknown, what: string): Json | undefined {
  if (typeof answer === 'function' || isScript(answer)) return undefined;
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
