import type { MappingDefinition } from '../../../lib/services/sqs/event-source-mapping';
import type { QueueDefinition } from '../../../lib/services/sqs/queue';

/** A queue with what CloudFormation has where nothing is said. */
export const queueOf = (name: string, more: Partial<QueueDefinition> = {}): QueueDefinition => ({
  name,
  arn: `arn:aws:sqs:eu-central-1:123456789012:${name}`,
  url: `https://sqs.eu-central-1.amazonaws.com/123456789012/${name}`,
  isFifo: name.endsWith('.fifo'),
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  delaySeconds: 0,
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  maximumMessageBytes: 1024 * 1024,
  redrive: undefined,
  ...more,
});

/** What has the function `work` invoked with the messages of a queue. */
export const mappingOf = ({ arn }: QueueDefinition, more: Partial<MappingDefinition> = {}): MappingDefinition => ({
  queueArn: arn,
  functionName: 'work',
  isEnabled: true,
  batchSize: 10,
  batchingWindowSeconds: 0,
  maximumConcurrency: Infinity,
  reportsBatchItemFailures: false,
  filterPatterns: [],
  ...more,
});
