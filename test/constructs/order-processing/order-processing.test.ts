import { Annotations, App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { OrderProcessing, type OrderProcessingProps } from '../../../lib';
import { definitionOf, resourceOf, resourcesOf, statesOf, warningsOf } from '../definition-of';

const senderAddress = 'orders@example.com';

function ordersWith(props: (stack: Stack) => Partial<OrderProcessingProps> = () => ({})) {
  const stack = new Stack(new App(), 'Test');
  const orders = new OrderProcessing(stack, 'Orders', { senderAddress, ...props(stack) } as OrderProcessingProps);
  return { stack, orders };
}

const functionIn = (stack: Stack, id: string, timeout?: Duration): Function =>
  new Function(stack, id, {
    code: Code.fromInline('exports.handler = async () => ({})'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    timeout,
  });

const statements = (stack: Stack) =>
  Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const actionsOn = (stack: Stack, part: string): string[] =>
  statements(stack)
    .filter(({ Resource }) => JSON.stringify(Resource).includes(part))
    .flatMap(({ Action }) => Action)
    .sort((a, b) => a.localeCompare(b));

describe('by default', () => {
  const { stack, orders } = ordersWith();
  const machine = resourceOf(stack, 'AWS::StepFunctions::StateMachine').Properties;

  test('is a Standard workflow with traces and a log of all events', () => {
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL' },
    });
    expect(definitionOf(stack).TimeoutSeconds).toBe(1800);
  });

  test('the name of its log group has the prefix that costs no resource policy, and is new for a new stack', () => {
    const names = Object.values(resourcesOf(stack, 'AWS::Logs::LogGroup')).map(({ Properties }) => Properties.LogGroupName);
    expect(names.filter((name) => name !== undefined)).toEqual([
      {
        'Fn::Join': [
          '',
          [
            expect.stringMatching(/^\/aws\/vendedlogs\/states\/\w+-$/),
            { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
          ],
        ],
      },
    ]);
  });

  test('every function has traces, a timeout, bundled code and a log that ends', () => {
    const functions = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
    expect(functions).toHaveLength(3);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        TracingConfig: { Mode: 'Active' },
        Timeout: 10,
        Handler: 'index.handler',
        LoggingConfig: {},
      });
    }
    for (const { Properties } of Object.values(resourcesOf(stack, 'AWS::Logs::LogGroup')))
      expect(Properties.RetentionInDays).toBe(90);
  });

  test('the role of the workflow may do what the states do, and no more', () => {
    expect(actionsOn(stack, 'OrdersInventory')).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
    expect(actionsOn(stack, 'OrdersEmailIdentity')).toEqual(['ses:SendEmail']);
    for (const name of ['ValidateOrder', 'ProcessPayment', 'RefundPayment']) {
      const granted = statements(stack).find(({ Resource }) => JSON.stringify(Resource).includes(name));
      const arn = { 'Fn::GetAtt': [expect.stringContaining(name), 'Arn'] };
      expect(granted).toMatchObject({ Action: 'lambda:InvokeFunction', Resource: [arn, { 'Fn::Join': ['', [arn, ':*']] }] });
    }
  });

  test('only log deliveries and traces, which have no resources, are allowed on *', () => {
    const onAll = statements(stack).filter(({ Resource }) => Resource === '*');
    expect(onAll.length).toBeGreaterThan(0);
    for (const action of onAll.flatMap(({ Action }) => Action)) {
      expect(action).toMatch(/^(xray:(Put|GetSampling)|logs:\w*(LogDelivery|LogDeliveries|ResourcePolic|DescribeLogGroups))/);
    }
  });

  test('table and logs outlive the stack', () => {
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::Logs::LogGroup']) {
      for (const resource of Object.values(resourcesOf(stack, type))) expect(resource.DeletionPolicy).toBe('Retain');
    }
  });

  test('the alias goes over as a canary that the alarms of the version stop', () => {
    expect(resourceOf(stack, 'AWS::StepFunctions::StateMachineAlias').Properties).toEqual({
      Name: 'live',
      DeploymentPreference: {
        Type: 'CANARY',
        Percentage: 10,
        Interval: 30,
        StateMachineVersionArn: { 'Fn::GetAtt': [expect.stringContaining('Version'), 'Arn'] },
        Alarms: [
          { Ref: expect.stringContaining('VersionAlarmsFailed') },
          { Ref: expect.stringContaining('VersionAlarmsTimedOut') },
        ],
      },
    });
  });

  test('warns that it charges nobody, and of nothing else', () => {
    expect(warningsOf(stack)).toEqual(['cdk-baton:SandboxPayment']);
  });

  test('each resource it makes can be had from outside', () => {
    const own = Object.values(orders).filter(
      (value) => typeof value === 'object' && value !== null && 'node' in value && value !== stack,
    );
    expect(own.map(({ node }) => node.id)).toEqual(
      expect.arrayContaining([
        'ValidateOrderFunction',
        'ProcessPaymentFunction',
        'RefundPaymentFunction',
        'Inventory',
        'EmailIdentity',
        'Logs',
        'StateMachine',
        'Version',
        'Alarms',
        'VersionAlarms',
        'Alias',
      ]),
    );
  });

  test('the logical ids are a promise: another id is another resource', () => {
    expect(Object.keys(resourcesOf(stack)).sort((a, b) => a.localeCompare(b))).toMatchSnapshot();
  });
});

