import { crc32 } from '../../lib/services/crc32';

test.each([
  ['', 0],
  ['123456789', 0xcbf43926], // the check value of the CRC catalogue
  ['{}', 2745614147], // what DynamoDB sends with an empty response
])('the CRC-32 of %j is %d', (text, crc) => expect(crc32(text)).toBe(crc));

test('counts UTF-8 bytes', () => expect(crc32('é')).toBe(crc32(Buffer.from([0xc3, 0xa9]).toString('utf8'))));
