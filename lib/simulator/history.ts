import type { Json, JsonObject } from '../json/json';
import { renderJson } from '../json/render-json';
import type { HistoryEvent, HistoryEventType } from './history-event';

/** An event as it is kept: payloads by reference; text is made when somebody asks. Plain JSON. */
export interface RecordedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly epochMs: number;
  readonly type: HistoryEventType;
  readonly details: EventDetails | undefined;
}

/** Details with AWS's member names; `input`, `output` and `parameters` are values, not text. */
export type EventDetails = { readonly [member: string]: Json | undefined };

/** An execution's append-only log. Ids come from one counter, in the order of adding. */
export class History {
  private events: RecordedEvent[] = [];
  /** Id of the last event; 0 if there is none. */
  lastId = 0;

  /**
   * @param onEvent is called after each event
   * @param keeps events are only counted if not
   */
  constructor(
    private readonly onEvent: ((id: number) => void) | undefined,
    private readonly keeps: boolean,
  ) {}

  /** Takes over what a snapshot has kept. */
  reload(events: readonly RecordedEvent[], lastId: number): void {
    this.events.push(...events);
    this.lastId = lastId;
  }

  /** Goes on in a list of its own: who has been given the one so far keeps it as it is. */
  branchOff(): void {
    this.events = [...this.events];
  }

  /** What has been recorded so far. */
  get recorded(): readonly RecordedEvent[] {
    return this.events;
  }

  add(type: HistoryEventType, previousEventId: number, epochMs: number, details: EventDetails | undefined): number {
    const id = ++this.lastId;
    if (this.keeps) this.events.push({ id, previousEventId, epochMs, type, details });
    this.onEvent?.(id);
    return id;
  }
}

/** Members whose values AWS gives as JSON text, each with a companion that says whether the text was cut. */
const TEXTS: Readonly<Record<string, string | undefined>> = {
  input: 'inputDetails',
  output: 'outputDetails',
  parameters: undefined,
};

/** Events as `GetExecutionHistory` returns them. */
export const renderHistory = (events: readonly RecordedEvent[]): HistoryEvent[] => events.map(renderEvent);

function renderEvent({ id, previousEventId, epochMs, type, details }: RecordedEvent): HistoryEvent {
  const event: Record<string, unknown> = { timestamp: new Date(epochMs), type, id, previousEventId };
  const member = detailsMember(type);
  if (details !== undefined && member !== undefined) event[member] = renderDetails(details);
  return event as unknown as HistoryEvent;
}

function renderDetails(details: EventDetails): JsonObject {
  const rendered: Record<string, Json> = {};
  for (const [name, value] of Object.entries(details)) {
    if (value === undefined) continue;
    if (name === 'assignedVariables') {
      rendered[name] = Object.fromEntries(
        Object.entries(value as JsonObject).map(([variable, json]) => [variable, renderJson(json)]),
      );
      rendered['assignedVariablesDetails'] = { truncated: false };
    } else if (!Object.hasOwn(TEXTS, name)) {
      rendered[name] = value;
    } else {
      rendered[name] = renderJson(value);
      const companion = TEXTS[name];
      if (companion !== undefined) rendered[companion] = { truncated: false };
    }
  }
  return rendered;
}

/** All `…StateEntered` share one member, as do all `…StateExited`; the others are named after their type. */
function detailsMember(type: HistoryEventType): string | undefined {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
