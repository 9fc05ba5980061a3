import { generate, literalName } from './generate';
import type { Json, JsonObject } from './json';
import { withField } from './with-field';

/** As many writes in a row to objects with the same names take as long as to make code for them. */
const WORTH_CODE = 50;

/** Longer objects are seldom, and their code is long. */
const MAX_NAMES = 40;

/**
 * `withField` for one key. For objects that have the same names again and again it makes code with a literal: to set the fields of a copy
 * one by one takes four times as long.
 */
export function compileFieldWriter(key: string): (object: JsonObject, value: Json) => JsonObject {
  let names: readonly string[] = [];
  let times = 0;
  let write: ((object: JsonObject, value: Json) => JsonObject) | undefined;
  return (object, value) => {
    if (!hasNames(object, names)) {
      names = Object.keys(object);
      times = 0;
      write = undefined;
    } else if (write !== undefined) return write(object, value);
    else if (++times === WORTH_CODE && names.length <= MAX_NAMES) write = codeFor(names, key);
    return withField(object, key, value);
  };
}

function hasNames(object: JsonObject, names: readonly string[]): boolean {
  let index = 0;
  // What is inherited would be one name too many.
  for (const name in object) if (name !== names[index++]) return false;
  return index === names.length;
}

function codeFor(names: readonly string[], key: string): (object: JsonObject, value: Json) => JsonObject {
  const all = names.includes(key) ? names : [...names, key];
  const fields = all.map((name) => `${literalName(name)}:${name === key ? 'value' : `object[${JSON.stringify(name)}]`}`);
  return generate(['object', 'value'], `return {${fields.join(',')}};`);
}
