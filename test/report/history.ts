import type { HistoryEvent, HistoryEventType } from '../../lib/simulator/history-event';

/** What the event says: a state's name; an error and its cause; an iteration; a Map's length. */
type Detail = string | readonly [error?: string, cause?: string] | { readonly name: string; readonly index: number } | number;

/** `previousEventId`, milliseconds since the start, type, detail. Ids are counted from 1. */
export type Row = readonly [previousEventId: number, atMs: number, type: HistoryEventType, detail?: Detail];

const STARTED = Date.UTC(2025, 0, 1);

/** A history written by hand. */
export function historyOf(rows: readonly Row[]): HistoryEvent[] {
  return rows.map(([previousEventId, atMs, type, detail], index) => ({
    timestamp: new Date(STARTED + atMs),
    type,
    id: index + 1,
    previousEventId,
    ...(detail === undefined ? {} : detailsOf(type, detail)),
  }));
}

function detailsOf(type: HistoryEventType, detail: Detail): Partial<HistoryEvent> {
  if (type.endsWith('StateEntered')) {
    return { stateEnteredEventDetails: { name: detail as string, input: '{}', inputDetails: { truncated: false } } };
  }
  if (type.endsWith('StateExited')) {
    return { stateExitedEventDetails: { name: detail as string, output: '{}', outputDetails: { truncated: false } } };
  }
  if (type === 'ExecutionSucceeded') {
    return { executionSucceededEventDetails: { output: detail as string, outputDetails: { truncated: false } } };
  }
  const field = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
  if (typeof detail === 'number') return { [field]: { length: detail } };
  if (!Array.isArray(detail)) return { [field]: detail };
  const [error, cause] = detail as readonly [error?: string, cause?: string];
  return { [field]: { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) } };
}

/** The rows of a task that runs through at once: entered (after `previous`), scheduled, started, succeeded, exited. */
export function taskRows(firstId: number, previous: number, fromMs: number, toMs: number, name: string): Row[] {
  return [
    [previous, fromMs, 'TaskStateEntered', name],
    [firstId, fromMs, 'TaskScheduled'],
    [firstId + 1, fromMs, 'TaskStarted'],
    [firstId + 2, toMs, 'TaskSucceeded'],
    [firstId + 3, toMs, 'TaskStateExited', name],
  ];
}
