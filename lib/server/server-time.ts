import type { After } from '../services/states/account';
import { type Pace, patientPace, runningPace } from '../simulator/pace';
import { SimulatorError } from '../simulator/simulator-error';
import type { ServerOptions } from './server-options';
import { stoppablePace, type StoppablePace } from './stoppable-pace';

/** How virtual time passes on a server. */
export interface ServerTime {
  /** When it begins; undefined: where every world begins. */
  readonly startTime: Date | undefined;
  readonly clock: StoppablePace;
  /** How long polls know that their time is over: a client waits in real time. */
  readonly after: After;
}

/** With jumping time, a poll for an activity's task that finds none takes this part of its minute. */
const JUMPING_POLL_FACTOR = 60;

/** @param savedMs where time stood when the state file was written @throws SimulatorError if the option is none */
export function serverTime(
  time: NonNullable<ServerOptions['time']>,
  given: Date | undefined,
  savedMs: number | undefined,
): ServerTime {
  const startTime = laterOf(given ?? (time === 'jump' ? undefined : new Date()), savedMs);
  return {
    startTime,
    clock: stoppablePace(paceOf(time, startTime)),
    after: inRealTime(time === 'jump' ? JUMPING_POLL_FACTOR : time),
  };
}

function laterOf(date: Date | undefined, epochMs: number | undefined): Date | undefined {
  if (epochMs === undefined) return date;
  return new Date(Math.max(epochMs, date?.getTime() ?? 0));
}

function paceOf(time: 'jump' | number, startTime: Date | undefined): Pace {
  if (time === 'jump') return patientPace;
  if (typeof time !== 'number' || !(time > 0 && time < Infinity))
    throw new SimulatorError(`The option time is 'jump' or how many virtual seconds pass in a real one; found ${String(time)}.`);
  return runningPace((startTime as Date).getTime(), time);
}

const inRealTime =
  (factor: number): After =>
  (durationMs, action) => {
    const timer = setTimeout(action, durationMs / factor);
    return () => clearTimeout(timer);
  };
