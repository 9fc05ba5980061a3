import { isObject } from '../../json/json';
import type { JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { bury } from '../dead-letters';
import type { Buses } from '../events/buses';
import { eventTime } from '../events/event';
import { stringField } from '../parameter-types';
import { DEFAULT_RETRY_POLICY, deliverUnder } from '../retry-policy';
import type { GivenUp, RetryPolicy } from '../retry-policy';
import { isSimulated, parsed, perform, ship } from '../targets';
import type { Destinations, Shipment } from '../targets';
import type { Schedule } from './schedules';

/** Sends what a schedule has for its target, its time having come. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html */
export function deliver(destinations: Destinations, buses: Buses, schedule: Schedule): void {
  const { deliveries, queues } = destinations;
  const { arn, target } = schedule;
  const targetArn = stringField(target, 'Arn') ?? '';
  if (schedule.isUnasked && !isSimulated(targetArn) && universal(targetArn) === undefined) return;
  const what = `the schedule ${arn.slice(arn.lastIndexOf('/') + 1)}`;
  const executionId = deliveries.uuid();
  const scheduledTime = eventTime(deliveries.epochMs);
  const deadLetterArn = textAt(target, 'DeadLetterConfig', 'Arn');
  const shipment = (attempt: number): Shipment => ({
    what,
    from: arn,
    target: targetArn,
    text: withContext(stringField(target, 'Input') ?? '{}', arn, scheduledTime, executionId, attempt),
    messageGroupId: textAt(target, 'SqsParameters', 'MessageGroupId'),
    deadLetterArn,
  });
  deliverUnder(
    retryPolicyOf(target),
    deliveries,
    (tell, retryAttempts) => {
      const one = shipment(retryAttempts + 1);
      const call = universal(targetArn);
      if (call !== undefined) perform(deliveries, one, `aws-sdk:${call.service}`, call.action, objectOf(one), tell);
      else if (targetArn.includes(':event-bus/')) {
        putEvent(destinations, buses, schedule, one);
        tell(undefined);
      } else ship(destinations, one, tell);
    },
    (why) => {
      if (deadLetterArn === undefined) return;
      const attributes = deadLetterAttributes(arn, targetArn, scheduledTime, executionId, why);
      bury(queues, deliveries, deadLetterArn, { what, body: shipment(why.retryAttempts + 1).text, attributes });
    },
  );
}

/** Any action of an SDK, as a target. */
function universal(targetArn: string): { readonly service: string; readonly action: string } | undefined {
  const [, service, action] = /^arn:[^:]+:scheduler:::aws-sdk:([^:]+):([^:]+)$/.exec(targetArn) ?? [];
  return service === undefined || action === undefined ? undefined : { service, action };
}

function retryPolicyOf(target: JsonObject): RetryPolicy {
  const given = get(target, 'RetryPolicy');
  const number = (name: string): number | undefined => {
    const found = isObject(given) ? get(given, name) : undefined;
    return found === undefined ? undefined : Number(found);
  };
  return {
    maximumRetryAttempts: number('MaximumRetryAttempts') ?? DEFAULT_RETRY_POLICY.maximumRetryAttempts,
    maximumEventAgeSeconds: number('MaximumEventAgeInSeconds') ?? DEFAULT_RETRY_POLICY.maximumEventAgeSeconds,
  };
}

function putEvent({ deliveries }: Destinations, buses: Buses, { arn, target }: Schedule, shipment: Shipment): void {
  const [, , , region = '', account = ''] = arn.split(':');
  buses.take(buses.check(shipment.target, shipment.what), {
    version: '0',
    id: deliveries.uuid(),
    'detail-type': textAt(target, 'EventBridgeParameters', 'DetailType') ?? '',
    source: textAt(target, 'EventBridgeParameters', 'Source') ?? '',
    account,
    time: eventTime(deliveries.epochMs),
    region,
    resources: [arn],
    detail: objectOf(shipment),
  });
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
const withContext = (text: string, arn: string, scheduledTime: string, executionId: string, attempt: number): string =>
  text
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));

/** The message attributes of a schedule's dead letter. https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
function deadLetterAttributes(
  scheduleArn: string,
  targetArn: string,
  scheduledTime: string,
  executionId: string,
  { refusal, retryAttempts, condition }: GivenUp,
): Readonly<Record<string, string>> {
  return {
    ERROR_CODE: refusal.code,
    ERROR_MESSAGE: refusal.message === '' ? refusal.code : refusal.message,
    EXECUTION_ID: executionId,
    ...(condition === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: condition }),
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(retryAttempts),
    SCHEDULED_TIME: scheduledTime,
    SCHEDULE_ARN: scheduleArn,
    TARGET_ARN: targetArn,
  };
}
