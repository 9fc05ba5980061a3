import { isObject } from '../../json/json';
import type { JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { TaskCall } from '../../simulator/task-call';
import type { DynaliteAction } from '../../vendor/dynalite';
import { crc32 } from '../crc32';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { httpDate, withSdkMetadata } from '../sdk-metadata';
import type { Header } from '../sdk-metadata';
import { structureAction } from '../service';
import type { Action, Service } from '../service';
import { optimisedError, sdkError } from '../service-error';
import type { ServiceNames } from '../service-error';
import { attributeValue, sdkAttributeValue } from './attribute-value';
import { dynamoDbParameters, responseTypes } from './parameters';
import { createTablesInMemory, DynamoDbFailure } from './tables';
import type { Tables } from './tables';
import { toDynamoDb, toSdk } from './translate';

/** A simulated DynamoDB: its tables, and what both kinds of integration make of them. */
export interface DynamoDb extends Pick<Tables, 'createTables' | 'seed' | 'scan'> {
  /** `dynamodb` and `aws-sdk:dynamodb`. */
  readonly services: readonly Service[];
}

/** A DynamoDB without tables, in memory. Streams, transactions, PartiQL and time to live are not simulated. */
export function createDynamoDb(): DynamoDb {
  const tables = createTablesInMemory();
  const { createTables, seed, scan } = tables;
  return { services: [optimised(tables), sdk(tables)], createTables, seed, scan };
}

/** Codes with an exception class in the AWS SDKs for Java; all others have the base exception. */
const EXCEPTIONS: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'InternalServerError',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceInUseException',
  'ResourceNotFoundException',
  'TransactionConflictException',
]);
const OPTIMISED: ServiceNames = {
  prefix: 'DynamoDB',
  service: 'AmazonDynamoDBv2',
  baseException: 'AmazonDynamoDBException',
  exceptions: EXCEPTIONS,
};
const SDK: ServiceNames = { prefix: 'DynamoDb', service: 'DynamoDb', baseException: 'DynamoDbException', exceptions: EXCEPTIONS };

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html */
function optimised(tables: Tables): Service {
  const { getItem, putItem, updateItem, deleteItem } = dynamoDbParameters(attributeValue);
  const action = (name: DynaliteAction, parameters: StructureType, requestIdHeader = 'x-amzn-RequestId'): Action =>
    structureAction(parameters, async (request, call) => {
      const requestId = call.uuid();
      const response = await perform(tables, name, toDynamoDb(parameters, request) as JsonObject, call).catch(
        failed((failure) => optimisedError(OPTIMISED, { ...failure, requestId })),
      );
      const headers = responseHeaders(response, call, requestIdHeader, requestId);
      return withSdkMetadata(response, { statusCode: 200, headers, requestId });
    });
  return {
    resourceType: 'dynamodb',
    actions: {
      getItem: action('GetItem', getItem, 'x-amzn-requestid'), // sic, in every recording
      putItem: action('PutItem', withoutOnFailure(putItem)),
      updateItem: action('UpdateItem', withoutOnFailure(updateItem)),
      deleteItem: action('DeleteItem', withoutOnFailure(deleteItem)),
    },
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
function sdk(tables: Tables): Service {
  const parameters = dynamoDbParameters(sdkAttributeValue);
  const responseType = responseTypes(sdkAttributeValue);
  const action = (name: DynaliteAction, type: StructureType): Action =>
    structureAction(type, async (request, call) => {
      const requestId = call.uuid();
      const response = await perform(tables, name, toDynamoDb(type, request) as JsonObject, call).catch(
        failed((failure) => sdkError(SDK, { ...failure, requestId })),
      );
      return toSdk(responseType, response);
    });
  return {
    resourceType: 'aws-sdk:dynamodb',
    actions: {
      getItem: action('GetItem', parameters.getItem),
      putItem: action('PutItem', parameters.putItem),
      updateItem: action('UpdateItem', parameters.updateItem),
      deleteItem: action('DeleteItem', parameters.deleteItem),
      query: action('Query', parameters.query),
      scan: action('Scan', parameters.scan),
      batchGetItem: action('BatchGetItem', parameters.batchGetItem),
      batchWriteItem: action('BatchWriteItem', parameters.batchWriteItem),
    },
  };
}

/** The optimised integration is older than `ReturnValuesOnConditionCheckFailure`. */
function withoutOnFailure({ fields, required = [] }: StructureType): StructureType {
  return { fields: Object.fromEntries(Object.entries(fields).filter(([name]) => name !== ON_FAILURE)), required };
}
const ON_FAILURE = 'ReturnValuesOnConditionCheckFailure';

function perform(tables: Tables, action: DynaliteAction, request: JsonObject, call: TaskCall): Promise<JsonObject> {
  const onFailure = stringField(request, ON_FAILURE);
  if (onFailure !== undefined && onFailure !== 'NONE') {
    throw new SimulatorError(
      `"${call.state}" asks DynamoDB for ${ON_FAILURE} ${onFailure}, which is not simulated: leave it out, or add a fake.`,
    );
  }
  return tables.perform(action, namedTables(request));
}

/** Since 2024 a table may be named by its ARN; dynalite knows names only. */
function namedTables(request: JsonObject): JsonObject {
  const tableName = stringField(request, 'TableName');
  const requestItems = get(request, 'RequestItems');
  if (tableName !== undefined) return { ...request, TableName: nameOfTable(tableName) };
  if (!isObject(requestItems)) return request;
  return {
    ...request,
    RequestItems: Object.fromEntries(Object.entries(requestItems).map(([table, items]) => [nameOfTable(table), items])),
  };
}

const nameOfTable = (nameOrArn: string): string =>
  /^arn:[^:]+:dynamodb:[^:]*:\d*:table\/([^/]+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;

const failed =
  (toError: (failure: { code: string; message: string; statusCode: number }) => Error) =>
  (error: unknown): never => {
    if (!(error instanceof DynamoDbFailure)) throw error;
    const { code, message, statusCode } = error;
    throw toError({ code, message, statusCode });
  };

function responseHeaders(response: JsonObject, call: TaskCall, requestIdHeader: string, requestId: string): readonly Header[] {
  const body = renderJson(response);
  return [
    ['Server', 'Server'],
    ['Connection', 'keep-alive'],
    [requestIdHeader, requestId],
    ['x-amz-crc32', String(crc32(body))],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Date', httpDate(call.epochMs)],
    ['Content-Type', 'application/x-amz-json-1.0'],
  ];
}
