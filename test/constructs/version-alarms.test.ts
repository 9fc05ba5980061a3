import { App, Duration, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { StateMachineVersion, VersionAlarms } from '../../lib';
import { resourcesOf } from './definition-of';

test('alarms on one version: its number, and the unqualified ARN', () => {
  const stack = new Stack(new App(), 'Test');
  const stateMachine = new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
  });
  const version = new StateMachineVersion(stack, 'Version', { stateMachine });
  new VersionAlarms(stack, 'Alarms', {
    version,
    failedThreshold: 5,
    timedOutThreshold: 2,
    period: Duration.minutes(1),
    action: new Topic(stack, 'Topic'),
  });

  const alarms = Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  expect(alarms).toHaveLength(2);
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({
      Namespace: 'AWS/States',
      Statistic: 'Sum',
      Period: 60,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: expect.stringMatching(/^Topic/) }],
      Dimensions: [
        { Name: 'StateMachineArn', Value: { Ref: expect.stringMatching(/^Machine/) } },
        {
          Name: 'Version',
          Value: { 'Fn::Select': [7, { 'Fn::Split': [':', { 'Fn::GetAtt': [expect.stringMatching(/^Version/), 'Arn'] }] }] },
        },
      ],
    });
  }
  expect(alarms.map(({ MetricName, Threshold }) => [MetricName, Threshold])).toEqual([
    ['ExecutionsFailed', 5],
    ['ExecutionsTimedOut', 2],
  ]);
});
