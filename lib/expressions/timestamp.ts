const PATTERN = /^(\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d))(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Milliseconds since 1970 of an RFC 3339 timestamp with an upper-case T and Z, as AWS takes it for Wait and Choice; finer fractions
 * of a second are cut off. undefined: not a timestamp. https://states-language.net/spec.html#timestamps
 */
export const parseTimestamp = (text: string): number | undefined => {
  const parts = PATTERN.exec(text);
  if (parts === null) return undefined;
  const [, local, month, day, hour, minute, second, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = parts;
  const midnight = new Date(`${(local as string).slice(0, 7)}-01T00:00:00Z`).getTime();
  if (Number(month) < 1 || Number(month) > 12 || Number.isNaN(midnight)) return undefined;
  if (Number(day) < 1 || Number(day) > daysInMonth(midnight) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined;
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  if (Number(offsetMinutes) > 59 || offsetMs > MAX_OFFSET_MS) return undefined;
  const localMs =
    midnight + (Number(day) - 1) * 86_400_000 + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1_000;
  return localMs + Number(fraction.padEnd(3, '0').slice(0, 3)) - (sign === '-' ? -offsetMs : offsetMs);
};

/** Java's ZoneOffset goes to ±18:00. */
const MAX_OFFSET_MS = 18 * 3_600_000;

/** @param first the first millisecond of the month */
const daysInMonth = (first: number): number => {
  const month = new Date(first);
  return (month.setUTCMonth(month.getUTCMonth() + 1) - first) / 86_400_000;
};
