import type { Json } from '../json/json';

/** A time of a request, in seconds since 1970 or as a text in ISO 8601, as milliseconds since 1970; undefined if it is none. */
export function tryTime(time: Json | undefined): number | undefined {
  const epochMs = typeof time === 'number' ? time * 1000 : typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(epochMs) ? undefined : epochMs;
}
