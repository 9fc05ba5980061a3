import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { handler as processPayment } from '../../../lambda/process-payment/handler';
import { handler as refundPayment } from '../../../lambda/refund-payment/handler';
import { handler as validateOrder } from '../../../lambda/validate-order/handler';
import { OrderProcessing } from '../../../lib';
import { parse } from '../../../lib/asl/parse';
import type { Json, JsonObject } from '../../../lib/json/json';
import { combineServices } from '../../../lib/services/combine-services';
import { createDynamoDb } from '../../../lib/services/dynamodb/dynamodb';
import type { Handler } from '../../../lib/services/lambda/lambda-function';
import { lambdaAlone } from '../../services/lambda/lambda-alone';
import { createSes } from '../../../lib/services/ses/ses';
import { compile } from '../../../lib/simulator/compile';
import type { Run } from '../../../lib/simulator/run';
import { StatesError } from '../../../lib/simulator/states-error';
import type { Perform, TaskCall } from '../../../lib/simulator/task-call';
import { createWorld } from '../../../lib/simulator/world';
import { orderWith } from '../../lambda/order';
import { definitionOf, statesOf } from '../definition-of';

const stack = new Stack(new App(), 'Test');
new OrderProcessing(stack, 'Orders', { senderAddress: 'orders@example.com' });
const definition = definitionOf(stack);
const states = statesOf(definition);
const machine = {
  name: 'Orders',
  arn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:Orders',
  roleArn: 'arn:aws:iam::123456789012:role/Orders',
  program: compile(parse(definition)),
};
const TableName = states.CheckInventory!.Parameters.TableName as string;
const example = join(__dirname, '../../../examples/order-processing');
const inputOf = (file: string): Json => JSON.parse(readFileSync(join(example, file), 'utf8'));

/** A world with the real handlers, a real table with the example's inventory, and SES. `around` may spoil a call. */
async function createShop(around: (call: TaskCall, perform: Perform) => ReturnType<Perform> = (call, perform) => perform(call)) {
  const dynamoDb = createDynamoDb();
  await dynamoDb.createTables([
    {
      TableName,
      KeySchema: [{ AttributeName: 'ProductId', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'ProductId', AttributeType: 'S' }],
    },
  ]);
  await dynamoDb.seed(TableName, inputOf('inventory.json') as JsonObject[]);
  const ses = createSes({ rejectedAddresses: ['rejected@example.com'] });
  const money = { charged: [] as Json[], refunded: [] as Json[] };
  const counting =
    (book: Json[], handler: Handler): Handler =>
    async (event, context, callback) => {
      const receipt = (await handler(event, context, callback)) as Json;
      book.push(receipt);
      return receipt;
    };
  const functionOf = (state: string, code: Handler) => ({ arn: states[state]!.Parameters.FunctionName as string, code });
  const lambda = lambdaAlone([
    functionOf('ValidateOrder', validateOrder as unknown as Handler),
    functionOf('ProcessPayment', counting(money.charged, processPayment as unknown as Handler)),
    functionOf('RefundPayment', counting(money.refunded, refundPayment as unknown as Handler)),
  ]);
  const services = combineServices([...dynamoDb.services, ...lambda.services, ...ses.services]);
  const world = createWorld({ perform: (call) => around(call, services.perform), problems: services.problems });
  const order = async (input: Json, name?: string): Promise<Run> => world.startExecution(machine, input, name).run();
  const stockOf = async (productId: string): Promise<Json | undefined> =>
    (await dynamoDb.scan(TableName)).find((item) => JSON.stringify(item).includes(`"${productId}"`));
  const restock = (productId: string, quantity: number) =>
    dynamoDb.seed(TableName, [{ ProductId: { S: productId }, Quantity: { N: String(quantity) } }]);
  return { order, money, outbox: ses.outbox, stockOf, restock };
}

const failing = (error: string): ReturnType<Perform> => ({
  value: Promise.reject(new StatesError(error, 'spoilt')),
  durationMs: 0,
});
const visitsOf = (run: Run): string[] =>
  run.events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
const causeOf = (run: Run): unknown => JSON.parse((run as { cause: string }).cause);

test('an order in stock is paid, taken from the inventory and confirmed', async () => {
  const { order, money, outbox, stockOf } = await createShop();
  const run = await order(inputOf('input.json'));
  expect(run).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      order: inputOf('input.json'),
      inventory: { available: 12 },
      payment: { receipt: { paymentId: expect.stringMatching(/^pay_/), totalCents: 7980 } },
      fulfilment: { confirmation: { MessageId: expect.any(String) } },
    },
  });
  expect(money).toMatchObject({ charged: [{}], refunded: [] });
  expect(outbox).toMatchObject([{ to: ['ada@example.com'] }]);
  expect(await stockOf('p-kettle')).toEqual({ ProductId: { S: 'p-kettle' }, Quantity: { N: '10' } });
});

test.each(['inputs/out-of-stock.json', 'unknown product'])('%s: OutOfStock, nobody is charged', async (name) => {
  const { order, money } = await createShop();
  const run = await order(name.endsWith('.json') ? inputOf(name) : { ...orderWith({ productId: 'p-none' }) });
  expect(run).toMatchObject({ status: 'FAILED', error: 'OutOfStock' });
  expect(visitsOf(run).at(-1)).toBe('OutOfStock');
  expect(money.charged).toEqual([]);
});

test('an invalid order is rejected with every problem', async () => {
  const run = await (await createShop()).order(inputOf('inputs/invalid-order.json'));
  expect(run).toMatchObject({ status: 'FAILED', error: 'OrderRejected' });
  expect(causeOf(run)).toMatchObject({
    Error: 'ValidationError',
    Cause: expect.stringMatching(/quantity must be .*; email must be/),
  });
});

