import { generate, literalName } from '../json/generate';
import type { Json, JsonObject } from '../json/json';

/** Makes objects of rows, whose values are in the order of the names: all in one hidden class, frozen. */
export const compileRecord = (names: readonly string[]): ((row: readonly Json[]) => JsonObject) =>
  generate<(freeze: typeof Object.freeze) => (row: readonly Json[]) => JsonObject>(
    ['freeze'],
    `return (row) => freeze({${names.map((name, index) => `${literalName(name)}:row[${index}]`).join(',')}});`,
  )(Object.freeze);
