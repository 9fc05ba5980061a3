import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoAttributeValue,
  type DynamoGetItemProps,
  DynamoProjectionExpression,
  type DynamoUpdateItemProps,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';

/**
 * What the workflow asks of the inventory table: an item per product with `ProductId` (S, the partition key), `Quantity` (N) and,
 * while orders are being fulfilled, `Reservations` (SS), the names of the executions that have taken their pieces.
 *
 * The name in `Reservations` makes taking and giving back happen once, however often a call is repeated: DynamoDB changes
 * `Quantity` and `Reservations` together or not at all.
 */

const key = { ProductId: DynamoAttributeValue.fromString(JsonPath.stringAt('$.order.productId')) };

const reservation = DynamoAttributeValue.fromString(JsonPath.executionName);
// aws-cdk-lib has no type for an intrinsic function that gives a list: it renders this text as `"SS.$": "States.Array(…)"`.
const reservations = DynamoAttributeValue.fromStringSet(JsonPath.array(JsonPath.executionName) as unknown as string[]);
// DynamoDB wants a number as text.
const ordered = DynamoAttributeValue.numberFromString(JsonPath.format('{}', JsonPath.stringAt('$.order.quantity')));

/** How many pieces are there? A product that does not exist gives a result without `Item`. */
export const readStock = (table: ITable) =>
  ({
    table,
    key,
    consistentRead: true,
    projectionExpression: [new DynamoProjectionExpression().withAttribute('Quantity')],
  }) satisfies DynamoGetItemProps;

/** Takes the ordered pieces; ConditionalCheckFailedException: there are too few, or this execution has taken them before. */
export const takeStock = (table: ITable) =>
  ({
    table,
    key,
    updateExpression: 'SET Quantity = Quantity - :ordered ADD Reservations :reservations',
    conditionExpression: 'Quantity >= :ordered AND NOT contains(Reservations, :reservation)',
    expressionAttributeValues: { ':ordered': ordered, ':reservation': reservation, ':reservations': reservations },
  }) satisfies DynamoUpdateItemProps;

/** Changes nothing; ConditionalCheckFailedException: this execution has taken no pieces. */
export const findReservation = (table: ITable) =>
  ({
    table,
    key,
    updateExpression: 'ADD Reservations :reservations',
    conditionExpression: 'contains(Reservations, :reservation)',
    expressionAttributeValues: { ':reservation': reservation, ':reservations': reservations },
  }) satisfies DynamoUpdateItemProps;

/** Gives back what this execution has taken; ConditionalCheckFailedException: it has taken nothing, or given it back before. */
export const giveStockBack = (table: ITable) =>
  ({
    table,
    key,
    updateExpression: 'SET Quantity = Quantity + :ordered DELETE Reservations :reservations',
    conditionExpression: 'contains(Reservations, :reservation)',
    expressionAttributeValues: { ':ordered': ordered, ':reservation': reservation, ':reservations': reservations },
  }) satisfies DynamoUpdateItemProps;

/** Forgets that this execution has taken pieces, so that `Reservations` holds open orders only: an item has at most 400 KB. */
export const forgetReservation = (table: ITable) =>
  ({
    table,
    key,
    updateExpression: 'DELETE Reservations :reservations',
    conditionExpression: 'contains(Reservations, :reservation)',
    expressionAttributeValues: { ':reservation': reservation, ':reservations': reservations },
  }) satisfies DynamoUpdateItemProps;
