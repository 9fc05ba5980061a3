import { renderTimeline } from '../report/timeline';
import type { SimulatedRun } from './begin';
import { renderEnding } from './matchers/matcher';

/** A snapshot serializer, as Jest and Vitest take it. */
export interface SnapshotSerializer {
  test(value: unknown): boolean;
  /** @param indentation of the lines after the first, where the value stands inside another */
  serialize(value: unknown, config?: unknown, indentation?: string): string;
}

/**
 * Snapshots that change when the workflow does, and not otherwise: definitions as JSON with sorted-out noise, runs as their
 * timeline and result. Account, region, asset hashes and UUIDs are replaced.
 */
export const serializer: SnapshotSerializer = {
  test: (value) => isDefinition(value) || isRun(value),
  serialize: (value, _config, indentation = '') =>
    withoutNoise(isRun(value) ? renderRun(value) : JSON.stringify(value, undefined, 2)).replaceAll('\n', `\n${indentation}`),
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isDefinition = (value: unknown): boolean => isObject(value) && 'StartAt' in value && 'States' in value;

const isRun = (value: unknown): value is SimulatedRun =>
  isObject(value) && 'executionArn' in value && 'events' in value && 'status' in value && 'definition' in value;

function renderRun(run: SimulatedRun): string {
  const end = run.status === 'SUCCEEDED' ? `SUCCEEDED\n${JSON.stringify(run.output, undefined, 2)}` : renderEnding(run);
  return `${renderTimeline(run.events)}\n${end}`;
}

/** What differs between accounts, regions, machines and builds. */
export const withoutNoise = (text: string): string =>
  NOISE.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);

const NOISE: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{64}\b/g, '<asset>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uuid>'],
  [/\b(arn:aws[a-z-]*:[a-z0-9-]*):[a-z0-9-]+:\d{12}:/g, '$1:<region>:<account>:'],
  [/\b(arn:aws[a-z-]*:[a-z0-9-]*)::\d{12}:/g, '$1::<account>:'],
  [/\b(cdk-[a-z0-9]+-assets)-\d{12}-[a-z0-9-]+/g, '$1-<account>-<region>'],
  [/https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com\/\d{12}\//g, 'https://sqs.<region>.amazonaws.com/<account>/'],
];
