import { nowhere } from '../deliveries';
import type { Fidelity } from '../fidelity';
import { createMessaging } from '../messaging';

/** SNS's row in the table of services. */
export const SNS_FIDELITY: Fidelity = {
  service: 'Amazon SNS',
  does: [
    'the topics of the stack, to queues (raw or in the envelope) and functions (tried again as Lambda does)',
    'filter policies on attributes and on the body, with every operator of the documentation',
    'FIFO topics with deduplication; MessageStructure json; batches',
  ],
  gaps: [
    'subscriptions by email, SMS, HTTP, Firehose and mobile push deliver nothing; publishing to a telephone is refused',
    'dead-letter queues of subscriptions, signatures, policies, archive and replay, CreateTopic, Subscribe',
  ],
  integrations: () => createMessaging(nowhere).services.filter(({ resourceType }) => /^(?:aws-sdk:)?sns$/.test(resourceType)),
};
