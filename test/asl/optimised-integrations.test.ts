import { OPTIMISED_INTEGRATIONS } from '../../lib/asl/optimised-integrations';
import { parse } from '../../lib/asl/parse';
import { DefinitionError, renderInvalidDefinition } from '../../lib/asl/problem';
import { tryParseResource } from '../../lib/asl/resource';

/** Has whatever field a request here must have. */
const REQUEST = { FunctionName: 'f', Key: {}, MessageBody: 'b', QueueUrl: 'q', StateMachineArn: 'm', TableName: 't' };

const problemsOf = (resource: string) => {
  try {
    parse({ StartAt: 'Call', States: { Call: { Type: 'Task', Resource: resource, Parameters: REQUEST, End: true } } });
    return [];
  } catch (error) {
    return (error as DefinitionError).problems;
  }
};

test.each([
  'arn:aws:states:::dynamodb:getItem',
  'arn:aws:states:::lambda:invoke.waitForTaskToken',
  'arn:aws:states:::states:startExecution.sync:2',
  'arn:aws:states:::eks:runJob.sync',
  'arn:aws:states:::bedrock:invokeModel',
  'arn:aws:states:::aws-sdk:dynamodb:query',
  'arn:aws:states:::aws-sdk:s3:listBuckets.waitForTaskToken',
  'arn:aws:states:::aws-sdk:sns:getSMSAttributes',
  // No client is installed: whatever it is, it may be there.
  'arn:aws:states:::aws-sdk:polly:describeVoices',
  'arn:aws:states:::aws-sdk:polly:frobnicate',
  'arn:aws:states:::aws-sdk:brandnew:do',
  'arn:aws-cn:states:::sqs:sendMessage',
])('%s is recognised', (resource) => {
  expect(problemsOf(resource)).toEqual([]);
});

test('what is not recognised is refused in the words of CreateStateMachine', () => {
  expect(renderInvalidDefinition(problemsOf('arn:aws:states:::dynamodb:query'))).toBe(
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::dynamodb:query is not " +
      'recognized. The value is not a valid resource ARN, or the resource is not available in this region. ' +
      "at /States/Call/Resource'",
  );
});

test.each([
  [
    'a service without an optimised integration',
    'ses:sendEmail',
    'ses has no optimised integration; write arn:aws:states:::aws-sdk:',
  ],
  ['an action that is not optimised', 'dynamodb:query', 'has only getItem, putItem, updateItem, deleteItem; write'],
  ['an action in the wrong case', 'lambda:Invoke', 'the optimised integration of lambda has only invoke'],
  ['a job that is none', 'dynamodb:getItem.sync', 'dynamodb:getItem supports request response (no suffix)'],
  ['a callback that is none', 'glue:startJobRun.waitForTaskToken', 'supports request response (no suffix), .sync'],
  [
    '.sync:2 of anything but startExecution',
    'ecs:runTask.sync:2',
    'supports request response (no suffix), .sync, .waitForTaskToken',
  ],
  ['.sync of an SDK integration', 'aws-sdk:sfn:startExecution.sync', 'supports request response (no suffix), .waitForTaskToken'],
  [
    'an SDK action in PascalCase',
    'aws-sdk:sqs:SendMessage',
    'the action begins with a small letter: write arn:aws:states:::aws-sdk:sqs:sendMessage',
  ],
  [
    'an SDK action in PascalCase of a client that is not installed',
    'aws-sdk:polly:DescribeVoices',
    'write arn:aws:states:::aws-sdk:polly:describeVoices',
  ],
  [
    'an SDK service with hyphens',
    'aws-sdk:secrets-manager:getSecretValue',
    'the service has small letters and no hyphens: write arn:aws:states:::aws-sdk:secretsmanager:getSecretValue',
  ],
  [
    'an SDK action that the installed client does not have',
    'aws-sdk:sqs:sendMesage',
    '@aws-sdk/client-sqs as installed has no sendMesage. Did you mean "sendMessage"? If AWS has it by now, install a newer client',
  ],
  ['an SDK action like no other', 'aws-sdk:sqs:frobnicate', '@aws-sdk/client-sqs as installed has no frobnicate. If AWS'],
  ['the name of an inherited member', 'constructor:toString', 'constructor has no optimised integration'],
  ['the name of an inherited member as action', 'sqs:constructor', 'the optimised integration of sqs has only sendMessage'],
  ['no service at all', 'sendEmail', 'write arn:aws:states:::service:action'],
])('%s is refused, and the hint says what there is', (_, stem, hint) => {
  const resource = `arn:aws:states:::${stem}`;
  expect(problemsOf(resource)).toEqual([
    expect.objectContaining({
      location: '/States/Call/Resource',
      message: expect.stringContaining(`${resource} is not recognized`),
      hint: expect.stringContaining(hint),
    }),
  ]);
});

test('every integration of the table reads as what it says', () => {
  for (const [service, actions] of Object.entries(OPTIMISED_INTEGRATIONS)) {
    for (const [action, patterns] of Object.entries(actions)) {
      for (const pattern of patterns) {
        const suffix = pattern === 'requestResponse' ? '' : `.${pattern}`;
        expect(tryParseResource(`arn:aws:states:::${service}:${action}${suffix}`)).toEqual({
          kind: 'service',
          resourceType: service,
          resource: `${action}${suffix}`,
          action,
          pattern,
        });
      }
    }
  }
});
