import { createHash } from 'node:crypto';
import { isObject } from '../../json/json';
import type { JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { stringField } from '../parameter-types';

/** MD5 of a message's body, in hexadecimal. */
export const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

const STRING_TRANSPORT = Buffer.from([1]);
const BINARY_TRANSPORT = Buffer.from([2]);

/**
 * MD5 of message attributes: names in order, each with its type and value, each with its length.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: JsonObject): string | undefined {
  const names = Object.keys(attributes).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  if (names.length === 0) return undefined;
  return md5(
    Buffer.concat(
      names.flatMap((name) => {
        const attribute = get(attributes, name);
        const fields = isObject(attribute) ? attribute : {};
        const dataType = stringField(fields, 'DataType') ?? '';
        const binary = stringField(fields, 'BinaryValue');
        const value =
          binary === undefined ? Buffer.from(stringField(fields, 'StringValue') ?? '') : Buffer.from(binary, 'base64');
        return [
          ...withLength(Buffer.from(name)),
          ...withLength(Buffer.from(dataType)),
          binary === undefined ? STRING_TRANSPORT : BINARY_TRANSPORT,
          ...withLength(value),
        ];
      }),
    ),
  );
}

function withLength(data: Buffer): readonly Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return [length, data];
}
