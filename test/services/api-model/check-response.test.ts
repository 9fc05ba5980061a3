import { checkResponse } from '../../../lib/services/api-model/check-response';
import { type FieldValidationMode } from '../../../lib/services/api-model/field-validation-mode';
import { tryParseResource } from '../../../lib/asl/resource';
import type { Json } from '../../../lib/json/json';

function check(integration: string, result: Json, mode: FieldValidationMode = 'STRICT') {
  const resource = tryParseResource(`arn:aws:states:::${integration}`);
  if (resource?.kind !== 'service') throw new Error(`${integration} is no service integration`);
  return checkResponse(resource, result, mode);
}
const messages = (integration: string, result: Json, mode?: FieldValidationMode) =>
  check(integration, result, mode).problems.map(({ message }) => message);

const rule = { Name: 'nightly', State: 'ENABLED', ScheduleExpression: 'rate(1 day)' };
const now = '2025-01-01T00:00:00Z';

describe('what AWS’s model says of a result', () => {
  test('a result that fits passes, with the metadata that Step Functions adds', () => {
    expect(
      check('sqs:sendMessage', { MessageId: 'm-1', MD5OfMessageBody: 'x', SdkHttpMetadata: { HttpStatusCode: 200 } }),
    ).toEqual({
      problems: [],
      unchecked: [],
    });
  });

  test('required members are asked for in STRICT, in the model’s order, and not in PRESENT', () => {
    expect(messages('states:startExecution', {})).toEqual([
      "Required field 'ExecutionArn' is missing",
      "Required field 'StartDate' is missing",
    ]);
    expect(messages('states:startExecution', {}, 'PRESENT')).toEqual([]);
  });

  test('names are PascalCase, whatever the API calls them', () => {
    expect(messages('aws-sdk:sfn:startExecution', { executionArn: 'arn', startDate: now })).toHaveLength(2);
    expect(messages('aws-sdk:sfn:startExecution', { ExecutionArn: 'arn', StartDate: now })).toEqual([]);
  });

  test.each<[string, string, Json, string]>([
    ['a string', 'aws-sdk:sqs:sendMessage', { MessageId: 5 }, "Field 'MessageId' must be a string"],
    ['a timestamp', 'states:startExecution', { ExecutionArn: 'a', StartDate: 1735689600 }, "Field 'StartDate' must be a string"],
    ['a blob', 'aws-sdk:kms:decrypt', { Plaintext: 1 }, "Field 'Plaintext' must be a string"],
    ['a number', 'lambda:invoke', { StatusCode: '200' }, "Field 'StatusCode' must be a number"],
    ['a boolean', 'aws-sdk:s3:getObject', { DeleteMarker: 'no' }, "Field 'DeleteMarker' must be a boolean"],
    ['an array', 'aws-sdk:eventbridge:listRules', { Rules: {} }, "Field 'Rules' must be an array"],
    ['an object', 'aws-sdk:lambda:getFunction', { Configuration: 'x' }, "Field 'Configuration' must be an object"],
    ['null is no value', 'aws-sdk:sqs:sendMessage', { MessageId: null }, "Field 'MessageId' must be a string"],
    ['in a list', 'aws-sdk:eventbridge:listRules', { Rules: [rule, { ...rule, Arn: 5 }] }, "Field 'Arn' must be a string"],
    ['in a map', 'aws-sdk:dynamodb:getItem', { Item: { total: { N: 5 } } }, "Field 'N' must be a string"],
    [
      'a map’s value',
      'aws-sdk:sqs:getQueueAttributes',
      { Attributes: { DelaySeconds: 5 } },
      "Field 'DelaySeconds' must be a string",
    ],
    ['no object at all', 'aws-sdk:sqs:sendMessage', ['m-1'], 'Result must be an object'],
  ])('types: %s', (_, integration, result, message) => {
    expect(messages(integration, result, 'STRICT')).toEqual([message]);
    expect(messages(integration, result, 'PRESENT')).toEqual([message]);
    expect(messages(integration, result, 'NONE')).toEqual([]);
  });

  test.each<[string, string, Json, string]>([
    ['of the member’s own name', 'aws-sdk:kms:describeKey', { KeyMetadata: { KeyId: 'k', KeyState: 'Fine' } }, 'KeyState'],
    ['of another name', 'aws-sdk:eventbridge:listRules', { Rules: [{ ...rule, State: 'ON' }] }, 'State'],
    ['in a list', 'aws-sdk:lambda:getFunction', { Configuration: { Architectures: ['riscv'] } }, 'Architectures'],
  ])('enums %s', (_, integration, result, field) => {
    expect(messages(integration, result)).toEqual([`Field '${field}' is not an expected value`]);
  });

  test('a member that only looks like an enum is free text', () => {
    expect(messages('aws-sdk:lambda:getEventSourceMapping', { State: 'Creating' })).toEqual([]);
  });

  test.each<[string, Json, string]>([
    [
      'aws-sdk:lambda:getFunctionConfiguration',
      { MemorySize: 128, Timeout: 0 },
      "Field 'Timeout' is less than the minimum value",
    ],
    ['aws-sdk:lambda:getFunctionConfiguration', { MemorySize: 10_241 }, "Field 'MemorySize' exceeds the maximum value"],
    ['aws-sdk:kms:generateDataKey', { CiphertextBlob: '' }, "Field 'CiphertextBlob' is smaller than the minimum length"],
    ['aws-sdk:sfn:describeStateMachine', { Name: 'n'.repeat(81) }, "Field 'Name' exceeds the maximum length"],
  ])('ranges and lengths: %s', (integration, result, message) => {
    expect(messages(integration, result, 'PRESENT')).toEqual([message]);
  });

  test('every problem is told, with its place', () => {
    expect(check('aws-sdk:eventbridge:listRules', { Rules: [{ Name: 5 }, { State: 'ON' }], NextToken: 1 }).problems).toEqual([
      { pointer: '/Rules/0/Name', message: "Field 'Name' must be a string" },
      { pointer: '/Rules/1/State', message: "Field 'State' is not an expected value" },
      { pointer: '/NextToken', message: "Field 'NextToken' must be a string" },
    ]);
  });

  test('.sync is held against the API that tells how the job ended', () => {
    const ended = { ExecutionArn: 'a', StateMachineArn: 'b', Status: 'SUCCEEDED', StartDate: 1735689600000 };
    expect(messages('states:startExecution.sync', ended)).toEqual([]);
    expect(messages('states:startExecution.sync', { ...ended, Output: {} })).toEqual(["Field 'Output' must be a string"]);
    expect(messages('states:startExecution.sync:2', { ...ended, Output: {} })).toEqual([]);
    expect(messages('states:startExecution.sync:2', { ...ended, Status: 'DONE' })).toEqual([
      "Field 'Status' is not an expected value",
    ]);
  });

  test('a payload that Step Functions parses may be anything', () => {
    expect(messages('lambda:invoke', { Payload: { any: ['thing'] }, StatusCode: 200 })).toEqual([]);
    expect(messages('aws-sdk:lambda:invoke', { Payload: {} })).toEqual(["Field 'Payload' must be a string"]);
  });

  test.each<[string, Json, string]>([
    ['http:invoke', {}, 'the result: AWS has no model of what http:invoke answers'],
    ['apigateway:invoke', {}, 'the result: AWS has no model of what apigateway:invoke answers'],
    ['sqs:sendMessage.waitForTaskToken', 5, 'the result: it is what is sent with the task token'],
    ['batch:submitJob.sync', {}, "the result: which API batch:submitJob.sync asks for its job's state is not known here"],
    ['aws-sdk:polly:describeVoices', {}, 'the result: the AWS SDK\'s client of "polly" is not installed'],
    ['sqs:sendMessage', { Extra: 1 }, "Extra: AWS's model of SendMessage has no such field in SendMessageResult"],
    ['lambda:invoke', { Payload: 1 }, 'Payload: Step Functions parses it'],
  ])('what cannot be looked at is said: %s', (integration, result, unchecked) => {
    expect(check(integration, result)).toEqual({ problems: [], unchecked: [unchecked] });
  });

  test('keys like __proto__ and constructor are fields like any other', () => {
    const hostile = JSON.parse('{"__proto__": 1, "constructor": 2, "MessageId": "m"}') as Json;
    expect(check('sqs:sendMessage', hostile).unchecked).toHaveLength(2);
  });
});
