import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../../lib/json/json';
import { readTemplate } from '../../lib/cloud/read-template';
import { RESOURCE_TYPES } from '../../lib/cloud/resource-types';

/** The L1 class of a resource type, generated from CloudFormation's own specification. */
function l1Class(type: string): { prototype: object; toString(): string } {
  const [, service] = type.split('::');
  const root = dirname(require.resolve('aws-cdk-lib/package.json'));
  const folder = readdirSync(root).find((name) => name.replaceAll('-', '') === `aws${service!.toLowerCase()}`);
  const classes = Object.values(require(join(root, folder!)) as Record<string, { CFN_RESOURCE_TYPE_NAME?: string }>);
  return classes.find((one) => one.CFN_RESOURCE_TYPE_NAME === type) as { prototype: object; toString(): string };
}

/** A resource with enough properties for all its names. */
function resource(type: string, properties: Record<string, Json> = {}) {
  const needed = {
    FunctionName: 'fn',
    TargetFunctionArn: 'fn',
    StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m',
    RoutingConfiguration: [{ StateMachineVersionArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m:1', Weight: 100 }],
    Type: 'String',
    Value: 'v',
    Out: Object.keys(RESOURCE_TYPES[type]!.attributes).map((attribute) => ({ 'Fn::GetAtt': ['It', attribute] })),
  };
  const cloud = readTemplate(
    { Resources: { It: { Type: type, Properties: { ...needed, ...properties } } } },
    { stackName: 'App' },
  );
  return cloud.resources[0]!;
}

describe.each(Object.keys(RESOURCE_TYPES))('%s', (type) => {
  const { nameProperty, attributes } = RESOURCE_TYPES[type]!;
  const source = l1Class(type).toString();

  test('has the attributes and the name property of the specification', () => {
    for (const attribute of Object.keys(attributes)) expect(source).toContain(`("${attribute}"`);
    if (nameProperty !== undefined) expect(source).toContain(`:"${nameProperty}"`);
  });

  test('gives texts, the same each time', () => {
    const one = resource(type);
    const values = [one.ref, ...(one.properties.Out as string[])];
    for (const value of values) expect(value).toMatch(/^[^\s]+$/);
    const again = resource(type);
    expect([again.ref, again.name, again.arn, again.properties]).toEqual([one.ref, one.name, one.arn, one.properties]);
  });
});

const TYPES = Object.keys(RESOURCE_TYPES).map((type) => ({ type, source: l1Class(type).toString() }));

const withArnForm = TYPES.flatMap(({ type, source }) => {
  const form = /arn:\$\{Partition\}[^`"]*/.exec(source)?.[0];
  return form === undefined || RESOURCE_TYPES[type]!.arn === undefined ? [] : [{ type, form }];
});

test.each(withArnForm)('the ARN of $type has the form $form', ({ type, form }) => {
  expect(resource(type).arn).toMatch(new RegExp(`^${form.replaceAll(/\$\{\w+\}/g, '[^:]+')}`));
});

const withNamedRef = TYPES.flatMap(({ type, source }) => {
  const reference = /Ref\(\)\{return\{(\w+):this\.ref/.exec(source)?.[1];
  return reference === undefined || !/(Arn|Name|Id)$/.test(reference) ? [] : [{ type, reference }];
});

test.each(withNamedRef)('Ref of $type is its $reference', ({ type, reference }) => {
  // The id of a secret is its ARN.
  expect(resource(type).ref!.startsWith('arn:')).toBe(reference.endsWith('Arn') || reference === 'secretId');
});

test.each<[string, Record<string, Json>, string]>([
  ['AWS::Lambda::Function', { FunctionName: 'charge' }, 'charge'],
  ['AWS::Lambda::Version', { FunctionName: 'charge' }, 'arn:aws:lambda:us-east-1:123456789012:function:charge:1'],
  ['AWS::Lambda::Version', { FunctionName: '111122223333:function:f' }, 'arn:aws:lambda:us-east-1:123456789012:function:f:1'],
  [
    'AWS::Lambda::Version',
    { FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
    'arn:aws:lambda:eu-west-1:111122223333:function:f:1',
  ],
  ['AWS::Lambda::Alias', { FunctionName: 'charge', Name: 'live' }, 'arn:aws:lambda:us-east-1:123456789012:function:charge:live'],
  ['AWS::DynamoDB::Table', { TableName: 'orders' }, 'orders'],
  ['AWS::StepFunctions::StateMachine', { StateMachineName: 'm' }, 'arn:aws:states:us-east-1:123456789012:stateMachine:m'],
  ['AWS::StepFunctions::StateMachineVersion', {}, 'arn:aws:states:us-east-1:123456789012:stateMachine:m:1'],
  ['AWS::StepFunctions::StateMachineAlias', { Name: 'live' }, 'arn:aws:states:us-east-1:123456789012:stateMachine:m:live'],
  ['AWS::SQS::Queue', { QueueName: 'q' }, 'https://sqs.us-east-1.amazonaws.com/123456789012/q'],
  ['AWS::SQS::Queue', { FifoQueue: true }, 'https://sqs.us-east-1.amazonaws.com/123456789012/App-It.fifo'],
  ['AWS::SNS::Topic', {}, 'arn:aws:sns:us-east-1:123456789012:App-It'],
  ['AWS::S3::Bucket', {}, 'app-it'],
  ['AWS::IAM::Role', { RoleName: 'r' }, 'r'],
  ['AWS::SES::EmailIdentity', { EmailIdentity: 'shop@example.com' }, 'shop@example.com'],
  ['AWS::CloudWatch::Alarm', {}, 'App-It'],
  ['AWS::Events::Rule', { EventBusName: 'orders', Name: 'r' }, 'orders|r'],
])('Ref of %s with %j is %s', (type, properties, expected) => {
  expect(resource(type, properties).ref).toBe(expected);
});

test.each<[string, Record<string, Json>, string]>([
  ['AWS::IAM::Role', { RoleName: 'r', Path: '/service/' }, 'arn:aws:iam::123456789012:role/service/r'],
  ['AWS::Logs::LogGroup', { LogGroupName: '/aws/x' }, 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/x'],
  ['AWS::SSM::Parameter', { Name: '/a/b' }, 'arn:aws:ssm:us-east-1:123456789012:parameter/a/b'],
  ['AWS::Events::Rule', { EventBusName: 'orders', Name: 'r' }, 'arn:aws:events:us-east-1:123456789012:rule/orders/r'],
])('ARN of %s with %j is %s', (type, properties, expected) => {
  expect(resource(type, properties).arn).toBe(expected);
});

test('the Arn attribute of a log group ends in :*, as destinations of logs want it', () => {
  const { properties } = resource('AWS::Logs::LogGroup', { LogGroupName: 'g' });
  expect(properties.Out).toEqual(['arn:aws:logs:us-east-1:123456789012:log-group:g:*']);
});

test('versions are counted for each function by itself, by whatever name they call it', () => {
  const fn = { Type: 'AWS::Lambda::Function' };
  const version = (FunctionName: Json) => ({ Type: 'AWS::Lambda::Version', Properties: { FunctionName } });
  const { resources } = readTemplate({
    Resources: {
      A: fn,
      B: fn,
      A1: version({ Ref: 'A' }),
      B1: version({ Ref: 'B' }),
      A2: version({ 'Fn::GetAtt': ['A', 'Arn'] }),
    },
  });
  expect(resources.slice(2).map(({ arn }) => arn!.split('function:')[1])).toEqual(['Stack-A:1', 'Stack-B:1', 'Stack-A:2']);
});

test('a made-up name longer than AWS allows is cut and stays unlike others', () => {
  const long = 'L'.repeat(90);
  const { resources } = readTemplate({
    Resources: {
      [`${long}1`]: { Type: 'AWS::S3::Bucket' },
      [`${long}2`]: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
    },
  });
  const names = resources.map(({ name }) => name!);
  expect(names.map(({ length }) => length)).toEqual([63, 63]);
  expect(names[0]).toMatch(/^stack-l+-[0-9a-f]{8}$/);
  expect(names[1]).toMatch(/^Stack-L+-[0-9a-f]{8}\.fifo$/);
});

test('an explicit name that cannot be resolved gives way to a made-up one', () => {
  const { tables } = readTemplate({
    Parameters: { P: { Type: 'String' } },
    Resources: { T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'P' } } } },
  });
  expect(tables[0]!.name).toBe('Stack-T');
});

test('a name that CloudFormation cannot make without a missing property is refused', () => {
  const { resources } = readTemplate({ Resources: { V: { Type: 'AWS::Lambda::Version' } } });
  expect(() => resources[0]!.arn).toThrow(/\/Resources\/V\/Properties\/FunctionName[^]*needs a text as its FunctionName/);
});
