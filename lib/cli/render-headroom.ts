import type { Headroom } from '../simulator/headroom';

/** How near a run came to AWS's limits, a line each. */
export function renderHeadroom({ largestPayload, events }: Headroom): readonly string[] {
  const { sizeBytes, limitBytes, member, state, eventId } = largestPayload;
  const where = state === undefined ? "the execution's input" : `${member} of "${state}", event ${eventId}`;
  return [
    `largest payload: ${count(sizeBytes)} of ${count(limitBytes)} bytes (${where})`,
    `events: ${count(events.used)}${events.limit === undefined ? '' : ` of ${count(events.limit)}`}`,
  ];
}

const count = (number: number): string => number.toLocaleString('en-US');
