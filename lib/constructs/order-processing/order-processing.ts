import { Annotations, Aws, Duration, Fn, Names, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, type ITable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { EmailIdentity, Identity, type IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { defineBundledFunction } from '../bundled-function';
import type { Deployment } from '../deployment';
import { StateMachineAlias } from '../state-machine-alias';
import { StateMachineVersion } from '../state-machine-version';
import { VersionAlarms } from '../version-alarms';
import { WorkflowAlarms } from '../workflow-alarms';
import { defineOrderWorkflow } from './order-workflow';

/** Properties of `OrderProcessing`. */
export type OrderProcessingProps = OrderProcessingOptions & (OwnPayment | SandboxPayment);

/** What any order workflow can be told. */
export interface OrderProcessingOptions {
  /** Who the confirmations are from. The address must belong to `emailIdentity`. */
  readonly senderAddress: string;
  /**
   * The verified address or domain of `senderAddress`.
   *
   * @default a new identity of the address: SES sends it a mail, in which the owner confirms it
   */
  readonly emailIdentity?: IEmailIdentity;
  /**
   * The inventory: an item per product with the partition key `ProductId` (S) and `Quantity` (N). `Reservations` (SS) is the workflow's own.
   *
   * @default a new table, on demand, with point-in-time recovery
   */
  readonly inventory?: ITable;
  /**
   * Is sent the input of the execution; answers an `Order`, or fails with ValidationError.
   *
   * @default a function that checks every field of `Order`
   */
  readonly validateOrder?: IFunction;
  /**
   * Longest execution. It must leave time for all retries: an execution that is cut off after the payment refunds nothing.
   *
   * @default 30 minutes
   */
  readonly timeout?: Duration;
  /**
   * How the alias goes over to a new version. The alarms of the version are added to its alarms.
   *
   * @default a canary: 10 % for 30 minutes, then all
   */
  readonly deployment?: Deployment;
  /**
   * What the alarms do: send to a topic, or any alarm action.
   *
   * @default nothing: the alarms can be looked at
   */
  readonly alarmAction?: IAlarmAction | ITopic;
  /**
   * Failed executions in 5 minutes that raise an alarm. Rejected orders and those out of stock are among them.
   *
   * @default 10
   */
  readonly failedThreshold?: number;
  /**
   * What becomes of the table and the log groups when the stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The team's own payment. Both functions: whoever takes money can give it back. */
export interface OwnPayment {
  /**
   * Is sent a `ProcessPaymentEvent`, answers a `PaymentReceipt`, charges once for an idempotency key. Fails with PaymentDeclined
   * (for good, nothing was charged) or PaymentServiceBusy (try again); after any other error the payment is refunded, if there is one.
   */
  readonly processPayment: IFunction;
  /** Is sent a `RefundPaymentEvent`, answers a `RefundReceipt`, refunds once for an idempotency key. No such payment is no error. */
  readonly refundPayment: IFunction;
}

/** No payment functions: the sandbox gateway answers by test card and charges nobody. */
export interface SandboxPayment {
  readonly processPayment?: undefined;
  readonly refundPayment?: undefined;
}

/**
 * Takes an order from its validation to its confirmation, and gives the money back if that cannot be done.
 *
 * ValidateOrder → CheckInventory → IsInStock → ProcessPayment → FulfillOrder (UpdateInventory and SendConfirmation at once) →
 * OrderCompleted. From the payment on, whatever fails is undone: the pieces go back, the payment is refunded, the execution fails.
 *
 * | ends in | status | Error | when |
 * |---|---|---|---|
 * | OrderCompleted | SUCCEEDED | | paid, taken from the inventory, confirmed |
 * | OrderRejected | FAILED | OrderRejected | ValidationError or PaymentDeclined, as the cause says; nothing was charged |
 * | OutOfStock | FAILED | OutOfStock | no such product or too few pieces; nothing was charged |
 * | OrderFailed | FAILED | the error's own | anything else, for example OutOfStock when others were faster; what was charged is refunded |
 * | RefundFailed | FAILED | RefundFailed | the refund failed after its retries: somebody has to give the money back |
 *
 * The cause of OrderRejected, OrderFailed and RefundFailed is the Error Output as JSON text: `{"Error": …, "Cause": …}`.
 *
 * Confirmation and inventory go on at the same time, so an order that fails in FulfillOrder may have been confirmed: the mail says
 * that order and payment were received, and the refund of the payment tells the rest. An order whose mail SES refuses is not
 * fulfilled: its pieces go back.
 *
 * Start executions through `alias`, with a JSON object as input: to anything else no error can be added, so it ends the execution with
 * States.ResultPathMatchFailure at ValidateOrder. The execution's name is in every idempotency key: a name made of the order's id
 * keeps a message that is delivered twice from becoming two orders.
 *
 * @throws Error if a bundled handler is missing, or with what is wrong with `deployment`
 */
export class OrderProcessing extends Construct {
  readonly validateOrder: IFunction;
  readonly processPayment: IFunction;
  readonly refundPayment: IFunction;
  readonly inventory: ITable;
  readonly emailIdentity: IEmailIdentity;
  /** Every event of every execution, without the orders themselves. */
  readonly logGroup: LogGroup;
  readonly stateMachine: StateMachine;
  readonly version: StateMachineVersion;
  readonly alarms: WorkflowAlarms;
  readonly versionAlarms: VersionAlarms;
  /** What rules, schedules, queues and other workflows start: `live`. */
  readonly alias: StateMachineAlias;

  constructor(scope: Construct, id: string, props: OrderProcessingProps) {
    super(scope, id);
    this.validateOrder =
      props.validateOrder ?? this.defineFunction('ValidateOrderFunction', 'validate-order', 'Checks an order', props);
    this.processPayment =
      props.processPayment ?? this.defineFunction('ProcessPaymentFunction', 'process-payment', 'Charges nobody: sandbox', props);
    this.refundPayment =
      props.refundPayment ?? this.defineFunction('RefundPaymentFunction', 'refund-payment', 'Refunds nobody: sandbox', props);
    this.inventory = props.inventory ?? this.defineInventory(props);
    this.emailIdentity =
      props.emailIdentity ?? new EmailIdentity(this, 'EmailIdentity', { identity: Identity.email(props.senderAddress) });
    this.logGroup = this.defineLogGroup(props);
    this.stateMachine = this.defineStateMachine(props);
    this.version = new StateMachineVersion(this, 'Version', { stateMachine: this.stateMachine });
    this.alarms = new WorkflowAlarms(this, 'Alarms', {
      workflow: this.stateMachine,
      ...alarmOptions(props),
    });
    this.versionAlarms = new VersionAlarms(this, 'VersionAlarms', { version: this.version, ...alarmOptions(props) });
    this.alias = new StateMachineAlias(this, 'Alias', { version: this.version, deployment: this.stoppable(props) });
    this.warn(props);
  }

  private defineFunction(id: string, name: string, description: string, { removalPolicy }: OrderProcessingProps): Function {
    return defineBundledFunction(this, id, { name, description, removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN });
  }

  private defineInventory({ removalPolicy }: OrderProcessingProps): TableV2 {
    return new TableV2(this, 'Inventory', {
      partitionKey: { name: 'ProductId', type: AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
    });
  }

  private defineLogGroup({ removalPolicy }: OrderProcessingProps): LogGroup {
    // One prefix for all: other names fill up the resource policy of the account. The id of the stack: a stack that is deleted,
    // leaves its logs and is deployed again would find its name taken.
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    return new LogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(this, { maxLength: 128 })}-${stackUuid}`,
      retention: RetentionDays.THREE_MONTHS, // as long as Step Functions keeps the history
      removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
    });
  }

  private defineStateMachine(props: OrderProcessingProps): StateMachine {
    const stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'Takes an order from its validation to its confirmation, and refunds it if that cannot be done',
      definitionBody: this.defineWorkflow(props),
      stateMachineType: StateMachineType.STANDARD,
      timeout: timeoutOf(props),
      tracingEnabled: true,
      logs: { destination: this.logGroup, level: LogLevel.ALL },
    });
    this.inventory.encryptionKey?.grantEncryptDecrypt(stateMachine);
    acknowledgeRole(stateMachine, [this.validateOrder, this.processPayment, this.refundPayment]);
    return stateMachine;
  }

  private defineWorkflow({ senderAddress }: OrderProcessingProps): DefinitionBody {
    const { validateOrder, processPayment, refundPayment, inventory, emailIdentity } = this;
    const states = new Construct(this, 'Workflow');
    return defineOrderWorkflow(states, { validateOrder, processPayment, refundPayment, inventory, emailIdentity, senderAddress });
  }

  private stoppable({ deployment = CANARY }: OrderProcessingProps): Deployment {
    return { ...deployment, alarms: [...this.versionAlarms.all, ...(deployment.alarms ?? [])] };
  }

  private warn(props: OrderProcessingProps): void {
    if (props.processPayment === undefined) {
      Annotations.of(this).addWarningV2(
        'cdk-baton:SandboxPayment',
        'Charges nobody: ProcessPayment and RefundPayment talk to the sandbox gateway. Pass processPayment and refundPayment.',
      );
    }
    for (const [name, fn] of Object.entries({
      validateOrder: this.validateOrder,
      processPayment: this.processPayment,
      refundPayment: this.refundPayment,
    })) {
      if (!('edgeArn' in fn)) continue; // only versions have one
      Annotations.of(this).addWarningV2(
        'cdk-baton:LambdaVersion',
        `${name} is one version of a function: the next deployment takes away the permission to call it from the executions and versions ` +
          'that still do. Pass the function or an alias of it.',
      );
    }
  }
}

const CANARY: Deployment = { type: 'CANARY', percentage: 10, interval: Duration.minutes(30) };

const timeoutOf = ({ timeout = Duration.minutes(30) }: OrderProcessingProps): Duration => timeout;

const alarmOptions = ({ alarmAction, failedThreshold = 10 }: OrderProcessingProps) => ({ action: alarmAction, failedThreshold });

function acknowledgeRole(stateMachine: StateMachine, functions: readonly IFunction[]): void {
  Validations.of(stateMachine.role).acknowledge(
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Log deliveries and X-Ray segments have no resources to narrow their actions to.',
    },
    ...functions.flatMap(tryFindingOf).map((finding) => ({
      id: `AwsSolutions-IAM5[Resource::${finding}:*]`,
      reason: 'Versions of the function: executions that are under way may still call one that a deployment has replaced.',
    })),
  );
}

/** The function as cdk-nag writes it: `<logical id.Arn>`, or the ARN itself; empty for what is neither. */
function tryFindingOf(fn: IFunction): readonly string[] {
  const arn = fn.stack.resolve(fn.functionArn) as string | { readonly 'Fn::GetAtt'?: readonly string[] };
  if (typeof arn === 'string') return [arn];
  const attribute = arn['Fn::GetAtt'];
  return attribute === undefined ? [] : [`<${attribute.join('.')}>`];
}
