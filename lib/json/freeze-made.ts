import type { Json } from './json';

/** Freezes what was made anew in a value. What is frozen came through the door, and so did all that is in it. */
export function freezeMade<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values<Json>(value)) freezeMade(part);
  return Object.freeze(value);
}
