import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { ApiFailure } from '../api';
import type { Api, Caller } from '../api';
import type { Buses } from '../events/buses';
import { eventTime } from '../events/event';
import { sdkService } from '../integrations';
import type { IntegratedOperation } from '../integrations';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import type { Service } from '../service';
import { parsed, perform, ship } from '../targets';
import type { Destinations, Shipment } from '../targets';
import { tryParseExpression } from './expression';
import type { Occurrences } from './expression';
import { SCHEDULER_PARAMETERS } from './parameters';

/** A simulated EventBridge Scheduler. */
export interface Scheduler {
  readonly api: Api;
  /** `aws-sdk:scheduler`. It has no optimised integration. */
  readonly services: readonly Service[];
}

interface Schedule {
  readonly arn: string;
  readonly request: JsonObject;
  readonly target: JsonObject;
  readonly createdAtMs: number;
  readonly accountId: string;
  readonly occurrences: Occurrences;
}

/** A Scheduler without schedules. */
export function createScheduler(destinations: Destinations, buses: Buses): Scheduler {
  const schedules = new Map<string, Schedule>();
  const { deliveries } = destinations;

  const find = (request: JsonObject): readonly [key: string, schedule: Schedule] => {
    const key = keyOf(request);
    const schedule = schedules.get(key);
    if (schedule !== undefined) return [key, schedule];
    throw new ApiFailure('ResourceNotFoundException', `Schedule ${stringField(request, 'Name')} does not exist.`, 404);
  };

  /** Waits for the next moment; a schedule that has been deleted meanwhile does nothing. */
  const arm = (key: string, schedule: Schedule): void => {
    const { occurrences, request } = schedule;
    const nextMs = occurrences.next(deliveries.epochMs);
    const endMs = tryTime(get(request, 'EndDate')) ?? Infinity;
    if (nextMs === undefined || nextMs > endMs) {
      if (stringField(request, 'ActionAfterCompletion') === 'DELETE') schedules.delete(key);
      return;
    }
    deliveries.after(nextMs - deliveries.epochMs, () => {
      if (schedules.get(key) !== schedule) return;
      send(destinations, buses, schedule);
      arm(key, schedule);
    });
  };

  const api: Api = {
    name: 'scheduler',
    operations: {
      CreateSchedule: (request, from) => {
        const key = keyOf(request);
        if (schedules.has(key))
          throw new ApiFailure('ConflictException', `Schedule ${stringField(request, 'Name')} already exists.`, 409);
        const schedule = scheduleOf(request, key, from);
        schedules.set(key, schedule);
        if (stringField(request, 'State') !== 'DISABLED') arm(key, schedule);
        return { ScheduleArn: schedule.arn };
      },
      GetSchedule: (request) => described(find(request)[1]),
      DeleteSchedule: (request) => {
        schedules.delete(find(request)[0]);
        return {};
      },
    },
  };
  const service = sdkService(api, {
    names: {
      prefix: 'Scheduler',
      service: 'Scheduler',
      baseException: 'SchedulerException',
      exceptions: new Set(['ConflictException', 'ResourceNotFoundException', 'ValidationException']),
    },
    actions: Object.fromEntries(
      Object.entries<StructureType>(SCHEDULER_PARAMETERS).map(([name, parameters]): [string, IntegratedOperation] => [
        name,
        { parameters, ...(name === 'getSchedule' ? { toResult: withIsoDates } : {}) },
      ]),
    ),
  });
  return { api, services: [service] };
}

/** `group/name`. */
const keyOf = (request: JsonObject): string =>
  `${stringField(request, 'GroupName') ?? 'default'}/${stringField(request, 'Name')}`;

function scheduleOf(request: JsonObject, key: string, from: Caller): Schedule {
  const expression = stringField(request, 'ScheduleExpression') ?? '';
  const timeZone = stringField(request, 'ScheduleExpressionTimezone') ?? 'UTC';
  if (expression.startsWith('cron(')) {
    throw new SimulatorError(
      `${from.who} creates a schedule with ${expression}, which is not simulated: at(…) and rate(…) are. Add a fake: service('aws-sdk:scheduler:createSchedule', …).`,
    );
  }
  const startMs = Math.max(from.epochMs, tryTime(get(request, 'StartDate')) ?? 0);
  const occurrences = tryParseExpression(expression, timeZone, startMs);
  if (occurrences === undefined) throw new ApiFailure('ValidationException', `Invalid Schedule Expression ${expression}.`);
  const target = get(request, 'Target');
  return {
    arn: `arn:aws:scheduler:${from.region}:${from.accountId}:schedule/${key}`,
    request,
    target: isObject(target) ? target : {},
    createdAtMs: from.epochMs,
    accountId: from.accountId,
    occurrences,
  };
}

/** Seconds since 1970, or a text in ISO 8601, as milliseconds since 1970. */
function tryTime(time: Json | undefined): number | undefined {
  const epochMs = typeof time === 'number' ? time * 1000 : typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

function described({ arn, request, createdAtMs }: Schedule): JsonObject {
  const { ClientToken: _, ...rest } = request;
  return {
    ActionAfterCompletion: 'NONE',
    GroupName: 'default',
    ScheduleExpressionTimezone: 'UTC',
    State: 'ENABLED',
    ...rest,
    Arn: arn,
    CreationDate: createdAtMs / 1000,
    LastModificationDate: createdAtMs / 1000,
  };
}

/** SDK integrations write times in ISO 8601. */
const withIsoDates = (response: JsonObject): Json =>
  Object.fromEntries(
    Object.entries(response).map(([name, value]) => [
      name,
      name.endsWith('Date') && typeof value === 'number' ? new Date(value * 1000).toISOString() : value,
    ]),
  );

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html */
function send(destinations: Destinations, buses: Buses, { arn, target, accountId }: Schedule): void {
  const { deliveries } = destinations;
  const what = `the schedule ${arn.slice(arn.lastIndexOf('/') + 1)}`;
  const targetArn = stringField(target, 'Arn') ?? '';
  const shipment: Shipment = {
    what,
    from: arn,
    target: targetArn,
    text: withContext(stringField(target, 'Input') ?? '{}', arn, deliveries.epochMs, deliveries.uuid()),
    messageGroupId: textAt(target, 'SqsParameters', 'MessageGroupId'),
  };
  const [, service, action] = /^arn:[^:]+:scheduler:::aws-sdk:([^:]+):([^:]+)$/.exec(targetArn) ?? [];
  if (service !== undefined && action !== undefined) {
    perform(deliveries, shipment, `aws-sdk:${service}`, action, objectOf(shipment));
  } else if (targetArn.includes(':event-bus/')) {
    buses.take(buses.check(targetArn, what), {
      version: '0',
      id: deliveries.uuid(),
      'detail-type': textAt(target, 'EventBridgeParameters', 'DetailType') ?? '',
      source: textAt(target, 'EventBridgeParameters', 'Source') ?? '',
      account: accountId,
      time: eventTime(deliveries.epochMs),
      region: deliveries.region,
      resources: [arn],
      detail: objectOf(shipment),
    });
  } else ship(destinations, shipment);
}

function objectOf(shipment: Shipment): JsonObject {
  const value = parsed(shipment);
  if (isObject(value)) return value;
  throw new SimulatorError(`${shipment.what} sends ${shipment.text} to ${shipment.target}, which takes an object.`);
}

function textAt(target: JsonObject, outer: string, inner: string): string | undefined {
  const found = get(target, outer);
  return isObject(found) ? stringField(found, inner) : undefined;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const withContext = (text: string, arn: string, epochMs: number, executionId: string): string =>
  text
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', eventTime(epochMs))
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
