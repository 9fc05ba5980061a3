/** What a wall clock shows, minutes as the smallest unit that schedules know. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The clock of a time zone. */
export interface TimeZone {
  /** What the clock shows at a moment, milliseconds since 1970. */
  localTime(epochMs: number): LocalTime;
  /** The first moment at which the clock shows this; undefined: it never does, as it is put forward past it. */
  tryMoment(local: LocalTime): number | undefined;
  /** The same, but for a time that is skipped: as far behind the moment of the change as it says. */
  moment(local: LocalTime): number;
}

/** A time zone by its name in the IANA database; undefined if there is none. */
export function tryTimeZone(name: string): TimeZone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  const localTime = (epochMs: number): LocalTime => {
    const parts = format.formatToParts(epochMs);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
    return {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
    };
  };
  /** How far the clock is ahead of UTC. */
  const offsetMs = (epochMs: number): number => asUtcMs(localTime(epochMs)) - Math.floor(epochMs / 1000) * 1000;
  /** Before and after a change of the clock on that day, earlier moments first. */
  const candidates = (local: LocalTime): readonly number[] => {
    const utcMs = asUtcMs(local);
    const offsets = [offsetMs(utcMs - DAY_MS), offsetMs(utcMs + DAY_MS)];
    return offsets.map((offset) => utcMs - offset).sort((a, b) => a - b);
  };
  const tryMoment = (local: LocalTime): number | undefined =>
    candidates(local).find((epochMs) => asUtcMs(localTime(epochMs)) === asUtcMs(local));
  return { localTime, tryMoment, moment: (local) => tryMoment(local) ?? Math.max(...candidates(local)) };
}

const DAY_MS = 86_400_000;

const asUtcMs = ({ year, month, day, hour, minute, second }: LocalTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);
