import type { Api } from '../api';
import { type AwsJson, awsJson } from './aws-json';
import { awsQuery } from './aws-query';
import type { Door } from './http';
import { restJson } from './rest-json';
import { s3RestXml } from './s3-rest-xml';

/** An endpoint of AWS, as the name of its host says it. */
export interface Endpoint {
  /** As the host has it: `dynamodb`, `states`, `bedrock-runtime`. */
  readonly service: string;
  /** undefined: the host names none. */
  readonly region: string | undefined;
}

/** Step Functions' protocol. */
export const STATES_JSON: AwsJson = {
  version: '1.0',
  target: 'AWSStepFunctions',
  namespace: 'com.amazonaws.swf.service.v2.model',
};

/** The door of a server of Step Functions: it answers whatever comes. */
export const statesServer = (api: Api): Door => awsJson({ ...STATES_JSON, answersAll: true }, api);

/** How an API is reached: by which names of a host, and through which door. */
interface Entrance {
  /** As `Api.name` has it. */
  readonly api: string;
  /** Names in hosts. */
  readonly hosts: readonly string[];
  readonly door: (api: Api) => Door;
}

/** The protocols that SDKs speak with each API. Prefixes and namespaces are those of AWS's own models. */
const ENTRANCES: readonly Entrance[] = [
  {
    api: 'dynamodb',
    // An endpoint of an account is `<account>.ddb.<region>`.
    hosts: ['dynamodb', 'ddb'],
    door: (api) => awsJson({ version: '1.0', target: 'DynamoDB_20120810', namespace: 'com.amazonaws.dynamodb.v20120810' }, api),
  },
  {
    api: 'sqs',
    hosts: ['sqs'],
    door: (api) =>
      awsJson(
        {
          version: '1.0',
          target: 'AmazonSQS',
          namespace: 'com.amazonaws.sqs',
          queryCodes: {
            BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
            BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
            EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
            InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
            PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
            QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
            QueueNameExists: 'QueueAlreadyExists',
            TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
          },
        },
        api,
      ),
  },
  {
    api: 'eventbridge',
    hosts: ['events'],
    door: (api) => awsJson({ version: '1.1', target: 'AWSEvents', namespace: 'com.amazonaws.events' }, api),
  },
  {
    api: 'sfn',
    // StartSyncExecution and TestState have a host of their own.
    hosts: ['states', 'sync-states'],
    door: (api) => awsJson(STATES_JSON, api),
  },
  {
    api: 'sns',
    hosts: ['sns'],
    door: (api) =>
      awsQuery(
        {
          xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
          maps: new Set(['Attributes']),
          codes: {
            AuthorizationErrorException: 'AuthorizationError',
            EndpointDisabledException: 'EndpointDisabled',
            InternalErrorException: 'InternalError',
            InvalidParameterException: 'InvalidParameter',
            InvalidParameterValueException: 'ParameterValueInvalid',
            NotFoundException: 'NotFound',
          },
        },
        api,
      ),
  },
  { api: 's3', hosts: ['s3'], door: s3RestXml },
  {
    api: 'lambda',
    hosts: ['lambda'],
    door: (api) =>
      restJson(
        [
          {
            operation: 'Invoke',
            method: 'POST',
            path: '/2015-03-31/functions/{FunctionName}/invocations',
            headers: {
              'x-amz-invocation-type': 'InvocationType',
              'x-amz-log-type': 'LogType',
              'x-amz-client-context': 'ClientContext',
            },
            query: { Qualifier: 'Qualifier' },
            payload: 'Payload',
            answer: {
              status: 'StatusCode',
              headers: { 'x-amz-function-error': 'FunctionError', 'x-amz-executed-version': 'ExecutedVersion' },
              payload: 'Payload',
            },
          },
        ],
        api,
      ),
  },
  {
    api: 'sesv2',
    hosts: ['email'],
    door: (api) => restJson([{ operation: 'SendEmail', method: 'POST', path: '/v2/email/outbound-emails' }], api),
  },
  {
    api: 'bedrockruntime',
    hosts: ['bedrock-runtime'],
    door: (api) =>
      restJson(
        [
          {
            operation: 'InvokeModel',
            method: 'POST',
            path: '/model/{modelId}/invoke',
            headers: {
              'content-type': 'contentType',
              accept: 'accept',
              'x-amzn-bedrock-trace': 'trace',
              'x-amzn-bedrock-guardrailidentifier': 'guardrailIdentifier',
              'x-amzn-bedrock-guardrailversion': 'guardrailVersion',
              'x-amzn-bedrock-performanceconfig-latency': 'performanceConfigLatency',
              'x-amzn-bedrock-service-tier': 'serviceTier',
            },
            payload: 'body',
            answer: { headers: { 'content-type': 'contentType' }, payload: 'body' },
          },
          { operation: 'Converse', method: 'POST', path: '/model/{modelId}/converse' },
          { operation: 'ConverseStream', method: 'POST', path: '/model/{modelId}/converse-stream' },
          {
            operation: 'InvokeModelWithResponseStream',
            method: 'POST',
            path: '/model/{modelId}/invoke-with-response-stream',
            payload: 'body',
          },
          {
            operation: 'InvokeModelWithBidirectionalStream',
            method: 'POST',
            path: '/model/{modelId}/invoke-with-bidirectional-stream',
            payload: 'body',
          },
        ],
        api,
      ),
  },
];

const DOMAIN = /\.(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** True for a host of AWS. */
export const isAwsHost = (host: string): boolean => DOMAIN.test(host);

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** What a host of AWS names. Before the service may stand a bucket or an account, after it the region. */
export function endpointOf(host: string): Endpoint {
  const labels = host.replace(DOMAIN, '').split('.');
  const regionAt = labels.findIndex((label) => REGION.test(label));
  const ends = regionAt === -1 ? labels.length : regionAt;
  const service = labels.slice(0, ends).findLast((label) => label !== 'dualstack') ?? host;
  return { service: service.replace(/-fips$/, ''), region: labels[regionAt] };
}

/** The doors of APIs, by the service that a host names. */
export function doorsOf(apis: readonly Api[]): ReadonlyMap<string, Door> {
  const doors = new Map<string, Door>();
  for (const { api: name, hosts, door } of ENTRANCES) {
    const api = apis.find((candidate) => candidate.name === name);
    if (api === undefined) continue;
    const opened = door(api);
    for (const host of hosts) doors.set(host, opened);
  }
  return doors;
}
