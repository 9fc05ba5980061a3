import { service } from '../../../lib/testing';

test.each([
  ['ses:sendEmail', 'ses has no optimised integration; write arn:aws:states:::aws-sdk:'],
  ['dynamodb:query', 'the optimised integration of dynamodb has only getItem'],
  ['sqs:sendMessage.sync', 'sqs:sendMessage supports request response (no suffix), .waitForTaskToken'],
  ['sendMessage', 'write arn:aws:states:::service:action'],
])('a fake of %s, which no state can call, is refused with what to write', (integration, advice) => {
  expect(() => service(integration, {})).toThrow(advice);
});

test.each(['sqs:sendMessage', 'sqs:sendMessage.waitForTaskToken', 'arn:aws:states:::sqs:sendMessage', 'aws-sdk:sesv2:sendEmail'])(
  'a fake of %s is one',
  (integration) => {
    expect(service(integration, {}).label).toBe(`service('${integration}')`);
  },
);
