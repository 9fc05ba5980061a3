import type { QueueDefinition } from '../services/sqs/queue';
import type { Resource } from './cloud';
import { lazyFields } from './lazy-fields';
import { fieldsOf } from './resource-fields';

/** An SQS queue of a template. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export function readQueue(resource: Resource): QueueDefinition {
  const fields = () => fieldsOf(resource, resource.properties);
  return lazyFields(
    { name: resource.name ?? '' },
    {
      arn: () => resource.arn ?? '',
      url: () => resource.ref ?? '',
      isFifo: () => fields().flag('FifoQueue'),
      contentBasedDeduplication: () => fields().flag('ContentBasedDeduplication'),
      deduplicationScope: () =>
        fields().text('DeduplicationScope') === 'messageGroup' ? ('messageGroup' as const) : ('queue' as const),
      delaySeconds: () => fields().number('DelaySeconds') ?? 0,
      visibilityTimeoutSeconds: () => fields().number('VisibilityTimeout') ?? 30,
      retentionSeconds: () => fields().number('MessageRetentionPeriod') ?? FOUR_DAYS,
      receiveWaitSeconds: () => fields().number('ReceiveMessageWaitTimeSeconds') ?? 0,
      maximumMessageBytes: () => fields().number('MaximumMessageSize') ?? MAX_MESSAGE_BYTES,
      redrive: () => redriveOf(resource),
    },
  );
}

const FOUR_DAYS = 345_600;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_MESSAGE_BYTES = 1024 * 1024;

function redriveOf(resource: Resource): QueueDefinition['redrive'] {
  const policy = fieldsOf(resource, resource.properties).object('RedrivePolicy');
  if (policy === undefined) return undefined;
  const fields = fieldsOf(resource, policy);
  const maxReceiveCount = fields.number('maxReceiveCount');
  if (maxReceiveCount === undefined) throw fields.wrong('maxReceiveCount', 'a number', undefined);
  return { deadLetterTargetArn: fields.required('deadLetterTargetArn'), maxReceiveCount };
}
