import { combineServices } from '../../../lib/services/combine-services';
import type { Services } from '../../../lib/services/combine-services';
import { createDynamoDb } from '../../../lib/services/dynamodb/dynamodb';
import type { TableDefinition } from '../../../lib/services/dynamodb/tables';
import type { Json, JsonObject } from '../../../lib/json/json';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { callOf } from '../call-of';
import { describeService } from '../service-suite';

const STOCK: TableDefinition = {
  TableName: 'Stock',
  KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
};
const MOVES: TableDefinition = {
  TableName: 'Moves',
  KeySchema: [
    { AttributeName: 'sku', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'sku', AttributeType: 'S' },
    { AttributeName: 'at', AttributeType: 'N' },
    { AttributeName: 'order', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    { IndexName: 'byOrder', KeySchema: [{ AttributeName: 'order', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
  ],
};
const Key = { sku: { S: 'blue' } };
const SIX_BLUE = { ...Key, quantity: { N: '6' } };
const TAKE = (n: string) => ({
  TableName: 'Stock',
  Key,
  UpdateExpression: 'SET quantity = quantity - :n',
  ConditionExpression: 'quantity >= :n',
  ExpressionAttributeValues: { ':n': { N: n } },
  ReturnValues: 'UPDATED_NEW',
});

async function stocked() {
  const dynamoDb = createDynamoDb();
  await dynamoDb.createTables([STOCK, MOVES]);
  await dynamoDb.seed('Stock', [SIX_BLUE]);
  const services = combineServices(dynamoDb.services);
  return { ...dynamoDb, services, ask: askOf(services) };
}
const askOf = (services: Services) => (resourceType: string, action: string, parameters: Json) =>
  Promise.resolve(services.perform(callOf(resourceType, action, parameters)).value);
const serviceOf = async (resourceType: string) => {
  const { services } = await createStocked();
  const found = services.find((service) => service.resourceType === resourceType);
  if (found === undefined) throw new Error(resourceType);
  return found;
};
async function createStocked() {
  const dynamoDb = createDynamoDb();
  await dynamoDb.createTables([STOCK]);
  await dynamoDb.seed('Stock', [SIX_BLUE]);
  return dynamoDb;
}

const malformed = {
  action: 'putItem',
  parameters: { Item: { sku: { S: 5 }, quantity: { N: 6 }, big: { Q: 'x' } }, Colour: 'red' },
  problems: [
    "The field 'TableName' is required but was missing",
    "The value for the field 'S' must be a STRING",
    "The value for the field 'N' must be a STRING",
    'The field "Q" is not supported by Step Functions',
    'The field "Colour" is not supported by Step Functions',
  ],
};

describeService('dynamodb', {
  create: () => serviceOf('dynamodb'),
  succeeding: { action: 'getItem', parameters: { TableName: 'Stock', Key } },
  failing: {
    action: 'getItem',
    parameters: { TableName: 'Nowhere', Key },
    error: 'DynamoDB.ResourceNotFoundException',
    cause:
      /^Requested resource not found \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: 00000000-0000-4000-8000-000000000001; Proxy: null\)$/,
  },
  malformed,
});

describeService('aws-sdk:dynamodb', {
  create: () => serviceOf('aws-sdk:dynamodb'),
  succeeding: {
    action: 'query',
    parameters: { TableName: 'Stock', KeyConditionExpression: 'sku = :s', ExpressionAttributeValues: { ':s': { S: 'blue' } } },
  },
  failing: {
    action: 'putItem',
    parameters: { TableName: 'Nowhere', Item: Key },
    error: 'DynamoDb.ResourceNotFoundException',
    cause:
      /^Requested resource not found \(Service: DynamoDb, Status Code: 400, Request ID: 00000000-0000-4000-8000-000000000001\) \(SDK Attempt Count: 1\)$/,
  },
  malformed,
});

test('an optimised response has the headers of the HTTP response, an SDK response has none', async () => {
  const { ask } = await stocked();

  expect(await ask('aws-sdk:dynamodb', 'getItem', { TableName: 'Stock', Key })).toEqual({ Item: SIX_BLUE });
  const optimised = await ask('dynamodb', 'getItem', { TableName: 'Stock', Key });
  expect(Object.keys(optimised as object)).toEqual(['Item', 'SdkHttpMetadata', 'SdkResponseMetadata']);
  const requestId = '00000000-0000-4000-8000-000000000001';
  expect(optimised).toEqual({
    Item: SIX_BLUE,
    SdkHttpMetadata: {
      AllHttpHeaders: {
        Server: ['Server'],
        Connection: ['keep-alive'],
        'x-amzn-requestid': [requestId],
        'x-amz-crc32': ['2073885776'],
        'Content-Length': ['50'],
        Date: ['Sat, 22 Nov 2025 10:00:00 GMT'],
        'Content-Type': ['application/x-amz-json-1.0'],
      },
      HttpHeaders: {
        Connection: 'keep-alive',
        'Content-Length': '50',
        'Content-Type': 'application/x-amz-json-1.0',
        Date: 'Sat, 22 Nov 2025 10:00:00 GMT',
        Server: 'Server',
        'x-amz-crc32': '2073885776',
        'x-amzn-requestid': requestId,
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  });
});

test('an item that is not there has no Item', async () => {
  const { ask } = await stocked();
  expect(await ask('aws-sdk:dynamodb', 'getItem', { TableName: 'Stock', Key: { sku: { S: 'red' } } })).toEqual({});
  expect(await ask('dynamodb', 'getItem', { TableName: 'Stock', Key: { sku: { S: 'red' } } })).not.toHaveProperty('Item');
});

test('a condition that fails is ConditionalCheckFailedException in both spellings, and changes nothing', async () => {
  const { ask, scan } = await stocked();
  await expect(ask('dynamodb', 'updateItem', TAKE('7'))).rejects.toMatchObject({
    error: 'DynamoDB.ConditionalCheckFailedException',
    errorCause: expect.stringContaining(
      'The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; ',
    ) as unknown,
  });
  await expect(ask('aws-sdk:dynamodb', 'updateItem', TAKE('7'))).rejects.toMatchObject({
    error: 'DynamoDb.ConditionalCheckFailedException',
  });
  expect(await scan('Stock')).toEqual([SIX_BLUE]);
});

test('stock never goes below zero, whoever asks at the same time', async () => {
  const { ask, scan } = await stocked();
  const takes = await Promise.allSettled(Array.from({ length: 5 }, () => ask('dynamodb', 'updateItem', TAKE('2'))));
  expect(takes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(await scan('Stock')).toEqual([{ ...Key, quantity: { N: '0' } }]);
});

test('what DynamoDB has no exception class for is the base exception', async () => {
  const { ask } = await stocked();
  const parameters = { TableName: '/Stock', Key };
  await expect(ask('dynamodb', 'getItem', parameters)).rejects.toMatchObject({
    error: 'DynamoDB.AmazonDynamoDBException',
    errorCause: expect.stringMatching(
      /^1 validation error detected: Value '\/Stock' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: \[a-zA-Z0-9_\.-\]\+ \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ValidationException; /,
    ) as unknown,
  });
  await expect(ask('aws-sdk:dynamodb', 'getItem', parameters)).rejects.toMatchObject({ error: 'DynamoDb.DynamoDbException' });
});

test.each([
  ['an expression that does not parse', { UpdateExpression: 'SET quantity = = 1' }, /Invalid UpdateExpression: Syntax error/],
  [
    'a value that no expression uses',
    { UpdateExpression: 'SET a = :n', ExpressionAttributeValues: { ':n': { N: '1' }, ':m': { N: '1' } } },
    /unused in expressions: keys: \{:m\}/,
  ],
  [
    'a number that is none',
    { UpdateExpression: 'SET a = :n', ExpressionAttributeValues: { ':n': { N: 'six' } } },
    /cannot be converted to a numeric value/,
  ],
  [
    'a reserved word',
    { UpdateExpression: 'SET status = :n', ExpressionAttributeValues: { ':n': { N: '1' } } },
    /reserved keyword: status/,
  ],
])('DynamoDB validates: %s', async (_, more, message) => {
  const { ask } = await stocked();
  await expect(ask('dynamodb', 'updateItem', { TableName: 'Stock', Key, ...more })).rejects.toThrow(message);
});

test('SDK integrations name Boolean, Null and sets differently, in requests and responses, at any depth', async () => {
  const { ask, scan, services } = await stocked();
  const Item: JsonObject = {
    sku: { S: 'red' },
    flags: { M: { hot: { Bool: true }, none: { Nul: true }, all: { L: [{ Ss: ['a', 'b'] }, { Ns: ['1'] }] } } },
  };
  await ask('aws-sdk:dynamodb', 'putItem', { TableName: 'Stock', Item });

  expect(await scan('Stock')).toContainEqual({
    sku: { S: 'red' },
    flags: { M: { hot: { BOOL: true }, none: { NULL: true }, all: { L: [{ SS: ['a', 'b'] }, { NS: ['1'] }] } } },
  });
  const key = { sku: { S: 'red' } };
  expect(await ask('aws-sdk:dynamodb', 'getItem', { TableName: 'Stock', Key: key })).toEqual({ Item });
  expect(await ask('dynamodb', 'getItem', { TableName: 'Stock', Key: key })).toMatchObject({
    Item: { flags: { M: { hot: { BOOL: true } } } },
  });
  const wrong = { TableName: 'Stock', Item: { ...key, hot: { BOOL: true } } };
  expect(services.problems(callOf('aws-sdk:dynamodb', 'putItem', wrong))).toEqual([
    'The field "BOOL" is not supported by Step Functions',
  ]);
  expect(services.problems(callOf('dynamodb', 'putItem', wrong))).toEqual([]);
});

test('attributes named as a type are not taken for one', async () => {
  const { ask } = await stocked();
  const Item = { sku: { S: 'red' }, Bool: { S: 'x' }, S: { M: { Nul: { N: '1' } } } };
  await ask('aws-sdk:dynamodb', 'putItem', { TableName: 'Stock', Item });
  expect(await ask('aws-sdk:dynamodb', 'getItem', { TableName: 'Stock', Key: { sku: { S: 'red' } } })).toEqual({ Item });
});

test('queries an index, scans in pages, reads and writes in batches', async () => {
  const { ask, scan } = await stocked();
  const move = (at: number, order: string) => ({ sku: { S: 'blue' }, at: { N: String(at) }, order: { S: order } });
  const moves = [move(1, 'o-1'), move(2, 'o-2'), move(3, 'o-1')];
  expect(
    await ask('aws-sdk:dynamodb', 'batchWriteItem', { RequestItems: { Moves: moves.map((Item) => ({ PutRequest: { Item } })) } }),
  ).toEqual({ UnprocessedItems: {} });

  expect(
    await ask('aws-sdk:dynamodb', 'query', {
      TableName: 'Moves',
      IndexName: 'byOrder',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'order' },
      ExpressionAttributeValues: { ':o': { S: 'o-1' } },
    }),
  ).toEqual({ Count: 2, ScannedCount: 2, Items: expect.arrayContaining([moves[0], moves[2]]) as unknown });
  expect(await ask('aws-sdk:dynamodb', 'scan', { TableName: 'Moves', Limit: 2 })).toMatchObject({
    Count: 2,
    LastEvaluatedKey: { at: { N: '2' } },
  });
  expect(await scan('Moves')).toEqual(moves);
  const keys = [2, 1].map((at) => ({ sku: { S: 'blue' }, at: { N: String(at) } }));
  expect(await ask('aws-sdk:dynamodb', 'batchGetItem', { RequestItems: { Moves: { Keys: keys } } })).toEqual({
    Responses: { Moves: expect.arrayContaining([moves[0], moves[1]]) as unknown },
    UnprocessedKeys: {},
  });
});

test('a table may be named by its ARN', async () => {
  const { ask } = await stocked();
  const TableName = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Stock';
  expect(await ask('aws-sdk:dynamodb', 'getItem', { TableName, Key })).toEqual({ Item: SIX_BLUE });
  expect(await ask('aws-sdk:dynamodb', 'batchGetItem', { RequestItems: { [TableName]: { Keys: [Key] } } })).toMatchObject({
    Responses: { Stock: [SIX_BLUE] },
  });
});

test('where there is no table at all, the run stops: a Catch must not hide what a test has forgotten', async () => {
  const ask = askOf(combineServices(createDynamoDb().services));
  expect(() => ask('dynamodb', 'getItem', { TableName: 'Stock', Key })).toThrow(
    new SimulatorError(
      `"Ask" calls arn:aws:states:::dynamodb:getItem for a table, Stock, but the stack has no table at all. Simulate the stack that has it, or add a fake: service('arn:aws:states:::dynamodb:getItem', …).`,
    ),
  );
});

test('what dynalite cannot do is refused by name', async () => {
  const { ask, services } = await stocked();
  const parameters = { ...TAKE('7'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  await expect(ask('aws-sdk:dynamodb', 'updateItem', parameters)).rejects.toThrow(
    new SimulatorError(
      `"Ask" asks DynamoDB for ReturnValuesOnConditionCheckFailure ALL_OLD, which is not simulated: leave it out, or add a fake: service('aws-sdk:dynamodb:updateItem', …).`,
    ),
  );
  expect(services.problems(callOf('dynamodb', 'updateItem', parameters))).toEqual([
    'The field "ReturnValuesOnConditionCheckFailure" is not supported by Step Functions',
  ]);
  expect(() => ask('aws-sdk:dynamodb', 'transactWriteItems', {})).toThrow(/has no action "transactWriteItems"/);
  const item = JSON.parse('{"sku":{"S":"x"},"__proto__":{"S":"lost"}}') as Json;
  expect(() => ask('dynamodb', 'putItem', { TableName: 'Stock', Item: item })).toThrow(
    /cannot hold an attribute named "__proto__"/,
  );
});

test('a frozen request stays as it is', async () => {
  const { ask } = await stocked();
  const request = deepFreeze({ TableName: 'Stock', Item: { sku: { S: 'x' }, tags: { SS: ['b', 'a'] } } });
  await ask('dynamodb', 'putItem', request);
  expect(request).toEqual({ TableName: 'Stock', Item: { sku: { S: 'x' }, tags: { SS: ['b', 'a'] } } });
});

test('two worlds share nothing', async () => {
  const [one, other] = await Promise.all([stocked(), stocked()]);
  await one.ask('dynamodb', 'updateItem', TAKE('6'));
  expect(await other.scan('Stock')).toEqual([SIX_BLUE]);
});

describe('what a test does wrong when it fills the tables is explained', () => {
  test('a table that DynamoDB would refuse', async () => {
    await expect(createDynamoDb().createTables([{ ...STOCK, AttributeDefinitions: [] }])).rejects.toThrow(
      /^Cannot create the table "Stock": DynamoDB refuses it with ValidationException: /,
    );
    await expect(createDynamoDb().createTables([STOCK, STOCK])).rejects.toThrow(
      /^Cannot create the table "Stock": DynamoDB refuses it with ResourceInUseException/,
    );
  });
  test('an item without its key', async () => {
    const { seed } = await stocked();
    await expect(seed('Stock', [SIX_BLUE, { colour: { S: 'red' } }])).rejects.toThrow(
      /^Cannot put item 1, {"colour":{"S":"red"}}, into the table "Stock": DynamoDB refuses it with ValidationException: .*Missing the key sku in the item/,
    );
  });
  test('a plain value in place of DynamoDB JSON, a table that is not there', async () => {
    const { seed, scan } = await stocked();
    await expect(seed('Stock', [{ sku: 'blue' }])).rejects.toThrow(
      /^Cannot put item 0, {"sku":"blue"}, into the table "Stock": /,
    );
    await expect(scan('Nowhere')).rejects.toThrow(
      /^Cannot read the table "Nowhere": DynamoDB refuses it with ResourceNotFoundException/,
    );
  });
});

test('works under fake timers', async () => {
  jest.useFakeTimers();
  try {
    const { ask } = await stocked();
    expect(await ask('dynamodb', 'updateItem', TAKE('2'))).toMatchObject({ Attributes: { quantity: { N: '4' } } });
  } finally {
    jest.useRealTimers();
  }
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
