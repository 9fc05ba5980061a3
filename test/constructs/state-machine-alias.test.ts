import { App, Duration, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule, Rule, Schedule as EventSchedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { CfnSchedule, Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution as ScheduledStart } from 'aws-cdk-lib/aws-scheduler-targets';
import { DefinitionBody, IntegrationPattern, Pass, StateMachine, StateMachineGrants } from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { type Deployment, StateMachineAlias, StateMachineVersion } from '../../lib';
import { resourceOf, resourcesOf, warningsOf } from './definition-of';

const ALL_AT_ONCE: Deployment = { type: 'ALL_AT_ONCE' };
const CANARY = { type: 'CANARY', percentage: 10, interval: Duration.minutes(10) } as const;

function setUp(deployment: Deployment = ALL_AT_ONCE, timeout?: Duration) {
  const app = new App();
  const stack = new Stack(app, 'Test');
  const stateMachine = new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
    timeout,
  });
  const version = new StateMachineVersion(stack, 'Version', { stateMachine });
  const alias = new StateMachineAlias(stack, 'Alias', { version, deployment });
  return { app, stack, stateMachine, version, alias };
}

const MACHINE_ARN = { Ref: expect.stringMatching(/^Machine/) };
const ALIAS_ARN = { 'Fn::GetAtt': [expect.stringMatching(/^Alias/), 'Arn'] };
const VERSION_ARN = { 'Fn::GetAtt': [expect.stringMatching(/^Version/), 'Arn'] };

const startPermissions = (stack: Stack) =>
  Object.values(resourcesOf(stack, 'AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => Action === 'states:StartExecution')
    .map(({ Resource }) => Resource);

const aliasOf = (stack: Stack) => resourceOf(stack, 'AWS::StepFunctions::StateMachineAlias').Properties;
const failures = (stack: Stack, id = 'Failures') =>
  new Alarm(stack, id, { metric: metricOf(stack), threshold: 1, evaluationPeriods: 1 });
const metricOf = (stack: Stack) => (stack.node.findChild('Version') as StateMachineVersion).metric('ExecutionsFailed');

describe('deployment', () => {
  test('CANARY and LINEAR shift by percentage and minutes, stopped by alarms by name', () => {
    const { stack, version } = setUp();
    const alarm = failures(stack);
    new StateMachineAlias(stack, 'Slow', {
      aliasName: 'slow',
      description: 'for the careful',
      version,
      deployment: { type: 'LINEAR', percentage: 99, interval: Duration.hours(35), alarms: [alarm] },
    });
    const aliases = Object.values(resourcesOf(stack, 'AWS::StepFunctions::StateMachineAlias')).map(
      ({ Properties }) => Properties,
    );
    expect(aliases).toEqual([
      { Name: 'live', DeploymentPreference: { Type: 'ALL_AT_ONCE', StateMachineVersionArn: VERSION_ARN } },
      {
        Name: 'slow',
        Description: 'for the careful',
        DeploymentPreference: {
          Type: 'LINEAR',
          Percentage: 99,
          Interval: 2100,
          StateMachineVersionArn: VERSION_ARN,
          Alarms: [{ Ref: expect.stringMatching(/^Failures/) }],
        },
      },
    ]);
  });

  test.each([
    [{ percentage: 0 }, 'percentage must be a whole number from 1 to 99, but is 0'],
    [{ percentage: 100 }, 'but is 100'],
    [{ percentage: 1.5 }, 'but is 1.5'],
    [{ interval: Duration.seconds(90) }, 'interval must be whole minutes from 1 to 2100, but is 1 minute 30 seconds'],
    [{ interval: Duration.minutes(2101) }, 'interval must be whole minutes from 1 to 2100'],
    [{ interval: Duration.minutes(0), percentage: -1 }, 'but is -1; interval must be'],
  ])('%j is refused', (wrong, message) => {
    expect(() => setUp({ ...CANARY, ...wrong })).toThrow(message);
  });

  test('an alarm of another region, which CloudFormation would take for OK, is refused', () => {
    const app = new App();
    const stack = new Stack(app, 'Here', { env: { region: 'eu-central-1' } });
    const elsewhere = new Stack(app, 'There', { env: { region: 'us-east-1' } });
    const stateMachine = new StateMachine(stack, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
    });
    const version = new StateMachineVersion(stack, 'Version', { stateMachine });
    const alarm = Alarm.fromAlarmArn(elsewhere, 'Alarm', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:far');
    expect(() => new StateMachineAlias(stack, 'Alias', { version, deployment: { ...CANARY, alarms: [alarm] } })).toThrow(
      'Here/Alias: the alarm There/Alarm is in us-east-1, where CloudFormation does not find it: it must be in eu-central-1.',
    );
  });

  test('warns when nothing can stop a shift', () => {
    expect(warningsOf(setUp(CANARY).stack)).toEqual(['cdk-baton:DeploymentWithoutAlarms']);
  });

  test('warns when a shift goes on before an execution can have failed', () => {
    const warnings = (timeout: Duration) => warningsOf(setUp(CANARY, timeout).stack);
    expect(warnings(Duration.minutes(11))).toContain('cdk-baton:IntervalShorterThanExecution');
    expect(warnings(Duration.minutes(10))).not.toContain('cdk-baton:IntervalShorterThanExecution');
  });
});

describe('routing', () => {
  test('routes by weight, and then has no deployment preference', () => {
    const { stack, version, stateMachine } = setUp();
    stack.node.tryRemoveChild('Alias');
    const other = new StateMachineVersion(stack, 'Other', { stateMachine });
    new StateMachineAlias(stack, 'Alias', {
      routing: [
        { version, weight: 0 },
        { version: other, weight: 100 },
      ],
    });
    expect(aliasOf(stack)).toEqual({
      Name: 'live',
      RoutingConfiguration: [
        { StateMachineVersionArn: VERSION_ARN, Weight: 0 },
        { StateMachineVersionArn: { 'Fn::GetAtt': [expect.stringMatching(/^Other/), 'Arn'] }, Weight: 100 },
      ],
    });
  });

  test.each([
    [[], 'routing must have one or two versions, but has 0; the weights of routing must be whole numbers that make 100'],
    [[50, 40], 'the weights of routing must be whole numbers that make 100, but are 50 and 40'],
    [[-10, 110], 'but are -10 and 110'],
    [[33.5, 66.5], 'but are 33.5 and 66.5'],
    [[50, 25, 25], 'routing must have one or two versions, but has 3'],
  ])('weights %j are refused', (weights, message) => {
    const { stack, version } = setUp();
    expect(() => new StateMachineAlias(stack, 'Other', { routing: weights.map((weight) => ({ version, weight })) })).toThrow(
      message,
    );
  });

  test('versions of two state machines are refused', () => {
    const { stack, version } = setUp();
    const other = new StateMachine(stack, 'Other', {
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'OtherPass')),
    });
    const otherVersion = new StateMachineVersion(stack, 'OtherVersion', { stateMachine: other });
    expect(
      () =>
        new StateMachineAlias(stack, 'Both', {
          routing: [
            { version, weight: 50 },
            { version: otherVersion, weight: 50 },
          ],
        }),
    ).toThrow('Test/Both: the versions of routing must be of one state machine.');
  });

  test('does not compile together with a deployment', () => {
    const wrong = (version: StateMachineVersion) =>
      // @ts-expect-error exclusive in CloudFormation too
      new StateMachineAlias(version, 'Alias', { version, deployment: ALL_AT_ONCE, routing: [{ version, weight: 100 }] });
    expect(wrong).toBeInstanceOf(Function);
  });
});

