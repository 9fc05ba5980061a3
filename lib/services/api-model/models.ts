import type { IntegrationPattern } from '../../asl/optimised-integrations';
import { type Client, findClient } from './client';
import type { Schema } from './schema';

/** A service integration, as `tryParseResource` tells it. */
export interface Integration {
  /** `dynamodb`, `aws-sdk:dynamodb`. */
  readonly resourceType: string;
  /** In camelCase, without the pattern. */
  readonly action: string;
  readonly pattern: IntegrationPattern;
}

/** What AWS's API model says of an integration's result. */
export interface ResponseModel {
  readonly client: Client;
  readonly schema: Schema;
  /** PascalCase. */
  readonly operation: string;
  /** Members that Step Functions parses or adds, whose type the API's model does not tell. */
  readonly free: readonly string[];
  /** Whether timestamps may be numbers as well as strings. */
  readonly epochs: boolean;
}

/** What AWS's API model says of an integration's request. */
export interface RequestModel {
  readonly schema: Schema;
  /** Fields of Step Functions' own, which the API's model does not have. */
  readonly free: readonly string[];
}

/** What an optimised integration calls, by its service, where SDK integrations have another word for it. */
const TOKENS: Readonly<Record<string, string>> = {
  states: 'sfn',
  events: 'eventbridge',
  elasticmapreduce: 'emr',
  'emr-containers': 'emrcontainers',
  'emr-serverless': 'emrserverless',
};

/** Integrations whose results AWS does not hold against a model. https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
const UNMODELLED = ['http:invoke', 'apigateway:invoke', 'eks:call', 'eks:runJob'];

/** What Step Functions adds to the results of optimised integrations. */
const METADATA = ['SdkHttpMetadata', 'SdkResponseMetadata'];

/** Members that optimised integrations parse from JSON. https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
const PARSED: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['Payload'],
  'bedrock:invokeModel': ['Body'],
  'states:startExecution.sync:2': ['Input', 'Output'],
};

/** What `.sync` asks until the job is done, whose answer becomes the result: operation by integration. */
const POLLED: Readonly<Record<string, string>> = { 'states:startExecution': 'DescribeExecution' };

/** The model of an integration's result; a sentence where there is none to hold it against. */
export function findResponseModel({ resourceType, action, pattern }: Integration): ResponseModel | string {
  const name = `${resourceType}:${action}`;
  if (UNMODELLED.includes(name)) return `AWS has no model of what ${name} answers`;
  if (pattern === 'waitForTaskToken') return 'it is what is sent with the task token';
  const isSync = pattern === 'sync' || pattern === 'sync:2';
  const operation = isSync ? (Object.hasOwn(POLLED, name) ? POLLED[name] : undefined) : pascalCase(action);
  if (operation === undefined) return `which API ${name}.${pattern} asks for its job's state is not known here`;
  const client = findClient(tokenOf(resourceType, action));
  if (typeof client === 'string') return client;
  const schema = client.tryFindOutput(operation);
  if (schema === undefined) return `@aws-sdk/client-${client.name} as installed exports no schema of ${operation}`;
  const parsed = `${name}${isSync ? `.${pattern}` : ''}`;
  const free = [...METADATA, ...((Object.hasOwn(PARSED, parsed) ? PARSED[parsed] : undefined) ?? [])];
  return { client, schema, operation, free: resourceType.startsWith(SDK) ? [] : free, epochs: isSync };
}

/** Fields that Step Functions itself reads. https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html */
const OWN: Readonly<Record<string, readonly string[]>> = { 'bedrock:invokeModel': ['Input', 'Output'] };

/** The model of an integration's request; undefined where there is none to hold it against. */
export function findRequestModel({
  resourceType,
  action,
}: Pick<Integration, 'resourceType' | 'action'>): RequestModel | undefined {
  const name = `${resourceType}:${action}`;
  if (UNMODELLED.includes(name)) return undefined;
  const client = findClient(tokenOf(resourceType, action));
  const schema = typeof client === 'string' ? undefined : client.tryFindInput(pascalCase(action));
  return schema?.isStructSchema() !== true
    ? undefined
    : { schema, free: (Object.hasOwn(OWN, name) ? OWN[name] : undefined) ?? [] };
}

const SDK = 'aws-sdk:';

function tokenOf(resourceType: string, action: string): string {
  if (resourceType.startsWith(SDK)) return resourceType.slice(SDK.length);
  if (resourceType === 'bedrock' && action === 'invokeModel') return 'bedrockruntime';
  return (Object.hasOwn(TOKENS, resourceType) ? TOKENS[resourceType] : undefined) ?? resourceType;
}

/** As Step Functions writes the names of APIs and their members. */
export const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
