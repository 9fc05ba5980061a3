import type { Handler } from 'aws-lambda';
import type { RefundPaymentEvent, RefundReceipt } from '../order';
import { sandboxPaymentGateway } from '../payment-gateway/sandbox-payment-gateway';
import { refundPayment } from './refund-payment';

/** RefundPayment with the sandbox gateway: gives back what nobody was charged. */
export const handler: Handler<RefundPaymentEvent, RefundReceipt> = async (event) => refundPayment(sandboxPaymentGateway, event);
