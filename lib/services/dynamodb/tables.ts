import { isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import { isDynaliteError, loadDynalite } from '../../vendor/dynalite';
import type { Dynalite, DynaliteAction, DynaliteStore } from '../../vendor/dynalite';

/** A table as CloudFormation defines it; other properties are of no matter here. */
export interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[];
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[];
}

/** A secondary index of a table. */
export interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: {
    readonly ProjectionType?: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    readonly NonKeyAttributes?: readonly string[];
  };
}

/** An attribute of a key. */
export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

/** What DynamoDB answered to a request it refused. */
export class DynamoDbFailure extends Error {
  constructor(
    /** Such as `ConditionalCheckFailedException`. */
    readonly code: string,
    message: string,
    readonly statusCode: number,
  ) {
    super(message);
    this.name = 'DynamoDbFailure';
  }
}

/** The tables of a world, in memory. Requests are performed one after the other, in the order of the calls. */
export interface Tables {
  /** Performs an API action. Rejects with `DynamoDbFailure` where DynamoDB refuses the request. */
  perform(action: DynaliteAction, request: JsonObject): Promise<JsonObject>;
  /** Makes empty tables. @throws SimulatorError naming the table that DynamoDB would refuse and why */
  createTables(definitions: readonly TableDefinition[]): Promise<void>;
  /** Puts items in DynamoDB JSON (`{ sku: { S: 'blue' } }`) into a table. @throws SimulatorError naming the item that was refused and why */
  seed(tableName: string, items: readonly JsonObject[]): Promise<void>;
  /** All items of a table, in DynamoDB JSON, in the order of the table's own hash of the keys. */
  scan(tableName: string): Promise<readonly JsonObject[]>;
}

/** An account without tables. dynalite is loaded at the first request. */
export function createTablesInMemory(): Tables {
  let opened: { readonly dynalite: Dynalite; readonly store: DynaliteStore } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const performNow = async (action: DynaliteAction, request: JsonObject): Promise<JsonObject> => {
    opened ??= open();
    const { dynalite, store } = opened;
    const { types, run } = dynalite.operations[action];
    try {
      const data = dynalite.checkTypes(structuredClone(request), types.types);
      dynalite.checkValidations(data, types.types, types.custom, store);
      return await new Promise<JsonObject>((resolve, reject) => {
        run(store, data, (error, response) => {
          if (error === null) resolve(JSON.parse(JSON.stringify(response)) as JsonObject);
          else reject(error);
        });
      });
    } catch (error) {
      if (!isDynaliteError(error)) throw error;
      const { __type, message, Message } = error.body;
      throw new DynamoDbFailure(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? '', error.statusCode);
    }
  };

  const perform = (action: DynaliteAction, request: JsonObject): Promise<JsonObject> => {
    const result = last.then(() => performNow(action, request));
    last = result.catch(() => undefined);
    return result;
  };

  const scanFrom = async (TableName: string, ExclusiveStartKey?: Json): Promise<readonly JsonObject[]> => {
    const page = await perform('Scan', ExclusiveStartKey === undefined ? { TableName } : { TableName, ExclusiveStartKey });
    const items = page['Items'] as readonly JsonObject[];
    return page['LastEvaluatedKey'] === undefined ? items : [...items, ...(await scanFrom(TableName, page['LastEvaluatedKey']))];
  };

  return {
    perform,
    createTables: async (definitions) => {
      for (const definition of definitions) {
        await perform('CreateTable', createTableRequest(definition)).catch(
          explained(`create the table "${definition.TableName}"`),
        );
      }
    },
    seed: async (tableName, items) => {
      for (const [index, item] of items.entries()) {
        if (!isObject(item))
          throw new SimulatorError(`Cannot put item ${index} into the table "${tableName}": it is not an object.`);
        const what = `put item ${index}, ${renderJson(item)}, into the table "${tableName}"`;
        await perform('PutItem', { TableName: tableName, Item: item }).catch(explained(what));
      }
    },
    scan: (tableName) => scanFrom(tableName).catch(explained(`read the table "${tableName}"`)),
  };
}

function open() {
  const dynalite = loadDynalite();
  return { dynalite, store: dynalite.create({ createTableMs: 0 }) };
}

const explained =
  (what: string) =>
  (error: unknown): never => {
    if (!(error instanceof DynamoDbFailure)) throw error;
    const reason = error.message === '' ? error.code : `${error.code}: ${error.message}`;
    throw new SimulatorError(`Cannot ${what}: DynamoDB refuses it with ${reason}`, { cause: error });
  };

/** Provisioned throughput is not simulated, so every table is on demand. */
function createTableRequest(definition: TableDefinition): JsonObject {
  const { TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = definition;
  const indexes = (all: readonly IndexDefinition[]) =>
    all.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));
  const request = {
    TableName,
    KeySchema,
    AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes: indexes(GlobalSecondaryIndexes) }),
    ...(LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes: indexes(LocalSecondaryIndexes) }),
  };
  return request as unknown as JsonObject;
}
