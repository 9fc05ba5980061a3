import { SimulatorError } from '../simulator/simulator-error';
import type { Deliveries } from './deliveries';
import { tryHandOver } from './refusal';
import type { Queues } from './sqs/queues';

/** What could not be delivered, on its way to a dead-letter queue. */
export interface DeadLetter {
  /** Who sends it, in words. */
  readonly what: string;
  readonly body: string;
  /** Message attributes, all of them texts. */
  readonly attributes: Readonly<Record<string, string>>;
  /** For a FIFO queue. */
  readonly messageGroupId?: string | undefined;
  readonly messageDeduplicationId?: string | undefined;
}

/** Sends to a dead-letter queue. @throws SimulatorError if the stack has no such queue, or if it refuses the message */
export function bury(queues: Queues, deliveries: Deliveries, queueArn: string, letter: DeadLetter): void {
  const { what, body, attributes, messageGroupId, messageDeduplicationId } = letter;
  const queue = queues.tryFind(queueArn);
  if (queue === undefined) {
    throw new SimulatorError(
      `${what} sends what it cannot deliver to ${queueArn}, which is no queue of the stack: simulate the stack that has it.`,
    );
  }
  const messageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
  const ids = queue.definition.isFifo ? { messageGroupId, messageDeduplicationId } : {};
  tryHandOver(what, queueArn, undefined, () => queue.send({ body, messageAttributes, ...ids }, deliveries));
}
