import { nowhere } from '../deliveries';
import type { Fidelity } from '../fidelity';
import { createMessaging } from '../messaging';

/** EventBridge's row in the table of services. */
export const EVENTS_FIDELITY: Fidelity = {
  service: 'Amazon EventBridge',
  does: [
    'the default bus and the buses of the stack; rules with every operator of event patterns',
    'Input, InputPath, InputTransformer; to queues, topics, functions, state machines, other buses',
    'starts and ends of Standard executions as events of the default bus',
    '`world.events(bus)` shows what has come to a bus',
  ],
  gaps: [
    'schedules of rules never fire; other targets are refused by name, and get no events of executions',
    'retry policies and dead-letter queues of targets, archives, pipes, API destinations, policies',
    'numbers are compared by value: AWS takes 300 and 300.0 for different',
    'a path of an InputTransformer that leads nowhere, and an object within a text of its template, are refused',
    'an event for a bus that the stack has not stops the run',
  ],
  integrations: () => createMessaging(nowhere).services.filter(({ resourceType }) => /events|eventbridge/.test(resourceType)),
};