test.each(['1', '', 'a b', 'ä', 'x'.repeat(81)])('the alias name %j is refused', (aliasName) => {
  const { stack, version } = setUp();
  expect(() => new StateMachineAlias(stack, 'Named', { aliasName, version, deployment: ALL_AT_ONCE })).toThrow(
    `aliasName must be 1 to 80 letters, digits, dots, dashes and underscores and not digits only, but is ${JSON.stringify(aliasName)}`,
  );
});

test('an empty description is refused', () => {
  const { stack, version } = setUp();
  expect(() => new StateMachineAlias(stack, 'Named', { description: '', version, deployment: ALL_AT_ONCE })).toThrow(
    'description must have 1 to 256 characters, but has 0',
  );
});

describe('as an IStateMachine', () => {
  const roleIn = (stack: Stack): Role => new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

  test.each([
    ['grantStartExecution', (alias: StateMachineAlias, role: Role) => alias.grantStartExecution(role)],
    ['grants.startExecution', (alias: StateMachineAlias, role: Role) => alias.grants.startExecution(role)],
    [
      'StateMachineGrants',
      (alias: StateMachineAlias, role: Role) => StateMachineGrants.fromStateMachine(alias).startExecution(role),
    ],
    ['grant', (alias: StateMachineAlias, role: Role) => alias.grant(role, 'states:StartExecution')],
  ])('%s allows on the unqualified ARN', (_, grant) => {
    const { stack, alias } = setUp();
    grant(alias, roleIn(stack));
    expect(startPermissions(stack)).toEqual([MACHINE_ARN]);
  });

  test('the other grants are those of the state machine', () => {
    const granted = (through: 'alias' | 'stateMachine') => {
      const { stack, ...targets } = setUp();
      const role = roleIn(stack);
      const target = targets[through];
      target.grantStartSyncExecution(role);
      target.grantRead(role);
      target.grantTaskResponse(role);
      target.grantExecution(role, 'states:StopExecution');
      target.grantRedriveExecution(role);
      return resourceOf(stack, 'AWS::IAM::Policy').Properties.PolicyDocument;
    };
    expect(granted('alias')).toEqual(granted('stateMachine'));
  });

  test('an EventBridge rule starts the alias', () => {
    const { stack, alias } = setUp();
    new Rule(stack, 'Rule', { schedule: EventSchedule.rate(Duration.hours(1)), targets: [new SfnStateMachine(alias)] });
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties.Targets[0].Arn).toEqual(ALIAS_ARN);
    expect(startPermissions(stack)).toEqual([MACHINE_ARN]);
  });

  test('a schedule starts the alias', () => {
    const { stack, alias } = setUp();
    new Schedule(stack, 'Schedule', {
      schedule: ScheduleExpression.rate(Duration.hours(1)),
      target: new ScheduledStart(alias, {}),
    });
    expect(resourceOf(stack, 'AWS::Scheduler::Schedule').Properties.Target.Arn).toEqual(ALIAS_ARN);
    expect(startPermissions(stack)).toEqual([MACHINE_ARN]);
  });

  test.each([IntegrationPattern.REQUEST_RESPONSE, IntegrationPattern.RUN_JOB])(
    'a %s task of another workflow starts the alias',
    (integrationPattern) => {
      const { stack, alias } = setUp();
      const start = new StepFunctionsStartExecution(stack, 'Start', { stateMachine: alias, integrationPattern });
      new StateMachine(stack, 'Parent', { definitionBody: DefinitionBody.fromChainable(start) });
      const parent = Object.entries(resourcesOf(stack, 'AWS::StepFunctions::StateMachine')).find(([id]) =>
        id.startsWith('Parent'),
      )![1];
      expect(parent.Properties.DefinitionString['Fn::Join'][1]).toContainEqual(ALIAS_ARN);
      expect(parent.Properties.DefinitionString['Fn::Join'][1]).not.toContainEqual(MACHINE_ARN);
      expect(startPermissions(stack)).toEqual([MACHINE_ARN]);
    },
  );

  test('a rule in another stack starts the alias', () => {
    const { app, stack, alias } = setUp();
    const other = new Stack(app, 'Elsewhere');
    new Rule(other, 'Rule', { schedule: EventSchedule.rate(Duration.hours(1)), targets: [new SfnStateMachine(alias)] });
    const arn = resourceOf(other, 'AWS::Events::Rule').Properties.Targets[0].Arn;
    expect(arn).toEqual({ 'Fn::ImportValue': expect.stringMatching(/Alias.*Arn/) });
    expect(resourceOf(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement[0].Resource).toEqual(MACHINE_ARN);
  });

  test.each([
    ['metricFailed', 'ExecutionsFailed', 'Sum'],
    ['metricAborted', 'ExecutionsAborted', 'Sum'],
    ['metricSucceeded', 'ExecutionsSucceeded', 'Sum'],
    ['metricTimedOut', 'ExecutionsTimedOut', 'Sum'],
    ['metricStarted', 'ExecutionsStarted', 'Sum'],
    ['metricTime', 'ExecutionTime', 'Average'],
  ] as const)('%s is the %s of the alias', (method, metricName, statistic) => {
    const { alias, stateMachine } = setUp();
    expect(alias[method]()).toMatchObject({
      namespace: 'AWS/States',
      metricName,
      statistic,
      dimensions: { StateMachineArn: stateMachine.stateMachineArn, Alias: 'live' },
    });
    expect(alias[method]({ statistic: 'p90' }).statistic).toBe('p90');
  });

  test('metricThrottled is that of the state machine', () => {
    const { alias, stateMachine } = setUp();
    expect(alias.metricThrottled()).toMatchObject({
      metricName: 'ExecutionThrottled',
      dimensions: { StateMachineArn: stateMachine.stateMachineArn },
    });
  });
});

