/**
 * What the services answer to an order that goes through: state name → function of the task's parameters. Synchronous, a
 * new object at every call, the same functions for all contenders.
 */
export const answers = {
  ValidateOrder: ({ Payload }) => ({ ExecutedVersion: '$LATEST', Payload, StatusCode: 200 }),
  CheckInventory: () => ({ Item: { Quantity: { N: '12' } } }),
  ProcessPayment: ({ Payload }) => ({
    ExecutedVersion: '$LATEST',
    Payload: { paymentId: 'pay_1', totalCents: Payload.order.totalCents },
    StatusCode: 200,
  }),
  UpdateInventory: () => ({}),
  SendConfirmation: () => ({ MessageId: 'm-1' }),
  CloseReservation: () => ({}),
};

/** States that such an order enters. */
export const TRANSITIONS = 11;
