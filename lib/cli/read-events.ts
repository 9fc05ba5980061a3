import { isArray, isObject, type Json } from '../json/json';
import { get } from '../json/with-field';
import type { HistoryEvent } from '../simulator/history-event';
import { readInput } from './read-input';
import type { Surroundings } from './surroundings';
import { UsageError } from './usage-error';

/**
 * The events of an execution, in the order of their ids: out of what `baton run --json` or `aws stepfunctions get-execution-history` printed.
 * @param given as `readInput`
 * @throws UsageError if there are none
 */
export function readEvents(given: string, surroundings: Surroundings): readonly HistoryEvent[] {
  const json = readInput(given, 'the run', surroundings);
  const events = isObject(json) ? get(json, 'events') : undefined;
  if (!isArray(events) || events.length === 0) {
    throw new UsageError(
      `The run must be an object with "events", as "baton run --json" or "aws stepfunctions get-execution-history" prints it; found ${events === undefined ? 'none' : 'no event in it'}.`,
    );
  }
  return events.map(eventOf).toSorted((a, b) => a.id - b.id);
}

function eventOf(event: Json, index: number): HistoryEvent {
  const timestamp = isObject(event) ? dateOf(get(event, 'timestamp')) : undefined;
  if (
    isObject(event) &&
    timestamp !== undefined &&
    typeof get(event, 'id') === 'number' &&
    typeof get(event, 'type') === 'string'
  )
    return { previousEventId: 0, ...event, timestamp } as unknown as HistoryEvent;
  throw new UsageError(`Event number ${index + 1} of the run is none: it must have id, type and timestamp.`);
}

/** The AWS CLI writes ISO 8601, or with `cli_timestamp_format = none` seconds since 1970. */
function dateOf(timestamp: Json | undefined): Date | undefined {
  const date =
    typeof timestamp === 'number' ? new Date(timestamp * 1000) : typeof timestamp === 'string' ? new Date(timestamp) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
