import type { SecondaryIndex, Table } from '../cloud/cloud';
import type { IndexDefinition, TableDefinition } from '../services/dynamodb/tables';

/** CreateTable's request for a table of a template. */
export const tableDefinition = (table: Table): TableDefinition => ({
  TableName: table.name,
  KeySchema: table.keySchema,
  AttributeDefinitions: table.attributeDefinitions,
  ...(table.globalSecondaryIndexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes(table.globalSecondaryIndexes) }),
  ...(table.localSecondaryIndexes.length === 0 ? {} : { LocalSecondaryIndexes: indexes(table.localSecondaryIndexes) }),
});

/** A template's projection types are those of the API. */
const indexes = (all: readonly SecondaryIndex[]): readonly IndexDefinition[] => all as readonly IndexDefinition[];
