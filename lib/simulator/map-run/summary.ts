import type { Json } from '../../json/json';
import { type Counts, totalOf } from './counts';
import type { MapRun } from './map-run';
import type { MapRunSnapshot, MapRunStatus } from './map-run-snapshot';
import type { Tally } from './tally';

/** A Map Run as an execution leaves it. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export interface MapRunSummary {
  readonly mapRunArn: string;
  /** ABORTED: also while Express children, which cannot be stopped, are still at work. */
  readonly status: MapRunStatus;
  readonly startDate: Date;
  /** undefined: it runs. */
  readonly stopDate: Date | undefined;
  readonly itemCounts: MapRunCounts;
  /** Of child executions. With an ItemBatcher they are fewer than items. */
  readonly executionCounts: MapRunCounts;
  readonly redriveCount: number;
  /** The children that did not succeed, in the order of their ends. */
  readonly unsuccessful: readonly UnsuccessfulExecution[];
}

/** How many are where. */
export interface MapRunCounts extends Readonly<Counts> {
  readonly total: number;
}

/** A child execution that did not succeed. */
export interface UnsuccessfulExecution {
  readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly input: Json;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** What a summary is made of. */
type Summarized = Pick<MapRun, 'arn' | 'status' | 'startMs' | 'stopMs' | 'redriveCount' | 'unsuccessful'> & {
  readonly tally: Pick<Tally, 'items' | 'executions'>;
};

/** How a Map Run of a snapshot stands that nobody has gone on with. */
export const summaryOfSaved = ({ itemCounts, executionCounts, ...saved }: MapRunSnapshot): MapRunSummary =>
  summaryOf({ ...saved, tally: { items: itemCounts, executions: executionCounts }, unsuccessful: [...saved.unsuccessful] });

/** How a Map Run stands. */
export const summaryOf = (run: Summarized): MapRunSummary => ({
  mapRunArn: run.arn,
  status: run.status,
  startDate: new Date(run.startMs),
  stopDate: run.stopMs === undefined ? undefined : new Date(run.stopMs),
  itemCounts: { ...run.tally.items, total: totalOf(run.tally.items) },
  executionCounts: { ...run.tally.executions, total: totalOf(run.tally.executions) },
  redriveCount: run.redriveCount,
  unsuccessful: run.unsuccessful.map(({ status, input, error, cause }) => ({ status, input, error, cause })),
});
