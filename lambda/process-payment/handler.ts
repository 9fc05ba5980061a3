import type { Handler } from 'aws-lambda';
import type { PaymentReceipt, ProcessPaymentEvent } from '../order';
import { sandboxPaymentGateway } from '../payment-gateway/sandbox-payment-gateway';
import { processPayment } from './process-payment';

/** ProcessPayment with the sandbox gateway: charges nobody. */
export const handler: Handler<ProcessPaymentEvent, PaymentReceipt> = async (event) =>
  processPayment(sandboxPaymentGateway, event);
