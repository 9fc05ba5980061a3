import { boundOf } from '../json/fits';
import { generate, literalName, readingCode } from '../json/generate';
import { isArray, type Json, type JsonArray, type JsonObject } from '../json/json';
import { sizeBytes } from '../json/size-bytes';

/** A JSON value with blanks in it, which are filled in each time that it is made. What is plain JSON holds none. */
export type Form<S> = Json | Blank<S> | Compound<S>;

/** A way from a member of the scope to a value. */
export interface Fields {
  readonly root: 'input' | 'result';
  /** None of them may be inherited by objects: `isPlainName`. */
  readonly names: readonly string[];
}

/** A place in a form. */
export class Blank<S> {
  /**
   * @param fill gives what goes there
   * @param isPart it is a part of what the scope's input is, if anything
   * @param fields names of fields in fields that lead to it, if they are there; `fill` knows what to do if not
   */
  constructor(
    readonly fill: (scope: S) => Json,
    readonly isPart: boolean,
    readonly fields?: Fields,
  ) {}
}

/** An array or an object with blanks in it. */
export class Compound<S> {
  constructor(
    readonly isArray: boolean,
    /** Of an array the names do not count. */
    readonly entries: Entries<S>,
  ) {}
}

type Entries<S> = readonly (readonly [name: string, form: Form<S>])[];

/** The form of an array or an object, by the forms of what is in it. */
export const compoundOf = <S>(value: JsonArray | JsonObject, entries: Entries<S>): Form<S> =>
  entries.some(([, form]) => hasBlanks(form)) ? new Compound(isArray(value), entries) : value;

const hasBlanks = <S>(form: Form<S>): form is Blank<S> | Compound<S> => form instanceof Blank || form instanceof Compound;

/** A compiled form. */
export interface CompiledForm<S> {
  /** The value. Adds to `sum` an upper bound of the sizes of all that is filled in and is no part of the scope's input. */
  readonly make: (scope: S, sum: Sum) => Json;
  /** Upper bound of the size of what is made from an input of that size, but for what `make` adds. */
  readonly boundFor: (inputBytes: number) => number;
}

/** What is counted while a value is made. */
export interface Sum {
  bytes: number;
}

/**
 * Makes a form a function. Objects are written as literals, in code that is generated once: setting their fields one by one takes three
 * times as long. Of the form only names go into the code, as JSON text. What holds no blank comes back as it is, not copied.
 * @param isFrozen whether what is made is frozen
 */
export function compileForm<S>(form: Form<S>, isFrozen: boolean): CompiledForm<S> {
  if (!hasBlanks(form)) {
    const bytes = sizeBytes(form);
    return { make: () => form, boundFor: () => bytes };
  }
  const draft: Draft<S> = { isFrozen, fills: [], constants: [], inner: [], constantBytes: 0, wholeInputs: 0, ways: [] };
  const code = codeOf(form, draft, 0);
  const { constantBytes, ways } = draft;
  const inputs = draft.wholeInputs + (areDisjoint(ways) ? Math.min(ways.length, 1) : ways.length);
  let make: CompiledForm<S>['make'] | undefined;
  return {
    // Most states of a large machine are never entered in a test.
    make: (scope, sum) => (make ??= link(code, draft))(scope, sum),
    boundFor: inputs === 0 ? () => constantBytes : (inputBytes) => constantBytes + inputs * inputBytes,
  };
}

/** What is filled in may be null where there is no such part, or have brackets that the part has not. */
export const BYTES_BESIDE_PART = 4;

/** Levels of arrays and objects in one function: V8's parser needs stack for each of them. */
const MAX_LEVELS = 50;

/** What the generated code refers to, and what is known of what it makes. */
interface Draft<S> {
  readonly isFrozen: boolean;
  readonly fills: ((scope: S) => Json)[];
  readonly constants: Json[];
  /** Code of what is nested too deep to stand in the code around it; the innermost comes first. */
  readonly inner: string[];
  constantBytes: number;
  /** How many blanks are filled with parts of the input that are not known any better. */
  wholeInputs: number;
  /** Names of the fields in fields of the input that fill the others. */
  readonly ways: (readonly string[])[];
}

function link<S>(code: string, { fills, constants, inner }: Draft<S>): CompiledForm<S>['make'] {
  type Make = CompiledForm<S>['make'];
  const made: Make[] = [];
  const linked = (body: string): Make =>
    generate<(f: typeof fills, c: typeof constants, i: typeof made, measured: typeof measure) => Make>(
      ['f', 'c', 'i', 'measured'],
      `return (scope, sum) => { let v; return ${body}; };`,
    )(fills, constants, made, measure);
  for (const body of inner) made.push(linked(body));
  return linked(code);
}

/** No field is in another: all of them together are no larger than the input. */
function areDisjoint(ways: readonly (readonly string[])[]): boolean {
  // With a separator that comes before all other characters, a field comes right before those in it.
  const texts = ways.map((names) => names.map((name) => `${JSON.stringify(name)}\0`).join('')).sort();
  return texts.every((text, index) => index === 0 || !text.startsWith(texts[index - 1] as string));
}

function codeOf<S>(form: Form<S>, draft: Draft<S>, level: number): string {
  if (form instanceof Blank) return codeOfBlank(form, draft);
  if (!(form instanceof Compound)) {
    draft.constantBytes += sizeBytes(form);
    return `c[${draft.constants.push(form) - 1}]`;
  }
  if (level < MAX_LEVELS) return codeOfCompound(form, draft, level);
  const code = codeOfCompound(form, draft, 0);
  return `i[${draft.inner.push(code) - 1}](scope, sum)`;
}

function codeOfCompound<S>({ isArray: asArray, entries }: Compound<S>, draft: Draft<S>, level: number): string {
  // Brackets.
  draft.constantBytes += 2;
  const members = entries.map(([name, part]) => {
    // The name with its colon, and a comma.
    draft.constantBytes += asArray ? 1 : sizeBytes(name) + 2;
    const code = codeOf(part, draft, level + 1);
    return asArray ? code : `${literalName(name)}:${code}`;
  });
  const code = asArray ? `[${members.join(',')}]` : `{${members.join(',')}}`;
  return draft.isFrozen ? `Object.freeze(${code})` : code;
}

function codeOfBlank<S>({ fill, isPart, fields }: Blank<S>, draft: Draft<S>): string {
  const code = codeOfFill(fields, `f[${draft.fills.push(fill) - 1}](scope)`);
  if (!isPart) return `measured(${code}, sum)`;
  if (fields?.root === 'input') draft.ways.push(fields.names);
  else draft.wholeInputs++;
  draft.constantBytes += BYTES_BESIDE_PART;
  return code;
}

/** Reads plain fields in place. */
function codeOfFill(fields: Fields | undefined, otherwise: string): string {
  if (fields === undefined) return otherwise;
  const reads = [`(v = scope.${fields.root}) !== undefined`, ...fields.names.map((name) => readingCode('v', name))];
  return `(${reads.join(' && ')} ? v : ${otherwise})`;
}

function measure(value: Json, sum: Sum): Json {
  sum.bytes += boundOf(value);
  return value;
}
