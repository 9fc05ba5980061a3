import { isObject } from '../json/json';
import type { Json, JsonObject } from '../json/json';

/** A text as the JSON object that it is; undefined: it is none. */
export function tryParseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
