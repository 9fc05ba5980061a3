import type { Fidelity } from '../fidelity';
import { createSqs } from './sqs';
import { nowhere } from '../deliveries';

/** SQS's row in the table of services. */
export const SQS_FIDELITY: Fidelity = {
  service: 'Amazon SQS',
  does: [
    'the queues of the stack: visibility up to twelve hours, delays, retention, long polling, batches, dead-letter queues; sizes with attributes, MD5s',
    'FIFO queues: order within a group, groups held while in flight, deduplication by id or content over five minutes',
    'event source mappings: batches, batching window, filters, ReportBatchItemFailures, maximum concurrency',
    'errors in the words that users quote of AWS',
    '`world.messages(queue)` shows what is in a queue',
  ],
  gaps: [
    'the state file of a server keeps no messages; policies, encryption, tags, CreateQueue, redrive of dead letters, the bound of messages in flight, ReceiveRequestAttemptId',
    'a standard queue keeps its order, delivers once, and serves the newest receipt handle only; groups of a standard queue change nothing',
    'SenderId is the account; AWSTraceHeader is not kept; names of attributes are not checked',
    'Md5OfMessageBody is the name in `aws-sdk:sqs` (assumption `sqs-result-names`)',
  ],
  integrations: () => createSqs(nowhere).services,
};
