import type { Json } from '../../json/json';
import type { RetryPolicy } from '../retry-policy';
import type { TargetInput } from './target-input';

/** A rule of an event bus. */
export interface RuleDefinition {
  readonly name: string;
  readonly arn: string;
  /** Name or ARN. */
  readonly bus: string;
  readonly isEnabled: boolean;
  /** undefined: it waits for no event. */
  readonly pattern: Json | undefined;
  /** `rate(…)` or `cron(…)`; undefined: it has none. */
  readonly schedule: string | undefined;
  readonly targets: readonly RuleTarget[];
}

/** Where a rule sends events. */
export interface RuleTarget extends TargetInput {
  readonly arn: string;
  /** For a FIFO queue. */
  readonly messageGroupId: string | undefined;
  /** ARN of the queue for what cannot be delivered. */
  readonly deadLetterArn: string | undefined;
  readonly retryPolicy: RetryPolicy;
}
