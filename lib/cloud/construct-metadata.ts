import { resolve } from 'node:path';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { SimulatorError } from '../simulator/simulator-error';
import type { SourceEntry } from './stack';

/** Type of the node metadata in which our constructs record where the source of a function is. */
export const ENTRY_METADATA_TYPE = 'cdk-baton:entry';

/** What an assembly tells of one L1 construct. */
export interface ConstructMetadata {
  /** Construct path without the leading slash. */
  readonly path: string;
  readonly logicalId: string;
  readonly entry?: SourceEntry;
}

/**
 * The metadata of a stack's constructs: older versions of the CDK write it into the manifest, newer ones into a file beside it.
 * @param directory absolute path of the assembly, to which entries are relative
 * @throws SimulatorError if a recorded entry is not `{ entry, handler }`
 */
export function readMetadata(directory: string, ...sources: readonly Json[]): ConstructMetadata[] {
  return sources.flatMap((source) =>
    Object.entries(isObject(source) ? source : {}).flatMap(([path, records]): ConstructMetadata[] => {
      const all = isArray(records) ? records.filter(isObject) : [];
      const logicalId = dataOf(all, 'aws:cdk:logicalId');
      if (typeof logicalId !== 'string') return [];
      const entry = dataOf(all, ENTRY_METADATA_TYPE);
      const plain = path.replace(/^\//, '');
      return [{ path: plain, logicalId, ...(entry === undefined ? {} : { entry: parseEntry(entry, plain, directory) }) }];
    }),
  );
}

/** Whether a construct path is that of the ancestor or of something inside it. */
export const under = (ancestor: string, path: string): boolean => path === ancestor || path.startsWith(`${ancestor}/`);

const dataOf = (records: readonly JsonObject[], type: string): Json | undefined =>
  records.find((record) => record.type === type)?.data;

function parseEntry(data: Json, path: string, directory: string): SourceEntry {
  const { entry, handler } = isObject(data) ? data : {};
  if (typeof entry === 'string' && typeof handler === 'string') return { entry: resolve(directory, entry), handler };
  throw new SimulatorError(
    `The metadata "${ENTRY_METADATA_TYPE}" of ${path} must be { entry, handler }, both texts; found ${JSON.stringify(data)}.`,
  );
}
