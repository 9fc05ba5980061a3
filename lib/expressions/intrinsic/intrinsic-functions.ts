import { createHash } from 'node:crypto';
import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../../json/json';
import { renderJacksonFault, tryFindJacksonFault } from '../../json/jackson/jackson-fault';
import { REDACTED } from '../../json/jackson/source';
import { JsonError } from '../../json/json-error';
import { parseJson } from '../../json/parse-json';
import { renderJson } from '../../json/render-json';
import { EvaluationError } from '../evaluation-error';
import type { RandomSource } from '../scope';
import { compileFormat, format } from './format';
import { distinctInHashOrder } from './java-hash-order';
import { javaRandomInt } from './java-random';

/** One intrinsic function. */
export interface IntrinsicFunction {
  /** Fewest and most arguments. Another number fails when it is evaluated, as on AWS. */
  readonly arity: readonly [number, number];
  /** undefined: the arguments are not what the function takes. @throws EvaluationError with more detail than that */
  run(args: readonly Json[], random: RandomSource): Json | undefined;
  /** The same with the first argument known beforehand, where that saves work; `args` are the others. */
  compile?(first: Json): ((args: readonly Json[]) => Json | undefined) | undefined;
}

/** Longest text for Base64 and Hash, in characters. */
const MAX_CHARACTERS = 10_000;
/** Longest array that States.ArrayRange makes. */
const MAX_RANGE = 1_000;

/**
 * All intrinsic functions. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 * What the page leaves open is as measured by https://github.com/gabrielmoreira/tiny-asl-machine (its AWS snapshots): sizes, indexes and
 * bounds are truncated, only MathAdd rounds; all failures are States.Runtime.
 */
export const intrinsicFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Format': {
    arity: [1, Infinity],
    run: ([template, ...args]) => (typeof template === 'string' ? format(template, args) : undefined),
    compile: (template) => (typeof template === 'string' ? compileFormat(template) : undefined),
  },
  'States.StringToJson': { arity: [1, 1], run: ([text]) => (typeof text === 'string' ? stringToJson(text) : undefined) },
  'States.JsonToString': { arity: [1, 1], run: ([value]) => renderJson(value as Json) },
  'States.Array': { arity: [0, Infinity], run: (args) => args },
  'States.ArrayPartition': {
    arity: [2, 2],
    run: ([array, size]) => (isArray(array) && isNumber(size) ? partition(array, size) : undefined),
  },
  'States.ArrayContains': {
    arity: [2, 2],
    run: ([array, value]) => (isArray(array) ? contains(array, value as Json) : undefined),
  },
  'States.ArrayRange': {
    arity: [3, 3],
    run: ([first, last, step]) => (isNumber(first) && isNumber(last) && isNumber(step) ? range(first, last, step) : undefined),
  },
  'States.ArrayGetItem': {
    arity: [2, 2],
    run: ([array, index]) => (isArray(array) && isNumber(index) ? getItem(array, index) : undefined),
  },
  'States.ArrayLength': { arity: [1, 1], run: ([array]) => (isArray(array) ? array.length : undefined) },
  'States.ArrayUnique': { arity: [1, 1], run: ([array]) => (isArray(array) ? distinctInHashOrder(array) : undefined) },
  'States.Base64Encode': { arity: [1, 1], run: ([text]) => (isShort(text) ? Buffer.from(text).toString('base64') : undefined) },
  'States.Base64Decode': { arity: [1, 1], run: ([text]) => (isShort(text) ? Buffer.from(text, 'base64').toString() : undefined) },
  'States.Hash': { arity: [2, 2], run: ([data, algorithm]) => hash(data as Json, algorithm) },
  'States.JsonMerge': {
    arity: [3, 3],
    run: ([left, right, deep]) => (isObject(left) && isObject(right) && deep !== true ? merge(left, right) : undefined),
  },
  'States.MathRandom': { arity: [2, 3], run: ([start, end, seed], random) => mathRandom(start, end, seed, random) },
  'States.MathAdd': { arity: [2, 2], run: ([left, right]) => (isNumber(left) && isNumber(right) ? add(left, right) : undefined) },
  'States.StringSplit': {
    arity: [2, 2],
    run: ([text, separators]) =>
      typeof text === 'string' && typeof separators === 'string' ? splitAny(text, separators) : undefined,
  },
  // Whatever is in the brackets counts for nothing (measured: github.com/gabrielmoreira/tiny-asl-machine).
  'States.UUID': { arity: [0, Infinity], run: (_, random) => random.uuid() },
};

