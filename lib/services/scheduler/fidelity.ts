import { nowhere } from '../deliveries';
import type { Fidelity } from '../fidelity';
import { createMessaging } from '../messaging';

/** EventBridge Scheduler's row in the table of services. */
export const SCHEDULER_FIDELITY: Fidelity = {
  service: 'Amazon EventBridge Scheduler',
  does: [
    'schedules made by a Task and those of the stack: `at(…)` and `cron(…)` with a time zone, `rate(…)`, at virtual time: `world.advance(…)` lets it pass',
    'to queues, topics, functions, state machines, event buses, and any `aws-sdk` action that is simulated or has a fake',
    'retry policies and dead-letter queues, with the attributes that AWS documents',
  ],
  gaps: [
    'UpdateSchedule, ListSchedules, groups; at(…) in the past never comes',
    'a flexible time window delivers at its beginning',
    'other targets stop the run; of a schedule of the stack they get nothing',
    'the pause between retries and the body of a dead letter are assumptions (`target-backoff`, `schedule-dead-letter`)',
  ],
  integrations: () => createMessaging(nowhere).services.filter(({ resourceType }) => resourceType === 'aws-sdk:scheduler'),
};
