import type { Json } from '../json/json';
import { JsonError } from '../json/json-error';
import { parseJson } from '../json/parse-json';
import { toJson } from '../json/to-json';

/** A parameter that the API takes as JSON text: a string is the text, anything else the value itself. */
export function readJsonParameter(value: Json, name: string, refuse: (problem: JsonError) => Error): Json {
  try {
    return typeof value === 'string' ? parseJson(value, name) : toJson(value, name);
  } catch (error) {
    if (error instanceof JsonError) throw refuse(error);
    throw error;
  }
}
