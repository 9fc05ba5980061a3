import type { Fidelity } from '../fidelity';
import { createSqs } from './sqs';
import { nowhere } from '../deliveries';

/** SQS's row in the table of services. */
export const SQS_FIDELITY: Fidelity = {
  service: 'Amazon SQS',
  does: [
    'the queues of the stack: visibility, delays, retention, long polling, batches, dead-letter queues; MD5s',
    'FIFO queues: order within a group, deduplication by id or content over five minutes',
    'event source mappings: batches, batching window, filters, ReportBatchItemFailures, maximum concurrency',
    '`world.messages(queue)` shows what is in a queue',
  ],
  gaps: [
    'the state file of a server keeps no messages; policies, encryption, tags, CreateQueue, redrive of dead letters, the bound of messages in flight',
    'a standard queue keeps its order, delivers once, and serves the newest receipt handle only',
    'SenderId is the account; AWSTraceHeader is not kept',
    'Md5OfMessageBody is the name in `aws-sdk:sqs`, after the rule that DynamoDB’s recordings follow',
  ],
  integrations: () => createSqs(nowhere).services,
};
