import type { Json, JsonObject } from '../json/json';
import { parseJson } from '../json/parse-json';
import { SimulatorError } from '../simulator/simulator-error';
import { delivering } from './delivering';
import type { Deliveries } from './deliveries';
import { invokeLater } from './lambda/invoke-later';
import type { Topics } from './sns/topics';
import type { Queues } from './sqs/queues';

/** Something that a rule or a schedule sends to a target. */
export interface Shipment {
  /** Who sends it, in words: `the rule "Paid"`. */
  readonly what: string;
  /** ARN of who sends it. */
  readonly from: string;
  /** ARN of the target. */
  readonly target: string;
  /** JSON, or for queues and topics any text. */
  readonly text: string;
  /** For a FIFO queue or topic. */
  readonly messageGroupId: string | undefined;
}

/** Where a world's rules and schedules may send to. */
export interface Destinations {
  readonly deliveries: Deliveries;
  readonly queues: Queues;
  readonly topics: Topics;
}

/**
 * Sends to a queue, a topic, a function or a state machine. Event buses are the matter of EventBridge itself.
 * @throws SimulatorError for a target that is not simulated, or not in the stack
 */
export function ship({ deliveries, queues, topics }: Destinations, shipment: Shipment): void {
  const { what, from, target, text, messageGroupId } = shipment;
  const [, , service = '', , , resource = ''] = target.split(':');
  if (service === 'lambda') invokeLater(deliveries, what, from, target, parsed(shipment));
  else if (service === 'sqs') {
    const queue = queues.tryFind(target);
    if (queue === undefined) throw notInStack(what, target, 'queue');
    // Only a queue with deduplication by content takes what comes without an id.
    delivering(what, target, () => queue.send({ body: text, messageGroupId }, deliveries));
  } else if (service === 'sns') {
    if (!topics.has(target)) throw notInStack(what, target, 'topic');
    delivering(what, target, () => topics.publish(target, { message: text, messageGroupId }, deliveries));
  } else if (service === 'states' && resource === 'stateMachine') {
    perform(deliveries, shipment, 'states', 'startExecution', { StateMachineArn: target, Input: text });
  } else
    throw new SimulatorError(
      `${what} sends to ${target}, a target that is not simulated: queues, topics, functions, state machines and event buses are.`,
    );
}

/** There is a service here that the target belongs to. */
export const isSimulated = (target: string): boolean =>
  /^arn:[^:]+:(?:lambda|sqs|sns|states:[^:]*:[^:]*:stateMachine):/.test(target);

/** Performs a call as a Task would make it. Its errors are lost, as a target's are without a dead-letter queue. */
export function perform(
  deliveries: Deliveries,
  { what, from }: Pick<Shipment, 'what' | 'from'>,
  resourceType: string,
  action: string,
  parameters: JsonObject,
): void {
  deliveries.perform(
    what,
    () => ({ resourceType, action, parameters, from }),
    () => undefined,
  );
}

/** The text as JSON. */
export const parsed = ({ text, what, target }: Pick<Shipment, 'text' | 'what' | 'target'>): Json =>
  parseJson(text, `what ${what} sends to ${target}`);

const notInStack = (what: string, target: string, kind: string): SimulatorError =>
  new SimulatorError(`${what} sends to the ${kind} ${target}, which is not in the stack: simulate the stack that has it.`);
