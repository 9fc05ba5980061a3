import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SimulatorError } from '../../simulator/simulator-error';
import { compareKeys, type ListedObject, type ObjectSource } from './object-source';

/**
 * The files of a directory as the objects of a bucket: `orders/2025.csv` in it has the key `orders/2025.csv`.
 * @throws SimulatorError if there is no such directory
 */
export function directory(path: string): ObjectSource {
  const root = resolve(path);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SimulatorError(`directory('${path}'): there is no directory ${root}. Paths are relative to the working directory.`);
  }
  return {
    list: (prefix, after) => filesIn(root, '', prefix, after),
    get: (key) => {
      const file = join(root, ...key.split('/'));
      // A key is no path: `../secret` and `a//b` name nothing here.
      const inside = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
      return inside && statSync(file, { throwIfNoEntry: false })?.isFile() === true ? createReadStream(file) : undefined;
    },
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
    } else if (key.startsWith(prefix) && compareKeys(key, after) > 0) {
      yield { key, size: statSync(join(root, key)).size };
    }
  }
}
