import type { Json } from '../../json/json';
import type { Deliveries } from '../deliveries';
import { refusalOfError } from '../refusal';
import type { Refusal } from '../refusal';

/** An event for a function, from a topic, a rule, a schedule, another function's destination. */
export interface FunctionDelivery {
  /** Who invokes it, in words. */
  readonly what: string;
  /** ARN of who invokes it. */
  readonly from: string;
  readonly functionName: string;
  readonly event: Json;
}

/**
 * Invokes a function asynchronously, as other services do.
 * @param tell hears whether Lambda has taken the event; how the function fares with it is Lambda's matter
 */
export const deliverToFunction = (
  deliveries: Deliveries,
  { what, from, functionName, event }: FunctionDelivery,
  tell: (refusal: Refusal | undefined) => void,
): void =>
  deliveries.perform(
    what,
    () => ({
      resourceType: 'lambda',
      action: 'invoke',
      parameters: { FunctionName: functionName, Payload: event, InvocationType: 'Event' },
      from,
    }),
    (outcome) => tell(outcome.kind === 'error' ? refusalOfError(outcome.error) : undefined),
  );
