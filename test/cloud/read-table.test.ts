import { readTemplate } from '../../lib/cloud/read-template';

/** The table of a template with these properties. */
const table = (Properties: Record<string, unknown>, type = 'Table') =>
  readTemplate({ Resources: { It: { Type: `AWS::DynamoDB::${type}`, Properties } } }).tables[0]!;

const key = { AttributeName: 'id', KeyType: 'HASH' };

test('a global table is a table', () => {
  expect(table({ TableName: 't', KeySchema: [key], BillingMode: 'PAY_PER_REQUEST' }, 'GlobalTable')).toMatchObject({
    name: 't',
    arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/t',
    keySchema: [key],
    billingMode: 'PAY_PER_REQUEST',
  });
});

test('a local index has its key and projection', () => {
  const index = {
    IndexName: 'i',
    KeySchema: [key, { AttributeName: 'n', KeyType: 'RANGE' }],
    Projection: { ProjectionType: 'ALL' },
  };
  expect(table({ LocalSecondaryIndexes: [index] }).localSecondaryIndexes).toEqual([index]);
});

test.each<[Record<string, unknown>, (it: ReturnType<typeof table>) => unknown, RegExp]>([
  [{ KeySchema: {} }, (it) => it.keySchema, /KeySchema, expected a list, found an object/],
  [{ KeySchema: [{ AttributeName: 'id', KeyType: 'SORT' }] }, (it) => it.keySchema, /KeyType HASH or RANGE/],
  [
    { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'BOOL' }] },
    (it) => it.attributeDefinitions,
    /AttributeType S, N or B/,
  ],
  [{ GlobalSecondaryIndexes: [{ IndexName: 'i' }] }, (it) => it.globalSecondaryIndexes, /indexes with IndexName and KeySchema/],
  [{ BillingMode: 'FREE' }, (it) => it.billingMode, /expected PROVISIONED or PAY_PER_REQUEST, found "FREE"/],
])('%j is refused when it is read', (properties, read, message) => {
  const it = table(properties);
  expect(() => read(it)).toThrow(message);
});
