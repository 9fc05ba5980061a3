import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { AccountEntry, Entry } from '../services/states/saved';
import { SimulatorError } from '../simulator/simulator-error';

/** First line of a state file. */
const HEADER = { kind: 'cdk-baton state', format: 1 } as const;

/** What a state file held: entries up to the last one that was written whole. */
export interface SavedState {
  readonly account: AccountEntry;
  readonly entries: readonly Entry[];
}

/**
 * Reads a state file; undefined if there is none, or nothing was saved in it.
 * @throws SimulatorError if it is something else
 */
export function readStateFile(path: string): SavedState | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  // What follows the last line feed was being written when the server was killed.
  const torn = lines.pop();
  if (lines.length === 0 && torn === '') return undefined;
  const [header, ...entries] = lines.map((line, index) => parseLine(line, `${path}:${index + 1}`)) as [
    typeof HEADER | undefined,
    ...Entry[],
  ];
  if (header?.kind !== HEADER.kind || header.format !== HEADER.format)
    throw new SimulatorError(`${path} is no state file of this version: give the name of a file that is not there yet.`);
  const account = entries.findLast((entry) => entry.kind === 'account');
  return account === undefined ? undefined : { account, entries };
}

function parseLine(line: string, place: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'kind' in value) return value;
  } catch {
    // Said below.
  }
  throw new SimulatorError(`${place} is no line of a state file: give the name of a file that is not there yet.`);
}

/** A state file that is being written. */
export interface StateFile {
  /** Adds entries. They outlive the process as soon as this returns. */
  append(entries: readonly Entry[]): void;
  close(): void;
}

/** Begins a state file anew: what was in it is replaced by these entries, in one step. @throws SimulatorError if it cannot be written */
export function writeStateFile(path: string, entries: readonly Entry[]): StateFile {
  const fresh = `${path}.new`;
  let file: number;
  try {
    file = openSync(fresh, 'w');
    writeLines(file, [HEADER, ...entries]);
    renameSync(fresh, path);
  } catch (error) {
    throw new SimulatorError(`${path} cannot be written: ${(error as Error).message}.`, { cause: error });
  }
  return {
    append: (more) => writeLines(file, more),
    close: () => closeSync(file),
  };
}

function writeLines(file: number, lines: readonly object[]): void {
  if (lines.length === 0) return;
  const bytes = Buffer.from(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
