import { isObject } from '../../json/json';
import type { JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { DynaliteAction } from '../../vendor/dynalite';
import type { Api, Caller } from '../api';
import { ApiFailure } from '../api';
import { crc32 } from '../crc32';
import { optimisedService, sdkService } from '../integrations';
import { noResource } from '../no-resource';
import type { Exchange, IntegratedOperation, OptimisedOperation } from '../integrations';
import { stringField } from '../parameter-types';
import type { StructureType } from '../parameter-types';
import { httpDate } from '../sdk-metadata';
import type { Header } from '../sdk-metadata';
import type { Service } from '../service';
import type { ServiceNames } from '../service-error';
import { attributeValue, sdkAttributeValue } from './attribute-value';
import { dynamoDbParameters, responseTypes } from './parameters';
import { createTablesInMemory, DynamoDbFailure } from './tables';
import type { Tables } from './tables';
import { toDynamoDb, toSdk } from './translate';

/** A simulated DynamoDB: its tables, its API, and what both kinds of integration make of it. */
export interface DynamoDb extends Pick<Tables, 'createTables' | 'seed' | 'scan'> {
  readonly api: Api;
  /** `dynamodb` and `aws-sdk:dynamodb`. */
  readonly services: readonly Service[];
}

/** A DynamoDB without tables, in memory. */
export function createDynamoDb(): DynamoDb {
  const tables = createTablesInMemory();
  const { seed, scan } = tables;
  let hasTables = false;
  const api = dynamoDbApi(tables, () => hasTables);
  return {
    api,
    services: [optimised(api), sdk(api)],
    createTables(definitions) {
      hasTables ||= definitions.length > 0;
      return tables.createTables(definitions);
    },
    seed,
    scan,
  };
}

const ACTIONS: readonly DynaliteAction[] = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'Scan',
  'BatchGetItem',
  'BatchWriteItem',
];

const dynamoDbApi = (tables: Tables, hasTables: () => boolean): Api => ({
  name: 'dynamodb',
  operations: Object.fromEntries(
    ACTIONS.map((action) => [
      action,
      (request, from) => {
        if (!hasTables()) throw noResource(from, 'table', tableOf(request));
        return perform(tables, action, request, from);
      },
    ]),
  ),
});

/** The first table that a request names. */
function tableOf(request: JsonObject): string | undefined {
  const requestItems = get(request, 'RequestItems');
  return stringField(request, 'TableName') ?? (isObject(requestItems) ? Object.keys(requestItems)[0] : undefined);
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
function optimised(api: Api): Service {
  const { getItem, putItem, updateItem, deleteItem } = dynamoDbParameters(attributeValue);
  const action = (parameters: StructureType, requestIdHeader = 'x-amzn-RequestId'): OptimisedOperation => ({
    parameters,
    toRequest: (given) => toDynamoDb(parameters, given) as JsonObject,
    headers: (response, exchange) => responseHeaders(response, exchange, requestIdHeader),
  });
  return optimisedService(api, 'dynamodb', {
    names: OPTIMISED,
    actions: {
      getItem: action(getItem, 'x-amzn-requestid'), // sic, in every recording
      putItem: action(withoutOnFailure(putItem)),
      updateItem: action(withoutOnFailure(updateItem)),
      deleteItem: action(withoutOnFailure(deleteItem)),
    },
  });
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
function sdk(api: Api): Service {
  const parameters = dynamoDbParameters(sdkAttributeValue);
  const responseType = responseTypes(sdkAttributeValue);
  const action = (type: StructureType): IntegratedOperation => ({
    parameters: type,
    toRequest: (given) => toDynamoDb(type, given) as JsonObject,
    toResult: (response) => toSdk(responseType, response),
  });
  return sdkService(api, {
    names: SDK,
    actions: {
      getItem: action(parameters.getItem),
      putItem: action(parameters.putItem),
      updateItem: action(parameters.updateItem),
      deleteItem: action(parameters.deleteItem),
      query: action(parameters.query),
      scan: action(parameters.scan),
      batchGetItem: action(parameters.batchGetItem),
      batchWriteItem: action(parameters.batchWriteItem),
    },
  });
}

/** The optimised integration is older than `ReturnValuesOnConditionCheckFailure`. */
function withoutOnFailure({ fields, required = [] }: StructureType): StructureType {
  return { fields: Object.fromEntries(Object.entries(fields).filter(([name]) => name !== ON_FAILURE)), required };
}
const ON_FAILURE = 'ReturnValuesOnConditionCheckFailure';

async function perform(tables: Tables, action: DynaliteAction, request: JsonObject, from: Caller): Promise<JsonObject> {
  const onFailure = stringField(request, ON_FAILURE);
  if (onFailure !== undefined && onFailure !== 'NONE') {
    throw new SimulatorError(
      `${from.who} asks DynamoDB for ${ON_FAILURE} ${onFailure}, which is not simulated: leave it out, or add a fake: service('aws-sdk:dynamodb:${action.charAt(0).toLowerCase()}${action.slice(1)}', …).`,
    );
  }
  try {
    return await tables.perform(action, namedTables(request));
  } catch (error) {
    if (!(error instanceof DynamoDbFailure)) throw error;
    throw new ApiFailure(error.code, error.message, error.statusCode);
  }
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

function responseHeaders(response: JsonObject, { requestId, epochMs }: Exchange, requestIdHeader: string): readonly Header[] {
  const body = renderJson(response);
  return [
    ['Server', 'Server'],
    ['Connection', 'keep-alive'],
    [requestIdHeader, requestId],
    ['x-amz-crc32', String(crc32(body))],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Date', httpDate(epochMs)],
    ['Content-Type', 'application/x-amz-json-1.0'],
  ];
}
