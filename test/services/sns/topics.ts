import type { TopicDefinition } from '../../../lib/services/sns/topics';

/** A topic with what CloudFormation has where nothing is said. */
export const topicOf = (name: string, more: Partial<TopicDefinition> = {}): TopicDefinition => ({
  name,
  arn: `arn:aws:sns:eu-central-1:123456789012:${name}`,
  isFifo: name.endsWith('.fifo'),
  contentBasedDeduplication: false,
  fifoThroughputScope: 'Topic',
  maximumMessageBytes: 256 * 1024,
  ...more,
});
