import { isObject } from '../../json/json';
import type { JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Deliveries } from '../deliveries';
import { tryParseExpression } from '../occurrences/expression';
import type { Occurrences } from '../occurrences/expression';
import { stringField } from '../parameter-types';
import { tryTime } from '../times';

/** A schedule of a world. */
export interface Schedule {
  readonly arn: string;
  /** As CreateSchedule has it; a template's properties have the same names. */
  readonly request: JsonObject;
  readonly target: JsonObject;
  readonly createdAtMs: number;
  /** It comes from a template, and no test has asked for it: targets that are not simulated do not stop the run. */
  readonly isUnasked: boolean;
}

/** A schedule of a template. */
export interface ScheduleDefinition {
  readonly arn: string;
  /** Its properties, which are named as CreateSchedule names them. */
  readonly request: JsonObject;
}

/** The schedules of a world, and their times. */
export class Schedules {
  private readonly byKey = new Map<string, Schedule>();

  constructor(
    private readonly deliveries: Deliveries,
    private readonly fire: (schedule: Schedule) => void,
  ) {}

  /** @param schedules those of templates, each read when time passes; what cannot be resolved harms nobody else */
  add(schedules: readonly (() => ScheduleDefinition)[]): void {
    const { deliveries } = this;
    const create = ({ arn, request }: ScheduleDefinition): void => {
      if (this.tryCreate(arn, request, deliveries.epochMs, true)) return;
      throw new SimulatorError(
        `The schedule ${arn} has the ScheduleExpression ${stringField(request, 'ScheduleExpression')} and the time zone ` +
          `${stringField(request, 'ScheduleExpressionTimezone') ?? 'UTC'}, which EventBridge Scheduler would not take. Correct it in the template.`,
      );
    };
    if (schedules.length > 0) deliveries.meanwhile(0, () => schedules.flatMap(tryRead).forEach(create));
  }

  tryFind(request: JsonObject): Schedule | undefined {
    return this.byKey.get(keyOf(request));
  }

  /** Makes a schedule. False: its expression is none. */
  tryCreate(arn: string, request: JsonObject, createdAtMs: number, isUnasked = false): boolean {
    const expression = stringField(request, 'ScheduleExpression') ?? '';
    const timeZone = stringField(request, 'ScheduleExpressionTimezone') ?? 'UTC';
    const startMs = tryTime(get(request, 'StartDate')) ?? createdAtMs;
    const occurrences = tryParseExpression(expression, timeZone, startMs);
    if (occurrences === undefined) return false;
    const target = get(request, 'Target');
    const schedule: Schedule = { arn, request, target: isObject(target) ? target : {}, createdAtMs, isUnasked };
    this.byKey.set(keyOf(request), schedule);
    // The first moment itself counts.
    const firstMs = occurrences.isOnce ? createdAtMs : Math.max(createdAtMs, startMs);
    if (stringField(request, 'State') !== 'DISABLED') this.arm(schedule, occurrences, firstMs - 1);
    return true;
  }

  delete(request: JsonObject): void {
    this.byKey.delete(keyOf(request));
  }

  /** Waits for the next moment; a schedule that has been deleted meanwhile does nothing. */
  private arm(schedule: Schedule, occurrences: Occurrences, afterMs: number): void {
    const { request } = schedule;
    const nextMs = occurrences.next(afterMs);
    const endMs = occurrences.isOnce ? Infinity : (tryTime(get(request, 'EndDate')) ?? Infinity);
    if (nextMs === undefined || nextMs > endMs) {
      if (stringField(request, 'ActionAfterCompletion') === 'DELETE') this.delete(request);
      return;
    }
    const come = (): void => {
      if (this.tryFind(request) !== schedule) return;
      this.fire(schedule);
      this.arm(schedule, occurrences, nextMs);
    };
    const { deliveries } = this;
    // What comes again and again, as what the stack has of its own, must not keep alive a run that nothing else can wake.
    if (schedule.isUnasked || !occurrences.isOnce) deliveries.meanwhile(nextMs - deliveries.epochMs, come);
    else deliveries.after(nextMs - deliveries.epochMs, come);
  }
}

/** `group/name`. */
export const keyOf = (request: JsonObject): string =>
  `${stringField(request, 'GroupName') ?? 'default'}/${stringField(request, 'Name')}`;

function tryRead(read: () => ScheduleDefinition): ScheduleDefinition[] {
  try {
    return [read()];
  } catch (error) {
    if (error instanceof SimulatorError) return [];
    throw error;
  }
}
