import type { State } from '../../lib/asl/types';
import { renderStateDetail } from '../../lib/report/state-detail';

const task = (Resource: string): State => ({ Type: 'Task', Resource, End: true });

test.each<[State, string]>([
  [task('arn:aws:states:::dynamodb:getItem'), 'dynamodb:getItem'],
  [task('arn:aws-cn:states:::aws-sdk:sesv2:sendEmail'), 'aws-sdk:sesv2:sendEmail'],
  [task('arn:aws:states:::sqs:sendMessage.waitForTaskToken'), 'sqs:sendMessage.waitForTaskToken'],
  [task('arn:aws:lambda:eu-west-1:111122223333:function:charge:live'), 'lambda charge:live'],
  [task('arn:aws:states:eu-west-1:111122223333:activity:weld'), 'activity weld'],
  [task('anything'), 'anything'],
  [{ Type: 'Wait', Seconds: 0, End: true }, 'Wait 0s'],
  [{ Type: 'Wait', Seconds: 10_800, End: true }, 'Wait 3h 00m'],
  [{ Type: 'Wait', SecondsPath: '$.delay', End: true }, 'Wait $.delay seconds'],
  [{ Type: 'Wait', Timestamp: '2025-01-01T00:00:00Z', End: true }, 'Wait until 2025-01-01T00:00:00Z'],
  [{ Type: 'Wait', TimestampPath: '$.at', End: true }, 'Wait until $.at'],
  [{ Type: 'Fail', Error: 'Nope' }, 'Nope'],
  [{ Type: 'Fail', ErrorPath: '$.error' }, '$.error'],
  [{ Type: 'Fail' }, 'Fail'],
  [
    { Type: 'Map', ItemProcessor: { StartAt: 'A', States: {}, ProcessorConfig: { Mode: 'DISTRIBUTED' } }, End: true },
    'Distributed Map',
  ],
  [{ Type: 'Succeed' }, 'Succeed'],
])('%j: %s', (state, detail) => {
  expect(renderStateDetail(state)).toBe(detail);
});
