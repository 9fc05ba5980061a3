import { compileFieldReader, isPlainName } from '../json/field-reader';
import type { Json } from '../json/json';
import { get } from '../json/with-field';
import { parsePath, type ParsedPath } from './path/parse-path';
import { compileSegments, type Found } from './path/select';
import type { Scope } from './scope';

/**
 * A compiled JSONPath in Jayway's dialect, as Step Functions takes it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export interface Path {
  readonly text: string;
  /** True if the path leads to one place at most; else its value is an array of all that was found, `[]` if nothing was. */
  readonly definite: boolean;
  /** True for a Reference Path: no wildcard, slice, list, filter, scan or function. */
  readonly isReference: boolean;
  /** What the path starts from: the input (`$`), the Context Object (`$$`), or a variable (`$name`). */
  readonly root: ParsedPath['root'];
  /** The keys and indexes after the root; only of a Reference Path, else empty. */
  readonly keys: readonly (string | number)[];
  /** The keys, if all of them are names that no object inherits. */
  readonly fieldNames: readonly string[] | undefined;
  /** The value; undefined: there is none, for a definite path leads nowhere, or a slice was taken of what is no array. */
  evaluate(scope: Scope): Json | undefined;
  /** AWS's words for why `evaluate` gave undefined: `Invalid path '$.a.b' : Missing property in path $['a']`. */
  missing(scope: Scope): string;
  /** Both at once: the value, or the reason in Jayway's words alone. */
  find(scope: Scope): Found;
}

/** Reads a path and makes it a function of the scope. @throws ExpressionSyntaxError */
export const compilePath = (text: string): Path => {
  const parsed = parsePath(text);
  const select = compileSegments(parsed.segments);
  const start = compileRoot(parsed.root);
  const keys = keysOf(parsed);
  const fieldNames = keys?.every(isFieldName) === true ? keys : undefined;
  const find = (scope: Scope): Found => {
    const document = start(scope);
    return document === undefined ? { miss: `No results for path: ${text}` } : select(document, document);
  };
  return {
    text,
    definite: select.definite,
    isReference: keys !== undefined,
    root: parsed.root,
    keys: keys ?? [],
    find,
    fieldNames,
    evaluate: fieldNames === undefined ? valueOf(find) : readFields(start, fieldNames),
    missing: (scope) => {
      const found = find(scope);
      return `Invalid path '${text}' : ${'miss' in found ? found.miss : 'No results'}`;
    },
  };
};

/** Most paths are field names alone: read without a thought for anything else. */
const readFields = (start: (scope: Scope) => Json | undefined, names: readonly string[]): Path['evaluate'] => {
  const read = compileFieldReader(names);
  return (scope) => read(start(scope));
};

const isFieldName = (key: string | number): key is string => typeof key === 'string' && isPlainName(key);

const valueOf =
  (find: Path['find']): Path['evaluate'] =>
  (scope) => {
    const found = find(scope);
    return 'miss' in found ? undefined : found.value;
  };

const compileRoot = (root: ParsedPath['root']): ((scope: Scope) => Json | undefined) => {
  switch (root.kind) {
    case 'input':
      return (scope) => scope.input;
    case 'context':
      return (scope) => scope.context();
    case 'variable':
      return (scope) => get(scope.variables, root.name);
  }
};

/** Undefined: not a Reference Path. */
const keysOf = ({ segments }: ParsedPath): (string | number)[] | undefined => {
  const keys: (string | number)[] = [];
  for (const segment of segments) {
    const list = segment.kind === 'fields' ? segment.names : segment.kind === 'indexes' ? segment.indexes : [];
    const [key] = list;
    if (key === undefined || list.length > 1) return undefined;
    keys.push(key);
  }
  return keys;
};
