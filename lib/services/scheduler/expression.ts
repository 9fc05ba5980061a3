/** When a schedule is due. */
export interface Occurrences {
  /** The first moment after this one, milliseconds since 1970; undefined: there is none any more. */
  next(afterMs: number): number | undefined;
  /** It comes once only. */
  readonly isOnce: boolean;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * `at(yyyy-mm-ddThh:mm:ss)` and `rate(value unit)`; undefined for anything else.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @param timeZone of `at`
 * @param startMs what a rate counts from
 */
export function tryParseExpression(expression: string, timeZone: string, startMs: number): Occurrences | undefined {
  const [, local] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression) ?? [];
  if (local !== undefined) {
    const atMs = inTimeZone(local, timeZone);
    return atMs === undefined ? undefined : { isOnce: true, next: (afterMs) => (atMs > afterMs ? atMs : undefined) };
  }
  const [, value, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const periodMs = Number(value) * (UNIT_MS[unit] ?? 0);
  if (!(periodMs > 0)) return undefined;
  return { isOnce: false, next: (afterMs) => startMs + Math.max(1, Math.floor((afterMs - startMs) / periodMs) + 1) * periodMs };
}

/** A local time as milliseconds since 1970; undefined if there is no such time or time zone. */
function inTimeZone(local: string, timeZone: string): number | undefined {
  const asUtcMs = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtcMs)) return undefined;
  try {
    // Twice, because the offset is that of the moment itself.
    const guessMs = asUtcMs - offsetMs(asUtcMs, timeZone);
    return asUtcMs - offsetMs(guessMs, timeZone);
  } catch {
    return undefined;
  }
}

/** How far a time zone's clock is ahead of UTC. */
function offsetMs(epochMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(epochMs);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - epochMs;
}
