import { structure, type ValueOf } from './shape';

// Types, lengths, ranges and patterns: the API model in botocore 1.43.11 (Apache-2.0).
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html

const ARN = { type: 'string', least: 1, most: 256 } as const;
const LONG_ARN = { type: 'string', least: 1, most: 2000 } as const;
const NAME = { type: 'string', least: 1, most: 80 } as const;
const ALIAS_NAME = { ...NAME, pattern: '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$' } as const;
const STATE_NAME = { ...NAME, sensitive: true } as const;
const BOOLEAN = { type: 'boolean' } as const;
const DEFINITION = { type: 'string', least: 1, most: 1_048_576, sensitive: true, json: true } as const;
const PAYLOAD = { type: 'string', most: 262_144, sensitive: true, json: true } as const;
const DESCRIPTION = { type: 'string', most: 256, sensitive: true } as const;
const ERROR = { type: 'string', most: 256, sensitive: true } as const;
const CAUSE = { type: 'string', most: 32_768, sensitive: true } as const;
const TASK_TOKEN = { type: 'string', least: 1, most: 2048 } as const;
const TRACE_HEADER = { type: 'string', most: 256, pattern: '\\p{ASCII}*' } as const;
const TYPE = { type: 'string', values: ['STANDARD', 'EXPRESS'] } as const;
const INCLUDED_DATA = { type: 'string', values: ['ALL_DATA', 'METADATA_ONLY'] } as const;
const COUNT = { type: 'integer', least: 0 } as const;
const PAGE = {
  maxResults: { type: 'integer', least: 0, most: 1000 },
  nextToken: { type: 'string', least: 1, most: 1024 },
} as const;
const TAG_KEY = { type: 'string', least: 1, most: 128 } as const;
const TAGS = { type: 'list', of: structure({ key: TAG_KEY, value: { type: 'string', most: 256 } }) } as const;
const LOGGING = structure({
  level: { type: 'string', values: ['ALL', 'ERROR', 'FATAL', 'OFF'] },
  includeExecutionData: BOOLEAN,
  destinations: { type: 'list', of: structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: ARN }) }) },
});
const TRACING = structure({ enabled: BOOLEAN });
const ENCRYPTION = structure(
  {
    kmsKeyId: { type: 'string', least: 1, most: 2048 },
    kmsDataKeyReusePeriodSeconds: { type: 'integer', least: 60, most: 900 },
    type: { type: 'string', values: ['AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY'] },
  },
  'type',
);
const ROUTING = {
  type: 'list',
  of: structure(
    { stateMachineVersionArn: ARN, weight: { type: 'integer', least: 0, most: 100 } },
    'stateMachineVersionArn',
    'weight',
  ),
  least: 1,
  most: 2,
} as const;

