import type { Json, JsonObject } from './json';

/** True if the object has the key itself; what it inherits does not count. */
export const has = (object: JsonObject, key: string): boolean => Object.hasOwn(object, key);

/** The value of the object's own key, or undefined. */
export const get = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Sets a key of an object that is being made; `__proto__` is a key like any other. */
export const setField = (object: Record<string, Json>, key: string, value: Json): void => {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
};

/** A new object with the key set, its other values shared. An existing key keeps its place; `__proto__` is a key like any other. */
export const withField = (object: JsonObject, key: string, value: Json): JsonObject => {
  // Not `{ ...object, [key]: value }`: what is added to a spread object is a new hidden class each time in V8, and the optimized
  // code that has met one is thrown away with it.
  const result: Record<string, Json> = {};
  for (const name of Object.keys(object)) setField(result, name, object[name] as Json);
  setField(result, key, value);
  return result;
};
