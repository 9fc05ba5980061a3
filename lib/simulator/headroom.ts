import { sizeBytes } from '../json/size-bytes';
import type { RecordedEvent } from './history';
import { MAX_HISTORY_EVENTS, MAX_PAYLOAD_BYTES } from './limits';

/** How near an execution has come to the limits of Step Functions. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export interface Headroom {
  readonly largestPayload: LargestPayload;
  readonly events: {
    readonly used: number;
    /** 25,000, the last event included; undefined: an Express execution has no limit. */
    readonly limit: number | undefined;
  };
}

/** The largest payload of an execution; of several of that size, the first. */
export interface LargestPayload {
  /** Of its JSON text in UTF-8. */
  readonly sizeBytes: number;
  /** 262,144: what a payload may have. */
  readonly limitBytes: number;
  /** Id of the event that has it. */
  readonly eventId: number;
  /** Of a Task's own events: `parameters`, or the `input` of a function or an activity, is what was asked, `output` what was answered. */
  readonly member: 'input' | 'output' | 'parameters';
  /** undefined: the execution's own input. */
  readonly state: string | undefined;
}

/** Measures a history. */
export function headroomOf(events: readonly RecordedEvent[], express: boolean): Headroom {
  let largest: Pick<LargestPayload, 'sizeBytes' | 'eventId' | 'member'> = { sizeBytes: 0, eventId: 0, member: 'input' };
  for (const { id, details } of events) {
    for (const member of MEMBERS) {
      const payload = details?.[member];
      if (payload === undefined) continue;
      const size = sizeBytes(payload);
      if (size > largest.sizeBytes) largest = { sizeBytes: size, eventId: id, member };
    }
  }
  return {
    largestPayload: { ...largest, limitBytes: MAX_PAYLOAD_BYTES, state: stateOf(events, largest.eventId) },
    events: { used: events.length, limit: express ? undefined : MAX_HISTORY_EVENTS },
  };
}

const MEMBERS = ['input', 'output', 'parameters'] as const;

/** The state that an event belongs to: the one it names, or the one that was entered before it. */
function stateOf(events: readonly RecordedEvent[], id: number): string | undefined {
  for (let event = events[id - 1]; event !== undefined; event = events[event.previousEventId - 1]) {
    if (/State(Entered|Exited)$/.test(event.type)) return event.details?.['name'] as string;
  }
  return undefined;
}
