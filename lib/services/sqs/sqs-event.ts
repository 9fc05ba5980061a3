import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { md5, md5OfAttributes } from './md5';
import type { KeptMessage } from './queue';
import { systemAttributes } from './system-attributes';

/** A record of the event that a function is given. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export function sqsRecord(message: KeptMessage, queueArn: string): JsonObject {
  const md5OfMessageAttributes = md5OfAttributes(message.messageAttributes);
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle ?? '',
    body: message.body,
    attributes: systemAttributes(message, queueArn),
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, attribute]) => [name, recordAttribute(attribute)]),
    ),
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

function recordAttribute(attribute: Json): Json {
  const fields = isObject(attribute) ? attribute : {};
  const stringValue = get(fields, 'StringValue');
  const binaryValue = get(fields, 'BinaryValue');
  return {
    ...(stringValue === undefined ? {} : { stringValue }),
    ...(binaryValue === undefined ? {} : { binaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: get(fields, 'DataType') ?? '',
  };
}
