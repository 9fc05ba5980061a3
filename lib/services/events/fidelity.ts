import { nowhere } from '../deliveries';
import type { Fidelity } from '../fidelity';
import { createMessaging } from '../messaging';

/** EventBridge's row in the table of services. */
export const EVENTS_FIDELITY: Fidelity = {
  service: 'Amazon EventBridge',
  does: [
    'the default bus and the buses of the stack; rules with every operator of event patterns',
    'schedules of rules, `rate(…)` and `cron(…)`, from the beginning of a world on, while something else lets time pass or `world.advance(…)` lets time pass',
    'Input, InputPath, InputTransformer; to queues, topics, functions, state machines, one other bus',
    'retry policies and dead-letter queues of targets, with the attributes that AWS documents',
    'starts and ends of Standard executions as events of the default bus',
    '`world.events(bus)` shows what has come to a bus',
  ],
  gaps: [
    'other targets are refused by name, and get neither events of executions nor those of schedules',
    'what only a schedule of the stack could wake is said to wait in vain, unless a test lets time pass',
    'archives, pipes, API destinations, policies, PutRule and the rest of the API',
    'numbers are compared by value, as the published matcher of AWS does; the documentation says by their text',
    'the pause between retries and which error has which ERROR_CODE are assumptions (`target-backoff`, `events-dead-letter`)',
    'an InputPath that leads nowhere is refused',
    'an event for a bus that the stack has not stops the run',
  ],
  integrations: () => createMessaging(nowhere).services.filter(({ resourceType }) => /events|eventbridge/.test(resourceType)),
};
