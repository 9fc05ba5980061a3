import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import {
  type CatchProps,
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  type IChainable,
  JsonPath,
  Parallel,
  Pass,
  Succeed,
  TaskInput,
  type TaskStateBase,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService, DynamoGetItem, DynamoUpdateItem, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { findReservation, forgetReservation, giveStockBack, readStock, takeStock } from './inventory';
import { retryBusyPayment, retryServiceException, retryTransient } from './retries';

/** What the states call. */
export interface OrderWorkflowProps {
  readonly validateOrder: IFunction;
  readonly processPayment: IFunction;
  readonly refundPayment: IFunction;
  readonly inventory: ITable;
  readonly emailIdentity: IEmailIdentity;
  readonly senderAddress: string;
}

/** A call of DynamoDB or SES takes milliseconds; after this time its answer is lost. */
const LONGEST_CALL = Duration.seconds(10);
const CALL_TIMEOUT = Timeout.duration(LONGEST_CALL);

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const LAMBDA_DEFAULT_TIMEOUT = Duration.seconds(3);

/** `Error` of what the inventory refuses. */
const CONDITION_FAILED = 'DynamoDB.ConditionalCheckFailedException';

/**
 * The states, each a construct with its name as id. The data grows from state to state and nothing that was there is lost:
 * `order` · `inventory.available` · `payment.receipt` · `fulfilment.confirmation` · `error` · `refund.receipt`.
 */
export function defineOrderWorkflow(scope: Construct, props: OrderWorkflowProps): DefinitionBody {
  const completed = new Succeed(scope, 'OrderCompleted');
  const outOfStock = new Fail(scope, 'OutOfStock', {
    error: 'OutOfStock',
    cause: 'There are fewer pieces of the product than ordered',
  });
  const rejected = new Fail(scope, 'OrderRejected', { error: 'OrderRejected', causePath: errorOutputAt('$.error') });
  const failed = new Fail(scope, 'OrderFailed', { errorPath: '$.error.Error', causePath: errorOutputAt('$.error') });

  const refund = defineRefund(scope, props);
  refund.next(failed);
  const settle = defineSettle(scope);
  settle.next(defineRestore(scope, props, refund)).next(refund);

  const close = defineClose(scope, props, completed);
  close.next(completed);
  const fulfil = defineFulfil(scope, props, { soldOut: refund, otherwise: settle }).next(close);
  const pay = definePayment(scope, props, { declined: rejected, otherwise: refund }).next(fulfil);
  const stock = defineStockChoices(scope, pay, outOfStock);
  const check = defineCheck(scope, props, failed).next(stock);
  return DefinitionBody.fromChainable(defineValidate(scope, props, { invalid: rejected, otherwise: failed }).next(check));
}

/** Whatever the customer sent goes in; `{ order }` with the order that the function found in it goes on. */
function defineValidate(
  scope: Construct,
  { validateOrder }: OrderWorkflowProps,
  then: { invalid: Fail; otherwise: Fail },
): TaskStateBase {
  return new LambdaInvoke(scope, 'ValidateOrder', {
    lambdaFunction: validateOrder,
    resultSelector: { order: JsonPath.objectAt('$.Payload') },
    taskTimeout: taskTimeout(validateOrder),
    retryOnServiceExceptions: false,
  })
    .addRetry(retryServiceException)
    .addRetry(retryTransient('lambda'))
    .addCatch(then.invalid, on('ValidationError'))
    .addCatch(then.otherwise, onAnything);
}

function defineCheck(scope: Construct, { inventory }: OrderWorkflowProps, failed: Fail): TaskStateBase {
  return new DynamoGetItem(scope, 'CheckInventory', {
    ...readStock(inventory),
    resultPath: '$.inventory',
    taskTimeout: CALL_TIMEOUT,
  })
    .addRetry(retryTransient('dynamodb'))
    .addCatch(failed, onAnything);
}

/** A path that leads nowhere ends an execution for good: IsProductKnown looks before CountStock reads. */
function defineStockChoices(scope: Construct, pay: IChainable, outOfStock: Fail): Choice {
  const isInStock = new Choice(scope, 'IsInStock')
    .when(Condition.numberGreaterThanEqualsJsonPath('$.inventory.available', '$.order.quantity'), pay)
    .otherwise(outOfStock);
  // DynamoDB gives a number as text, which no numeric comparison matches.
  const count = new Pass(scope, 'CountStock', {
    parameters: { available: JsonPath.stringToJson(JsonPath.stringAt('$.inventory.Item.Quantity.N')) },
    resultPath: '$.inventory',
  });
  return new Choice(scope, 'IsProductKnown')
    .when(Condition.isPresent('$.inventory.Item.Quantity.N'), count.next(isInStock))
    .otherwise(outOfStock);
}

/** Only a refusal is sure to have taken no money: anything else goes to the refund, which finds the payment by its key. */
function definePayment(
  scope: Construct,
  { processPayment }: OrderWorkflowProps,
  then: { declined: Fail; otherwise: TaskStateBase },
): TaskStateBase {
  return new LambdaInvoke(scope, 'ProcessPayment', {
    lambdaFunction: processPayment,
    payload: TaskInput.fromObject({
      order: JsonPath.objectAt('$.order'),
      idempotencyKey: JsonPath.format('{}/{}', JsonPath.executionName, JsonPath.stateName),
      attempt: JsonPath.numberAt('$$.State.RetryCount'),
    }),
    resultSelector: { receipt: JsonPath.objectAt('$.Payload') },
    resultPath: '$.payment',
    taskTimeout: taskTimeout(processPayment),
    retryOnServiceExceptions: false,
  })
    .addRetry(retryBusyPayment)
    .addRetry(retryServiceException)
    .addRetry(retryTransient('lambda'))
    .addCatch(then.declined, on('PaymentDeclined'))
    .addCatch(then.otherwise, onAnything);
}

function defineFulfil(scope: Construct, props: OrderWorkflowProps, then: { soldOut: TaskStateBase; otherwise: Wait }): Parallel {
  return new Parallel(scope, 'FulfillOrder', {
    resultSelector: { confirmation: JsonPath.objectAt('$[1]') },
    resultPath: '$.fulfilment',
  })
    .branch(defineUpdateInventory(scope, props), defineConfirmation(scope, props))
    .addCatch(then.soldOut, on('OutOfStock'))
    .addCatch(then.otherwise, onAnything);
}

/** The condition fails for want of stock, and when an attempt took the pieces and its answer was lost: VerifyReservation tells. */
function defineUpdateInventory(scope: Construct, { inventory }: OrderWorkflowProps): TaskStateBase {
  const soldOut = new Fail(scope, 'StockGone', {
    error: 'OutOfStock',
    cause: 'Other orders took the pieces while this one was being paid',
  });
  const verify = new DynamoUpdateItem(scope, 'VerifyReservation', { ...findReservation(inventory), taskTimeout: CALL_TIMEOUT })
    .addRetry(retryTransient('dynamodb'))
    .addCatch(soldOut, on(CONDITION_FAILED));
  return new DynamoUpdateItem(scope, 'UpdateInventory', { ...takeStock(inventory), taskTimeout: CALL_TIMEOUT })
    .addRetry(retryTransient('dynamodb'))
    .addCatch(verify, on(CONDITION_FAILED));
}

function defineConfirmation(scope: Construct, { emailIdentity, senderAddress }: OrderWorkflowProps): TaskStateBase {
  const { orderId, quantity, productId, email } = orderPaths;
  return new CallAwsService(scope, 'SendConfirmation', {
    service: 'sesv2',
    action: 'sendEmail',
    parameters: {
      FromEmailAddress: senderAddress,
      Destination: { ToAddresses: JsonPath.array(email) },
      Content: {
        Simple: {
          Subject: utf8(JsonPath.format('Your order {}', orderId)),
          Body: {
            Text: utf8(
              JsonPath.format('We have received your order {} and your payment: {} of {}.', orderId, quantity, productId),
            ),
          },
        },
      },
    },
    iamAction: 'ses:SendEmail', // SES v2 has the IAM prefix of SES
    iamResources: [emailIdentity.emailIdentityArn],
    taskTimeout: CALL_TIMEOUT,
  }).addRetry(retryTransient('ses'));
}

/** An order is complete also when this fails: a name that stays in `Reservations` harms nobody. */
function defineClose(scope: Construct, { inventory }: OrderWorkflowProps, completed: Succeed): TaskStateBase {
  return new DynamoUpdateItem(scope, 'CloseReservation', {
    ...forgetReservation(inventory),
    resultPath: JsonPath.DISCARD,
    taskTimeout: CALL_TIMEOUT,
  })
    .addRetry(retryTransient('dynamodb'))
    .addCatch(completed, { errors: ['States.ALL'], resultPath: JsonPath.DISCARD });
}

/**
 * A confirmation that fails cuts UpdateInventory off, but not a request that is on its way: once the longest call is over, the
 * pieces are taken or never will be.
 */
const defineSettle = (scope: Construct): Wait => new Wait(scope, 'LetInventorySettle', { time: WaitTime.duration(LONGEST_CALL) });

/** Gives the pieces back, if this execution has any. The refund does not wait for it to work. */
function defineRestore(scope: Construct, { inventory }: OrderWorkflowProps, refund: TaskStateBase): TaskStateBase {
  return new DynamoUpdateItem(scope, 'RestoreInventory', {
    ...giveStockBack(inventory),
    resultPath: JsonPath.DISCARD,
    taskTimeout: CALL_TIMEOUT,
  })
    .addRetry(retryTransient('dynamodb'))
    .addCatch(refund, { errors: ['States.ALL'], resultPath: '$.inventoryError' });
}

function defineRefund(scope: Construct, { refundPayment }: OrderWorkflowProps): TaskStateBase {
  const refundFailed = new Fail(scope, 'RefundFailed', { error: 'RefundFailed', causePath: errorOutputAt('$.refundError') });
  return new LambdaInvoke(scope, 'RefundPayment', {
    lambdaFunction: refundPayment,
    payload: TaskInput.fromObject({
      order: JsonPath.objectAt('$.order'),
      idempotencyKey: JsonPath.format('{}/{}', JsonPath.executionName, JsonPath.stateName),
      paymentKey: JsonPath.format('{}/ProcessPayment', JsonPath.executionName),
    }),
    resultSelector: { receipt: JsonPath.objectAt('$.Payload') },
    resultPath: '$.refund',
    taskTimeout: taskTimeout(refundPayment),
    retryOnServiceExceptions: false,
  })
    .addRetry(retryBusyPayment)
    .addRetry(retryServiceException)
    .addRetry(retryTransient('lambda'))
    .addCatch(refundFailed, { errors: ['States.ALL'], resultPath: '$.refundError' });
}

const orderPaths = {
  orderId: JsonPath.stringAt('$.order.orderId'),
  quantity: JsonPath.stringAt('$.order.quantity'),
  productId: JsonPath.stringAt('$.order.productId'),
  email: JsonPath.stringAt('$.order.email'),
};

/** SES takes text for ASCII unless told. */
const utf8 = (text: string) => ({ Data: text, Charset: 'UTF-8' });

/** A timeout has no Cause, and a path that leads nowhere would hide the error: the whole Error Output is the cause. */
const errorOutputAt = (path: string): string => JsonPath.jsonToString(JsonPath.objectAt(path));

const on = (error: string): CatchProps => ({ errors: [error], resultPath: '$.error' });
const onAnything = on('States.ALL');

/** A little longer than the function may run, so that its own timeout is what is seen; a minute where that is unknown. */
function taskTimeout(fn: IFunction): Timeout {
  if (!(fn instanceof Function)) return Timeout.duration(Duration.minutes(1));
  const { timeout = LAMBDA_DEFAULT_TIMEOUT } = fn;
  return Timeout.duration(timeout.plus(Duration.seconds(5)));
}
