import { tryFindHeight } from './admitted';
import { isExact } from './exact';
import { MAX_PROBLEMS, type JsonProblem } from './json-error';
import { MAX_DEPTH } from './limits';
import { isPlainObject } from './plain-object';
import { isWellFormed } from './well-formed';

/** Why JSON cannot carry a value: all the reasons, at most 20. Empty: it can. */
export const findJsonProblems = (value: unknown): readonly JsonProblem[] => {
  const walk: Walk = { problems: [], pointer: [], open: new Set() };
  inspect(value, walk);
  return walk.problems;
};

interface Walk {
  readonly problems: JsonProblem[];
  readonly pointer: (string | number)[];
  /** The objects between the root and here. */
  readonly open: Set<object>;
}

const inspect = (value: unknown, walk: Walk): void => {
  switch (typeof value) {
    case 'string':
      if (!isWellFormed(value)) refuse(walk, `found a string with a lone surrogate, which UTF-8 cannot carry`);
      return;
    case 'boolean':
      return;
    case 'number':
      return inspectNumber(value, walk);
    case 'object':
      if (value !== null) inspectContainer(value, walk);
      return;
    case 'undefined':
      return refuse(walk, 'found undefined; leave the field out or use null');
    case 'bigint':
      return refuse(walk, `found the BigInt ${value}n; pass it as a number or a string`);
    default:
      return refuse(walk, `found a ${typeof value}`);
  }
};

const inspectNumber = (value: number, walk: Walk): void => {
  if (!Number.isFinite(value)) return refuse(walk, `found ${value}, which JSON has no number for`);
  if (!isExact(value)) refuse(walk, `found the integer ${value}, which JavaScript may have rounded; pass it as a string`);
};

const inspectContainer = (value: object, walk: Walk): void => {
  const height = tryFindHeight(value);
  if (height !== undefined) {
    if (walk.open.size + height > MAX_DEPTH) refuse(walk, tooDeep);
    return;
  }
  if (walk.open.has(value)) return refuse(walk, 'found a cycle: this is an object that holds itself');
  if (walk.open.size === MAX_DEPTH) return refuse(walk, tooDeep);
  walk.open.add(value);
  if (Array.isArray(value)) inspectArray(value, walk);
  else inspectObject(value, walk);
  walk.open.delete(value);
};

const tooDeep = `found more than ${MAX_DEPTH} levels of arrays and objects`;

const inspectArray = (value: readonly unknown[], walk: Walk): void => {
  for (let index = 0; index < value.length && !isFull(walk); index++) inspectAt(index, value[index], walk);
};

const inspectObject = (value: object, walk: Walk): void => {
  if (!isPlainObject(value)) return refuse(walk, `found an instance of ${className(value)}; pass plain data`);
  for (const key of Object.keys(value)) {
    if (!isWellFormed(key)) refuse(walk, `found the key ${JSON.stringify(key)} with a lone surrogate, which UTF-8 cannot carry`);
    inspectAt(key, (value as Record<string, unknown>)[key], walk);
    if (isFull(walk)) return;
  }
};

const inspectAt = (key: string | number, value: unknown, walk: Walk): void => {
  walk.pointer.push(key);
  inspect(value, walk);
  walk.pointer.pop();
};

const refuse = (walk: Walk, message: string): void => {
  if (!isFull(walk)) walk.problems.push({ where: renderPointer(walk.pointer), message });
};

const isFull = (walk: Walk): boolean => walk.problems.length === MAX_PROBLEMS;

const renderPointer = (keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const className = (value: object): string => {
  const { constructor } = value as { constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'a class without a name';
};
