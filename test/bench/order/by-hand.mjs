// The order workflow as somebody would write it who wants nothing but this: an asynchronous function for the order that goes
// through, with the events of its history as literals. It has no retries, no timeouts, no compensation, no limits on sizes, no
// checks of what it is given: all of that makes it faster, and the comparison harder for the simulator.

/**
 * One execution. The events are `RecordedEvent`s of lib/simulator/history.ts.
 * @param workflow what does not change from execution to execution, see `workflowOf`
 * @param answers state name → function of the task's parameters
 */
export async function runByHand(workflow, answers, order, name) {
  const { epochMs, region, roleArn, functions, tableName } = workflow;
  const events = [];
  const add = (type, previousEventId, details) => {
    const id = events.length + 1;
    events.push({ id, previousEventId, epochMs, type, details });
    return id;
  };
  const task = async (state, previousEventId, data, resourceType, resource, parameters, timeoutInSeconds, outputOf) => {
    const entered = add('TaskStateEntered', previousEventId, { name: state, input: data });
    const scheduled = add('TaskScheduled', entered, { resourceType, resource, region, parameters, timeoutInSeconds });
    const started = add('TaskStarted', scheduled, { resourceType, resource });
    const result = await answers[state](parameters);
    const succeeded = add('TaskSucceeded', started, { resourceType, resource, output: result });
    const output = outputOf(result);
    return { id: add('TaskStateExited', succeeded, { name: state, output }), output };
  };

  add('ExecutionStarted', 0, { input: order, roleArn });

  const validated = await task(
    'ValidateOrder',
    0,
    order,
    'lambda',
    'invoke',
    { FunctionName: functions.ValidateOrder, Payload: order },
    15,
    ({ Payload }) => ({ order: Payload }),
  );

  const { productId, quantity, orderId, email } = validated.output.order;
  const checked = await task(
    'CheckInventory',
    validated.id,
    validated.output,
    'dynamodb',
    'getItem',
    { Key: { ProductId: { S: productId } }, TableName: tableName, ConsistentRead: true, ProjectionExpression: 'Quantity' },
    10,
    (inventory) => ({ ...validated.output, inventory }),
  );

  let data = checked.output;
  let id = add('ChoiceStateEntered', checked.id, { name: 'IsProductKnown', input: data });
  if (data.inventory.Item?.Quantity?.N === undefined) throw new Error('OutOfStock');
  id = add('ChoiceStateExited', id, { name: 'IsProductKnown', output: data });

  id = add('PassStateEntered', id, { name: 'CountStock', input: data });
  data = { ...data, inventory: { available: JSON.parse(data.inventory.Item.Quantity.N) } };
  id = add('PassStateExited', id, { name: 'CountStock', output: data });

  id = add('ChoiceStateEntered', id, { name: 'IsInStock', input: data });
  if (data.inventory.available < quantity) throw new Error('OutOfStock');
  id = add('ChoiceStateExited', id, { name: 'IsInStock', output: data });

  const paid = await task(
    'ProcessPayment',
    id,
    data,
    'lambda',
    'invoke',
    {
      FunctionName: functions.ProcessPayment,
      Payload: { order: data.order, idempotencyKey: `${name}/ProcessPayment`, attempt: 0 },
    },
    15,
    ({ Payload }) => ({ ...data, payment: { receipt: Payload } }),
  );

  data = paid.output;
  id = add('ParallelStateEntered', paid.id, { name: 'FulfillOrder', input: data });
  const started = add('ParallelStateStarted', id, undefined);
  const [, confirmed] = await Promise.all([
    task(
      'UpdateInventory',
      started,
      data,
      'dynamodb',
      'updateItem',
      {
        Key: { ProductId: { S: productId } },
        TableName: tableName,
        ConditionExpression: 'Quantity >= :ordered AND NOT contains(Reservations, :reservation)',
        ExpressionAttributeValues: {
          ':ordered': { N: `${quantity}` },
          ':reservation': { S: name },
          ':reservations': { SS: [name] },
        },
        UpdateExpression: 'SET Quantity = Quantity - :ordered ADD Reservations :reservations',
      },
      10,
      (result) => result,
    ),
    task(
      'SendConfirmation',
      started,
      data,
      'aws-sdk:sesv2',
      'sendEmail',
      {
        FromEmailAddress: 'orders@example.com',
        Destination: { ToAddresses: [email] },
        Content: {
          Simple: {
            Subject: { Data: `Your order ${orderId}`, Charset: 'UTF-8' },
            Body: {
              Text: {
                Data: `We have received your order ${orderId} and your payment: ${quantity} of ${productId}.`,
                Charset: 'UTF-8',
              },
            },
          },
        },
      },
      10,
      (result) => result,
    ),
  ]);
  // The confirmation was the last to end.
  add('ParallelStateSucceeded', confirmed.id, undefined);
  data = { ...data, fulfilment: { confirmation: confirmed.output } };
  id = add('ParallelStateExited', confirmed.id, { name: 'FulfillOrder', output: data });

  const closed = await task(
    'CloseReservation',
    id,
    data,
    'dynamodb',
    'updateItem',
    {
      Key: { ProductId: { S: productId } },
      TableName: tableName,
      ConditionExpression: 'contains(Reservations, :reservation)',
      ExpressionAttributeValues: { ':reservation': { S: name }, ':reservations': { SS: [name] } },
      UpdateExpression: 'DELETE Reservations :reservations',
    },
    10,
    () => data,
  );

  id = add('SucceedStateEntered', closed.id, { name: 'OrderCompleted', input: data });
  id = add('SucceedStateExited', id, { name: 'OrderCompleted', output: data });
  add('ExecutionSucceeded', id, { output: data });
  return { output: data, events };
}

/** What the hand-written workflow knows of its surroundings: names out of the synthesized machine, and the time of the simulator's worlds. */
export function workflowOf({ roleArn, definition: { States } }, epochMs) {
  return {
    epochMs,
    region: 'us-east-1',
    roleArn,
    functions: {
      ValidateOrder: States.ValidateOrder.Parameters.FunctionName,
      ProcessPayment: States.ProcessPayment.Parameters.FunctionName,
    },
    tableName: States.CheckInventory.Parameters.TableName,
  };
}
