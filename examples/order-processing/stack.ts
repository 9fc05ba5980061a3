import { Annotations, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OrderProcessing } from '../../lib';

/** The order workflow with the defaults of the construct: a new table, a new e-mail identity, the sandbox payment gateway. */
export class OrdersStack extends Stack {
  readonly orders: OrderProcessing;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.orders = new OrderProcessing(this, 'Orders', {
      senderAddress: 'orders@example.com',
      removalPolicy: RemovalPolicy.DESTROY, // an example leaves nothing behind
    });
    Annotations.of(this.orders).acknowledgeWarning('cdk-baton:SandboxPayment', 'An example charges nobody.');
  }
}
