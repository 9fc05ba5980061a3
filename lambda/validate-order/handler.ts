import type { Handler } from 'aws-lambda';
import type { Order } from '../order';
import { validateOrder } from './validate-order';

/** Is sent the input of the execution, whatever it is; answers the order or throws ValidationError. */
export const handler: Handler<unknown, Order> = async (event) => validateOrder(event);
