import type { ListType, MapType, ParameterType, StructureType } from '../parameter-types';

/**
 * The parameters of DynamoDB's API actions, by camelCase name.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html
 */
export interface DynamoDbParameters {
  readonly getItem: StructureType;
  readonly putItem: StructureType;
  readonly updateItem: StructureType;
  readonly deleteItem: StructureType;
  readonly query: StructureType;
  readonly scan: StructureType;
  readonly batchGetItem: StructureType;
  readonly batchWriteItem: StructureType;
}

/** The parameters, made of the AttributeValue that the kind of integration has. */
export function dynamoDbParameters(attributeValue: StructureType): DynamoDbParameters {
  const attributes: MapType = { map: attributeValue };
  const attributeList: ListType = { list: attributeValue };
  const names: MapType = { map: 'STRING' };
  const conditions: MapType = { map: { fields: { AttributeValueList: attributeList, ComparisonOperator: 'STRING' } } };
  const expression = { ExpressionAttributeNames: names, ExpressionAttributeValues: attributes };
  const projection = {
    AttributesToGet: { list: 'STRING' },
    ProjectionExpression: 'STRING',
    ExpressionAttributeNames: names,
  } as const;
  const write: Readonly<Record<string, ParameterType>> = {
    TableName: 'STRING',
    ConditionExpression: 'STRING',
    ConditionalOperator: 'STRING',
    Expected: {
      map: {
        fields: { Value: attributeValue, Exists: 'BOOLEAN', AttributeValueList: attributeList, ComparisonOperator: 'STRING' },
      },
    },
    ...expression,
    ReturnConsumedCapacity: 'STRING',
    ReturnItemCollectionMetrics: 'STRING',
    ReturnValues: 'STRING',
    ReturnValuesOnConditionCheckFailure: 'STRING',
  };
  const read: Readonly<Record<string, ParameterType>> = {
    TableName: 'STRING',
    IndexName: 'STRING',
    ConditionalOperator: 'STRING',
    ConsistentRead: 'BOOLEAN',
    ExclusiveStartKey: attributes,
    FilterExpression: 'STRING',
    Limit: 'NUMBER',
    ReturnConsumedCapacity: 'STRING',
    Select: 'STRING',
    ...projection,
    ...expression,
  };
  return {
    getItem: {
      fields: {
        TableName: 'STRING',
        Key: attributes,
        ConsistentRead: 'BOOLEAN',
        ReturnConsumedCapacity: 'STRING',
        ...projection,
      },
      required: ['TableName', 'Key'],
    },
    putItem: { fields: { ...write, Item: attributes }, required: ['TableName', 'Item'] },
    updateItem: {
      fields: {
        ...write,
        Key: attributes,
        UpdateExpression: 'STRING',
        AttributeUpdates: { map: { fields: { Action: 'STRING', Value: attributeValue } } },
      },
      required: ['TableName', 'Key'],
    },
    deleteItem: { fields: { ...write, Key: attributes }, required: ['TableName', 'Key'] },
    query: {
      fields: {
        ...read,
        KeyConditionExpression: 'STRING',
        KeyConditions: conditions,
        QueryFilter: conditions,
        ScanIndexForward: 'BOOLEAN',
      },
      required: ['TableName'],
    },
    scan: { fields: { ...read, ScanFilter: conditions, Segment: 'NUMBER', TotalSegments: 'NUMBER' }, required: ['TableName'] },
    batchGetItem: {
      fields: {
        RequestItems: {
          map: { fields: { Keys: { list: attributes }, ConsistentRead: 'BOOLEAN', ...projection }, required: ['Keys'] },
        },
        ReturnConsumedCapacity: 'STRING',
      },
      required: ['RequestItems'],
    },
    batchWriteItem: {
      fields: {
        RequestItems: {
          map: {
            list: { fields: { PutRequest: { fields: { Item: attributes } }, DeleteRequest: { fields: { Key: attributes } } } },
          },
        },
        ReturnConsumedCapacity: 'STRING',
        ReturnItemCollectionMetrics: 'STRING',
      },
      required: ['RequestItems'],
    },
  };
}

/** Where AttributeValues stand in a response of any of the actions; members that are not here hold none. */
export function responseTypes(attributeValue: StructureType): StructureType {
  const attributes: MapType = { map: attributeValue };
  return {
    fields: {
      Item: attributes,
      Attributes: attributes,
      Items: { list: attributes },
      LastEvaluatedKey: attributes,
      Responses: { map: { list: attributes } },
    },
  };
}
