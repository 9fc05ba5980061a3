import { MAX_HISTORY_EVENTS } from '../limits';
import type { MapRunSnapshot, UnsuccessfulChild } from './map-run-snapshot';

/**
 * A redrive goes on with a Map Run that was stopped, or in which more failed than is tolerated: it runs its unsuccessful children again, and
 * what was never started. After any other failure the state starts a new one.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html
 */
export function canRedrive(run: Pick<MapRunSnapshot, 'status' | 'end'> | undefined): boolean {
  if (run?.status === 'ABORTED') return true;
  return run?.end !== undefined && 'failure' in run.end && run.end.failure.error === 'States.ExceedToleratedFailureThreshold';
}

/** A child that cannot go on, for its history has no room for more than its end: it stays as it is. */
export const hasFullHistory = ({ snapshot }: UnsuccessfulChild): boolean =>
  snapshot !== undefined && snapshot.lastEventId >= MAX_HISTORY_EVENTS - 1;
