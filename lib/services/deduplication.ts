/**
 * How long SQS and SNS remember a deduplication id.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html
 * https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html
 */
const INTERVAL_MS = 5 * 60 * 1000;

/** What was sent under which deduplication id, as long as a FIFO queue or topic remembers it. */
export class Deduplication<T> {
  /** In the order of sending, which is that of forgetting. */
  private readonly sent = new Map<string, { readonly value: T; readonly untilMs: number }>();

  /** What was sent under the key; undefined: nothing, or it is forgotten. */
  tryFind(key: string, epochMs: number): T | undefined {
    for (const [old, { untilMs }] of this.sent) {
      if (untilMs > epochMs) break;
      this.sent.delete(old);
    }
    return this.sent.get(key)?.value;
  }

  /** Remembers what `tryFind` has not found. */
  remember(key: string, value: T, epochMs: number): void {
    this.sent.set(key, { value, untilMs: epochMs + INTERVAL_MS });
  }
}
