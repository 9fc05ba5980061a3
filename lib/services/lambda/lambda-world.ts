import type { Json } from '../../json/json';
import type { Landing } from '../../simulator/effects';
import type { Answer, TaskCall, UnscheduledCall } from '../../simulator/task-call';
import type { Door } from '../doors/http';
import type { AsynchronousInvocations } from './asynchronous-invocations';

/** What functions need of the world around them. */
export interface LambdaWorld {
  /** Virtual time, milliseconds since 1970. */
  readonly epochMs: number;
  /** See `World.after`. */
  after(durationMs: number, action: () => void): void;
  /** See `World.errand`. */
  errand(what: string, start: (park: () => () => void) => Answer, land: (landing: Landing) => void): void;
  /** The APIs of the world, by the service that a host names. */
  doors(): ReadonlyMap<string, Door>;
  /** Whoever answers in place of the function that is called; undefined: nobody. */
  fakeOf(call: UnscheduledCall): ((call: TaskCall, real: RealFunction) => Answer) | undefined;
  /** Who hears of asynchronous invocations. */
  readonly asynchronousInvocations: AsynchronousInvocations;
  /** Real time that handlers which run at once wait for one another. */
  readonly patienceMs: number;
}

/** Has the function's own handler answer a call after all, in that much virtual time. Rejects with `StatesError` for the Error Output. */
export type RealFunction = (takesMs: number) => Json | Promise<Json>;
