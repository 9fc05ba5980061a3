import { nowhere } from '../deliveries';
import type { Fidelity } from '../fidelity';
import { createMessaging } from '../messaging';

/** SNS's row in the table of services. */
export const SNS_FIDELITY: Fidelity = {
  service: 'Amazon SNS',
  does: [
    'the topics of the stack, to queues (raw or in the envelope) and functions',
    'filter policies on attributes and on the body, with every operator of the documentation',
    'dead-letter queues of subscriptions; retries of what Lambda cannot take, as long as SNS has them',
    'FIFO topics with deduplication, by topic or group; MessageStructure json; batches',
  ],
  gaps: [
    'subscriptions by email, SMS, HTTP, Firehose and mobile push deliver nothing; publishing to a telephone is refused',
    'what is in a dead letter beside the message is an assumption (`sns-dead-letter`); a backoff has no jitter',
    'Lambda takes every event for a function of the stack; a fake of `lambda:invoke` may refuse it',
    'signatures, policies, archive and replay, CreateTopic, Subscribe; the 150 combinations of a filter policy',
  ],
  integrations: () => createMessaging(nowhere).services.filter(({ resourceType }) => /^(?:aws-sdk:)?sns$/.test(resourceType)),
};