test('a declined payment rejects the order', async () => {
  const { order, money } = await createShop();
  const run = await order(inputOf('inputs/payment-declined.json'));
  expect(run).toMatchObject({ status: 'FAILED', error: 'OrderRejected' });
  expect(causeOf(run)).toMatchObject({ Error: 'PaymentDeclined' });
  expect(money).toEqual({ charged: [], refunded: [] });
});

test('a payment service that is busy twice is asked three times and charges once', async () => {
  const { order, money } = await createShop();
  const run = await order(inputOf('inputs/payment-busy-twice.json'));
  expect(run.status).toBe('SUCCEEDED');
  expect(money.charged).toHaveLength(1);
  expect(run.events.filter(({ taskFailedEventDetails }) => taskFailedEventDetails?.error === 'PaymentServiceBusy')).toHaveLength(
    2,
  );
});

test('a confirmation that SES refuses gives pieces and money back, then fails with the cause', async () => {
  const { order, money, stockOf } = await createShop();
  const run = await order(inputOf('inputs/fulfilment-fails.json'));
  expect(run).toMatchObject({ status: 'FAILED', error: expect.stringMatching(/^SesV2\./) });
  expect(causeOf(run)).toMatchObject({ Cause: expect.stringContaining('rejected@example.com') });
  expect(visitsOf(run).slice(-4)).toEqual(['LetInventorySettle', 'RestoreInventory', 'RefundPayment', 'OrderFailed']);
  expect(money).toMatchObject({ charged: [{}], refunded: [{ status: 'REFUNDED' }] });
  expect(await stockOf('p-kettle')).toEqual({ ProductId: { S: 'p-kettle' }, Quantity: { N: '12' } });
});

test('a refund that fails for good says so', async () => {
  const run = await (await createShop()).order(inputOf('inputs/refund-fails.json'));
  expect(run).toMatchObject({ status: 'FAILED', error: 'RefundFailed' });
  expect(causeOf(run)).toMatchObject({ Cause: expect.stringContaining('cannot refund') });
});

test('a charge whose outcome is unknown is refunded: the money may have been taken', async () => {
  const { order, money } = await createShop((call, perform) => {
    if (call.state !== 'ProcessPayment') return perform(call);
    const { value, durationMs } = perform(call);
    return { value: Promise.resolve(value).then(() => failing('Lambda.Unknown').value), durationMs };
  });
  const run = await order({ ...orderWith() });
  expect(run).toMatchObject({ status: 'FAILED', error: 'Lambda.Unknown' });
  expect(money).toMatchObject({ charged: [{}], refunded: [{ status: 'REFUNDED' }] });
});

test('pieces are taken once when the answer of UpdateInventory is lost and it is tried again', async () => {
  const { order, stockOf } = await createShop((call, perform) => {
    const answer = perform(call);
    if (call.state !== 'UpdateInventory' || call.attempt > 0) return answer;
    return { value: Promise.resolve(answer.value).then(() => failing('DynamoDB.SdkClientException').value), durationMs: 0 };
  });
  const run = await order({ ...orderWith() });
  expect(run.status).toBe('SUCCEEDED');
  expect(visitsOf(run)).toContain('VerifyReservation');
  expect(await stockOf('p-kettle')).toMatchObject({ Quantity: { N: '10' } });
});

test('an order is complete although its reservation cannot be closed', async () => {
  const { order } = await createShop((call, perform) =>
    call.state === 'CloseReservation' ? failing('DynamoDB.AmazonDynamoDBException') : perform(call),
  );
  expect((await order({ ...orderWith() })).status).toBe('SUCCEEDED');
});

test('the refund is made although the inventory cannot be restored', async () => {
  const { order, money } = await createShop((call, perform) =>
    call.state === 'RestoreInventory' ? failing('DynamoDB.AmazonDynamoDBException') : perform(call),
  );
  const run = await order({ ...orderWith({ email: 'rejected@example.com' }) });
  expect(run).toMatchObject({ status: 'FAILED', error: expect.stringMatching(/^SesV2\./) });
  expect(money.refunded).toMatchObject([{ status: 'REFUNDED' }]);
});

test('throttling everywhere, once, delays an order and no more', async () => {
  const throttling: Record<string, string> = {
    lambda: 'Lambda.TooManyRequestsException',
    dynamodb: 'DynamoDB.ProvisionedThroughputExceededException',
    'aws-sdk:sesv2': 'SesV2.TooManyRequestsException',
  };
  const { order, money } = await createShop((call, perform) =>
    call.attempt === 0 ? failing(throttling[call.resourceType]!) : perform(call),
  );
  expect((await order({ ...orderWith() })).status).toBe('SUCCEEDED');
  expect(money.charged).toHaveLength(1);
});

test.each([['order'], [null], [[]], [7]])('%j, which is no object, ends the execution before anything is done', async (input) => {
  const { order, money } = await createShop();
  const run = await order(input);
  expect(run.status).toBe('FAILED');
  expect(visitsOf(run)).toEqual(['ValidateOrder']);
  expect(money.charged).toEqual([]);
});

test.each([{}, { order: 1, error: 2, payment: 3 }, JSON.parse('{"__proto__": {"orderId": "o-1"}}')])(
  '%j, which is no order, is rejected',
  async (input) => {
    expect(await (await createShop()).order(input)).toMatchObject({ status: 'FAILED', error: 'OrderRejected' });
  },
);