describe('what starts the state machine past its alias gets a warning', () => {
  const role = 'arn:aws:iam::123456789012:role/starter';
  const starters: Record<string, (stack: Stack, arn: string) => unknown> = {
    rule: (stack, arn) =>
      new CfnRule(stack, 'Starter', { scheduleExpression: 'rate(1 hour)', targets: [{ id: 'a', arn, roleArn: role }] }),
    schedule: (stack, arn) =>
      new CfnSchedule(stack, 'Starter', {
        scheduleExpression: 'rate(1 hour)',
        flexibleTimeWindow: { mode: 'OFF' },
        target: { arn, roleArn: role },
      }),
    pipe: (stack, arn) =>
      new CfnPipe(stack, 'Starter', { source: 'arn:aws:sqs:eu-central-1:123456789012:queue', target: arn, roleArn: role }),
  };
  const WITH_ALARM = ['cdk-baton:DeploymentWithoutAlarms'];

  test.each(Object.keys(starters))('a %s', (kind) => {
    const { app, stack, stateMachine } = setUp();
    starters[kind]!(stack, stateMachine.stateMachineArn);
    app.synth();
    expect(warningsOf(stack)).toEqual([...WITH_ALARM, 'cdk-baton:UnqualifiedTarget']);
  });

  test.each(Object.keys(starters))('not a %s that starts the alias', (kind) => {
    const { app, stack, alias } = setUp();
    starters[kind]!(stack, alias.stateMachineArn);
    app.synth();
    expect(warningsOf(stack)).toEqual(WITH_ALARM);
  });
});
