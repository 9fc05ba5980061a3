import type { Occurrences } from './expression';
import type { TimeZone } from './time-zone';

/**
 * `cron(minutes hours day-of-month month day-of-week year)`; undefined for what EventBridge does not take. A time that the clock skips does
 * not come, one that it shows twice comes once.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function tryParseCron(expression: string, zone: TimeZone): Occurrences | undefined {
  const [, inside = ''] = /^cron\(([^()]*)\)$/.exec(expression) ?? [];
  const fields = inside.trim().split(/\s+/);
  const [minutesText = '', hoursText = '', dayText = '', monthText = '', weekdayText = '', yearText = ''] = fields;
  // One of the two days says nothing.
  if (fields.length !== 6 || (dayText === '?') === (weekdayText === '?')) return undefined;
  const minutes = tryValues(minutesText, MINUTES);
  const hours = tryValues(hoursText, HOURS);
  const months = tryValues(monthText, MONTHS);
  const years = tryValues(yearText, YEARS);
  const isDay = weekdayText === '?' ? tryDayOfMonth(dayText) : tryDayOfWeek(weekdayText);
  if (minutes === undefined || hours === undefined || months === undefined || years === undefined || isDay === undefined)
    return undefined;
  return {
    isOnce: false,
    next(afterMs) {
      const from = zone.localTime(afterMs);
      for (let year = from.year; year <= YEARS.most; year += 1) {
        if (!years.has(year)) continue;
        for (let month = year === from.year ? from.month : 1; month <= 12; month += 1) {
          if (!months.has(month)) continue;
          const lastDay = daysOf(year, month);
          for (let day = year === from.year && month === from.month ? from.day : 1; day <= lastDay; day += 1) {
            if (!isDay({ year, month, day, lastDay, weekday: weekdayOf(year, month, day) })) continue;
            for (const hour of hours)
              for (const minute of minutes) {
                const epochMs = zone.tryMoment({ year, month, day, hour, minute, second: 0 });
                if (epochMs !== undefined && epochMs > afterMs) return epochMs;
              }
          }
        }
      }
      return undefined;
    },
  };
}

/** A day of the calendar. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Of its month. */
  readonly lastDay: number;
  /** 1 is Sunday. */
  readonly weekday: number;
}

/** What a field may hold. */
interface Field {
  readonly least: number;
  readonly most: number;
  /** The first one is `least`. */
  readonly names: readonly string[];
}

const MINUTES: Field = { least: 0, most: 59, names: [] };
const HOURS: Field = { least: 0, most: 23, names: [] };
const DAYS: Field = { least: 1, most: 31, names: [] };
const MONTHS: Field = {
  least: 1,
  most: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const WEEKDAYS: Field = { least: 1, most: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const YEARS: Field = { least: 1970, most: 2199, names: [] };
const SATURDAY = 7;
const SUNDAY = 1;

/** Values, ranges, steps and lists of them, in order: `1,5-7,0/15`, `*`. Undefined for anything else. */
function tryValues(text: string, field: Field): ReadonlySet<number> | undefined {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [first, last, ...more] = range.split('-').map((one) => tryValue(one, field));
    const from = range === '*' ? field.least : first;
    const to = range === '*' || (step !== undefined && last === undefined) ? field.most : range.includes('-') ? last : from;
    const by = step === undefined ? 1 : Number(step);
    if (from === undefined || to === undefined || more.length > 0 || by === 0) return undefined;
    // A range may go over the end, as FRI-MON does, but for the years', which do not come again.
    if (to < from && field === YEARS) return undefined;
    const span = to >= from ? to - from : to - from + (field.most - field.least + 1);
    for (let offset = 0; offset <= span; offset += by)
      values.push(((from - field.least + offset) % (field.most - field.least + 1)) + field.least);
  }
  return new Set(values.sort((a, b) => a - b));
}

function tryValue(text: string, { least, most, names }: Field): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named !== -1 ? named + least : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

/** `L` (the last), `LW` (the last from Monday to Friday), `15W` (the one nearest to the 15th), or values. */
function tryDayOfMonth(text: string): ((day: Day) => boolean) | undefined {
  if (text === 'L') return ({ day, lastDay }) => day === lastDay;
  if (text === 'LW') return (day) => day.day === nearestWorkday(day, day.lastDay);
  const [, near] = /^(\d{1,2})W$/.exec(text) ?? [];
  if (near !== undefined) {
    const wanted = tryValue(near, DAYS);
    return wanted === undefined ? undefined : (day) => wanted <= day.lastDay && day.day === nearestWorkday(day, wanted);
  }
  const values = tryValues(text, DAYS);
  return values === undefined ? undefined : ({ day }) => values.has(day);
}

/** The day from Monday to Friday that is nearest to one, in the same month. */
function nearestWorkday({ year, month, lastDay }: Day, wanted: number): number {
  const weekday = weekdayOf(year, month, wanted);
  if (weekday === SATURDAY) return wanted === 1 ? wanted + 2 : wanted - 1;
  if (weekday === SUNDAY) return wanted === lastDay ? wanted - 2 : wanted + 1;
  return wanted;
}

/** `L` (Saturday), `5L` (the month's last Thursday), `3#2` (its second Tuesday), or values. */
function tryDayOfWeek(text: string): ((day: Day) => boolean) | undefined {
  if (text === 'L') return ({ weekday }) => weekday === SATURDAY;
  const [, last] = /^(\w+?)L$/.exec(text) ?? [];
  const lastWeekday = last === undefined ? undefined : tryValue(last, WEEKDAYS);
  if (lastWeekday !== undefined) return ({ weekday, day, lastDay }) => weekday === lastWeekday && day > lastDay - 7;
  const [, nth, count] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (nth !== undefined) {
    const wanted = tryValue(nth, WEEKDAYS);
    return wanted === undefined ? undefined : ({ weekday, day }) => weekday === wanted && Math.ceil(day / 7) === Number(count);
  }
  const values = tryValues(text, WEEKDAYS);
  return values === undefined ? undefined : ({ weekday }) => values.has(weekday);
}

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const weekdayOf = (year: number, month: number, day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
