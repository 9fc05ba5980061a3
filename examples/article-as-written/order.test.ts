import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { createTestWorld, DefinitionError, lambda, simulate, type TestWorldOptions } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './order.json';
import { type Definition, withEdits } from './with-edits';

const stack = new Stack(new App(), 'Shop');
const inventory = new Table(stack, 'Inventory', {
  tableName: 'Inventory',
  partitionKey: { name: 'ProductId', type: AttributeType.STRING },
});

const order = { orderId: 'o-1', productId: 'p-1', quantity: 2, email: 'ada@example.com' };

/** Runs an order in a shop that has 12 pieces of p-1. */
async function place(
  definition: Definition,
  { input = order, rejectedAddresses = [] }: { input?: typeof order } & Pick<TestWorldOptions, 'rejectedAddresses'> = {},
) {
  const validateOrder = lambda('validate-order', (event) => event);
  const processPayment = lambda('process-payment', { paymentId: 'pay-1' });
  const world = createTestWorld(stack, { fakes: [validateOrder, processPayment], rejectedAddresses });
  await world.seedTable(inventory, [{ ProductId: { S: 'p-1' }, Quantity: { N: '12' } }]);
  const run = await simulate(definition, { world, input });
  const [item] = await world.items(inventory);
  return { run, processPayment, stock: item?.['Quantity'], outbox: world.outbox };
}

const MAIL = '/States/FulfillOrder/Branches/1/States/SendConfirmation';
const UPDATE = '/States/FulfillOrder/Branches/0/States/UpdateInventory';

describe('as written', () => {
  test('AWS refuses it: SES has no optimised integration', async () => {
    const refused = await simulate(asWritten, { input: order }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DefinitionError);
    expect((refused as DefinitionError).problems).toEqual([
      expect.objectContaining({
        code: 'SCHEMA_VALIDATION_FAILED',
        location: '/States/FulfillOrder/Branches[1]/States/SendConfirmation/Resource',
        message:
          'The resource provided arn:aws:states:::ses:sendEmail is not recognized. ' +
          'The value is not a valid resource ARN, or the resource is not available in this region.',
        hint: expect.stringContaining('arn:aws:states:::aws-sdk:'),
      }),
    ]);
  });
});

const withSes = withEdits(asWritten, { [`${MAIL}/Resource`]: 'arn:aws:states:::aws-sdk:ses:sendEmail' });

describe('with SES called through the AWS SDK', () => {
  test('nothing is ever in stock: DynamoDB gives numbers as text, and no number is greater than 0 in a text', async () => {
    const { run, processPayment } = await place(withSes);
    expect(run).toHaveVisited('CheckInventory', 'IsInStock', 'OutOfStock');
    expect(run).toFailWith('OutOfStock');
    expect(processPayment).not.toHaveBeenCalled();
  });

  test('a product that does not exist ends in an error that nothing can catch, not in OutOfStock', async () => {
    const { run } = await place(withSes, { input: { ...order, productId: 'p-unknown' } });
    expect(run).toFailWith('States.Runtime', /'IsInStock'.* Invalid path '\$\.Item\.Quantity\.N'/);
    expect(run).not.toHaveVisited('OutOfStock');
  });
});

const withNumber = withEdits(withSes, {
  '/States/CheckInventory/ResultSelector': { 'available.$': 'States.StringToJson($.Item.Quantity.N)' },
  '/States/IsInStock/Choices/0/Variable': '$.available',
});

describe('with the text made a number', () => {
  test('the inventory item has replaced the order: that is what the payment is given', async () => {
    const { processPayment } = await place(withNumber);
    expect(processPayment).toHaveBeenCalledTimes(1);
    expect(processPayment).toHaveBeenCalledWith({ available: 12 });
  });

  test('after the payment the product is missing', async () => {
    const { run, stock, outbox } = await place(withNumber);
    expect(run).toHaveVisited('ProcessPayment', 'FulfillOrder', 'UpdateInventory');
    expect(run).toFailWith('States.Runtime', /The JSONPath '\$\.productId' specified for the field 'S\.\$' could not be found/);
    expect({ stock, outbox }).toEqual({ stock: { N: '12' }, outbox: [] });
  });
});

const withItemBeside = withEdits(withNumber, {
  '/States/CheckInventory/ResultPath': '$.inventory',
  '/States/IsInStock/Choices/0/Variable': '$.inventory.available',
});

describe('with the inventory item beside the order', () => {
  test('the payment is given the order, and its receipt replaces it', async () => {
    const { run, processPayment } = await place(withItemBeside);
    expect(processPayment).toHaveBeenCalledWith({ ...order, inventory: { available: 12 } });
    expect(run).toFailWith('States.Runtime', /'\$\.productId'.* could not be found in the input '\{"paymentId":"pay-1"\}'/);
  });
});

const withOrder = withEdits(withItemBeside, { '/States/ProcessPayment/ResultPath': '$.payment' });

describe('with the order kept', () => {
  test('DynamoDB wants its numbers as text: the customer has paid, and nothing can catch it', async () => {
    const { run, processPayment, stock } = await place(withOrder);
    expect(processPayment).toHaveBeenCalledTimes(1);
    expect(run).toFailWith(
      'States.Runtime',
      /The Parameters '.*":qty":\{"N":2\}.*' could not be used to start the Task: \[The value for the field 'N' must be a STRING\]/,
    );
    expect(stock).toEqual({ N: '12' });
  });
});

const withText = withEdits(withOrder, {
  [`${UPDATE}/Parameters/ExpressionAttributeValues`]: { ':qty': { 'N.$': "States.Format('{}', $.quantity)" } },
});

describe('with the quantity as text', () => {
  test('no state has made the confirmationMessage', async () => {
    const { run, outbox } = await place(withText);
    expect(run).toFailWith('States.Runtime', /'SendConfirmation'.* The JSONPath '\$\.confirmationMessage'/);
    expect(outbox).toEqual([]);
  });
});

const withMessage = withEdits(withText, {
  [`${MAIL}/Parameters/Message/Body/Text`]: { 'Data.$': "States.Format('We have your order {}.', $.orderId)" },
});

describe('with a message', () => {
  test('SES does not know who sends it', async () => {
    const { run, outbox } = await place(withMessage);
    expect(run).toFailWith('States.Runtime', /'SendConfirmation'.*\[The field 'Source' is required but was missing\]/);
    expect(outbox).toEqual([]);
  });
});

const withSender = withEdits(withMessage, { [`${MAIL}/Parameters/Source`]: 'orders@example.com' });

describe('with a sender', () => {
  test('an order is completed', async () => {
    const { run, stock, outbox } = await place(withSender);
    expect(run).toSucceedWith(expect.any(Array));
    expect(run).toHaveVisited('ValidateOrder', 'IsInStock', 'FulfillOrder', 'OrderCompleted');
    expect(stock).toEqual({ N: '10' });
    expect(outbox).toMatchObject([{ to: ['ada@example.com'], content: { text: 'We have your order o-1.' } }]);
  });

  test('an order of more than there is succeeds too: the stock goes below zero', async () => {
    const { run, stock } = await place(withSender, { input: { ...order, quantity: 20 } });
    expect(run).toSucceedWith();
    expect(stock).toEqual({ N: '-8' });
  });

  test('an order that fails after the payment keeps the money and the pieces', async () => {
    const { run, processPayment, stock } = await place(withSender, { rejectedAddresses: [order.email] });
    expect(run).toFailWith(expect.stringMatching(/^Ses\./), /not verified/);
    expect(processPayment).toHaveBeenCalledTimes(1);
    expect(stock).toEqual({ N: '10' });
  });
});
