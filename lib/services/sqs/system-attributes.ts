import type { KeptMessage } from './queue';

/**
 * What SQS tells of a message beside what its sender said; of the sender it knows the account alone.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function systemAttributes(message: KeptMessage, queueArn: string): Readonly<Record<string, string>> {
  const { messageGroupId, messageDeduplicationId, sequenceNumber, sourceArn } = message;
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAtMs),
    ...(sequenceNumber === undefined ? {} : { SequenceNumber: sequenceNumber }),
    ...(messageGroupId === undefined ? {} : { MessageGroupId: messageGroupId }),
    SenderId: queueArn.split(':')[4] ?? '',
    ...(messageDeduplicationId === undefined ? {} : { MessageDeduplicationId: messageDeduplicationId }),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs ?? message.sentAtMs),
    ...(sourceArn === undefined ? {} : { DeadLetterQueueSourceArn: sourceArn }),
  };
}
