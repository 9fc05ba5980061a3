import { has } from './with-field';
import { isArray, isObject, type Json } from './json';

/** True if both are the same JSON value. The order of an object's keys does not matter. */
export const equals = (a: Json, b: Json): boolean => {
  if (a === b) return true;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((item, index) => equals(item, b[index] as Json));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => has(b, key) && equals(a[key] as Json, b[key] as Json));
};
