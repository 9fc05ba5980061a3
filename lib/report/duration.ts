const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A length of virtual time for people, nothing lost: `0s`, `0.15s`, `2s`, `1m 05s`, `3h 00m`, `2d 00h 00m 01.5s`. */
export function renderDuration(durationMs: number): string {
  if (durationMs < MINUTE_MS) return `${durationMs / SECOND_MS}s`;
  return withUnits(durationMs);
}

/** A point in virtual time, for a column: `+0.000s`, `+59.999s`, `+1m 05s`, `+3h 00m`. */
export function renderOffset(sinceStartMs: number): string {
  if (sinceStartMs < MINUTE_MS) return `+${(sinceStartMs / SECOND_MS).toFixed(3)}s`;
  return `+${withUnits(sinceStartMs)}`;
}

function withUnits(durationMs: number): string {
  const days = Math.floor(durationMs / DAY_MS);
  const hours = Math.floor((durationMs % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((durationMs % HOUR_MS) / MINUTE_MS);
  const restMs = durationMs % MINUTE_MS;
  const parts: string[] = [];
  if (days > 0) parts.push(`${days}d`);
  if (days > 0 || hours > 0) parts.push(days > 0 ? `${pad(hours)}h` : `${hours}h`);
  parts.push(parts.length > 0 ? `${pad(minutes)}m` : `${minutes}m`);
  if (restMs > 0 || parts.length === 1) parts.push(`${renderSeconds(restMs)}s`);
  return parts.join(' ');
}

/** `05`, `05.25`. */
function renderSeconds(restMs: number): string {
  const [whole = '', fraction] = `${restMs / SECOND_MS}`.split('.');
  return fraction === undefined ? whole.padStart(2, '0') : `${whole.padStart(2, '0')}.${fraction}`;
}

function pad(value: number): string {
  return `${value}`.padStart(2, '0');
}
