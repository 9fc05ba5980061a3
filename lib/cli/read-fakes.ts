import { extname } from 'node:path';
import type { Fake } from '../testing/fakes/fake';
import { fakesFromJson } from './fakes-from-json';
import { requireJsonFile } from './json-file';
import { loadModule } from './load-module';
import { readTextFile } from './read-text-file';
import { UsageError } from './usage-error';

/**
 * The fakes in a file: JSON or YAML as `fakesFromJson` has it, or a module that exports an array of fakes, as default or as `fakes`.
 * @throws UsageError if it holds none, or they are not right
 */
export async function readFakes(path: string): Promise<readonly Fake[]> {
  const extension = extname(path).toLowerCase();
  if (['.json', '.yaml', '.yml'].includes(extension)) return fakesFromJson(requireJsonFile(path, 'the fakes'), path);
  if (!/^\.[cm]?[jt]s$/.test(extension)) {
    throw new UsageError(`${path}: fakes are in a .json or .yaml file, or in a module: .js, .mjs, .cjs, .ts, .mts or .cts.`);
  }
  readTextFile(path, 'the fakes');
  const fakes = exportedFakes(await loadModule(path));
  if (!Array.isArray(fakes)) {
    throw new UsageError(
      `${path} exports no fakes. Export an array: export default [lambda('charge-card', …), service('sqs:sendMessage', …)];`,
    );
  }
  const strange = fakes.findIndex((fake) => !isFake(fake));
  if (strange !== -1)
    throw new UsageError(`${path}: number ${strange + 1} of its fakes is none. Make them with lambda(…) and service(…).`);
  return fakes as readonly Fake[];
}

/** ES modules that were turned into CommonJS have their default export one deeper. */
function exportedFakes(exports: unknown): unknown {
  let found = exports;
  for (let depth = 0; depth < 2 && typeof found === 'object' && found !== null && !Array.isArray(found); depth++) {
    const { default: inner, fakes } = found as { readonly default?: unknown; readonly fakes?: unknown };
    if (fakes !== undefined) return fakes;
    found = inner;
  }
  return found;
}

/** A fake is a function: matchers of mocks want one. */
const isFake = (value: unknown): value is Fake =>
  typeof value === 'function' && 'open' in value && typeof value.open === 'function' && 'label' in value;
