import type { Json, JsonObject } from '../json/json';
import { parseJson } from '../json/parse-json';
import { SimulatorError } from '../simulator/simulator-error';
import type { Deliveries } from './deliveries';
import { deliverToFunction } from './lambda/deliver-to-function';
import { refusalOfError, tryHandOver } from './refusal';
import type { Refusal } from './refusal';
import type { Topics } from './sns/topics';
import type { Queues } from './sqs/queues';

/** Something that a rule, a schedule or a function sends to a target. */
export interface Shipment {
  /** Who sends it, in words: `the rule "Paid"`. */
  readonly what: string;
  /** ARN of who sends it. */
  readonly from: string;
  /** ARN of the target. */
  readonly target: string;
  /** JSON, or for queues and topics any text. */
  readonly text: string;
  /** For queues and topics, as their APIs have them. @default - none */
  readonly messageAttributes?: JsonObject;
  /** For a FIFO queue or topic. */
  readonly messageGroupId: string | undefined;
  /** ARN of the queue for what is refused. */
  readonly deadLetterArn: string | undefined;
}

/** Where a world's rules, schedules and functions may send to. */
export interface Destinations {
  readonly deliveries: Deliveries;
  readonly queues: Queues;
  readonly topics: Topics;
}

/**
 * Sends to a queue, a topic, a function or a state machine. Event buses are the matter of EventBridge itself.
 * @param tell hears, at once or later, how the target has refused; undefined: it has not
 * @throws SimulatorError for a target that is not simulated, or not in the stack, or that refuses what has nowhere else to go
 */
export function ship(destinations: Destinations, shipment: Shipment, tell: (refusal: Refusal | undefined) => void): void {
  const { deliveries, queues, topics } = destinations;
  const { what, from, target, text, messageAttributes = {}, messageGroupId, deadLetterArn } = shipment;
  const [, , service = '', , , resource = ''] = target.split(':');
  if (service === 'lambda') deliverToFunction(deliveries, { what, from, functionName: target, event: parsed(shipment) }, tell);
  else if (service === 'sqs') {
    const queue = queues.tryFind(target);
    if (queue === undefined) throw notInStack(what, target, 'queue');
    // Only a queue with deduplication by content takes what comes without an id.
    const draft = { body: text, messageAttributes, messageGroupId };
    tell(tryHandOver(what, target, deadLetterArn, () => queue.send(draft, deliveries)));
  } else if (service === 'sns') {
    if (!topics.has(target)) throw notInStack(what, target, 'topic');
    const draft = { message: text, messageAttributes, messageGroupId };
    tell(tryHandOver(what, target, deadLetterArn, () => topics.publish(target, draft, deliveries)));
  } else if (service === 'states' && resource === 'stateMachine') {
    perform(deliveries, shipment, 'states', 'startExecution', { StateMachineArn: target, Input: text }, tell);
  } else
    throw new SimulatorError(
      `${what} sends to ${target}, a target that is not simulated: queues, topics, functions, state machines and event buses are.`,
    );
}

/** There is a service here that the target belongs to. */
export const isSimulated = (target: string): boolean =>
  /^arn:[^:]+:(?:lambda|sqs|sns|states:[^:]*:[^:]*:stateMachine):|:event-bus\//.test(target);

/** Performs a call as a Task would make it. */
export function perform(
  deliveries: Deliveries,
  { what, from }: Pick<Shipment, 'what' | 'from'>,
  resourceType: string,
  action: string,
  parameters: JsonObject,
  tell: (refusal: Refusal | undefined) => void,
): void {
  deliveries.perform(
    what,
    () => ({ resourceType, action, parameters, from }),
    (outcome) => tell(outcome.kind === 'error' ? refusalOfError(outcome.error) : undefined),
  );
}

/** The text as JSON. */
export const parsed = ({ text, what, target }: Pick<Shipment, 'text' | 'what' | 'target'>): Json =>
  parseJson(text, `what ${what} sends to ${target}`);

const notInStack = (what: string, target: string, kind: string): SimulatorError =>
  new SimulatorError(`${what} sends to the ${kind} ${target}, which is not in the stack: simulate the stack that has it.`);
