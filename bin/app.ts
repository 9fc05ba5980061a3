import { App } from 'aws-cdk-lib';
import { OrdersStack } from '../examples/order-processing/stack';

/** The CDK app of the examples: `npx cdk synth`, `npx cdk deploy <stack>`. */
const app = new App();
new OrdersStack(app, 'Orders', { description: 'cdk-baton example: order processing' });
