import { generate, readingCode } from './generate';
import type { Json, JsonObject } from './json';

/** As many reads take as long as to make code for them. */
const WORTH_CODE = 100;

/** Reads fields in fields; undefined: one of them is missing, or is in what is no object. */
export type FieldReader = (value: Json | undefined) => Json | undefined;

/** A reader for these names, none of which may be inherited (`isPlainName`). What is read again and again gets code of its own. */
export function compileFieldReader(names: readonly string[]): FieldReader {
  let read: FieldReader = (value) => readEach(names, value);
  let times = 0;
  return (value) => {
    if (times < WORTH_CODE && ++times === WORTH_CODE) read = codeFor(names);
    return read(value);
  };
}

/** True for a name that no object inherits, so that what is read must be the object's own. */
export const isPlainName = (name: string): boolean => !INHERITED.has(name);

const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function readEach(names: readonly string[], from: Json | undefined): Json | undefined {
  let value = from;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

const codeFor = (names: readonly string[]): FieldReader =>
  generate(['value'], `return ${[...names.map((name) => readingCode('value', name)), 'true'].join(' && ')} ? value : undefined;`);
