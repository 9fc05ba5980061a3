import type { Deliveries } from './deliveries';
import { isPermanent } from './refusal';
import type { Refusal } from './refusal';

/** How long EventBridge and its Scheduler try to deliver. */
export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html, https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

/** Why something was given up. */
export interface GivenUp {
  readonly refusal: Refusal;
  readonly retryAttempts: number;
  /** undefined: no retry would have helped. */
  readonly condition: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
}

/** One attempt. It tells, at once or later, how the target has refused; undefined: it has not. */
export type Attempt = (tell: (refusal: Refusal | undefined) => void, retryAttempts: number) => void;

/**
 * The assumption `target-backoff`: from one second, twice as long each time, up to eight minutes. So 185 retries take a little less than the
 * 24 hours that are the default.
 */
const backoffMs = (retryAttempts: number): number => Math.min(2 ** retryAttempts, 480) * 1000;

/** Delivers, and tries again as the policy says. @param giveUp hears of it in the end, if nothing has helped */
export function deliverUnder(
  policy: RetryPolicy,
  deliveries: Deliveries,
  attempt: Attempt,
  giveUp: (why: GivenUp) => void,
): void {
  const endMs = deliveries.epochMs + policy.maximumEventAgeSeconds * 1000;
  const next = (retryAttempts: number): void =>
    attempt((refusal) => {
      if (refusal === undefined) return;
      if (isPermanent(refusal)) giveUp({ refusal, retryAttempts, condition: undefined });
      else if (retryAttempts >= policy.maximumRetryAttempts)
        giveUp({ refusal, retryAttempts, condition: 'MaximumRetryAttempts' });
      else {
        const waitMs = backoffMs(retryAttempts);
        const leftMs = endMs - deliveries.epochMs;
        if (waitMs < leftMs) deliveries.after(waitMs, () => next(retryAttempts + 1));
        else deliveries.after(leftMs, () => giveUp({ refusal, retryAttempts, condition: 'MaximumEventAgeInSeconds' }));
      }
    }, retryAttempts);
  next(0);
}
