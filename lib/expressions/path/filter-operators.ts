import { equals } from '../../json/equals';
import { isArray, isObject, type Json } from '../../json/json';
import type { RegularExpression } from './regular-expression';

/** A side of a comparison: a value, a missing path (undefined), or a pattern. */
export type Operand = Json | undefined | RegularExpression;

/** Compares the two sides of a filter's comparison. */
type Operator = (left: Operand, right: Operand) => boolean;

const isPattern = (operand: Operand): operand is RegularExpression => typeof operand === 'function';

/** Jayway's `==`: a number and a string are equal if they look alike; a missing value equals nothing. */
const alike: Operator = (left, right) => {
  if (left === undefined || right === undefined || isPattern(left) || isPattern(right)) return false;
  if (typeof left === 'number' && typeof right === 'string') return right.trim() !== '' && Number(right) === left;
  if (typeof left === 'string' && typeof right === 'number') return left === String(right);
  return equals(left, right);
};

const sameType: Operator = (left, right) =>
  typeof left === typeof right && isArray(left as Json) === isArray(right as Json) && alike(left, right);

/** Numbers by value, strings by code unit, a number and a string by their texts; nothing else can be ordered. */
const ordered =
  (holds: (left: number | string, right: number | string) => boolean): Operator =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left, right);
    if (isScalar(left) && isScalar(right)) return holds(String(left), String(right));
    return false;
  };

const isScalar = (operand: Operand): operand is number | string => typeof operand === 'number' || typeof operand === 'string';

const within = (item: Operand, list: Operand): boolean => Array.isArray(list) && list.some((member: Json) => alike(item, member));

const lists =
  (holds: (left: readonly Json[], right: readonly Json[]) => boolean): Operator =>
  (left, right) =>
    Array.isArray(left) && Array.isArray(right) && holds(left, right);

const matches: Operator = (left, right) => {
  if (isPattern(left) === isPattern(right)) return false;
  const [pattern, subject] = (isPattern(left) ? [left, right] : [right, left]) as [RegularExpression, Json | undefined];
  return isArray(subject) ? subject.some((item) => pattern(text(item))) : pattern(text(subject));
};

/** What a pattern is held against: containers and null count as the empty text. */
const text = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

const contains: Operator = (left, right) =>
  typeof left === 'string' ? typeof right === 'string' && left.includes(right) : within(right, left);

const isEmpty = (value: Operand): boolean | undefined => {
  if (typeof value === 'string' || Array.isArray(value)) return value.length === 0;
  return isObject(value as Json) ? Object.keys(value as object).length === 0 : undefined;
};

/** The comparison operators of Jayway's filters. https://github.com/json-path/JsonPath#filter-operators */
export const filterOperators: Readonly<Record<string, Operator>> = {
  '===': sameType,
  '!==': (left, right) => !sameType(left, right),
  '==': alike,
  '!=': (left, right) => !alike(left, right),
  '<=': ordered((left, right) => left <= right),
  '<': ordered((left, right) => left < right),
  '>=': ordered((left, right) => left >= right),
  '>': ordered((left, right) => left > right),
  '=~': matches,
  in: within,
  nin: (left, right) => !within(left, right),
  subsetof: lists((left, right) => left.every((item) => within(item, right))),
  anyof: lists((left, right) => left.some((item) => within(item, right))),
  noneof: lists((left, right) => !left.some((item) => within(item, right))),
  all: lists((left, right) => right.every((item) => within(item, left))),
  contains,
  size: (left, right) => (typeof left === 'string' || Array.isArray(left)) && left.length === right,
  empty: (left, right) => isEmpty(left) !== undefined && isEmpty(left) === right,
};
