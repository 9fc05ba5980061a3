import { Stack } from 'aws-cdk-lib';
import { OrderProcessing } from '../../lib';

/** The order workflow as it comes. */
export class ShopStack extends Stack {
  readonly orders = new OrderProcessing(this, 'Orders', { senderAddress: 'orders@example.com' });
}
