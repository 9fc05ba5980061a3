import type { Json } from '../../json/json';
import { MAX_DEPTH } from '../../json/limits';
import { isWellFormed } from '../../json/well-formed';
import { JsonataError, memoryLimitExceeded } from './jsonata-error';
import { MAX_CHARACTERS } from './limits';

/**
 * The JSON of what an evaluation gave: frozen, with what came from the input, and is frozen already, shared. As AWS writes it, numbers
 * that JSON has no literal for become strings (`[1/0]` is `["Infinity"]`); an undefined field is left out and an undefined item is null,
 * as in JSON.stringify.
 * @throws JsonataError for a function, for more than 1,000 levels, or for more than AWS's memory holds
 */
export const toJsonResult = (value: unknown): Json => copy(value, undefined, 0);

/** What was copied, as AWS counts it: a character is one byte, a number eight. An evaluation may give one object a million times over. */
interface Copied {
  heldBytes: number;
}

/** An array or object of its own. */
const BYTES_PER_CONTAINER = 24;

const hold = (copied: Copied, bytes: number): void => {
  copied.heldBytes += bytes;
  if (copied.heldBytes > MAX_CHARACTERS) throw memoryLimitExceeded();
};

/** Java writes one as a question mark. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

const copy = (value: unknown, copied: Copied | undefined, depth: number): Json => {
  if (copied !== undefined) hold(copied, typeof value === 'string' ? value.length : 8);
  switch (typeof value) {
    case 'string':
      return isWellFormed(value) ? value : value.replaceAll(LONE_SURROGATE, '?');
    case 'number':
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : String(value);
    case 'boolean':
      return value;
    case 'undefined':
      return null;
    case 'object':
      if (value === null || Object.isFrozen(value)) return value as Json;
      return copyContainer(value, copied ?? { heldBytes: 0 }, depth);
    default:
      throw functionFound();
  }
};

const copyContainer = (value: object, copied: Copied, depth: number): Json => {
  if (depth === MAX_DEPTH)
    throw new JsonataError(undefined, `The result has more than ${MAX_DEPTH} levels of arrays and objects`);
  hold(copied, BYTES_PER_CONTAINER);
  return Object.freeze(Array.isArray(value) ? copyArray(value, copied, depth) : copyObject(value, copied, depth));
};

const copyArray = (value: readonly unknown[], copied: Copied, depth: number): Json[] => {
  const items: Json[] = [];
  for (const item of value) items.push(copy(item, copied, depth + 1));
  return items;
};

const copyObject = (value: object, copied: Copied, depth: number): Record<string, Json> => {
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) throw functionFound();
  const fields: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[key];
    if (field === undefined) continue;
    hold(copied, key.length);
    const json = copy(field, copied, depth + 1);
    if (key === '__proto__')
      Object.defineProperty(fields, key, { value: json, enumerable: true, writable: true, configurable: true });
    else fields[key] = json;
  }
  return fields;
};

const functionFound = (): JsonataError => new JsonataError(undefined, 'The result holds a function');
