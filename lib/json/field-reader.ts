import type { Json, JsonObject } from './json';

/** As many reads take as long as to make code for them. */
const WORTH_CODE = 100;

/** Reads fields in fields; undefined: one of them is missing, or is in what is no object. */
export type FieldReader = (value: Json | undefined) => Json | undefined;

/**
 * A reader for these names, none of which may be inherited (`isPlainName`). What is read again and again gets code of its own: V8 remembers
 * for each place in the code where in an object its field is, and one place for all paths remembers nothing.
 */
export function compileFieldReader(names: readonly string[]): FieldReader {
  let read: FieldReader = (value) => readEach(names, value);
  let times = 0;
  return (value) => {
    if (times < WORTH_CODE && ++times === WORTH_CODE) read = generate(names);
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

function generate(names: readonly string[]): FieldReader {
  const steps = names.map(
    (name) =>
      `if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined; value = value[${JSON.stringify(name)}];`,
  );
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function('value', `${steps.join('\n')}\nreturn value;`) as FieldReader;
}
