import type { Api } from './api';
import type { Deliveries } from './deliveries';
import { createEvents } from './events/events';
import type { Buses } from './events/buses';
import { createScheduler } from './scheduler/scheduler';
import type { Service } from './service';
import { createSns } from './sns/sns';
import type { Topics } from './sns/topics';
import type { Queues } from './sqs/queues';
import { createSqs } from './sqs/sqs';

/** The services that send to one another: SQS, SNS, EventBridge and its Scheduler. */
export interface Messaging {
  readonly apis: readonly Api[];
  readonly services: readonly Service[];
  readonly queues: Queues;
  readonly topics: Topics;
  readonly buses: Buses;
  /** A UUID from the world's seed. */
  uuid(): string;
}

/** Messaging without queues, topics and rules. */
export function createMessaging(deliveries: Deliveries): Messaging {
  const sqs = createSqs(deliveries);
  const sns = createSns(deliveries, sqs.queues);
  const destinations = { deliveries, queues: sqs.queues, topics: sns.topics };
  const events = createEvents(destinations);
  const all = [sqs, sns, events, createScheduler(destinations, events.buses)];
  return {
    apis: all.map(({ api }) => api),
    services: all.flatMap(({ services }) => services),
    queues: sqs.queues,
    topics: sns.topics,
    buses: events.buses,
    uuid: () => deliveries.uuid(),
  };
}
