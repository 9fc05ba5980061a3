import type { Json } from '../../json/json';
import type { Deliveries } from '../deliveries';

/** How long Lambda waits before each further try. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export const RETRY_AFTER_MS = [60_000, 120_000];

/**
 * Invokes a function asynchronously, as topics, rules and schedules do: an invocation that fails is tried again twice, and then given up.
 * @param what who invokes it, in words
 * @param from ARN of who invokes it
 */
export function invokeLater(deliveries: Deliveries, what: string, from: string, functionName: string, event: Json): void {
  const attempt = (tries: number): void =>
    deliveries.perform(
      what,
      () => ({ resourceType: 'lambda', action: 'invoke', parameters: { FunctionName: functionName, Payload: event }, from }),
      ({ kind }) => {
        const delayMs = RETRY_AFTER_MS[tries];
        if (kind === 'error' && delayMs !== undefined) deliveries.after(delayMs, () => attempt(tries + 1));
      },
    );
  attempt(0);
}
