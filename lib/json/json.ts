/** A JSON value. Immutable everywhere in Baton: it is checked and frozen once at the door, then shared. */
export type Json = null | boolean | number | string | JsonArray | JsonObject;
/** A JSON array. */
export type JsonArray = readonly Json[];
/** A JSON object. Its keys may be `__proto__`: read them with `has`, write them with `withField`. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object: neither null, array nor scalar. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for a JSON array. (`Array.isArray` does not narrow readonly arrays.) */
export const isArray = (value: Json | undefined): value is JsonArray => Array.isArray(value);
