import type { Json } from '../../../lib/json/json';
import { compileMessageFilter } from '../../../lib/services/sqs/message-filter';

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html

const record = (body: string): Json => ({
  messageId: 'm-1',
  body,
  attributes: { ApproximateReceiveCount: '1' },
  messageAttributes: { kind: { stringValue: 'rush', dataType: 'String' } },
});
const filter = (...patterns: readonly Json[]) => compileMessageFilter(patterns, 'the mapping');

test('without a pattern everything goes through', () => expect(filter()(record('x'))).toBe(true));

test.each<[string, boolean, Json, string]>([
  ['a field of a JSON body', true, { body: { zip: ['20500'] } }, '{"zip":"20500"}'],
  ['another value', false, { body: { zip: ['20500'] } }, '{"zip":"1"}'],
  ['a JSON body, and a pattern for text', false, { body: ['x'] }, '{"x":1}'],
  ['a text, and a pattern for JSON', false, { body: { zip: [{ exists: false }] } }, 'zip'],
  ['a text', true, { body: ['hello'] }, 'hello'],
  ['numbers', true, { body: { temp: [{ numeric: ['>', 0, '<=', 100] }] } }, '{"temp":50}'],
  ['a prefix', true, { body: { region: [{ prefix: 'us-' }] } }, '{"region":"us-east-1"}'],
  ['anything-but', false, { body: { state: [{ 'anything-but': ['x'] }] } }, '{"state":"x"}'],
  ['a field that is missing', true, { body: { state: [{ exists: false }] } }, '{}'],
  ['$or', true, { body: { $or: [{ a: [1] }, { b: [1] }] } }, '{"b":1}'],
  ['attributes of the message', true, { messageAttributes: { kind: { stringValue: ['rush'] } } }, 'whatever'],
])('%s: %s', (_, expected, pattern, body) => expect(filter(pattern)(record(body))).toBe(expected));

test('one of several patterns is enough', () => {
  const either = filter({ body: { a: [1] } }, { body: { b: [1] } });
  expect([either(record('{"b":1}')), either(record('{"c":1}'))]).toEqual([true, false]);
});

test.each(['cidr', 'wildcard'])('%s is not among the operators of event filtering', (operator) => {
  expect(() => filter({ body: { a: [{ [operator]: 'x' }] } })).toThrow(
    /the mapping is not valid at body\.a: it has the unknown operator/,
  );
});
