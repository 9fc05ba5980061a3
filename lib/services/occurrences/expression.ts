import { tryParseCron } from './cron';
import { tryTimeZone } from './time-zone';

/** When a schedule is due. */
export interface Occurrences {
  /** The first moment after this one, milliseconds since 1970; undefined: there is none any more. */
  next(afterMs: number): number | undefined;
  /** It comes once only. */
  readonly isOnce: boolean;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * `at(yyyy-mm-ddThh:mm:ss)`, `rate(value unit)` and `cron(fields)` of EventBridge Scheduler; undefined for anything else.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @param timeZone of `at` and `cron`
 * @param startMs the first occurrence of a rate
 */
export function tryParseExpression(expression: string, timeZone: string, startMs: number): Occurrences | undefined {
  const zone = tryTimeZone(timeZone);
  if (zone === undefined) return undefined;
  const [, ...at] = /^at\((\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\)$/.exec(expression) ?? [];
  if (at.length > 0) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = at.map(Number);
    if (Number.isNaN(Date.parse(`${expression.slice(3, -1)}Z`))) return undefined;
    const atMs = zone.moment({ year, month, day, hour, minute, second });
    return { isOnce: true, next: (afterMs) => (atMs > afterMs ? atMs : undefined) };
  }
  return tryParseCron(expression, zone) ?? tryParseRate(expression, startMs);
}

/**
 * `rate(value unit)` and `cron(fields)` of a rule, which counts in UTC, and wants `1 minute` and `2 minutes`; undefined for anything else.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @param startMs when the rule was made: a rate comes first after one period
 */
export function tryParseRuleExpression(expression: string, startMs: number): Occurrences | undefined {
  const [, value, plural] = /^rate\((\d+) [a-z]+?(s?)\)$/.exec(expression) ?? [];
  if (value !== undefined && (Number(value) === 1) === (plural === 's')) return undefined;
  return expression.startsWith('at(') ? undefined : tryParseExpression(expression, 'UTC', startMs);
}

function tryParseRate(expression: string, startMs: number): Occurrences | undefined {
  const [, value, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const periodMs = Number(value) * (UNIT_MS[unit] ?? 0);
  if (!(periodMs > 0)) return undefined;
  return { isOnce: false, next: (afterMs) => startMs + Math.max(0, Math.floor((afterMs - startMs) / periodMs) + 1) * periodMs };
}