const isNumber = (value: Json | undefined): value is number => typeof value === 'number';

const isShort = (value: Json | undefined): value is string => typeof value === 'string' && value.length <= MAX_CHARACTERS;

const isInt32 = (value: number): boolean => value === (value | 0);

/** Jackson reads an empty text as null. */
const stringToJson = (text: string): Json => {
  if (text.trim() === '') return null;
  try {
    return parseJson(text, 'The argument of States.StringToJson');
  } catch (error) {
    const fault = error instanceof JsonError ? tryFindJacksonFault(text, REDACTED) : undefined;
    if (fault === undefined) throw error; // Jackson would read it, and we could not keep its value
    throw new EvaluationError(
      'States.Runtime',
      `Cannot convert String to Json in States.StringToJson, caused by: ${renderJacksonFault(fault)}`,
    );
  }
};

const partition = (array: JsonArray, size: number): Json | undefined => {
  const length = Math.trunc(size);
  if (length < 1) return undefined;
  return Array.from({ length: Math.ceil(array.length / length) }, (_, chunk) =>
    array.slice(chunk * length, (chunk + 1) * length),
  );
};

/** AWS compares texts: the string `'1'` is in `[1]`, and an object is found only with its keys in the same order. */
const contains = (array: JsonArray, value: Json): boolean => {
  const wanted = asText(value);
  return array.some((item) => isScalar(item) === isScalar(value) && asText(item) === wanted);
};

const isScalar = (value: Json): boolean => !isArray(value) && !isObject(value);

const asText = (value: Json): string => (typeof value === 'string' ? value : renderJson(value));

const range = (first: number, last: number, step: number): Json | undefined => {
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  return by === 0 || length > MAX_RANGE ? undefined : Array.from({ length }, (_, index) => from + index * by);
};

/** An empty array answers null to any index. */
const getItem = (array: JsonArray, index: number): Json | undefined => (array.length === 0 ? null : array[Math.trunc(index)]);

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const hash = (data: Json, algorithm: Json | undefined): Json | undefined => {
  const text = typeof data === 'string' ? data : renderJson(data);
  if (typeof algorithm !== 'string' || !Object.hasOwn(ALGORITHMS, algorithm) || !isShort(text)) return undefined;
  return createHash(ALGORITHMS[algorithm] as string)
    .update(text)
    .digest('hex');
};

const merge = (left: JsonObject, right: JsonObject): JsonObject => ({ ...left, ...right });

const mathRandom = (
  start: Json | undefined,
  end: Json | undefined,
  seed: Json | undefined,
  random: RandomSource,
): Json | undefined => {
  if (!isNumber(start) || !isNumber(end) || (seed !== undefined && !isNumber(seed))) return undefined;
  const from = Math.trunc(start);
  const width = Math.trunc(end) - from;
  if (width < 1 || !isInt32(from) || !isInt32(width)) return undefined;
  return from + (seed === undefined ? Math.floor(random.next() * width) : javaRandomInt(Math.trunc(seed), width));
};

/** Half up, as Java's Math.round: -1.5 becomes -1. `+ 0` keeps -0 out. */
const add = (left: number, right: number): Json | undefined => {
  const [a, b] = [Math.round(left), Math.round(right)];
  return isInt32(a + 0) && isInt32(b + 0) && isInt32(a + b + 0) ? a + b + 0 : undefined;
};

/** Every character of `separators` separates; empty pieces are dropped. */
const splitAny = (text: string, separators: string): Json => {
  const set = new Set(separators);
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (!set.has(character)) piece += character;
    else if (piece !== '') {
      pieces.push(piece);
      piece = '';
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
};
