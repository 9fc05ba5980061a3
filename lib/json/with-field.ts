import type { Json, JsonObject } from './json';

/** True if the object has the key itself; what it inherits does not count. */
export const has = (object: JsonObject, key: string): boolean => Object.hasOwn(object, key);

/** The value of the object's own key, or undefined. */
export const get = (object: JsonObject, key: string): Json | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);

/** A new object with the key set, its other values shared. An existing key keeps its place; `__proto__` is a key like any other. */
export const withField = (object: JsonObject, key: string, value: Json): JsonObject => ({ ...object, [key]: value });
