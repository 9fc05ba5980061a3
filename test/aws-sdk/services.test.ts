import { tryFindMeantService } from '../../lib/aws-sdk/services';

test.each([
  ['secretmanager', 'secretsmanager'],
  ['dynamobd', 'dynamodb'],
  ['stepfunctions', 'sfn'],
  ['logs', 'cloudwatchlogs'],
  ['secretsmanager', undefined],
  ['bedrockruntime', undefined],
  // New ones may be called much like old ones.
  ['bedrockagentcore', undefined],
  ['s3vectors', undefined],
  ['evs', undefined],
  ['constructor', undefined],
])('%s: %s', (token, meant) => {
  expect(tryFindMeantService(token)).toBe(meant);
});
