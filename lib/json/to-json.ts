import { admit, tryFindHeight } from './admitted';
import { isArray, isObject, type Json, type JsonObject } from './json';
import { JsonError, MAX_PROBLEMS, type JsonProblem } from './json-error';
import { MAX_DEPTH } from './limits';
import { isWellFormed } from './well-formed';

/**
 * The door for JavaScript values: checks that JSON can carry the value, and gives it back deeply frozen. The caller's own objects
 * are copied, never frozen; a value that came through this door before is given back at once. `-0` becomes 0.
 * @param what the value's name in the error, such as `the execution's input`
 * @throws JsonError with all problems (at most 20): undefined, functions, symbols, BigInts, class instances such as Date, cycles,
 *   NaN and Infinity, integers that may have been rounded, lone surrogates, more than 1,000 levels
 */
export const toJson = (value: unknown, what: string): Json => {
  const problems: JsonProblem[] = [];
  const walk: Walk = { problems, pointer: [], open: new Set() };
  const json = copy(value, walk);
  if (problems.length > 0) throw new JsonError(what, problems);
  return json;
};

interface Walk {
  readonly problems: JsonProblem[];
  readonly pointer: (string | number)[];
  /** The objects between the root and here. */
  readonly open: Set<object>;
}

const copy = (value: unknown, walk: Walk): Json => {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value) ? value : refuse(walk, `found a string with a lone surrogate, which UTF-8 cannot carry`);
    case 'boolean':
      return value;
    case 'number':
      return number(value, walk);
    case 'object':
      return value === null ? null : container(value, walk);
    case 'undefined':
      return refuse(walk, 'found undefined; leave the field out or use null');
    case 'bigint':
      return refuse(walk, `found the BigInt ${value}n; pass it as a number or a string`);
    default:
      return refuse(walk, `found a ${typeof value}`);
  }
};

const number = (value: number, walk: Walk): Json => {
  if (!Number.isFinite(value)) return refuse(walk, `found ${value}, which JSON has no number for`);
  // Below 1e21 JavaScript prints every digit, also those that it made up.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21)
    return refuse(walk, `found the integer ${value}, which JavaScript may have rounded; pass it as a string`);
  return value === 0 ? 0 : value;
};

const container = (value: object, walk: Walk): Json => {
  const height = tryFindHeight(value);
  if (height !== undefined) {
    if (walk.open.size + height > MAX_DEPTH) return refuse(walk, tooDeep);
    return value as Json;
  }
  if (walk.open.has(value)) return refuse(walk, 'found a cycle: this is an object that holds itself');
  if (walk.open.size === MAX_DEPTH) return refuse(walk, tooDeep);
  walk.open.add(value);
  const json = Array.isArray(value) ? array(value, walk) : object(value, walk);
  walk.open.delete(value);
  return json;
};

const tooDeep = `found more than ${MAX_DEPTH} levels of arrays and objects`;

const array = (value: readonly unknown[], walk: Walk): Json => {
  const items: Json[] = [];
  let height = 0;
  for (let index = 0; index < value.length; index++) {
    const item = at(index, value[index], walk);
    items.push(item);
    height = Math.max(height, heightOf(item));
    if (isFull(walk)) break;
  }
  return admit(items, height + 1);
};

const object = (value: object, walk: Walk): Json => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && !isObjectPrototype(prototype))
    return refuse(walk, `found an instance of ${className(value)}; pass plain data`);
  if (Object.getOwnPropertySymbols(value).length > 0) return refuse(walk, 'found an object with a symbol as key');
  const fields: Record<string, Json> = {};
  let height = 0;
  for (const key of Object.keys(value)) {
    if (!isWellFormed(key)) refuse(walk, `found the key ${JSON.stringify(key)} with a lone surrogate, which UTF-8 cannot carry`);
    const field = at(key, (value as JsonObject)[key], walk);
    if (key === '__proto__')
      Object.defineProperty(fields, key, { value: field, enumerable: true, writable: true, configurable: true });
    else fields[key] = field;
    height = Math.max(height, heightOf(field));
    if (isFull(walk)) break;
  }
  return admit(fields, height + 1);
};

const at = (key: string | number, value: unknown, walk: Walk): Json => {
  walk.pointer.push(key);
  const json = copy(value, walk);
  walk.pointer.pop();
  return json;
};

const heightOf = (json: Json): number => (isObject(json) || isArray(json) ? (tryFindHeight(json) ?? 0) : 0);

const refuse = (walk: Walk, message: string): null => {
  if (!isFull(walk)) walk.problems.push({ where: renderPointer(walk.pointer), message });
  return null;
};

const isFull = (walk: Walk): boolean => walk.problems.length === MAX_PROBLEMS;

const renderPointer = (keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** True for the Object.prototype of any realm: a Jest test and a handler run in realms of their own. */
const isObjectPrototype = (prototype: unknown): boolean =>
  typeof prototype === 'object' &&
  prototype !== null &&
  Object.getPrototypeOf(prototype) === null &&
  Object.hasOwn(prototype, 'hasOwnProperty');

const className = (value: object): string => {
  const { constructor } = value as { constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'a class without a name';
};
