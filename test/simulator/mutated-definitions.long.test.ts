import * as fc from 'fast-check';
import { DefinitionError } from '../../lib/asl/problem';
import type { Json } from '../../lib/json/json';
import type { Machine } from '../../lib/simulator/execution';
import { SimulatorError } from '../../lib/simulator/simulator-error';
import { createWorld } from '../../lib/simulator/world';
import { mutatedDefinition } from './mutated-definition';
import { RANDOM_INPUT, randomBehaviour } from './random-definition';
import { machineOf } from './run-definition';

// The same ones each time, so that a change is to blame for what fails. A million others, about an hour, by hand:
// MUTATIONS=1000000 npm run test:long -- test/simulator/mutated
const MUTATIONS = process.env['MUTATIONS'];
const RUNS = Number(MUTATIONS ?? 20_000);

const input = fc.oneof(fc.constant<Json>(RANDOM_INPUT), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>);
const answer = fc.option(fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>, { nil: undefined });

/** How it ended; throws what nobody should ever see. */
async function outcomeOf(definition: Json, given: Json, salt: number, value: Json | undefined): Promise<string> {
  let machine: Machine;
  try {
    machine = machineOf(definition);
  } catch (error) {
    if (error instanceof DefinitionError && error.problems.length > 0) return 'refused';
    if (error instanceof SimulatorError) return 'unsupported';
    throw error;
  }
  const behaviour = randomBehaviour(salt);
  const world = createWorld({
    perform: (call) =>
      value !== undefined && call.token === undefined ? { value, durationMs: 0 } : behaviour(call, () => undefined),
  });
  try {
    const { status, events } = await world.startExecution(machine, given, 'run').run();
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    return status;
  } catch (error) {
    if (error instanceof SimulatorError) return 'impossible';
    throw error;
  }
}

test(
  'mutated definitions, with any input and any answers, are refused or run to an end',
  async () => {
    const outcomes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(mutatedDefinition, input, fc.nat(1000), answer, async (definition, given, salt, value) => {
        const before = JSON.stringify(definition);
        const outcome = await outcomeOf(definition, given, salt, value);
        expect(JSON.stringify(definition)).toBe(before);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: RUNS, ...(MUTATIONS === undefined ? { seed: 3 } : {}) },
    );
    // The property means something only if many are refused and many run, to either end.
    for (const outcome of ['refused', 'SUCCEEDED', 'FAILED']) expect(outcomes.get(outcome)).toBeGreaterThan(RUNS / 50);
  },
  RUNS * 30,
);
