import { isArray, isObject } from '../json/json';
import {
  arn,
  type Attribute,
  byArn,
  byId,
  byName,
  digits,
  iamArn,
  id,
  name,
  nameOnly,
  type ResourceType,
  text,
  upperId,
  uuid,
} from './resource-type';
import { asText } from './template';

const functionArn = arn('lambda', (resource) => `function:${resource.name}`);

/** The unqualified ARN of the function that a property names by name, partial ARN or ARN, qualified or not. */
const functionArnIn =
  (key: string): Attribute =>
  (resource) => {
    const named = resource.required(key);
    if (named.startsWith('arn:')) return named.split(':').slice(0, 7).join(':');
    const [simple] = named.split('function:').at(-1)!.split(':');
    return arn('lambda', () => `function:${simple}`)(resource);
  };

const functionVersion: Attribute = (resource) => String(resource.ordinal(functionArnIn('FunctionName')));
const functionVersionArn: Attribute = (resource) => `${functionArnIn('FunctionName')(resource)}:${functionVersion(resource)}`;
const functionAliasArn: Attribute = (resource) => `${functionArnIn('FunctionName')(resource)}:${resource.name}`;

const stateMachineArn = arn('states', (resource) => `stateMachine:${resource.name}`);
const machineOf: Attribute = (resource) => resource.required('StateMachineArn');
const stateMachineVersionArn: Attribute = (resource) => `${machineOf(resource)}:${resource.ordinal(machineOf)}`;

/** The machine of an alias is the one whose versions it routes to. */
const stateMachineAliasArn: Attribute = (resource) => {
  const routing = resource.property('RoutingConfiguration') ?? null;
  const route = isArray(routing) ? routing[0] : resource.property('DeploymentPreference');
  const version = isObject(route) ? route.StateMachineVersionArn : resource.required('RoutingConfiguration');
  return `${asText(version ?? null).replace(/:[^:]*$/, '')}:${resource.name}`;
};

const tableArn = arn('dynamodb', (resource) => `table/${resource.name}`);
const streamArn: Attribute = (resource) => `${tableArn(resource)}/stream/2020-01-01T00:00:00.000`;
const fifo =
  (property: string): Attribute =>
  (resource) =>
    resource.property(property) === true || resource.property(property) === 'true' ? '.fifo' : '';
const queueUrl: Attribute = (resource) =>
  `https://sqs.${resource.region}.${resource.urlSuffix}/${resource.account}/${resource.name}`;
const bucketArn: Attribute = (resource) => `arn:${resource.partition}:s3:::${resource.name}`;
const bus: Attribute = (resource) => (text(resource, 'EventBusName') ?? 'default').split('event-bus/').at(-1)!;
const secretArn = arn('secretsmanager', (resource) => `secret:${resource.name}-${digits(resource, 6)}`);
const guardrailArn = arn('bedrock', (resource) => `guardrail/${id(12)(resource)}`);
const agentArn = arn('bedrock', (resource) => `agent/${upperId(10)(resource)}`);
const knowledgeBaseArn = arn('bedrock', (resource) => `knowledge-base/${upperId(10)(resource)}`);
const inferenceProfileArn = arn('bedrock', (resource) => `application-inference-profile/${id(12)(resource)}`);
const userPoolId: Attribute = (resource) => `${resource.region}_${digits(resource, 9)}`;
const userPoolArn = arn('cognito-idp', (resource) => `userpool/${userPoolId(resource)}`);
const keyArn = arn('kms', (resource) => `key/${uuid(resource)}`);
const alarm = byName(
  'AlarmName',
  arn('cloudwatch', (resource) => `alarm:${resource.name}`),
);

