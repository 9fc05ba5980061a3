import type { Json } from '../../json/json';
import type { Deliveries } from '../deliveries';

/**
 * Invokes a function asynchronously, as topics, rules and schedules do.
 * @param what who invokes it, in words
 * @param from ARN of who invokes it
 */
export const invokeLater = (deliveries: Deliveries, what: string, from: string, functionName: string, event: Json): void =>
  deliveries.perform(
    what,
    () => ({
      resourceType: 'lambda',
      action: 'invoke',
      parameters: { FunctionName: functionName, Payload: event, InvocationType: 'Event' },
      from,
    }),
    () => undefined,
  );
