import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { type Client, findClient } from './client';
import { pascalCase } from './models';
import type { Schema } from './schema';

/** An operation of an API, as `aws-sdk:<api>:<action>` names it. */
export interface NamedOperation {
  /** In lower case without hyphens: `secretsmanager`. */
  readonly api: string;
  /** PascalCase. */
  readonly operation: string;
}

/** What goes to the API, and what comes of it. */
export type Part = 'input' | 'output';

/**
 * Requests and responses of an API as Step Functions has them: `secretId` is `SecretId`, a time is text in ISO 8601, a body is text and not
 * Base64. It follows the API's model, of which an installed client tells; without one, the table below; else nothing changes.
 */
export const toIntegration = (named: NamedOperation, part: Part, value: Json): Json =>
  translated(named, part, value, {
    nameOf: (member) => ({ from: member, to: pascalCase(member) }),
    rename: pascalCase,
    timestamp: (time) => (typeof time === 'number' ? new Date(time * 1000).toISOString() : time),
    payload: (body) => (typeof body === 'string' ? Buffer.from(body, 'base64').toString() : body),
  });

/** The way back: what Step Functions has, as the API has it. */
export const toApi = (named: NamedOperation, part: Part, value: Json): Json =>
  translated(named, part, value, {
    nameOf: (member) => ({ from: pascalCase(member), to: member }),
    rename: camelCase,
    timestamp: (time) => (typeof time === 'string' ? Date.parse(time) / 1000 : time),
    payload: (body) => (typeof body === 'string' ? Buffer.from(body).toString('base64') : body),
  });

/** What an API answers where Step Functions names the error `SecretsManager.ResourceNotFoundException`. */
export function apiError(api: string, name: string): { readonly code: string; readonly statusCode: number } {
  const given = name.replace(/^\w+\./, '');
  // Step Functions has the suffix always; not every exception has it.
  for (const code of [given, given.replace(/Exception$/, '')]) {
    const schema = tryFindIn(api, (client) => client.tryFindError(code));
    const statusCode = schema?.getMergedTraits()['httpError'];
    if (schema !== undefined) return { code, statusCode: typeof statusCode === 'number' ? statusCode : 400 };
  }
  const known = Object.hasOwn(STATUS_CODES, api) ? STATUS_CODES[api] : undefined;
  return { code: given, statusCode: known?.[given] ?? 400 };
}

/** An API with members in camelCase that is simulated whether or not its client is installed. */
interface CamelCaseApi {
  /** Members that hold what is nobody's business: documents, and maps with free keys. In camelCase. */
  readonly free: readonly string[];
  /** Members that are a body. */
  readonly payloads: readonly string[];
  /** Status codes by exception. @default - 400 */
  readonly errors?: Readonly<Record<string, number>>;
}

const CAMEL_CASE_APIS: Readonly<Record<string, CamelCaseApi>> = {
  // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, …/API_runtime_InvokeModel.html
  bedrockruntime: {
    free: [
      'additionalModelRequestFields',
      'additionalModelResponseFields',
      'input',
      'json',
      'promptVariables',
      'requestMetadata',
    ],
    payloads: ['body'],
  },
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html
  sfn: { free: [], payloads: [] },
};

/** Status codes of simulated APIs' exceptions that are not 400, by exception. */
const STATUS_CODES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html#API_runtime_InvokeModel_Errors
  bedrockruntime: {
    AccessDeniedException: 403,
    InternalServerException: 500,
    ModelErrorException: 424,
    ModelNotReadyException: 429,
    ModelTimeoutException: 408,
    ResourceNotFoundException: 404,
    ServiceUnavailableException: 503,
    ThrottlingException: 429,
  },
  // https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
  lambda: {
    RequestTooLargeException: 413,
    ResourceConflictException: 409,
    ResourceNotFoundException: 404,
    ResourceNotReadyException: 502,
    ServiceException: 500,
    TooManyRequestsException: 429,
    UnsupportedMediaTypeException: 415,
  },
};

const camelCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** One of the two ways. */
interface Way {
  /** A member of the API's model. */
  nameOf(member: string): { readonly from: string; readonly to: string };
  /** A name of which nobody has a model. */
  rename(name: string): string;
  timestamp(value: Json): Json;
  payload(value: Json): Json;
}

function translated({ api, operation }: NamedOperation, part: Part, value: Json, way: Way): Json {
  const schema = tryFindIn(api, (client) =>
    part === 'input' ? client.tryFindInput(operation) : client.tryFindOutput(operation),
  );
  if (schema !== undefined) return byModel(schema, value, way);
  const known = Object.hasOwn(CAMEL_CASE_APIS, api) ? CAMEL_CASE_APIS[api] : undefined;
  return known === undefined ? value : byLetters(known, value, way);
}

function tryFindIn<T>(api: string, find: (client: Client) => T | undefined): T | undefined {
  const client = findClient(api);
  return typeof client === 'string' ? undefined : find(client);
}

function byModel(schema: Schema, value: Json, way: Way): Json {
  if (value === null || schema.isDocumentSchema()) return value;
  if (schema.isTimestampSchema()) return way.timestamp(value);
  if (schema.isBlobSchema() && schema.getMergedTraits()['httpPayload'] !== undefined) return way.payload(value);
  if (isArray(value)) return schema.isListSchema() ? value.map((item) => byModel(schema.getValueSchema(), item, way)) : value;
  if (!isObject(value)) return value;
  if (schema.isMapSchema()) return mapped(value, (name, item) => [name, byModel(schema.getValueSchema(), item, way)]);
  if (!schema.isStructSchema()) return value;
  const members = new Map(
    Object.entries(schema.getMemberSchemas()).map(([member, type]) => {
      const { from, to } = way.nameOf(member);
      return [from, { to, type }];
    }),
  );
  return mapped(value, (name, item) => {
    const member = members.get(name);
    return member === undefined ? [name, item] : [member.to, byModel(member.type, item, way)];
  });
}

function byLetters(api: CamelCaseApi, value: Json, way: Way): Json {
  if (isArray(value)) return value.map((item) => byLetters(api, item, way));
  if (!isObject(value)) return value;
  return mapped(value, (name, item) => {
    const member = camelCase(name);
    const to = way.rename(name);
    if (api.payloads.includes(member)) return [to, way.payload(item)];
    return [to, api.free.includes(member) ? item : byLetters(api, item, way)];
  });
}

const mapped = (object: JsonObject, change: (name: string, value: Json) => readonly [string, Json]): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => change(name, value)));
