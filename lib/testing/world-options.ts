import type { WorldOptions } from '../simulator/world';
import { SimulatorError } from '../simulator/simulator-error';
import type { BucketContents } from './buckets';
import { type OptionNames, refuseAll } from './check-options';
import type { Fake } from './fakes/fake';
import type { NamedDefinition } from './fill-account';

/** What a test world is made of. */
export interface TestWorldOptions extends Pick<WorldOptions, 'seed' | 'startTime' | 'region' | 'stallSeconds'> {
  /** What resources answer. The later one wins. @default - what the stack has runs for real */
  readonly fakes?: readonly Fake[];
  /** State machines that may be started by name or ARN, besides those of the stack. @default - none */
  readonly stateMachines?: readonly NamedDefinition[];
  /**
   * How many of the Express executions that StartExecution starts run twice, from 0 to 1, chosen by the seed: AWS runs them at least once, so what
   * they do must bear it. @default 0
   */
  readonly expressDuplicates?: number;
  /** Addresses that SES rejects, of senders or recipients. @default - none */
  readonly rejectedAddresses?: readonly string[];
  /** What buckets hold from the beginning, and buckets that no template makes. @default - the stack's buckets, empty */
  readonly buckets?: readonly BucketContents[];
}

/** The options of a test world. */
export const WORLD_OPTIONS: OptionNames<TestWorldOptions> = {
  seed: true,
  startTime: true,
  region: true,
  stallSeconds: true,
  fakes: true,
  stateMachines: true,
  expressDuplicates: true,
  rejectedAddresses: true,
  buckets: true,
};

/** @throws SimulatorError if a value of an option is none that it can have */
export function checkWorldOptions({ fakes = [], expressDuplicates = 0 }: TestWorldOptions): void {
  refuseAll(shareProblems('expressDuplicates', expressDuplicates));
  checkFakes(fakes);
}

const shareProblems = (name: string, share: unknown): readonly string[] =>
  typeof share === 'number' && share >= 0 && share <= 1
    ? []
    : [`The option ${name} is a number from 0 to 1; found ${String(share)}.`];

function checkFakes(fakes: unknown): void {
  if (!Array.isArray(fakes)) throw new SimulatorError('The option fakes is an array: fakes: [lambda(…), service(…)].');
  refuseAll(
    fakes.flatMap((fake: unknown, index) =>
      typeof (fake as Fake | null | undefined)?.open === 'function'
        ? []
        : [`fakes[${index}] is no fake. Make one with lambda(…), service(…) or activity(…).`],
    ),
  );
}
