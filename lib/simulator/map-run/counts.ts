/** How many items, or child executions, of a Map Run are where. Together they are all that are known. */
export interface Counts {
  /** Read, and not started. */
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  /** Of those that have ended: their results are written. */
  resultsWritten: number;
}

/** What a count may be of. */
export type Standing = Exclude<keyof Counts, 'resultsWritten'>;

/** Nothing counted. */
export const noCounts = (): Counts => ({
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  resultsWritten: 0,
});

/** All that are known. */
export const totalOf = ({ pending, running, succeeded, failed, timedOut, aborted }: Counts): number =>
  pending + running + succeeded + failed + timedOut + aborted;
