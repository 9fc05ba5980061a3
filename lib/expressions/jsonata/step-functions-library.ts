import { createHash } from 'node:crypto';
import type { Json } from '../../json/json';
import { JsonError } from '../../json/json-error';
import { parseJson } from '../../json/parse-json';
import type { JsonataDefinition } from '../../vendor/jsonata';
import type { RandomSource } from '../scope';
import { gate } from './gate';
import { javaRandomDouble } from './java-random-double';
import { JsonataError, memoryLimitExceeded } from './jsonata-error';
import { MAX_RANGE_ITEMS } from './limits';

/**
 * The functions that Step Functions adds to JSONata, by name without the `$`. What they answer and how they fail was measured on AWS:
 * https://github.com/floci-io/floci/pull/2676. Numbers that must be whole lose their fraction, towards zero; what is undefined makes the
 * answer undefined, but for the first two arguments of `$range` and the text of `$hash`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const stepFunctionsLibrary = (random: RandomSource): ReadonlyMap<string, JsonataDefinition> =>
  new Map([
    ['parse', define(['string?'], parse)],
    ['partition', define(['any?', 'number?'], partition)],
    ['range', define(['number', 'number', 'number?'], range)],
    ['hash', define(['string', 'string?'], hash)],
    ['random', define(['number?'], (seed: number | undefined) => (seed === undefined ? random.next() : javaRandomDouble(seed)))],
    ['uuid', define([], () => random.uuid())],
  ]);

/** The names in it. */
export const LIBRARY_NAMES: ReadonlySet<string> = new Set(['parse', 'partition', 'range', 'hash', 'random', 'uuid']);

type Type = 'string' | 'number' | 'string?' | 'number?' | 'any?';

/** The twin calls `validate` and then the function with what it answers. A question mark allows undefined. */
const define = (types: readonly Type[], implementation: (...values: never[]) => unknown): JsonataDefinition => ({
  _jsonata_function: true,
  implementation,
  signature: {
    validate(values) {
      types.forEach((type, index) => {
        if (!fits(values[index], type)) throw mismatch(index);
      });
      if (values.length > types.length) throw mismatch(types.length);
      return values;
    },
  },
});

const fits = (value: unknown, type: Type): boolean => {
  if (type === 'any?' || (value === undefined && type.endsWith('?'))) return true;
  return type.startsWith(typeof value);
};

/** The twin adds the function's name and makes the message. */
const mismatch = (index: number): JsonataError => Object.assign(new JsonataError('T0410', ''), { index: index + 1 });

const invalid = (message: string): JsonataError => new JsonataError('D3137', message);

const parse = (text: string | undefined): Json | undefined => {
  if (text === undefined) return undefined;
  gate.spend(text.length / 32);
  try {
    return parseJson(text, 'the text that $parse reads');
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    // JSON that AWS reads and a double cannot hold is named, not rounded.
    throw error.message.includes('a double would change') ? new JsonataError(undefined, error.message) : invalid('Invalid JSON');
  }
};

const partition = (array: unknown, size: number | undefined): unknown => {
  if (array === undefined) return undefined;
  if (!Array.isArray(array)) throw Object.assign(new JsonataError('T0412', ''), { index: 1 });
  const items = array as unknown[];
  if (items.length === 0) return undefined;
  if (size === undefined) return [items];
  const length = Math.trunc(size);
  if (length < 0) throw invalid('Second argument must be zero or greater');
  if (length === 0 || Number.isNaN(length)) return undefined;
  const parts: unknown[] = [];
  for (let from = 0; from < items.length; from += length) parts.push(items.slice(from, from + length));
  return parts;
};

const range = (first: number, last: number, delta: number | undefined): unknown => {
  if (delta === undefined) return undefined;
  const [from, to, step] = [Math.trunc(first), Math.trunc(last), Math.trunc(delta)];
  const count = Math.floor((to - from) / step) + 1;
  if (step === 0 || Number.isNaN(count) || count < 1) return undefined;
  if (count > MAX_RANGE_ITEMS) throw memoryLimitExceeded();
  gate.spend(count / 32);
  return count === 1 ? from : Array.from({ length: count }, (_, index) => from + index * step);
};

/** AWS's order in the message. */
const ALGORITHMS = ['SHA-1', 'SHA-384', 'SHA-256', 'SHA-512', 'MD5'];

const hash = (text: string, algorithm: string | undefined): string | undefined => {
  if (algorithm === undefined) return undefined;
  if (!ALGORITHMS.includes(algorithm)) throw invalid(`Hash algorithm '${algorithm}' must be one of ${ALGORITHMS.join(', ')}`);
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text, 'utf8').digest('hex');
};
