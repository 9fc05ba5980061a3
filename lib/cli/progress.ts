import { renderDuration } from '../report/duration';
import type { ShownMapRun } from '../simulator/map-run/shown-map-run';
import type { BegunSimulation } from '../testing/begin';
import { realMs } from '../simulator/real-time';

/** Draws a line of a terminal over the one before; an empty one takes it away. */
export type Draw = (line: string) => void;

/** How far a run has come. */
export interface Standing {
  /** Of the execution and of the children of its Map Runs. */
  readonly events: number;
  /** Items of its Map Runs that are known, and how many of them have come to an end; undefined: it has none. */
  readonly items: { readonly known: number; readonly done: number; readonly failed: number } | undefined;
  /** Virtual time since the start. */
  readonly virtualMs: number;
  /** Real time since then. */
  readonly realSeconds: number;
}

/** On a terminal that is not a CI's: its log would keep every line. */
export const wantsProgress = ({ CI, TERM }: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean =>
  isTerminal && TERM !== 'dumb' && (CI === undefined || CI === '' || CI === 'false');

/** A line that tells how far a run has come. */
export interface Progress {
  /** Something has happened. */
  noteEvent(): void;
  /** The line goes away. */
  end(): void;
}

/** Real milliseconds: what is done sooner needs no line. */
const PATIENCE_MS = 500;
/** Real milliseconds from line to line. */
const EVERY_MS = 100;
/** Events from one look at the clock to the next. */
const LOOK_EVERY = 256;

/**
 * Draws how far a run has come, from half a second on.
 * @param look tells where it stands
 * @param now real milliseconds. @default - this machine's
 */
export function startProgress(
  draw: Draw,
  look: () => Pick<Standing, 'items' | 'virtualMs'>,
  now: () => number = realMs,
): Progress {
  const startedMs = now();
  let nextMs = startedMs + PATIENCE_MS;
  let events = 0;
  let isShown = false;
  const drawAgain = (): void => {
    const atMs = now();
    if (atMs < nextMs) return;
    nextMs = atMs + EVERY_MS;
    isShown = true;
    draw(renderStanding({ ...look(), events, realSeconds: (atMs - startedMs) / 1000 }));
  };
  // For runs that wait for handlers; a run that waits for nobody leaves no time to timers.
  const timer = setInterval(drawAgain, EVERY_MS);
  return {
    noteEvent() {
      if (++events % LOOK_EVERY === 0) drawAgain();
    },
    end() {
      clearInterval(timer);
      if (isShown) draw('');
    },
  };
}

/** Where a simulation stands that has begun, or is about to. */
export function standingOf(begun: BegunSimulation | undefined): Pick<Standing, 'items' | 'virtualMs'> {
  if (begun === undefined) return { items: undefined, virtualMs: 0 };
  const { testWorld, execution } = begun;
  const nowMs = testWorld.now.getTime();
  return { items: itemsOf(execution.mapRuns()), virtualMs: nowMs - (execution.recorded()[0]?.epochMs ?? nowMs) };
}

/** Where the items of Map Runs stand. */
export function itemsOf(mapRuns: readonly ShownMapRun[]): Standing['items'] {
  if (mapRuns.length === 0) return undefined;
  const sum = { known: 0, done: 0, failed: 0 };
  for (const run of mapRuns) {
    const { total, succeeded, failed, timedOut, aborted } = run.itemCounts();
    sum.known += total;
    sum.done += succeeded + failed + timedOut + aborted;
    sum.failed += failed + timedOut;
  }
  return sum;
}

/** `[########------------] 40,000 of 100,000 items, 200 failed, 61,200/s, virtual time 1h 02m`. */
export function renderStanding({ events, items, virtualMs, realSeconds }: Standing): string {
  const rate = (done: number): string => `${count(done / realSeconds)}/s`;
  const time = `virtual time ${renderDuration(virtualMs)}`;
  if (items === undefined) return `${count(events)} events, ${rate(events)}, ${time}`;
  const { known, done, failed } = items;
  return `${bar(known === 0 ? 0 : done / known)} ${count(done)} of ${count(known)} items, ${count(failed)} failed, ${rate(done)}, ${time}`;
}

const BAR_LENGTH = 20;

function bar(share: number): string {
  const full = Math.floor(share * BAR_LENGTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_LENGTH - full)}]`;
}

const count = (number: number): string => Math.round(number).toLocaleString('en-US');
