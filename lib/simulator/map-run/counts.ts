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

/** So many go from one standing to another. */
export function move(counts: Counts, from: Standing, to: Standing, count: number): void {
  add(counts, from, -count);
  add(counts, to, count);
}

// By name, for a key that is a variable costs as much as all else that is done for an item here.
function add(counts: Counts, standing: Standing, count: number): void {
  switch (standing) {
    case 'pending':
      counts.pending += count;
      break;
    case 'running':
      counts.running += count;
      break;
    case 'succeeded':
      counts.succeeded += count;
      break;
    case 'failed':
      counts.failed += count;
      break;
    case 'timedOut':
      counts.timedOut += count;
      break;
    case 'aborted':
      counts.aborted += count;
      break;
  }
}
