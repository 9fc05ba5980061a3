import { isArray, isObject, type Json } from '../json/json';
import type { AttributeDefinition, KeySchemaElement, SecondaryIndex, Table } from './cloud';
import { lazyFields } from './lazy-fields';
import type { ResourceReader } from './resource-reader';

/**
 * A DynamoDB table of a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export function readTable(reader: ResourceReader, name: string, arn: string): Table {
  return lazyFields(
    { ...reader.location, name, arn },
    {
      keySchema: () => reader.list('KeySchema').map((element) => keySchemaElement(reader, 'KeySchema', element)),
      attributeDefinitions: () => reader.list('AttributeDefinitions').map((one) => attributeDefinition(reader, one)),
      globalSecondaryIndexes: () => indexes(reader, 'GlobalSecondaryIndexes'),
      localSecondaryIndexes: () => indexes(reader, 'LocalSecondaryIndexes'),
      billingMode: () => {
        const mode = reader.text('BillingMode') ?? 'PROVISIONED';
        if (mode === 'PROVISIONED' || mode === 'PAY_PER_REQUEST') return mode;
        throw reader.wrong('BillingMode', 'PROVISIONED or PAY_PER_REQUEST', mode);
      },
    },
  );
}

function indexes(reader: ResourceReader, key: string): SecondaryIndex[] {
  return reader.list(key).map((index) => {
    const { IndexName: name, KeySchema: keySchema, Projection: projection } = isObject(index) ? index : {};
    if (typeof name !== 'string' || !isArray(keySchema)) {
      throw reader.wrong(key, 'indexes with IndexName and KeySchema', index);
    }
    const { ProjectionType: type, NonKeyAttributes: attributes } = isObject(projection) ? projection : {};
    return {
      IndexName: name,
      KeySchema: keySchema.map((element) => keySchemaElement(reader, key, element)),
      Projection: {
        ...(typeof type === 'string' ? { ProjectionType: type } : {}),
        ...(isArray(attributes) ? { NonKeyAttributes: attributes.map(String) } : {}),
      },
    };
  });
}

function keySchemaElement(reader: ResourceReader, key: string, element: Json): KeySchemaElement {
  const { AttributeName: name, KeyType: type } = isObject(element) ? element : {};
  if (typeof name === 'string' && (type === 'HASH' || type === 'RANGE')) return { AttributeName: name, KeyType: type };
  throw reader.wrong(key, 'a KeySchema of elements with AttributeName and KeyType HASH or RANGE', element);
}

function attributeDefinition(reader: ResourceReader, definition: Json): AttributeDefinition {
  const { AttributeName: name, AttributeType: type } = isObject(definition) ? definition : {};
  if (typeof name === 'string' && (type === 'S' || type === 'N' || type === 'B'))
    return { AttributeName: name, AttributeType: type };
  throw reader.wrong('AttributeDefinitions', 'elements with AttributeName and AttributeType S, N or B', definition);
}
