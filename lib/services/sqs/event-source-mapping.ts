import { isArray, isObject } from '../../json/json';
import type { Json } from '../../json/json';
import { get } from '../../json/with-field';
import { ApiFailure } from '../api';
import type { Deliveries, Outcome } from '../deliveries';
import type { Pattern } from '../matching/pattern';
import { compileMessageFilter } from './message-filter';
import type { KeptMessage, Queue } from './queue';
import { sqsRecord } from './sqs-event';

/** What has a function invoked with a queue's messages: an `AWS::Lambda::EventSourceMapping`. */
export interface MappingDefinition {
  readonly queueArn: string;
  /** Name or ARN, qualified or not. */
  readonly functionName: string;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  /** How long it waits for a batch to become full. */
  readonly batchingWindowSeconds: number;
  /** Infinity: as many as there are batches. */
  readonly maximumConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
  /** A message has to be what one of them means; none: all go through. */
  readonly filterPatterns: readonly Json[];
}

/**
 * Invokes a function with what comes into a queue, and deletes what it has dealt with. The rest becomes visible again after the queue's
 * visibility timeout. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class EventSourceMapping {
  private open = 0;
  private isPolling = false;
  private isWaiting = false;
  private filter: Pattern | undefined;

  constructor(
    readonly definition: MappingDefinition,
    private readonly queue: Queue,
    private readonly deliveries: Deliveries,
  ) {}

  /** The queue has changed. */
  poke(): void {
    const { isEnabled, maximumConcurrency, batchingWindowSeconds, batchSize } = this.definition;
    const { epochMs } = this.deliveries;
    if (!isEnabled || this.isPolling || this.open >= maximumConcurrency || !this.queue.hasVisible(epochMs)) return;
    if (batchingWindowSeconds === 0 || this.queue.counts(epochMs).visible >= batchSize) this.poll();
    else if (!this.isWaiting) {
      this.isWaiting = true;
      this.deliveries.after(batchingWindowSeconds * 1000, () => {
        this.isWaiting = false;
        this.poll();
      });
    }
  }

  private poll(): void {
    const { deliveries, queue } = this;
    const { arn, name } = queue.definition;
    this.isPolling = true;
    let batch: readonly KeptMessage[] = [];
    deliveries.perform(
      `the queue ${name}`,
      () => {
        this.isPolling = false;
        batch = this.receive();
        if (batch.length === 0) return undefined;
        this.open++;
        const Payload = { Records: batch.map((message) => sqsRecord(message, arn)) };
        // There may be more for another invocation.
        this.poke();
        const parameters = { FunctionName: this.definition.functionName, Payload };
        return { resourceType: 'lambda', action: 'invoke', parameters, from: arn };
      },
      (outcome) => {
        this.open--;
        this.delete(this.dealtWith(batch, outcome));
        this.poke();
      },
    );
  }

  /** Messages that the filter does not let through are deleted. */
  private receive(): readonly KeptMessage[] {
    const { queue, deliveries, definition } = this;
    this.filter ??= compileMessageFilter(definition.filterPatterns, `the event source mapping of ${definition.functionName}`);
    const matches = this.filter;
    const received = queue.receive(definition.batchSize, undefined, deliveries);
    const batch = received.filter((message) => matches(sqsRecord(message, queue.definition.arn)));
    this.delete(received.filter((message) => !batch.includes(message)));
    return batch;
  }

  /** What a FIFO queue has made visible again cannot be deleted any more, and comes again. */
  private delete(messages: readonly KeptMessage[]): void {
    for (const { receiptHandle = '' } of messages) {
      try {
        this.queue.delete(receiptHandle, this.deliveries.epochMs);
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
      }
    }
  }

  private dealtWith(batch: readonly KeptMessage[], outcome: Outcome): readonly KeptMessage[] {
    if (outcome.kind === 'error') return [];
    if (!this.definition.reportsBatchItemFailures) return batch;
    const failed = failedItems(isObject(outcome.value) ? get(outcome.value, 'Payload') : undefined);
    // A failure that cannot be told fails all.
    if (failed === undefined || failed.some((id) => !batch.some(({ messageId }) => messageId === id))) return [];
    return batch.filter(({ messageId }) => !failed.includes(messageId));
  }
}

/**
 * The message ids that a function reports; undefined where the whole batch has failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
function failedItems(response: Json | undefined): readonly string[] | undefined {
  if (response === undefined || response === null || response === '') return [];
  if (!isObject(response)) return undefined;
  const failures = get(response, 'batchItemFailures') ?? null;
  if (failures === null) return [];
  if (!isArray(failures)) return undefined;
  const ids = failures.map((failure) => (isObject(failure) ? get(failure, 'itemIdentifier') : undefined));
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : undefined;
}
