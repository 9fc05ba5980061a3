import { admit, tryFindHeight } from './admitted';
import { isExact } from './exact';
import { MAX_SCALAR_BYTES, MAX_UNIT_BYTES } from './fits';
import type { Json } from './json';
import { JsonError } from './json-error';
import { findJsonProblems } from './json-problems';
import { MAX_DEPTH } from './limits';
import { isPlainObject } from './plain-object';
import { isWellFormed } from './well-formed';
import { setField } from './with-field';

/**
 * The door for JavaScript values: checks that JSON can carry the value, and gives it back deeply frozen. The caller's own objects
 * are copied, never frozen; a large value that came through this door before is given back at once. `-0` becomes 0. As
 * JSON.stringify does, it leaves out what is not enumerable and keys that are symbols.
 * @param what the value's name in the error, such as `the execution's input`
 * @throws JsonError with all problems (at most 20): undefined, functions, symbols, BigInts, class instances such as Date, cycles,
 *   NaN and Infinity, integers that may have been rounded, lone surrogates, more than 1,000 levels
 */
export const toJson = (value: unknown, what: string): Json => admitValue(value, what, newWalk(), WORTH_REMEMBERING);

/** `toJson` for a value that will come through the door again: it is given back at once then, however small it is. @throws JsonError */
export const toLastingJson = (value: unknown, what: string): Json => admitValue(value, what, newWalk(), 1);

/** A JSON value. */
export interface MeasuredJson {
  readonly json: Json;
  /** Upper bound of its `sizeBytes`; Infinity: nothing is known. */
  readonly bound: number;
}

/** `toJson`, and a bound of the value's size: the one walk tells both. @throws JsonError */
export const toMeasuredJson = (value: unknown, what: string): MeasuredJson => {
  const walk = newWalk();
  const json = admitValue(value, what, walk, WORTH_REMEMBERING);
  return { json, bound: walk.bound };
};

/** @param worthRemembering from how many new arrays and objects on the value is remembered */
const admitValue = (value: unknown, what: string, walk: Walk, worthRemembering: number): Json => {
  const json = tryCopy(value, 0, walk);
  if (json === undefined) throw new JsonError(what, findJsonProblems(value));
  if (walk.containers >= worthRemembering && typeof json === 'object' && json !== null) admit(json, walk.height);
  return json;
};

/** Arrays and objects. Fewer are copied again in less time than it takes to remember them, and to forget them at the next garbage collection. */
const WORTH_REMEMBERING = 16;

interface Walk {
  /** Of the root, as far as it is known. */
  height: number;
  /** Arrays and objects copied so far. */
  containers: number;
  /** Upper bound of the size of all that was met so far. */
  bound: number;
}

const newWalk = (): Walk => ({ height: 0, containers: 0, bound: 0 });

/** Undefined: JSON cannot carry it. A cycle is found by its depth. */
const tryCopy = (value: unknown, depth: number, walk: Walk): Json | undefined => {
  switch (typeof value) {
    case 'string':
      walk.bound += 2 + MAX_UNIT_BYTES * value.length;
      return isWellFormed(value) ? value : undefined;
    case 'boolean':
      walk.bound += MAX_SCALAR_BYTES;
      return value;
    case 'number':
      walk.bound += MAX_SCALAR_BYTES;
      return isExact(value) ? (value === 0 ? 0 : value) : undefined;
    case 'object':
      if (value !== null) return tryCopyContainer(value, depth, walk);
      walk.bound += MAX_SCALAR_BYTES;
      return null;
    default:
      return undefined;
  }
};

const tryCopyContainer = (value: object, depth: number, walk: Walk): Json | undefined => {
  const known = tryFindHeight(value);
  const height = depth + (known ?? 1);
  if (height > MAX_DEPTH) return undefined;
  if (height > walk.height) walk.height = height;
  if (known !== undefined) {
    // It is large: how large it is, is remembered elsewhere.
    walk.bound = Infinity;
    return value as Json;
  }
  walk.containers++;
  walk.bound += 2;
  return Array.isArray(value) ? tryCopyArray(value, depth, walk) : tryCopyObject(value, depth, walk);
};

const tryCopyArray = (value: readonly unknown[], depth: number, walk: Walk): Json | undefined => {
  const items: Json[] = [];
  for (let index = 0; index < value.length; index++) {
    const item = tryCopy(value[index], depth + 1, walk);
    if (item === undefined) return undefined;
    items.push(item);
    walk.bound += 1;
  }
  return Object.freeze(items);
};

const tryCopyObject = (value: object, depth: number, walk: Walk): Json | undefined => {
  if (!isPlainObject(value)) return undefined;
  const fields: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const field = isWellFormed(key) ? tryCopy((value as Record<string, unknown>)[key], depth + 1, walk) : undefined;
    if (field === undefined) return undefined;
    setField(fields, key, field);
    walk.bound += 4 + MAX_UNIT_BYTES * key.length;
  }
  return Object.freeze(fields);
};
