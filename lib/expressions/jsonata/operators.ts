import { MAX_CHARACTERS } from './limits';

/** Thrown by a closure that leaves its expression to the twin. */
export const BAIL = new Error('the twin must evaluate this');

/** The operand of an arithmetic operator. */
export const numberOf = (value: unknown): number | undefined => {
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw BAIL;
};

type Ordered = string | number | undefined;

const areComparable = (a: unknown, b: unknown): boolean => {
  if (typeof a === 'number' ? typeof b === 'number' : typeof a === 'string' && typeof b === 'string') return true;
  if (isOrdered(a) && isOrdered(b) && (a === undefined || b === undefined)) return false;
  throw BAIL;
};

const isOrdered = (value: unknown): value is Ordered =>
  value === undefined || typeof value === 'string' || typeof value === 'number';

/** Undefined where an operand is. */
export const ORDERS = {
  '<': (a: unknown, b: unknown): boolean | undefined => (areComparable(a, b) ? (a as number) < (b as number) : undefined),
  '<=': (a: unknown, b: unknown): boolean | undefined => (areComparable(a, b) ? (a as number) <= (b as number) : undefined),
  '>': (a: unknown, b: unknown): boolean | undefined => (areComparable(a, b) ? (a as number) > (b as number) : undefined),
  '>=': (a: unknown, b: unknown): boolean | undefined => (areComparable(a, b) ? (a as number) >= (b as number) : undefined),
};

/** JSONata's `=`: false where an operand is undefined; arrays and objects by what they hold. */
export const equal = (a: unknown, b: unknown): boolean => {
  if (a === undefined || b === undefined) return false;
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) throw BAIL; // the twin compares their property names
  if (Array.isArray(a)) return equalItems(a, b as readonly unknown[]);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key)) &&
    keys.every((key) => equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
};

const equalItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => equal(item, b[index]));

/** JSONata's $boolean, where undefined counts as false. */
export const booleanOf = (value: unknown): boolean => {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      if (Math.abs(value) === Infinity) throw BAIL;
      return value !== 0 && !Number.isNaN(value);
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) return value.some(booleanOf);
      if ('_jsonata_lambda' in value || '_jsonata_function' in value) throw BAIL;
      return Object.keys(value).length > 0;
    default:
      return false;
  }
};

/** JSONata's `&`. */
export const concatenated = (a: unknown, b: unknown): string => {
  const text = stringOf(a) + stringOf(b);
  if (text.length > MAX_CHARACTERS) throw BAIL;
  return text;
};

/** JSONata's $string, where undefined is empty. */
const stringOf = (value: unknown): string => {
  switch (typeof value) {
    case 'undefined':
      return '';
    case 'string':
      return value;
    case 'number':
      return String(rounded(value));
    case 'boolean':
      return String(value);
    default:
      return JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? rounded(part) : plain(part)));
  }
};

/** To 15 digits, so that 0.1 + 0.2 reads 0.3. */
const rounded = (value: number): number => {
  if (!Number.isFinite(value)) throw BAIL;
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
};

const plain = (part: unknown): unknown => {
  if (typeof part === 'object' && part !== null && ('_jsonata_lambda' in part || '_jsonata_function' in part)) throw BAIL;
  return part;
};

/** JSONata's `in`: false where an operand is undefined; only scalars are ever found. */
export const isOneOf = (value: unknown, list: unknown): boolean => {
  if (value === undefined || list === undefined) return false;
  return Array.isArray(list) ? list.includes(value) && !Number.isNaN(value) : list === value;
};
