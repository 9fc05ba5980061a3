import { freezeMade } from '../../json/freeze-made';
import type { Json, JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { SimulatorError } from '../../simulator/simulator-error';
import { bury } from '../dead-letters';
import type { Pattern } from '../matching/pattern';
import { deliverUnder } from '../retry-policy';
import type { GivenUp } from '../retry-policy';
import { isSimulated, ship } from '../targets';
import type { Destinations } from '../targets';
import type { BusEvent } from './event';
import { compileEventPattern } from './event-pattern';
import type { RuleDefinition, RuleTarget } from './rule';
import { deadLetterAttributes } from './rule-dead-letters';
import { armRule } from './rule-schedules';
import { targetText } from './target-input';

/** A bus as the simulator knows it. Every account has one named `default`. */
export interface BusDefinition {
  readonly name: string;
  readonly arn: string;
}

interface Rule {
  readonly definition: RuleDefinition;
  matches?: Pattern;
}

/** How an event has come to where it is. */
interface Way {
  /**
   * No test has asked for the event: the simulator tells it, or its time has come. Rules that cannot be read, and targets that are not
   * simulated, do not get it, in place of stopping the run.
   */
  readonly isUnasked: boolean;
  /** Another bus has sent it. */
  readonly isForwarded: boolean;
}

/** What EventBridge says of an event that comes from another bus and should go on to a third. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html */
const THIRD_BUS: GivenUp = {
  refusal: {
    code: 'THIRD_ACCOUNT_HOP_DETECTED',
    message: "EventBridge can't route events received from a sender event bus to a third event bus.",
  },
  retryAttempts: 0,
  condition: undefined,
};

/** How many events of a bus are kept for whoever looks. */
const MAX_KEPT = 10_000;

/** The event buses of a world, with their rules. */
export class Buses {
  private readonly buses: BusDefinition[] = [];
  private readonly rules: Rule[] = [];
  private readonly unread: (() => RuleDefinition)[] = [];
  private readonly received = new Map<string, BusEvent[]>();

  constructor(private readonly destinations: Destinations) {}

  /** @param rules each is asked for when an event comes, or time passes */
  add(buses: readonly BusDefinition[], rules: readonly (() => RuleDefinition)[]): void {
    const { deliveries } = this.destinations;
    this.buses.push(...buses);
    this.unread.push(...rules);
    if (rules.length > 0) deliveries.meanwhile(0, () => this.readRules(true));
  }

  /**
   * The name of a bus that there is.
   * @throws SimulatorError if there is none of that name: what AWS does then is not documented, and it would be a test's mistake
   */
  check(nameOrArn: string, who: string): string {
    const name = busName(nameOrArn);
    if (name === 'default' || this.buses.some((bus) => bus.name === name)) return name;
    const known = ['default', ...this.buses.map((bus) => bus.name)].join(', ');
    throw new SimulatorError(
      `${who} puts an event on the bus ${nameOrArn}, which is not in the stack (there are: ${known}). Simulate the stack that has it, or add a fake: service('events:putEvents', …).`,
    );
  }

  /** What has come to a bus so far, the latest. */
  events(name: string): readonly BusEvent[] {
    return this.received.get(name) ?? [];
  }

  /** Takes an event; the bus's rules send it on. @param isUnasked see `Way` */
  take(name: string, event: BusEvent, isUnasked = false): void {
    this.receive(name, event, { isUnasked, isForwarded: false });
  }

  private receive(name: string, event: BusEvent, way: Way): void {
    freezeMade(event as unknown as Json);
    const events = this.received.get(name) ?? [];
    if (events.length === 0) this.received.set(name, events);
    events.push(event);
    if (events.length > MAX_KEPT) events.shift();
    this.readRules(way.isUnasked);
    for (const rule of this.rules) {
      const { definition } = rule;
      const { bus, isEnabled, pattern } = definition;
      if (pattern === undefined || busName(bus) !== name || !isEnabled) continue;
      rule.matches ??= compileEventPattern(pattern, `the rule ${definition.name}`);
      if (rule.matches(event as unknown as JsonObject)) this.send(definition, event, way);
    }
  }

  /** Rules that cannot be read are asked for again. @throws SimulatorError of the first one, unless nobody has asked */
  private readRules(isUnasked: boolean): void {
    const { deliveries } = this.destinations;
    let refusal: SimulatorError | undefined;
    for (const read of this.unread.splice(0)) {
      let definition: RuleDefinition;
      try {
        definition = read();
      } catch (error) {
        if (!(error instanceof SimulatorError)) throw error;
        this.unread.push(read);
        refusal ??= error;
        continue;
      }
      this.rules.push({ definition });
      armRule(deliveries, definition, deliveries.epochMs, (event) =>
        this.send(definition, event, { isUnasked: true, isForwarded: false }),
      );
    }
    if (refusal !== undefined && !isUnasked) throw refusal;
  }

  private send(rule: RuleDefinition, event: BusEvent, way: Way): void {
    for (const target of rule.targets) if (!way.isUnasked || isSimulated(target.arn)) this.deliver(rule, target, event, way);
  }

  private deliver(rule: RuleDefinition, target: RuleTarget, event: BusEvent, way: Way): void {
    const { destinations } = this;
    const { deliveries, queues } = destinations;
    const what = `the rule ${rule.name}`;
    const { arn, messageGroupId, deadLetterArn } = target;
    const giveUp = (why: GivenUp): void => {
      if (deadLetterArn === undefined) return;
      const attributes = deadLetterAttributes(rule.arn, arn, why);
      bury(queues, deliveries, deadLetterArn, { what, body: renderJson(event as unknown as JsonObject), attributes });
    };
    if (arn.includes(':event-bus/')) {
      const name = this.check(arn, what);
      if (way.isForwarded) giveUp(THIRD_BUS);
      else this.receive(name, event, { ...way, isForwarded: true });
      return;
    }
    const text = targetText(target, event, rule, deliveries.epochMs);
    const shipment = { what, from: rule.arn, target: arn, text, messageGroupId, deadLetterArn };
    deliverUnder(target.retryPolicy, deliveries, (tell) => ship(destinations, shipment, tell), giveUp);
  }
}

/** Of a name, or of an ARN. */
export const busName = (nameOrArn: string): string => nameOrArn.split('event-bus/').at(-1) as string;
