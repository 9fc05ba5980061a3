import type { JsonataGate } from '../../vendor/jsonata';
import type { RandomSource } from '../scope';
import { JsonataError, STACK_OVERFLOW } from './jsonata-error';
import { MAX_DEPTH } from './limits';

/** What stands around one evaluation. */
export interface Surroundings {
  readonly random: RandomSource;
  readonly epochMs: number;
}

/** The one gate of the one twin. Evaluations are synchronous and never nest, so what is counted lives here. */
export const gate: JsonataGate & { open(surroundings: Surroundings): void } = {
  open(surroundings) {
    around = surroundings;
    depth = 0;
  },
  now: () => new Date(around.epochMs),
  random: () => around.random.next(),
  parseTimestamp: (text) => Date.parse(text),
  enter() {
    if (++depth > MAX_DEPTH) throw new JsonataError(undefined, `${STACK_OVERFLOW} Depth=${depth} max=${MAX_DEPTH}`);
  },
  leave() {
    depth--;
  },
};

let around: Surroundings = { random: { next: () => 0, uuid: () => '' }, epochMs: 0 };
let depth = 0;
