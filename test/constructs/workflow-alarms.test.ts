import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { StateMachineAlias, StateMachineVersion, WorkflowAlarms } from '../../lib';
import { type Resource, resourcesOf } from './definition-of';

function setUp() {
  const stack = new Stack(new App(), 'Test');
  const workflow = new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')) });
  return { stack, workflow };
}
const alarmsOf = (stack: Stack): Record<string, Resource['Properties']> =>
  Object.fromEntries(
    Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => [Properties.MetricName, Properties]),
  );

test('alarms on the four metrics by the names and the dimension that AWS publishes, quiet without executions', () => {
  const { stack, workflow } = setUp();
  const alarms = new WorkflowAlarms(stack, 'Alarms', { workflow });
  const common = {
    Namespace: 'AWS/States',
    Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: expect.stringMatching(/^Machine/) } }],
    TreatMissingData: 'notBreaching',
    Period: 300,
    EvaluationPeriods: 1,
  };
  const count = { ...common, Statistic: 'Sum', Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' };
  expect(alarmsOf(stack)).toEqual({
    ExecutionsFailed: expect.objectContaining(count),
    ExecutionsTimedOut: expect.objectContaining(count),
    ExecutionThrottled: expect.objectContaining(count),
    ExecutionTime: expect.objectContaining({
      ...common,
      ExtendedStatistic: 'p99',
      Threshold: 60_000,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  });
  expect(alarms.all).toEqual([alarms.failed, alarms.timedOut, alarms.throttled, alarms.slow]);
});

test('takes each threshold and the period', () => {
  const { stack, workflow } = setUp();
  new WorkflowAlarms(stack, 'Alarms', {
    workflow,
    failedThreshold: 2,
    timedOutThreshold: 3,
    throttledThreshold: 4,
    slowThreshold: Duration.seconds(5),
    period: Duration.minutes(1),
  });
  const alarms = alarmsOf(stack);
  expect(
    ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionThrottled', 'ExecutionTime'].map((name) => alarms[name]!.Threshold),
  ).toEqual([2, 3, 4, 5000]);
  expect(Object.values(alarms).map(({ Period }) => Period)).toEqual([60, 60, 60, 60]);
});

test.each([
  ['a topic', (topic: Topic) => topic],
  ['an alarm action', (topic: Topic) => new SnsAction(topic)],
])('does what %s says', (_, actionOf) => {
  const { stack, workflow } = setUp();
  new WorkflowAlarms(stack, 'Alarms', { workflow, action: actionOf(new Topic(stack, 'Topic')) });
  for (const { AlarmActions } of Object.values(alarmsOf(stack)))
    expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Topic/) }]);
});

test('does nothing where no action is given', () => {
  const { stack, workflow } = setUp();
  new WorkflowAlarms(stack, 'Alarms', { workflow });
  for (const alarm of Object.values(alarmsOf(stack))) expect(alarm).not.toHaveProperty('AlarmActions');
});

test('watches an alias by its name and the unqualified ARN; throttling has no alias', () => {
  const { stack, workflow } = setUp();
  const version = new StateMachineVersion(stack, 'Version', { stateMachine: workflow });
  new WorkflowAlarms(stack, 'Alarms', {
    workflow: new StateMachineAlias(stack, 'Alias', { version, deployment: { type: 'ALL_AT_ONCE' } }),
  });
  const machine = { Name: 'StateMachineArn', Value: { Ref: expect.stringMatching(/^Machine/) } };
  const { ExecutionThrottled, ...others } = alarmsOf(stack);
  expect(ExecutionThrottled!.Dimensions).toEqual([machine]);
  expect(Object.keys(others)).toHaveLength(3);
  for (const { Dimensions } of Object.values(others)) expect(Dimensions).toEqual([{ Name: 'Alias', Value: 'live' }, machine]);
});

test('watches an imported state machine', () => {
  const { stack } = setUp();
  const workflow = StateMachine.fromStateMachineArn(
    stack,
    'Imported',
    'arn:aws:states:eu-central-1:123456789012:stateMachine:Other',
  );
  new WorkflowAlarms(stack, 'Alarms', { workflow });
  expect(alarmsOf(stack).ExecutionsFailed!.Dimensions).toEqual([{ Name: 'StateMachineArn', Value: workflow.stateMachineArn }]);
});

test.each([':live', ':7'])('refuses an imported ARN that ends in %s: its alarms could never ring', (qualifier) => {
  const { stack } = setUp();
  const arn = `arn:aws:states:eu-central-1:123456789012:stateMachine:Other${qualifier}`;
  expect(
    () => new WorkflowAlarms(stack, 'Alarms', { workflow: StateMachine.fromStateMachineArn(stack, 'Imported', arn) }),
  ).toThrow(`Test/Imported: CloudWatch has no metrics for ${arn}. Import the state machine by its ARN without version or alias`);
});
