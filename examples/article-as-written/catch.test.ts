import { fails, lambda, type LambdaAnswer, neverAnswers, simulate } from '../../lib/testing';
import '../../lib/testing/jest';
import asWritten from './catch.json';
import { type Definition, withEdits } from './with-edits';

const order = { orderId: 'o-1', totalCents: 900 };

async function pay(definition: Definition, payment: LambdaAnswer<never, unknown>, input: object = order) {
  const notifyPaymentFailed = lambda('notify-payment-failed', { notified: true });
  const generalErrorHandler = lambda('general-error-handler', { handled: true });
  const fakes = [lambda('process-payment', payment), notifyPaymentFailed, generalErrorHandler];
  return { run: await simulate(definition, { input, fakes }), notifyPaymentFailed, generalErrorHandler };
}

describe('as written: no defect in the Catchers', () => {
  test('who was declined is notified; the handler has the order and the error', async () => {
    const { run, notifyPaymentFailed } = await pay(asWritten, fails('PaymentDeclined', 'no money'));
    expect(run).toHaveVisited('ProcessPayment', 'NotifyPaymentFailed');
    expect(notifyPaymentFailed).toHaveBeenCalledWith({ ...order, error: { Error: 'PaymentDeclined', Cause: 'no money' } });
  });

  test('any other error goes to the general handler, with the order', async () => {
    const { generalErrorHandler } = await pay(asWritten, fails('Lambda.TooManyRequestsException', 'Rate Exceeded'));
    expect(generalErrorHandler).toHaveBeenCalledWith(expect.objectContaining(order));
  });

  test('States.ALL catches no States.Runtime: such an execution fails past both', async () => {
    const reading = withEdits(asWritten, { '/States/ProcessPayment/InputPath': '$.card' });
    const { run, generalErrorHandler } = await pay(reading, { paymentId: 'pay-1' });
    expect(run).toFailWith('States.Runtime', /Invalid path '\$\.card'/);
    expect(generalErrorHandler).not.toHaveBeenCalled();
  });
});

describe('around the Catchers', () => {
  test('an execution whose handler ends well has SUCCEEDED: no alarm on ExecutionsFailed hears of it', async () => {
    const { run } = await pay(asWritten, fails('GatewayDown'));
    expect(run).toSucceedWith({ handled: true });
  });

  test('a timeout has no Cause: a handler that reads JSON in it, as functions write it, fails then', async () => {
    const reading = withEdits(asWritten, {
      '/States/ProcessPayment/TimeoutSeconds': 10,
      '/States/GeneralErrorHandler/Parameters': { 'reason.$': 'States.StringToJson($.error.Cause)' },
    });
    const { generalErrorHandler } = await pay(reading, fails('GatewayDown'));
    expect(generalErrorHandler).toHaveBeenCalledWith({ reason: expect.objectContaining({ errorType: 'GatewayDown' }) });
    const { run } = await pay(reading, neverAnswers());
    expect(run).toFailWith(expect.stringMatching(/^States\.(Runtime|IntrinsicFailure)$/), /'GeneralErrorHandler'/);
  });

  test('the default ResultPath, as the article says, loses the order', async () => {
    const withDefault = withEdits(asWritten, { '/States/ProcessPayment/Catch/0/ResultPath': '$' });
    const { notifyPaymentFailed } = await pay(withDefault, fails('PaymentDeclined', 'no money'));
    expect(notifyPaymentFailed).toHaveBeenCalledWith({ Error: 'PaymentDeclined', Cause: 'no money' });
  });
});
