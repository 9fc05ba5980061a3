import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import type { AccountEntry, Entry } from '../services/states/saved-entries';
import { SimulatorError } from '../simulator/simulator-error';

/** First line of a state file. */
const HEADER = { kind: 'cdk-baton state', format: 1 } as const;

/** What a state file held: entries up to the last that were written whole, all those of one step. */
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
  if (!statSync(path).isFile()) throw new SimulatorError(`${path} is no file: give the name of a file that is not there yet.`);
  const entries: Entry[] = [];
  let last: AccountEntry | undefined;
  let count = 0;
  let number = 0;
  for (const line of linesOf(path)) {
    number++;
    const parsed = parseLine(line, `${path}:${number}`);
    if (number === 1) {
      checkHeader(parsed, path);
      continue;
    }
    const entry = parsed as Entry;
    entries.push(entry);
    // It ends every step: what follows the last one was being written when the server was killed.
    if (entry.kind !== 'account') continue;
    last = entry;
    count = entries.length;
  }
  // Somebody's text without a line feed.
  if (number === 0 && statSync(path).size > 0) checkHeader({}, path);
  return last === undefined ? undefined : { account: last, entries: entries.slice(0, count) };
}

function checkHeader({ kind, format }: Partial<typeof HEADER>, path: string): void {
  if (kind !== HEADER.kind || format !== HEADER.format)
    throw new SimulatorError(`${path} is no state file of this version: give the name of a file that is not there yet.`);
}

/** Bytes that are read or written at once: a file may be longer than any text can be. */
const PIECE_BYTES = 1 << 20;

const LINE_FEED = 0x0a;

/** The lines that a line feed ends. */
function* linesOf(path: string): Generator<string> {
  const file = openToRead(path);
  try {
    let begun: Buffer[] = [];
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      const length = readSync(file, piece);
      if (length === 0) return;
      let from = 0;
      for (let to = piece.indexOf(LINE_FEED); to !== -1 && to < length; to = piece.indexOf(LINE_FEED, from)) {
        yield Buffer.concat([...begun, piece.subarray(from, to)]).toString();
        begun = [];
        from = to + 1;
      }
      begun.push(piece.subarray(from, length));
    }
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw new SimulatorError(`${path} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
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
  let text = '';
  for (const line of lines) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < PIECE_BYTES) continue;
    writeText(file, text);
    text = '';
  }
  writeText(file, text);
}

function writeText(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
