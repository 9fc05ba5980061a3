import type { MapType, StructureType } from '../parameter-types';

const attributes: MapType = {
  map: {
    fields: {
      DataType: 'STRING',
      StringValue: 'STRING',
      BinaryValue: 'STRING',
      StringListValues: { list: 'STRING' },
      BinaryListValues: { list: 'STRING' },
    },
    required: ['DataType'],
  },
};
const url = { QueueUrl: 'STRING' } as const;
const message = {
  MessageBody: 'STRING',
  DelaySeconds: 'NUMBER',
  MessageAttributes: attributes,
  MessageDeduplicationId: 'STRING',
  MessageGroupId: 'STRING',
} as const;

/** Of the optimised integration. https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
export const sendAnyMessage: StructureType = {
  fields: { ...url, ...message, MessageBody: 'JSON' },
  required: ['QueueUrl', 'MessageBody'],
};

/** Of the SDK integration, by action. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export const SQS_PARAMETERS = {
  sendMessage: {
    fields: { ...url, ...message, MessageSystemAttributes: attributes },
    required: ['QueueUrl', 'MessageBody'],
  },
  sendMessageBatch: {
    fields: {
      ...url,
      Entries: {
        list: { fields: { Id: 'STRING', ...message, MessageSystemAttributes: attributes }, required: ['Id', 'MessageBody'] },
      },
    },
    required: ['QueueUrl', 'Entries'],
  },
  receiveMessage: {
    fields: {
      ...url,
      AttributeNames: { list: 'STRING' },
      MessageSystemAttributeNames: { list: 'STRING' },
      MessageAttributeNames: { list: 'STRING' },
      MaxNumberOfMessages: 'NUMBER',
      VisibilityTimeout: 'NUMBER',
      WaitTimeSeconds: 'NUMBER',
      ReceiveRequestAttemptId: 'STRING',
    },
    required: ['QueueUrl'],
  },
  deleteMessage: { fields: { ...url, ReceiptHandle: 'STRING' }, required: ['QueueUrl', 'ReceiptHandle'] },
  deleteMessageBatch: {
    fields: {
      ...url,
      Entries: { list: { fields: { Id: 'STRING', ReceiptHandle: 'STRING' }, required: ['Id', 'ReceiptHandle'] } },
    },
    required: ['QueueUrl', 'Entries'],
  },
  changeMessageVisibility: {
    fields: { ...url, ReceiptHandle: 'STRING', VisibilityTimeout: 'NUMBER' },
    required: ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'],
  },
  changeMessageVisibilityBatch: {
    fields: {
      ...url,
      Entries: {
        list: {
          fields: { Id: 'STRING', ReceiptHandle: 'STRING', VisibilityTimeout: 'NUMBER' },
          required: ['Id', 'ReceiptHandle'],
        },
      },
    },
    required: ['QueueUrl', 'Entries'],
  },
  getQueueUrl: { fields: { QueueName: 'STRING', QueueOwnerAWSAccountId: 'STRING' }, required: ['QueueName'] },
  getQueueAttributes: { fields: { ...url, AttributeNames: { list: 'STRING' } }, required: ['QueueUrl'] },
  purgeQueue: { fields: url, required: ['QueueUrl'] },
} as const satisfies Record<string, StructureType>;
