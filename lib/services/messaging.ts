import type { JsonObject } from '../json/json';
import type { Api } from './api';
import type { Deliveries } from './deliveries';
import type { Buses } from './events/buses';
import { eventTime } from './events/event';
import { createEvents } from './events/events';
import { AsynchronousInvocations } from './lambda/asynchronous-invocations';
import type { Afterword } from './lambda/asynchronous-invocations';
import { createScheduler } from './scheduler/scheduler';
import type { Schedules } from './scheduler/schedules';
import type { Service } from './service';
import { createSns } from './sns/sns';
import type { Topics } from './sns/topics';
import type { Queues } from './sqs/queues';
import { createSqs } from './sqs/sqs';
import { parsed, ship } from './targets';
import type { Destinations, Shipment } from './targets';

/** The services that send to one another: SQS, SNS, EventBridge and its Scheduler, and what functions leave behind. */
export interface Messaging {
  readonly apis: readonly Api[];
  readonly services: readonly Service[];
  readonly queues: Queues;
  readonly topics: Topics;
  readonly buses: Buses;
  readonly schedules: Schedules;
  /** Who hears of asynchronous invocations of functions. */
  readonly invocations: AsynchronousInvocations;
  /** A UUID from the world's seed. */
  uuid(): string;
}

/** Messaging without queues, topics and rules. */
export function createMessaging(deliveries: Deliveries): Messaging {
  const invocations: AsynchronousInvocations = new AsynchronousInvocations(
    () => deliveries,
    (afterword) => tellOf(afterword, destinations, events.buses),
  );
  const sqs = createSqs(deliveries);
  const sns = createSns(deliveries, sqs.queues);
  const destinations: Destinations = { deliveries, queues: sqs.queues, topics: sns.topics };
  const events = createEvents(destinations);
  const scheduler = createScheduler(destinations, events.buses);
  const all = [sqs, sns, events, scheduler];
  return {
    apis: all.map(({ api }) => api),
    services: all.flatMap(({ services }) => services),
    queues: sqs.queues,
    topics: sns.topics,
    buses: events.buses,
    schedules: scheduler.schedules,
    invocations,
    uuid: () => deliveries.uuid(),
  };
}

/** Sends a function's destination, or its dead-letter queue, what has become of an invocation. */
function tellOf(afterword: Afterword, destinations: Destinations, buses: Buses): void {
  const { what, from, target, succeeded } = afterword;
  const { deliveries } = destinations;
  const shipment: Shipment = { ...afterword, messageGroupId: undefined, deadLetterArn: undefined };
  if (!target.includes(':event-bus/')) {
    ship(destinations, shipment, () => undefined);
    return;
  }
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations
  buses.take(buses.check(target, what), {
    version: '0',
    id: deliveries.uuid(),
    'detail-type': `Lambda Function Invocation Result - ${succeeded ? 'Success' : 'Failure'}`,
    source: 'lambda',
    account: from.split(':')[4] ?? '',
    time: eventTime(deliveries.epochMs),
    region: deliveries.region,
    resources: [target, from],
    detail: parsed(shipment) as JsonObject,
  });
}