/** What every operation of the API is asked. */
export const REQUESTS = {
  CreateActivity: structure({ name: NAME, tags: TAGS, encryptionConfiguration: ENCRYPTION }, 'name'),
  CreateStateMachine: structure(
    {
      name: NAME,
      definition: DEFINITION,
      roleArn: ARN,
      type: TYPE,
      loggingConfiguration: LOGGING,
      tags: TAGS,
      tracingConfiguration: TRACING,
      publish: BOOLEAN,
      versionDescription: DESCRIPTION,
      encryptionConfiguration: ENCRYPTION,
    },
    'name',
    'definition',
    'roleArn',
  ),
  CreateStateMachineAlias: structure(
    { description: DESCRIPTION, name: ALIAS_NAME, routingConfiguration: ROUTING },
    'name',
    'routingConfiguration',
  ),
  DeleteActivity: structure({ activityArn: ARN }, 'activityArn'),
  DeleteStateMachine: structure({ stateMachineArn: ARN }, 'stateMachineArn'),
  DeleteStateMachineAlias: structure({ stateMachineAliasArn: ARN }, 'stateMachineAliasArn'),
  DeleteStateMachineVersion: structure({ stateMachineVersionArn: LONG_ARN }, 'stateMachineVersionArn'),
  DescribeActivity: structure({ activityArn: ARN }, 'activityArn'),
  DescribeExecution: structure({ executionArn: ARN, includedData: INCLUDED_DATA }, 'executionArn'),
  DescribeMapRun: structure({ mapRunArn: LONG_ARN }, 'mapRunArn'),
  DescribeStateMachine: structure({ stateMachineArn: ARN, includedData: INCLUDED_DATA }, 'stateMachineArn'),
  DescribeStateMachineAlias: structure({ stateMachineAliasArn: ARN }, 'stateMachineAliasArn'),
  DescribeStateMachineForExecution: structure({ executionArn: ARN, includedData: INCLUDED_DATA }, 'executionArn'),
  GetActivityTask: structure({ activityArn: ARN, workerName: NAME }, 'activityArn'),
  GetExecutionHistory: structure(
    { executionArn: ARN, ...PAGE, reverseOrder: BOOLEAN, includeExecutionData: BOOLEAN },
    'executionArn',
  ),
  ListActivities: structure(PAGE),
  ListExecutions: structure({
    stateMachineArn: ARN,
    // Recorded in this order.
    statusFilter: { type: 'string', values: ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] },
    maxResults: PAGE.maxResults,
    nextToken: { type: 'string', least: 1, most: 3096 },
    mapRunArn: LONG_ARN,
    redriveFilter: { type: 'string', values: ['REDRIVEN', 'NOT_REDRIVEN'] },
  }),
  ListMapRuns: structure({ executionArn: ARN, ...PAGE }, 'executionArn'),
  ListStateMachineAliases: structure({ stateMachineArn: ARN, ...PAGE }, 'stateMachineArn'),
  ListStateMachineVersions: structure({ stateMachineArn: ARN, ...PAGE }, 'stateMachineArn'),
  ListStateMachines: structure(PAGE),
  ListTagsForResource: structure({ resourceArn: ARN }, 'resourceArn'),
  PublishStateMachineVersion: structure(
    { stateMachineArn: ARN, revisionId: { type: 'string' }, description: DESCRIPTION },
    'stateMachineArn',
  ),
  RedriveExecution: structure(
    { executionArn: ARN, clientToken: { type: 'string', least: 1, most: 64, pattern: '[!-~]+' } },
    'executionArn',
  ),
  SendTaskFailure: structure({ taskToken: TASK_TOKEN, error: ERROR, cause: CAUSE }, 'taskToken'),
  SendTaskHeartbeat: structure({ taskToken: TASK_TOKEN }, 'taskToken'),
  SendTaskSuccess: structure({ taskToken: TASK_TOKEN, output: PAYLOAD }, 'taskToken', 'output'),
  StartExecution: structure({ stateMachineArn: ARN, name: NAME, input: PAYLOAD, traceHeader: TRACE_HEADER }, 'stateMachineArn'),
  StartSyncExecution: structure(
    { stateMachineArn: ARN, name: NAME, input: PAYLOAD, traceHeader: TRACE_HEADER, includedData: INCLUDED_DATA },
    'stateMachineArn',
  ),
  StopExecution: structure({ executionArn: ARN, error: ERROR, cause: CAUSE }, 'executionArn'),
  TagResource: structure({ resourceArn: ARN, tags: TAGS }, 'resourceArn', 'tags'),
  TestState: structure(
    {
      definition: DEFINITION,
      roleArn: ARN,
      input: PAYLOAD,
      inspectionLevel: { type: 'string', values: ['INFO', 'DEBUG', 'TRACE'] },
      revealSecrets: BOOLEAN,
      variables: PAYLOAD,
      stateName: STATE_NAME,
      mock: structure({
        result: PAYLOAD,
        errorOutput: structure({ error: ERROR, cause: CAUSE }),
        fieldValidationMode: { type: 'string', values: ['STRICT', 'PRESENT', 'NONE'] },
      }),
      context: PAYLOAD,
      stateConfiguration: structure({
        retrierRetryCount: COUNT,
        errorCausedByState: STATE_NAME,
        mapIterationFailureCount: COUNT,
        mapItemReaderData: PAYLOAD,
      }),
    },
    'definition',
  ),
  UntagResource: structure({ resourceArn: ARN, tagKeys: { type: 'list', of: TAG_KEY } }, 'resourceArn', 'tagKeys'),
  UpdateMapRun: structure(
    {
      mapRunArn: LONG_ARN,
      maxConcurrency: COUNT,
      toleratedFailurePercentage: { type: 'float', least: 0, most: 100 },
      toleratedFailureCount: COUNT,
    },
    'mapRunArn',
  ),
  UpdateStateMachine: structure(
    {
      stateMachineArn: ARN,
      definition: DEFINITION,
      roleArn: ARN,
      loggingConfiguration: LOGGING,
      tracingConfiguration: TRACING,
      publish: BOOLEAN,
      versionDescription: DESCRIPTION,
      encryptionConfiguration: ENCRYPTION,
    },
    'stateMachineArn',
  ),
  UpdateStateMachineAlias: structure(
    { stateMachineAliasArn: ARN, description: DESCRIPTION, routingConfiguration: ROUTING },
    'stateMachineAliasArn',
  ),
  ValidateStateMachineDefinition: structure(
    {
      definition: DEFINITION,
      type: TYPE,
      severity: { type: 'string', values: ['ERROR', 'WARNING'] },
      maxResults: { type: 'integer', least: 0, most: 100 },
    },
    'definition',
  ),
} as const;

/** The operations of the API, by name. */
export type OperationName = keyof typeof REQUESTS;

/** A request that has been held against the model. */
export type RequestOf<Name extends OperationName> = ValueOf<(typeof REQUESTS)[Name]>;
