import type { Json } from '../../../lib/json/json';
import { requestProblems } from '../../../lib/services/api-model/check-request';
import type { FieldValidationMode } from '../../../lib/services/api-model/field-validation-mode';

function problems(integration: string, request: Json, mode: FieldValidationMode = 'STRICT'): readonly string[] {
  const at = integration.lastIndexOf(':');
  return requestProblems({ resourceType: integration.slice(0, at), action: integration.slice(at + 1) }, request, mode);
}

const message = { QueueUrl: 'q', MessageBody: 'm' };

test.each<[string, string, Json, readonly string[]]>([
  ['what fits', 'sqs:sendMessage', message, []],
  ['a missing field', 'aws-sdk:sqs:sendMessage', { QueueUrl: 'q' }, ["The field 'MessageBody' is required but was missing"]],
  [
    'an unknown field',
    'sqs:sendMessage',
    { ...message, TaskToken: 't' },
    ['The field "TaskToken" is not supported by Step Functions'],
  ],
  [
    'a field in camelCase',
    'aws-sdk:sfn:startExecution',
    { stateMachineArn: 'm' },
    ["The field 'StateMachineArn' is required but was missing", 'The field "stateMachineArn" is not supported by Step Functions'],
  ],
  ['a field in PascalCase of an API in camelCase', 'aws-sdk:sfn:startExecution', { StateMachineArn: 'm' }, []],
  ['acronyms as Java has them', 'aws-sdk:s3:putObject', { Bucket: 'b', Key: 'k', SsekmsKeyId: 'k' }, []],
  [
    'a number for a text',
    'sqs:sendMessage',
    { ...message, QueueUrl: 5 },
    ["The value for the field 'QueueUrl' must be a STRING"],
  ],
  ['an object for a text: it becomes JSON', 'sqs:sendMessage', { ...message, MessageBody: { a: 1 } }, []],
  [
    'a text for a number',
    'sqs:sendMessage',
    { ...message, DelaySeconds: '5' },
    ["The value for the field 'DelaySeconds' must be a NUMBER"],
  ],
  [
    'a text for a boolean',
    'aws-sdk:secretsmanager:deleteSecret',
    { SecretId: 's', ForceDeleteWithoutRecovery: 'yes' },
    ["The value for the field 'ForceDeleteWithoutRecovery' must be a BOOLEAN"],
  ],
  ['an object for a list', 'events:putEvents', { Entries: {} }, ["The value for the field 'Entries' must be a LIST"]],
  [
    'inside lists and structures',
    'events:putEvents',
    { Entries: [{ Detail: { any: 1 }, Sauce: 's', Resources: ['r', 5] }] },
    ['The field "Sauce" is not supported by Step Functions', "The value for the field 'Resources' must be a STRING"],
  ],
  [
    'inside maps, whose keys are free',
    'sqs:sendMessage',
    { ...message, MessageAttributes: { any: { DataType: 'String', Value: 'v' } } },
    ['The field "Value" is not supported by Step Functions'],
  ],
  ['a blob of anything', 'aws-sdk:s3:putObject', { Bucket: 'b', Key: 'k', Body: true }, []],
  ['a payload of anything', 'lambda:invoke', { FunctionName: 'f', Payload: { a: 1 } }, []],
  ['a token that SDKs fill in', 'aws-sdk:secretsmanager:createSecret', { Name: 'n' }, []],
  ['a timestamp as number or text', 'events:putEvents', { Entries: [{ Time: 1 }, { Time: '2025-01-01T00:00:00Z' }] }, []],
  ['what is no object', 'sqs:sendMessage', [], ["The value for the field 'Parameters' must be a MAP"]],
  ['a client that is not installed', 'aws-sdk:polly:describeVoices', { Any: 1 }, []],
  ['an integration without a model', 'http:invoke', { Any: 1 }, []],
  [
    'keys of Object.prototype',
    'sqs:sendMessage',
    { ...message, constructor: 1 },
    ['The field "constructor" is not supported by Step Functions'],
  ],
])('%s', (_why, integration, request, found) => {
  expect(problems(integration, request)).toEqual(found);
});

test('PRESENT takes what is missing, NONE takes everything', () => {
  expect(problems('sqs:sendMessage', { QueueUrl: 5 }, 'PRESENT')).toEqual([
    "The value for the field 'QueueUrl' must be a STRING",
  ]);
  expect(problems('sqs:sendMessage', { QueueUrl: 5 }, 'NONE')).toEqual([]);
});