describe('with what the team has', () => {
  test('its functions are called, and no sandbox is made', () => {
    const { stack, orders } = ordersWith((scope) => ({
      validateOrder: functionIn(scope, 'Validate'),
      processPayment: functionIn(scope, 'Pay', Duration.seconds(40)),
      refundPayment: functionIn(scope, 'Refund'),
    }));
    const states = statesOf(definitionOf(stack));
    expect(Object.keys(resourcesOf(stack, 'AWS::Lambda::Function'))).toHaveLength(3);
    expect(orders.processPayment.node.id).toBe('Pay');
    expect(states.ProcessPayment!.Parameters.FunctionName).toContain('Pay');
    expect(states.RefundPayment!.Parameters.FunctionName).toContain('Refund');
    expect(states.ValidateOrder!.Parameters.FunctionName).toContain('Validate');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a Task waits 5 s longer than its function may run: 3 s where Lambda decides, a minute where nobody knows', () => {
    const { stack } = ordersWith((scope) => ({
      validateOrder: functionIn(scope, 'Validate'),
      processPayment: functionIn(scope, 'Pay', Duration.seconds(40)),
      refundPayment: Function.fromFunctionArn(scope, 'Refund', 'arn:aws:lambda:eu-central-1:123456789012:function:refund'),
    }));
    const { ValidateOrder, ProcessPayment, RefundPayment } = statesOf(definitionOf(stack));
    expect([ValidateOrder, ProcessPayment, RefundPayment].map((state) => state!.TimeoutSeconds)).toEqual([8, 45, 60]);
  });

  test('a version of a function gets a warning, an alias does not', () => {
    const { stack } = ordersWith((scope) => ({
      processPayment: functionIn(scope, 'Pay').currentVersion,
      refundPayment: functionIn(scope, 'Refund').addAlias('live'),
    }));
    expect(warningsOf(stack)).toEqual(['cdk-baton:LambdaVersion']);
  });

  test('its table is asked, and its key may be used', () => {
    const { stack } = ordersWith((scope) => ({
      inventory: new Table(scope, 'Stock', {
        partitionKey: { name: 'ProductId', type: AttributeType.STRING },
        encryptionKey: new Key(scope, 'Key'),
      }),
    }));
    expect(resourcesOf(stack, 'AWS::DynamoDB::GlobalTable')).toEqual({});
    expect(statesOf(definitionOf(stack)).UpdateInventory!.Parameters.TableName).toMatch(/^Stock/);
    expect(actionsOn(stack, 'Key')).toContain('kms:Decrypt');
  });

  test('its e-mail identity is the only one that mails are sent from', () => {
    const { stack } = ordersWith((scope) => ({
      emailIdentity: EmailIdentity.fromEmailIdentityName(scope, 'Domain', 'example.com'),
    }));
    expect(resourcesOf(stack, 'AWS::SES::EmailIdentity')).toEqual({});
    expect(actionsOn(stack, ':identity/example.com')).toEqual(['ses:SendEmail']);
    expect(statesOf(definitionOf(stack)).SendConfirmation!.Parameters.FromEmailAddress).toBe(senderAddress);
  });

  test('its deployment keeps the alarms of the version beside its own', () => {
    const { stack, orders } = ordersWith(() => ({
      deployment: { type: 'LINEAR', percentage: 20, interval: Duration.minutes(45) },
    }));
    expect(orders.versionAlarms.all).toHaveLength(2);
    expect(resourceOf(stack, 'AWS::StepFunctions::StateMachineAlias').Properties.DeploymentPreference).toMatchObject({
      Type: 'LINEAR',
      Percentage: 20,
      Interval: 45,
      Alarms: [{}, {}],
    });
  });

  test('its timeout, threshold, topic and removal policy are taken', () => {
    const { stack } = ordersWith((scope) => ({
      timeout: Duration.hours(2),
      failedThreshold: 3,
      alarmAction: new Topic(scope, 'Topic'),
      removalPolicy: RemovalPolicy.DESTROY,
    }));
    const alarms = Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(definitionOf(stack).TimeoutSeconds).toBe(7200);
    expect(alarms).toHaveLength(6);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Topic/) }]);
    expect(alarms.filter(({ MetricName }) => MetricName === 'ExecutionsFailed').map(({ Threshold }) => Threshold)).toEqual([
      3, 3,
    ]);
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::Logs::LogGroup']) {
      for (const resource of Object.values(resourcesOf(stack, type))) expect(resource.DeletionPolicy).toBe('Delete');
    }
  });
});

test('two workflows fit in one stack', () => {
  const stack = new Stack(new App(), 'Test');
  new OrderProcessing(stack, 'Orders', { senderAddress });
  new OrderProcessing(stack, 'Preorders', { senderAddress: 'preorders@example.com' });
  expect(Object.keys(resourcesOf(stack, 'AWS::StepFunctions::StateMachine'))).toHaveLength(2);
});

test('the warning of the sandbox can be acknowledged', () => {
  const { stack, orders } = ordersWith();
  Annotations.of(orders).acknowledgeWarning('cdk-baton:SandboxPayment', 'a demonstration');
  expect(warningsOf(stack)).toEqual([]);
});

// @ts-expect-error whoever takes money can give it back
const half = (fn: IFunction): OrderProcessingProps => ({ senderAddress, processPayment: fn });
void half;
