import type { Ending, Execution, Redrives } from '../execution';
import { hasFullHistory } from './can-redrive';
import { type Counts, totalOf } from './counts';
import type { MapRun } from './map-run';
import type { MapRunSnapshot, MapRunStatus, UnsuccessfulChild } from './map-run-snapshot';
import type { MapRunSettings } from './plan';

/** A Map Run for those who look at it from outside. */
export interface ShownMapRun extends Pick<MapRunSettings, 'maxConcurrency' | 'tolerance'> {
  readonly arn: string;
  readonly status: MapRunStatus;
  /** Virtual time. */
  readonly startMs: number;
  readonly stopMs: number | undefined;
  readonly redrives: Redrives;
  itemCounts(): ShownCounts;
  executionCounts(): ShownCounts;
  /** Those that run, and the latest that have ended; see `StartedExecution.keepChildren`. The first started first. */
  children(): readonly ShownChild[];
  /** UpdateMapRun, at once; undefined: it has ended. */
  readonly update: MapRun['update'] | undefined;
}

/** Counts of a Map Run. Where each is, `pendingRedrive` included, adds up to the total. */
export interface ShownCounts extends Counts {
  readonly total: number;
  /** Of those that did not succeed: a redrive leaves them as they are. */
  readonly failuresNotRedrivable: number;
  /** A redrive has yet to start them. They are not among those that are pending, nor among those that have failed. */
  readonly pendingRedrive: number;
}

/** A child execution of a Map Run for those who look at it from outside. */
export interface ShownChild {
  readonly arn: string;
  readonly name: string;
  /** How many items it has. */
  readonly items: number;
  /** Counts the Map Run's children in the order of their starts. */
  readonly sequence: number;
  readonly status: Ending['status'] | 'RUNNING' | 'PENDING_REDRIVE';
  /** Virtual time. */
  readonly startMs: number;
  readonly stopMs: number | undefined;
  readonly redrives: Redrives;
  /** undefined: it is an Express execution. */
  readonly execution: Execution | undefined;
}

/** The Map Runs of an execution, in the order of their starts. */
export const shownMapRuns = (execution: Execution): readonly ShownMapRun[] => [
  ...execution.restingMapRuns.map(shownAtRest),
  ...execution.mapRuns.map(shownNow),
];

const shownNow = (run: MapRun): ShownMapRun => ({
  arn: run.arn,
  status: run.status,
  startMs: run.startMs,
  stopMs: run.stopMs,
  maxConcurrency: run.maxConcurrency,
  tolerance: run.tolerance,
  redrives: { count: run.redriveCount, lastMs: run.redriveMs },
  itemCounts: () => shownCounts(run.tally.items, run, ({ items }) => items),
  executionCounts: () => shownCounts(run.tally.executions, run, () => 1),
  children: () => run.shownChildren,
  update: run.end === undefined ? (changes) => run.update(changes) : undefined,
});

const shownAtRest = (run: MapRunSnapshot): ShownMapRun => ({
  arn: run.arn,
  status: run.status,
  startMs: run.startMs,
  stopMs: run.stopMs,
  maxConcurrency: run.settings.maxConcurrency,
  tolerance: run.settings.tolerance,
  redrives: { count: run.redriveCount, lastMs: run.redriveMs },
  itemCounts: () => shownCounts(run.itemCounts, run, ({ items }) => items),
  executionCounts: () => shownCounts(run.executionCounts, run, () => 1),
  children: () => [],
  update: undefined,
});

function shownCounts(
  counts: Counts,
  { again, unsuccessful }: Pick<MapRunSnapshot, 'again' | 'unsuccessful'>,
  weightOf: (child: UnsuccessfulChild) => number,
): ShownCounts {
  const weigh = (children: readonly UnsuccessfulChild[]): number => children.reduce((sum, child) => sum + weightOf(child), 0);
  const pendingRedrive = weigh(again);
  return {
    ...counts,
    // The simulator counts both as what is yet to be started.
    pending: counts.pending - pendingRedrive,
    total: totalOf(counts),
    failuresNotRedrivable: weigh(unsuccessful.filter(hasFullHistory)),
    pendingRedrive,
  };
}