/**
 * What `Ref` and `Fn::GetAtt` give, by resource type. One line adds a type; what is not here is refused by name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html ("Return values" of each type)
 */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::ApiGateway::RestApi': byId(id(10), { RestApiId: id(10), RootResourceId: id(8) }),
  'AWS::ApiGatewayV2::Api': byId(id(10), {
    ApiId: id(10),
    ApiEndpoint: (resource) => `https://${id(10)(resource)}.execute-api.${resource.region}.${resource.urlSuffix}`,
  }),
  'AWS::Athena::WorkGroup': nameOnly('Name'),
  'AWS::Batch::ComputeEnvironment': byArn(
    'ComputeEnvironmentName',
    arn('batch', (resource) => `compute-environment/${resource.name}`),
    { ComputeEnvironmentArn: arn('batch', (resource) => `compute-environment/${resource.name}`) },
  ),
  'AWS::Batch::JobDefinition': byArn(
    'JobDefinitionName',
    arn('batch', (resource) => `job-definition/${resource.name}:1`),
    { JobDefinitionArn: arn('batch', (resource) => `job-definition/${resource.name}:1`) },
  ),
  'AWS::Batch::JobQueue': byArn(
    'JobQueueName',
    arn('batch', (resource) => `job-queue/${resource.name}`),
    { JobQueueArn: arn('batch', (resource) => `job-queue/${resource.name}`) },
  ),
  'AWS::Bedrock::Agent': byId(upperId(10), { AgentId: upperId(10), AgentArn: agentArn }, agentArn),
  'AWS::Bedrock::ApplicationInferenceProfile': byId(
    inferenceProfileArn,
    {
      InferenceProfileArn: inferenceProfileArn,
      InferenceProfileId: id(12),
      InferenceProfileIdentifier: inferenceProfileArn,
    },
    inferenceProfileArn,
  ),
  'AWS::Bedrock::Guardrail': byId(
    guardrailArn,
    { GuardrailArn: guardrailArn, GuardrailId: id(12), Version: () => 'DRAFT' },
    guardrailArn,
  ),
  'AWS::Bedrock::KnowledgeBase': byId(
    upperId(10),
    { KnowledgeBaseId: upperId(10), KnowledgeBaseArn: knowledgeBaseArn },
    knowledgeBaseArn,
  ),
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::CompositeAlarm': alarm,
  'AWS::CloudWatch::Dashboard': nameOnly('DashboardName'),
  'AWS::CodeBuild::Project': byName(
    'Name',
    arn('codebuild', (resource) => `project/${resource.name}`),
  ),
  'AWS::Cognito::UserPool': byId(
    userPoolId,
    {
      UserPoolId: userPoolId,
      Arn: userPoolArn,
      ProviderName: (resource) => `cognito-idp.${resource.region}.${resource.urlSuffix}/${userPoolId(resource)}`,
      ProviderURL: (resource) => `https://cognito-idp.${resource.region}.${resource.urlSuffix}/${userPoolId(resource)}`,
    },
    userPoolArn,
  ),
  'AWS::DynamoDB::GlobalTable': byName('TableName', tableArn, { StreamArn: streamArn, TableId: uuid }),
  'AWS::DynamoDB::Table': byName('TableName', tableArn, { StreamArn: streamArn }),
  'AWS::EC2::SecurityGroup': byId(id(17, 'sg-'), { GroupId: id(17, 'sg-'), Id: id(17, 'sg-') }),
  'AWS::EC2::Subnet': byId(id(17, 'subnet-'), { SubnetId: id(17, 'subnet-') }),
  'AWS::EC2::VPC': byId(id(17, 'vpc-'), { VpcId: id(17, 'vpc-') }),
  'AWS::ECR::Repository': {
    ...byName(
      'RepositoryName',
      arn('ecr', (resource) => `repository/${resource.name}`),
      {
        RepositoryUri: (resource) => `${resource.account}.dkr.ecr.${resource.region}.${resource.urlSuffix}/${resource.name}`,
      },
    ),
    lowerCase: true,
  },
  'AWS::ECS::Cluster': byName(
    'ClusterName',
    arn('ecs', (resource) => `cluster/${resource.name}`),
  ),
  'AWS::ECS::TaskDefinition': byArn(
    'Family',
    arn('ecs', (resource) => `task-definition/${resource.name}:1`),
    { TaskDefinitionArn: arn('ecs', (resource) => `task-definition/${resource.name}:1`) },
  ),
  'AWS::Events::ApiDestination': byName(
    'Name',
    arn('events', (resource) => `api-destination/${resource.name}/${uuid(resource)}`),
  ),
  'AWS::Events::Archive': byName(
    'ArchiveName',
    arn('events', (resource) => `archive/${resource.name}`),
  ),
  'AWS::Events::Connection': byName(
    'Name',
    arn('events', (resource) => `connection/${resource.name}/${uuid(resource)}`),
    { SecretArn: arn('secretsmanager', (resource) => `secret:events!connection/${resource.name}/${uuid(resource)}`) },
  ),
  'AWS::Events::EventBus': byName(
    'Name',
    arn('events', (resource) => `event-bus/${resource.name}`),
    { Name: name },
  ),
  'AWS::Events::Rule': {
    ...byName(
      'Name',
      arn('events', (resource) => `rule/${bus(resource) === 'default' ? '' : `${bus(resource)}/`}${resource.name}`),
      { RuleName: name },
    ),
    ref: (resource) => (bus(resource) === 'default' ? resource.name : `${bus(resource)}|${resource.name}`),
  },
  'AWS::Glue::Crawler': nameOnly('Name'),
  'AWS::Glue::Job': nameOnly('Name'),
  'AWS::IAM::ManagedPolicy': byArn('ManagedPolicyName', iamArn('policy'), { PolicyArn: iamArn('policy') }),
  'AWS::IAM::Role': byName('RoleName', iamArn('role'), { RoleId: upperId(17, 'AROA') }),
  'AWS::IAM::User': byName('UserName', iamArn('user')),
  'AWS::KMS::Alias': nameOnly('AliasName'),
  'AWS::KMS::Key': byId(uuid, { Arn: keyArn, KeyId: uuid }, keyArn),
  'AWS::Kinesis::Stream': byName(
    'Name',
    arn('kinesis', (resource) => `stream/${resource.name}`),
  ),
  'AWS::KinesisFirehose::DeliveryStream': byName(
    'DeliveryStreamName',
    arn('firehose', (resource) => `deliverystream/${resource.name}`),
  ),
  'AWS::Lambda::Alias': byArn('Name', functionAliasArn, { AliasArn: functionAliasArn }),
  'AWS::Lambda::Function': byName('FunctionName', functionArn),
  'AWS::Lambda::LayerVersion': byArn(
    'LayerName',
    arn('lambda', (resource) => `layer:${resource.name}:1`),
    { LayerVersionArn: arn('lambda', (resource) => `layer:${resource.name}:1`) },
  ),
  'AWS::Lambda::Url': byId(functionArnIn('TargetFunctionArn'), {
    FunctionArn: functionArnIn('TargetFunctionArn'),
    FunctionUrl: (resource) => `https://${id(32)(resource)}.lambda-url.${resource.region}.on.aws/`,
  }),
  'AWS::Lambda::Version': byArn(undefined, functionVersionArn, { FunctionArn: functionVersionArn, Version: functionVersion }),
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    ref: name,
    arn: arn('logs', (resource) => `log-group:${resource.name}`),
    attributes: { Arn: arn('logs', (resource) => `log-group:${resource.name}:*`) },
  },
  'AWS::Pipes::Pipe': byName(
    'Name',
    arn('pipes', (resource) => `pipe/${resource.name}`),
  ),
  'AWS::S3::Bucket': {
    ...byName('BucketName', bucketArn, {
      DomainName: (resource) => `${resource.name}.s3.${resource.urlSuffix}`,
      DualStackDomainName: (resource) => `${resource.name}.s3.dualstack.${resource.region}.${resource.urlSuffix}`,
      RegionalDomainName: (resource) => `${resource.name}.s3.${resource.region}.${resource.urlSuffix}`,
      WebsiteURL: (resource) => `http://${resource.name}.s3-website-${resource.region}.${resource.urlSuffix}`,
    }),
    lowerCase: true,
  },
  'AWS::SES::ConfigurationSet': nameOnly('Name'),
  'AWS::SES::EmailIdentity': nameOnly(
    'EmailIdentity',
    arn('ses', (resource) => `identity/${resource.name}`),
  ),
  'AWS::SNS::Topic': {
    ...byArn('TopicName', arn('sns', name), { TopicArn: arn('sns', name), TopicName: name }),
    suffix: fifo('FifoTopic'),
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    suffix: fifo('FifoQueue'),
    ref: queueUrl,
    arn: arn('sqs', name),
    attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: queueUrl },
  },
  'AWS::SSM::Parameter': byName(
    'Name',
    arn('ssm', (resource) => `parameter${resource.name.startsWith('/') ? '' : '/'}${resource.name}`),
    { Type: (resource) => resource.required('Type'), Value: (resource) => resource.required('Value') },
  ),
  'AWS::SageMaker::Endpoint': byArn(
    'EndpointName',
    arn('sagemaker', (resource) => `endpoint/${resource.name}`),
    { EndpointArn: arn('sagemaker', (resource) => `endpoint/${resource.name}`), EndpointName: name },
  ),
  'AWS::Scheduler::Schedule': byName(
    'Name',
    arn('scheduler', (resource) => `schedule/${text(resource, 'GroupName') ?? 'default'}/${resource.name}`),
  ),
  'AWS::Scheduler::ScheduleGroup': byName(
    'Name',
    arn('scheduler', (resource) => `schedule-group/${resource.name}`),
  ),
  'AWS::SecretsManager::Secret': byArn('Name', secretArn, { Id: secretArn }),
  'AWS::StepFunctions::Activity': byArn(
    'Name',
    arn('states', (resource) => `activity:${resource.name}`),
    { Arn: arn('states', (resource) => `activity:${resource.name}`), Name: name },
  ),
  'AWS::StepFunctions::StateMachine': byArn('StateMachineName', stateMachineArn, {
    Arn: stateMachineArn,
    Name: name,
    StateMachineRevisionId: () => 'INITIAL',
  }),
  'AWS::StepFunctions::StateMachineAlias': byArn('Name', stateMachineAliasArn, { Arn: stateMachineAliasArn }),
  'AWS::StepFunctions::StateMachineVersion': byArn(undefined, stateMachineVersionArn, { Arn: stateMachineVersionArn }),
};
