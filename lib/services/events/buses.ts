import { freezeMade } from '../../json/freeze-made';
import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Pattern } from '../matching/pattern';
import { isSimulated, ship } from '../targets';
import type { Destinations } from '../targets';
import type { BusEvent } from './event';
import { compileEventPattern } from './event-pattern';
import { targetText } from './target-input';
import type { TargetInput } from './target-input';

/** A bus as the simulator knows it. Every account has one named `default`. */
export interface BusDefinition {
  readonly name: string;
  readonly arn: string;
}

/** A rule that waits for events. */
export interface RuleDefinition {
  readonly name: string;
  readonly arn: string;
  /** Name or ARN. */
  readonly bus: string;
  readonly isEnabled: boolean;
  readonly pattern: Json;
  readonly targets: readonly RuleTarget[];
}

/** Where a rule sends events. */
export interface RuleTarget extends TargetInput {
  readonly arn: string;
  /** For a FIFO queue. */
  readonly messageGroupId: string | undefined;
}

interface Rule {
  readonly definition: RuleDefinition;
  matches?: Pattern;
}

/** An event goes from bus to bus no further than this: a rule may send to the bus that it listens to. */
const MAX_HOPS = 10;

/** How many events of a bus are kept for whoever looks. */
const MAX_KEPT = 10_000;

/** The event buses of a world, with their rules. */
export class Buses {
  private readonly buses: BusDefinition[] = [];
  private readonly rules: Rule[] = [];
  private unread: (() => RuleDefinition | undefined)[] = [];
  private readonly received = new Map<string, BusEvent[]>();

  constructor(private readonly destinations: Destinations) {}

  /** @param rules each is asked for when an event comes; undefined: it waits for none */
  add(buses: readonly BusDefinition[], rules: readonly (() => RuleDefinition | undefined)[]): void {
    this.buses.push(...buses);
    this.unread.push(...rules);
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

  /**
   * Takes an event; the bus's rules send it on.
   * @param isOwn the simulator has made it, and no test has asked for it: rules that cannot be read, and targets that are not simulated, do
   * not get it, in place of stopping the run
   */
  take(name: string, event: BusEvent, isOwn = false, hops = 0): void {
    freezeMade(event as unknown as Json);
    const events = this.received.get(name) ?? [];
    if (events.length === 0) this.received.set(name, events);
    events.push(event);
    if (events.length > MAX_KEPT) events.shift();
    this.readRules(isOwn);
    for (const rule of this.rules) {
      const { definition } = rule;
      if (busName(definition.bus) !== name || !definition.isEnabled) continue;
      rule.matches ??= compileEventPattern(definition.pattern, `the rule ${definition.name}`);
      if (rule.matches(event as unknown as JsonObject)) this.send(definition, event, isOwn, hops);
    }
  }

  private readRules(isOwn: boolean): void {
    this.unread = this.unread.filter((read) => {
      try {
        const definition = read();
        if (definition !== undefined) this.rules.push({ definition });
        return false;
      } catch (error) {
        if (isOwn && error instanceof SimulatorError) return true;
        throw error;
      }
    });
  }

  private send(rule: RuleDefinition, event: BusEvent, isOwn: boolean, hops: number): void {
    const what = `the rule ${rule.name}`;
    for (const target of rule.targets) {
      if (/:event-bus\//.test(target.arn)) {
        if (hops === MAX_HOPS)
          throw new SimulatorError(`${what} sends an event from bus to bus without end. Narrow its pattern.`);
        this.take(this.check(target.arn, what), event, isOwn, hops + 1);
        continue;
      }
      if (isOwn && !isSimulated(target.arn)) continue;
      const text = targetText(target, event, rule, this.destinations.deliveries.epochMs);
      ship(this.destinations, { what, from: rule.arn, target: target.arn, text, messageGroupId: target.messageGroupId });
    }
  }
}

/** Of a name, or of an ARN. */
export const busName = (nameOrArn: string): string => nameOrArn.split('event-bus/').at(-1) as string;
