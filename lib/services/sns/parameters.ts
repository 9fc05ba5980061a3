import type { MapType, StructureType } from '../parameter-types';

const attributes: MapType = {
  map: { fields: { DataType: 'STRING', StringValue: 'STRING', BinaryValue: 'STRING' }, required: ['DataType'] },
};
const message = {
  Message: 'STRING',
  Subject: 'STRING',
  MessageStructure: 'STRING',
  MessageAttributes: attributes,
  MessageDeduplicationId: 'STRING',
  MessageGroupId: 'STRING',
} as const;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const publish: StructureType = {
  fields: { TopicArn: 'STRING', TargetArn: 'STRING', PhoneNumber: 'STRING', ...message },
  required: ['Message'],
};

/** Of the optimised integration. https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const publishAny: StructureType = { ...publish, fields: { ...publish.fields, Message: 'JSON' } };

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export const publishBatch: StructureType = {
  fields: {
    TopicArn: 'STRING',
    PublishBatchRequestEntries: { list: { fields: { Id: 'STRING', ...message }, required: ['Id', 'Message'] } },
  },
  required: ['TopicArn', 'PublishBatchRequestEntries'],
};
