import { appendFileSync, createReadStream, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { ObjectWriter } from '../../simulator/map-run/object-store';
import { SimulatorError } from '../../simulator/simulator-error';
import { compareKeys, type ListedObject, type ObjectSource } from './object-source';

/** What `directory` may do. */
export interface DirectoryOptions {
  /**
   * What the ResultWriter of a Distributed Map writes becomes files in the directory: for results that are too large for memory, or that one
   * wants to look at. They stay there. What tasks and tests put is kept in memory all the same. @default false
   */
  readonly writable?: boolean;
}

/**
 * The files of a directory as the objects of a bucket: `orders/2025.csv` in it has the key `orders/2025.csv`.
 * @throws SimulatorError if there is no such directory
 */
export function directory(path: string, { writable = false }: DirectoryOptions = {}): ObjectSource {
  const root = resolve(path);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SimulatorError(`directory('${path}'): there is no directory ${root}. Paths are relative to the working directory.`);
  }
  const source: ObjectSource = {
    list: (prefix, after) => filesIn(root, '', prefix, after),
    get: (key) => {
      const file = tryFileOf(root, key);
      return file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile() === true
        ? createReadStream(file)
        : undefined;
    },
  };
  return writable ? { ...source, put: (key) => writerOf(root, key) } : source;
}

/** A key is no path: `../secret` and `a//b` name nothing here. Nor does what has not been written to its end. */
function tryFileOf(root: string, key: string): string | undefined {
  const file = join(root, ...key.split('/'));
  const isInside = file.startsWith(`${root}${root.endsWith(sep) ? '' : sep}`);
  const isName = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return isInside && isName && !file.endsWith(UNFINISHED) ? file : undefined;
}

/** Ends the name of a file that is being written. */
const UNFINISHED = '.unfinished-object';

/** No file is open between two pieces: a run that is given up leaves none behind. */
function writerOf(root: string, key: string): ObjectWriter {
  const file = tryFileOf(root, key);
  if (file === undefined) {
    throw new SimulatorError(
      `A Distributed Map writes the object ${JSON.stringify(key)}, and no file of the directory ${root} can have that name: each part of a key ` +
        `between slashes is a name, and neither empty nor "." nor "..". Change the Prefix of its ResultWriter, or keep this bucket in memory.`,
    );
  }
  const unfinished = `${file}${UNFINISHED}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(unfinished, '');
  return {
    write: (piece) => appendFileSync(unfinished, piece),
    end: () => renameSync(unfinished, file),
  };
}

/** Files below a directory, in the order of their keys; directories that hold none of the wanted keys are not opened. */
function* filesIn(root: string, folder: string, prefix: string, after: string): Generator<ListedObject> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).map((entry) => ({
    key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
    isDirectory: entry.isDirectory(),
  }));
  for (const { key, isDirectory } of entries.sort((a, b) => compareKeys(a.key, b.key))) {
    if (isDirectory) {
      const mayHold = key.startsWith(prefix) || prefix.startsWith(key);
      if (mayHold && (after.startsWith(key) || compareKeys(key, after) > 0)) yield* filesIn(root, key, prefix, after);
    } else if (key.startsWith(prefix) && compareKeys(key, after) > 0 && !key.endsWith(UNFINISHED)) {
      yield { key, size: statSync(join(root, key)).size };
    }
  }
}
