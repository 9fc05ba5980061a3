import { isArray, isObject, type Json, type JsonObject } from '../../lib/json/json';

/** A state machine as JSON, as a `.json` file is imported. */
export interface Definition {
  readonly StartAt: string;
  readonly States: object;
}

/**
 * A copy of the definition with some values set, each by its JSON pointer (RFC 6901); what is not there yet is added.
 *
 * @throws Error for a pointer whose parent is not there: a repair that no longer repairs anything
 */
export function withEdits(definition: Definition, edits: JsonObject): Definition {
  return Object.entries(edits).reduce<Json>(
    (edited, [pointer, value]) => withValueAt(edited, pointer.split('/').slice(1), value, pointer),
    definition as unknown as JsonObject,
  ) as unknown as Definition;
}

function withValueAt(json: Json | undefined, [key, ...rest]: readonly string[], value: Json, pointer: string): Json {
  if (key === undefined) return value;
  if (isArray(json)) return json.map((item, index) => (String(index) === key ? withValueAt(item, rest, value, pointer) : item));
  if (isObject(json)) return { ...json, [key]: withValueAt(json[key], rest, value, pointer) };
  throw new Error(`${pointer}: there is nothing to hold ${key}`);
}
