import { nowhere } from '../deliveries';
import type { Fidelity } from '../fidelity';
import { createMessaging } from '../messaging';

/** EventBridge Scheduler's row in the table of services. */
export const SCHEDULER_FIDELITY: Fidelity = {
  service: 'Amazon EventBridge Scheduler',
  does: [
    'schedules made by a Task, `at(…)` with a time zone and `rate(…)`, at virtual time: `world.advance(…)` lets it pass',
    'to queues, topics, functions, state machines, event buses, and any `aws-sdk` action that is simulated or has a fake',
  ],
  gaps: [
    '`cron(…)` is refused; UpdateSchedule, ListSchedules, groups',
    'the schedules of a stack never fire',
    'a flexible time window delivers at its beginning; a rate comes first after one period',
    'retry policies and dead-letter queues',
  ],
  integrations: () => createMessaging(nowhere).services.filter(({ resourceType }) => resourceType === 'aws-sdk:scheduler'),
};
