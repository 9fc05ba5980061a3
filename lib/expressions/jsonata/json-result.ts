import { admit, tryFindHeight } from '../../json/admitted';
import type { Json } from '../../json/json';
import { MAX_DEPTH } from '../../json/limits';
import { isWellFormed } from '../../json/well-formed';
import { JsonataError } from './jsonata-error';

/**
 * The JSON of what an evaluation gave: frozen, with what came from the input shared. As AWS writes it, numbers that JSON has no literal
 * for become strings (`[1/0]` is `["Infinity"]`); an undefined field is left out and an undefined item is null, as in JSON.stringify.
 * @throws JsonataError for a function, or for more than 1,000 levels
 */
export const toJsonResult = (value: unknown): Json => copy(value, 0);

/** Java writes one as a question mark. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

const copy = (value: unknown, depth: number): Json => {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : String(value);
    case 'string':
      return isWellFormed(value) ? value : value.replaceAll(LONE_SURROGATE, '?');
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : container(value, depth);
    case 'undefined':
      return null;
    default:
      throw new JsonataError(undefined, 'The result holds a function');
  }
};

const container = (value: object, depth: number): Json => {
  if (tryFindHeight(value) !== undefined) return value as Json;
  if (depth === MAX_DEPTH)
    throw new JsonataError(undefined, `The result has more than ${MAX_DEPTH} levels of arrays and objects`);
  return Array.isArray(value) ? array(value, depth) : object(value, depth);
};

const array = (value: readonly unknown[], depth: number): Json => {
  const items: Json[] = [];
  let height = 0;
  for (const item of value) {
    const json = copy(item, depth + 1);
    items.push(json);
    height = Math.max(height, heightOf(json));
  }
  return admit(items, height + 1);
};

const object = (value: object, depth: number): Json => {
  if ('_jsonata_lambda' in value || '_jsonata_function' in value)
    throw new JsonataError(undefined, 'The result holds a function');
  const fields: Record<string, Json> = {};
  let height = 0;
  for (const [key, field] of Object.entries(value) as [string, unknown][]) {
    if (field === undefined) continue;
    const json = copy(field, depth + 1);
    if (key === '__proto__')
      Object.defineProperty(fields, key, { value: json, enumerable: true, writable: true, configurable: true });
    else fields[key] = json;
    height = Math.max(height, heightOf(json));
  }
  return admit(fields, height + 1);
};

const heightOf = (json: Json): number => (typeof json === 'object' && json !== null ? (tryFindHeight(json) ?? 0) : 0);
