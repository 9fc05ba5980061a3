import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

/** Starts the workflow with an order; resolves with its output when the order is complete. */
export async function placeOrder(
  client: SFNClient,
  stateMachineArn: string,
  order: { readonly orderId: string },
): Promise<unknown> {
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name: order.orderId, input: JSON.stringify(order) }),
  );
  for (;;) {
    const { status, output = '', error } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'SUCCEEDED') return JSON.parse(output);
    if (status !== 'RUNNING') throw new Error(`The order ${order.orderId} ended in ${status}: ${error}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
