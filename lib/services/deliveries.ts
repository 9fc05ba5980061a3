import type { Json } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import { StatesError } from '../simulator/states-error';
import { randomFromSeed, type SeededRandom } from '../simulator/random';
import type { Perform } from '../simulator/task-call';
import type { World } from '../simulator/world';

/** What a service needs of its world to do things beside the calls that it answers: what it delivers, and what it does later. */
export interface Deliveries {
  /** Virtual time, milliseconds since 1970. */
  readonly epochMs: number;
  readonly region: string;
  /** A UUID from the world's seed. */
  uuid(): string;
  /** Calls the action when that much virtual time has passed, if something still runs then. */
  after(durationMs: number, action: () => void): void;
  /** The same for what nobody has asked for: see `World.meanwhile`. */
  meanwhile(durationMs: number, action: () => void): void;
  /**
   * Performs a call as a Task would make it, a fake's answer included; time waits for it.
   * @param what who calls, in words: `the queue "orders"`
   * @param call asked for when whoever runs now has to wait; undefined: there is nothing to call any more
   * @param land hears what it has come to. Deliveries land in the order in which they began
   */
  perform(what: string, call: () => Delivery | undefined, land: (outcome: Outcome) => void): void;
}

/** A call that a service makes. */
export interface Delivery {
  readonly resourceType: string;
  readonly action: string;
  readonly parameters: Json;
  /** ARN of the resource that calls. */
  readonly from: string;
}

/** What a delivery has come to: an answer, or an error that AWS would have given. */
export type Outcome = { readonly kind: 'answer'; readonly value: Json } | { readonly kind: 'error'; readonly error: StatesError };

/** The deliveries of a world, which may be made later than its services. */
export function createDeliveries(worldOf: () => World, perform: Perform): Deliveries {
  let random: SeededRandom | undefined;
  const uuid = (): string => (random ??= randomFromSeed(`${worldOf().seed}/deliveries`)).uuid();
  return {
    get epochMs() {
      return worldOf().epochMs;
    },
    get region() {
      return worldOf().region;
    },
    uuid,
    after: (durationMs, action) => worldOf().after(durationMs, action),
    meanwhile: (durationMs, action) => worldOf().meanwhile(durationMs, action),
    perform(what, callOf, land) {
      const world = worldOf();
      let isCalled = false;
      world.errand(
        what,
        (park) => {
          const call = callOf();
          if (call === undefined) return { value: null, durationMs: 0 };
          isCalled = true;
          const { resourceType, action, parameters, from } = call;
          return perform({
            resource: `arn:aws:states:::${resourceType}:${action}`,
            resourceType,
            action,
            parameters,
            state: what,
            executionArn: from,
            attempt: 0,
            epochMs: world.epochMs,
            region: world.region,
            submitted: undefined,
            token: undefined,
            uuid,
            park,
          });
        },
        (landing) => {
          if (landing.kind === 'value') {
            if (isCalled) land({ kind: 'answer', value: landing.value as Json });
            return;
          }
          const error = landing.kind === 'error' ? landing.error : new SimulatorError(`${what} waits for an answer in vain.`);
          if (!(error instanceof StatesError)) throw error;
          land({ kind: 'error', error });
        },
      );
    },
  };
}

/** Of a service that is not called, but asked what it can do. */
export const nowhere: Deliveries = {
  epochMs: 0,
  region: '',
  uuid: () => '',
  after: () => undefined,
  meanwhile: () => undefined,
  perform: () => undefined,
};
