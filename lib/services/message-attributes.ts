import { isObject } from '../json/json';
import type { JsonObject } from '../json/json';
import { get } from '../json/with-field';
import { stringField } from './parameter-types';

/**
 * What a message weighs, as SQS and SNS count it: its body, and of each attribute the name, the type and the value.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-message-attributes
 */
export const messageBytes = (body: string, attributes: JsonObject): number =>
  Object.keys(attributes).reduce((sum, name) => {
    const { dataType, stringValue, binaryValue } = attributeOf(attributes, name);
    const valueBytes =
      binaryValue === undefined ? Buffer.byteLength(stringValue ?? '') : Buffer.byteLength(binaryValue, 'base64');
    return sum + Buffer.byteLength(name) + Buffer.byteLength(dataType) + valueBytes;
  }, Buffer.byteLength(body));

/**
 * What SQS and SNS, in the same words, say against message attributes; undefined: nothing. The words are those that users of AWS quote:
 * https://github.com/getmoto/moto (SNS and SQS), https://github.com/softwaremill/elasticmq
 */
export function attributeProblem(attributes: JsonObject): string | undefined {
  for (const name of Object.keys(attributes)) {
    const { dataType, stringValue, binaryValue } = attributeOf(attributes, name);
    if (dataType === '') return `The message attribute '${name}' must contain non-empty message attribute type.`;
    if (!/^(?:String|Number|Binary)(?:\.|$)/.test(dataType))
      return `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
    const value = dataType.startsWith('Binary') ? binaryValue : stringValue;
    if (value === undefined || value === '')
      return `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${dataType}'.`;
  }
  return undefined;
}

interface Attribute {
  readonly dataType: string;
  readonly stringValue: string | undefined;
  /** Base64. */
  readonly binaryValue: string | undefined;
}

function attributeOf(attributes: JsonObject, name: string): Attribute {
  const found = get(attributes, name);
  const fields = isObject(found) ? found : {};
  return {
    dataType: stringField(fields, 'DataType') ?? '',
    stringValue: stringField(fields, 'StringValue'),
    binaryValue: stringField(fields, 'BinaryValue'),
  };
}

/**
 * Message group ids and deduplication ids.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html, https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const isMessageId = (id: string): boolean => /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/.test(id);
