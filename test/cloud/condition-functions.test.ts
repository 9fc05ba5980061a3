import type { Json } from '../../lib/json/json';
import { readTemplate } from '../../lib/cloud/read-template';

/** Whether a resource with this condition is made. */
function holds(condition: Json, more: Record<string, Json> = {}): boolean {
  const Conditions = { ...more, It: condition };
  const Resources = { Queue: { Type: 'AWS::SQS::Queue', Condition: 'It' } };
  return readTemplate({ Conditions, Resources }).resources.length === 1;
}

const yes: Json = { 'Fn::Equals': ['a', 'a'] };
const no: Json = { 'Fn::Equals': ['a', 'b'] };

test.each<[Json, boolean]>([
  [yes, true],
  [no, false],
  [{ 'Fn::Equals': ['', ''] }, true],
  [{ 'Fn::Equals': [true, 'true'] }, true],
  [{ 'Fn::Equals': [1, '1'] }, true],
  [{ 'Fn::Equals': [0, false] }, false],
  [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, true],
  [{ 'Fn::Not': [no] }, true],
  [{ 'Fn::And': [yes, yes] }, true],
  [{ 'Fn::And': [yes, no, yes] }, false],
  [{ 'Fn::Or': [no, yes] }, true],
  [{ 'Fn::Or': [no, no] }, false],
  [{ 'Fn::And': [{ Condition: 'Other' }, { 'Fn::Not': [{ Condition: 'Other' }] }] }, false],
  [{ Condition: 'Other' }, true],
])('%j is %p', (condition, expected) => {
  expect(holds(condition, { Other: yes })).toBe(expected);
});

test.each<[Json, RegExp]>([
  [{ 'Fn::And': [yes] }, /takes a list of 2 to 10/],
  [{ 'Fn::Not': [yes, no] }, /takes a list of 1/],
  [{ 'Fn::Equals': ['a'] }, /takes a list of 2/],
  [{ 'Fn::Contains': [['a'], 'a'] }, /It is not a condition. Use one of Condition, Fn::And, Fn::Or, Fn::Not, Fn::Equals/],
  [{ 'Fn::Equals': ['a', 'a'], 'Fn::Not': [no] }, /alone in its object/],
  [true, /It is not a condition/],
  [{ constructor: [] }, /It is not a condition/],
])('%j is refused', (condition, message) => {
  expect(() => holds(condition)).toThrow(message);
});
