import { findMachine, findTable } from '../cloud/find-in-cloud';
import type { JsonObject } from '../json/json';
import type { Email } from '../services/ses/email';
import type { SimulatedRun } from '../testing/begin';
import { simulate } from '../testing/simulate';
import { cloudOf } from '../testing/target';
import { createTestWorld } from '../testing/test-world';
import type { Example, ExampleInput } from './read-example';

/** A run of one input, in a world of its own. */
export interface InputRun {
  readonly run: SimulatedRun;
  readonly outbox: readonly Email[];
  readonly tables: readonly TableChange[];
}

/** The items of a table when the execution started and when it had ended. */
export interface TableChange {
  /** Construct path. */
  readonly table: string;
  /** Names of the key attributes. */
  readonly keys: readonly string[];
  readonly before: readonly JsonObject[];
  readonly after: readonly JsonObject[];
}

/**
 * Runs an input of an example in the state machine of a cloud assembly, with the handlers and tables of the assembly.
 *
 * @param assembly directory of the assembly
 * @throws SimulatorError if the assembly lacks what the example names, or the simulation cannot go on
 */
export async function runInput(assembly: string, example: Example, input: ExampleInput): Promise<InputRun> {
  const cloud = cloudOf({ assembly });
  const target = { assembly, machine: findMachine(cloud, example.machine).arn };
  const world = createTestWorld(target, { rejectedAddresses: example.rejectedAddresses });
  const seeds = Object.entries(example.tables);
  for (const [table, items] of seeds) await world.seedTable(table, items);
  const run = await simulate(target, { world, inputText: input.text });
  const tables = seeds.map(async ([table, before]) => ({
    table,
    keys: findTable(cloud, table).keySchema.map(({ AttributeName }) => AttributeName),
    before,
    after: await world.items(table),
  }));
  return { run, outbox: world.outbox, tables: await Promise.all(tables) };
}
