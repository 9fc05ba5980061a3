import { App, Stack } from 'aws-cdk-lib';
import { OrderProcessing } from '../../../lib';
import type { Json, JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import { createDynamoDb } from '../../../lib/services/dynamodb/dynamodb';
import { callOf } from '../../services/call-of';
import { definitionOf, statesOf } from '../definition-of';

const stack = new Stack(new App(), 'Test');
new OrderProcessing(stack, 'Orders', { senderAddress: 'orders@example.com' });
const states = statesOf(definitionOf(stack));
const TableName = states.UpdateInventory!.Parameters.TableName as string;

async function inventoryOf(quantity: string) {
  const dynamoDb = createDynamoDb();
  await dynamoDb.createTables([
    {
      TableName,
      KeySchema: [{ AttributeName: 'ProductId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'ProductId', AttributeType: 'S' }],
    },
  ]);
  await dynamoDb.seed(TableName, [{ ProductId: { S: 'p-1' }, Quantity: { N: quantity } }]);
  const services = combineServices(dynamoDb.services);

  /** What the state does for an execution; the error name if it fails. */
  const ask = async (state: string, execution: string, ordered = 1, productId = 'p-1'): Promise<Json> => {
    const action = states[state]!.Resource.split(':').at(-1);
    const parameters = evaluated(states[state]!.Parameters, { execution, ordered, productId });
    try {
      return await services.perform(callOf('dynamodb', action, parameters)).value;
    } catch (error) {
      return (error as { error: string }).error;
    }
  };
  const item = async (): Promise<JsonObject> => (await dynamoDb.scan(TableName))[0] as JsonObject;
  return { ask, item };
}

/** The Parameters of a state with the four expressions in them evaluated. */
function evaluated(template: Json, order: { execution: string; ordered: number; productId: string }): Json {
  const values: Record<string, Json> = {
    '$.order.productId': order.productId,
    '$$.Execution.Name': order.execution,
    'States.Array($$.Execution.Name)': [order.execution],
    "States.Format('{}', $.order.quantity)": String(order.ordered),
  };
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (!key.endsWith('.$')) return [key, evaluated(value, order)];
      const found = values[value as string];
      if (found === undefined) throw new Error(`unknown expression ${JSON.stringify(value)}`);
      return [key.slice(0, -2), found];
    }),
  );
}

const REFUSED = 'DynamoDB.ConditionalCheckFailedException';

test('CheckInventory gives the quantity, and for a product that does not exist no Item', async () => {
  const { ask } = await inventoryOf('12');
  expect(await ask('CheckInventory', 'e-1')).toMatchObject({ Item: { Quantity: { N: '12' } } });
  expect(await ask('CheckInventory', 'e-1', 1, 'p-none')).not.toHaveProperty('Item');
});

test('UpdateInventory takes the pieces and writes down who has them', async () => {
  const { ask, item } = await inventoryOf('12');
  expect(await ask('UpdateInventory', 'e-1', 5)).toMatchObject({ SdkHttpMetadata: {} });
  expect(await item()).toEqual({ ProductId: { S: 'p-1' }, Quantity: { N: '7' }, Reservations: { SS: ['e-1'] } });
});

test('UpdateInventory takes nothing twice for one execution, and VerifyReservation finds that it has its pieces', async () => {
  const { ask, item } = await inventoryOf('12');
  await ask('UpdateInventory', 'e-1', 5);
  expect(await ask('UpdateInventory', 'e-1', 5)).toBe(REFUSED);
  expect(await ask('VerifyReservation', 'e-1', 5)).toMatchObject({ SdkHttpMetadata: {} });
  expect(await item()).toMatchObject({ Quantity: { N: '7' } });
});

test('UpdateInventory takes the last piece and never one more, and VerifyReservation finds no pieces', async () => {
  const { ask, item } = await inventoryOf('2');
  await ask('UpdateInventory', 'e-1', 2);
  expect(await ask('UpdateInventory', 'e-2', 1)).toBe(REFUSED);
  expect(await ask('VerifyReservation', 'e-2', 1)).toBe(REFUSED);
  expect(await item()).toMatchObject({ Quantity: { N: '0' }, Reservations: { SS: ['e-1'] } });
});

test('UpdateInventory makes no item of a product that does not exist', async () => {
  const { ask } = await inventoryOf('2');
  expect(await ask('UpdateInventory', 'e-1', 1, 'p-none')).toBe(REFUSED);
  expect(await ask('CheckInventory', 'e-1', 1, 'p-none')).not.toHaveProperty('Item');
});

test('RestoreInventory gives back once what was taken', async () => {
  const { ask, item } = await inventoryOf('12');
  await ask('UpdateInventory', 'e-1', 5);
  await ask('UpdateInventory', 'e-2', 1);
  expect(await ask('RestoreInventory', 'e-1', 5)).toMatchObject({ SdkHttpMetadata: {} });
  expect(await ask('RestoreInventory', 'e-1', 5)).toBe(REFUSED);
  expect(await item()).toEqual({ ProductId: { S: 'p-1' }, Quantity: { N: '11' }, Reservations: { SS: ['e-2'] } });
});

test('RestoreInventory gives nothing back to whom nothing was given', async () => {
  const { ask, item } = await inventoryOf('12');
  expect(await ask('RestoreInventory', 'e-1', 5)).toBe(REFUSED);
  expect(await item()).toEqual({ ProductId: { S: 'p-1' }, Quantity: { N: '12' } });
});

test('CloseReservation leaves the item as small as it was', async () => {
  const { ask, item } = await inventoryOf('12');
  await ask('UpdateInventory', 'e-1', 5);
  await ask('CloseReservation', 'e-1', 5);
  expect(await item()).toEqual({ ProductId: { S: 'p-1' }, Quantity: { N: '7' } });
});

test('of a thousand orders of a hundred pieces, a hundred get theirs', async () => {
  const { ask, item } = await inventoryOf('100');
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, n) => ask('UpdateInventory', `e-${n}`)));
  expect(answers.filter((answer) => answer !== REFUSED)).toHaveLength(100);
  expect(await item()).toMatchObject({ Quantity: { N: '0' } });
});
