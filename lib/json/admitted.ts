import type { Json } from './json';

/** Arrays and objects that have been checked and frozen, with their height: 1 for one that holds only scalars. */
const heights = new WeakMap<object, number>();

/** The height of an array or object that was admitted before; undefined: never seen. */
export const tryFindHeight = (value: object): number | undefined => heights.get(value);

/** Freezes a checked array or object and remembers it. */
export const admit = <T extends object & Json>(value: T, height: number): T => {
  heights.set(value, height);
  return Object.freeze(value);
};
