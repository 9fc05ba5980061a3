import { ApiFailure } from '../api';
import type { Caller } from '../api';
import type { Deliveries } from '../deliveries';
import { SimulatorError } from '../../simulator/simulator-error';
import { noResource } from '../no-resource';
import { EventSourceMapping } from './event-source-mapping';
import type { MappingDefinition } from './event-source-mapping';
import { Queue } from './queue';
import type { KeptMessage, QueueDefinition, QueueMessage } from './queue';

/** Whoever waits for messages of a queue. */
interface Waiter {
  readonly count: number;
  readonly visibilityTimeoutSeconds: number | undefined;
  readonly give: (messages: readonly KeptMessage[]) => void;
}

/** What listens to a queue. */
interface Listeners {
  readonly waiters: Set<Waiter>;
  readonly mappings: EventSourceMapping[];
  /** Moments at which the queue will be looked at again. */
  readonly armed: Set<number>;
}

/** The queues of a world, with whoever waits for their messages. */
export class Queues {
  private readonly queues: Queue[] = [];
  private readonly definitions: MappingDefinition[] = [];
  private readonly listeners = new Map<Queue, Listeners>();

  constructor(private readonly deliveries: Deliveries) {}

  add(queues: readonly QueueDefinition[], mappings: readonly MappingDefinition[]): void {
    this.definitions.push(...mappings);
    for (const definition of queues) {
      const queue = new Queue(
        definition,
        (message, epochMs) => this.bury(queue, message, epochMs),
        () => this.poke(queue),
      );
      this.queues.push(queue);
    }
  }

  /** What is in the queue of an ARN. */
  content(arn: string): readonly QueueMessage[] {
    return this.tryFind(arn)?.content(this.deliveries.epochMs) ?? [];
  }

  /** The queue of an ARN. */
  tryFind(arn: string): Queue | undefined {
    return this.queues.find(({ definition }) => definition.arn === arn);
  }

  /**
   * The queue of a URL; SQS looks at its path only.
   * @throws ApiFailure if there is none; SimulatorError if there is no queue at all to compare with
   */
  find(url: string | undefined, from: Caller): Queue {
    const name = url?.slice(url.lastIndexOf('/') + 1);
    const found = this.queues.find((queue) => queue.definition.name === name);
    if (found !== undefined) return found;
    if (this.queues.length === 0) throw noResource(from, 'queue', url);
    if (url === undefined) throw new ApiFailure('MissingParameter', 'The request must contain the parameter QueueUrl.');
    throw new ApiFailure('QueueDoesNotExist', 'The specified queue does not exist.');
  }

  /**
   * Waits for messages.
   * @param give is called once: with messages, or with none when the time is over
   * @returns ends the wait: who has gone away must not be given what another may receive
   */
  wait(
    queue: Queue,
    count: number,
    visibilityTimeoutSeconds: number | undefined,
    waitMs: number,
    give: Waiter['give'],
  ): () => void {
    const { waiters } = this.listenersOf(queue);
    const waiter: Waiter = { count, visibilityTimeoutSeconds, give };
    const giveUp = (): void => {
      if (waiters.delete(waiter)) give([]);
    };
    waiters.add(waiter);
    this.deliveries.after(waitMs, giveUp);
    this.poke(queue);
    return giveUp;
  }

  /** Gives what has come to whoever waits for it. */
  private poke(queue: Queue): void {
    const { waiters, mappings, armed } = this.listenersOf(queue);
    const { epochMs } = this.deliveries;
    for (const waiter of waiters) {
      if (!queue.hasVisible(epochMs)) break;
      waiters.delete(waiter);
      const messages = queue.receive(waiter.count, waiter.visibilityTimeoutSeconds, this.deliveries);
      // All that was there may have gone to the dead-letter queue.
      if (messages.length === 0) waiters.add(waiter);
      else waiter.give(messages);
    }
    for (const mapping of mappings) mapping.poke();
    if (waiters.size === 0 && mappings.length === 0) return;
    const nextMs = queue.nextVisibleMs(epochMs);
    if (nextMs === undefined || armed.has(nextMs)) return;
    armed.add(nextMs);
    this.deliveries.after(nextMs - epochMs, () => {
      armed.delete(nextMs);
      this.poke(queue);
    });
  }

  private listenersOf(queue: Queue): Listeners {
    let found = this.listeners.get(queue);
    if (found === undefined) {
      const { arn } = queue.definition;
      const mappings = this.definitions
        .filter(({ queueArn }) => queueArn === arn)
        .map((definition) => new EventSourceMapping(definition, queue, this.deliveries));
      this.listeners.set(queue, (found = { waiters: new Set(), mappings, armed: new Set() }));
    }
    return found;
  }

  private bury({ definition }: Queue, message: KeptMessage, epochMs: number): void {
    const target = definition.redrive?.deadLetterTargetArn ?? '';
    const deadLetters = this.tryFind(target);
    if (deadLetters === undefined) {
      throw new SimulatorError(
        `The queue ${definition.name} sends its dead letters to ${target}, which is no queue of the stack: simulate a stack that has it.`,
      );
    }
    deadLetters.takeDeadLetter(message, definition.arn, epochMs);
  }
}
