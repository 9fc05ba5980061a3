import type { Json, JsonObject } from '../../json/json';
import { ApiFailure } from '../api';
import type { Api } from '../api';
import type { Buses } from '../events/buses';
import { sdkService } from '../integrations';
import type { IntegratedOperation } from '../integrations';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import type { Service } from '../service';
import type { Destinations } from '../targets';
import { deliver } from './deliver';
import { SCHEDULER_PARAMETERS } from './parameters';
import { keyOf, Schedules } from './schedules';
import type { Schedule } from './schedules';

/** A simulated EventBridge Scheduler. */
export interface Scheduler {
  readonly api: Api;
  /** `aws-sdk:scheduler`. It has no optimised integration. */
  readonly services: readonly Service[];
  readonly schedules: Schedules;
}

/** A Scheduler without schedules. */
export function createScheduler(destinations: Destinations, buses: Buses): Scheduler {
  const schedules = new Schedules(destinations.deliveries, (schedule) => deliver(destinations, buses, schedule));
  const api = schedulerApi(schedules);
  return { api, services: [sdk(api)], schedules };
}

/** Scheduler's API on the schedules of a world. https://docs.aws.amazon.com/scheduler/latest/APIReference/Welcome.html */
function schedulerApi(schedules: Schedules): Api {
  const find = (request: JsonObject): Schedule => {
    const found = schedules.tryFind(request);
    if (found !== undefined) return found;
    throw new ApiFailure('ResourceNotFoundException', `Schedule ${stringField(request, 'Name')} does not exist.`, 404);
  };
  return {
    name: 'scheduler',
    operations: {
      CreateSchedule: (request, from) => {
        if (schedules.tryFind(request) !== undefined)
          throw new ApiFailure('ConflictException', `Schedule ${stringField(request, 'Name')} already exists.`, 409);
        const ScheduleArn = `arn:aws:scheduler:${from.region}:${from.accountId}:schedule/${keyOf(request)}`;
        if (schedules.tryCreate(ScheduleArn, request, from.epochMs)) return { ScheduleArn };
        const expression = stringField(request, 'ScheduleExpression');
        throw new ApiFailure('ValidationException', `Invalid Schedule Expression ${expression}.`);
      },
      GetSchedule: (request) => described(find(request)),
      DeleteSchedule: (request) => {
        find(request);
        schedules.delete(request);
        return {};
      },
    },
  };
}

const sdk = (api: Api): Service =>
  sdkService(api, {
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
