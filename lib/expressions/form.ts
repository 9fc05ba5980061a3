import { atMostBytes as atMostBytesOf } from '../json/fits';
import { literalName } from '../json/field-writer';
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
  /** Upper bound of the size of what is made, but for what `make` adds. */
  readonly atMostBytes: (inputBytes: number) => number;
}

/** What is counted while a value is made. */
export interface Sum {
  atMostBytes: number;
}

/**
 * Makes a form a function. Objects are written as literals, in code that is generated once: setting their fields one by one takes three
 * times as long. Of the form only names go into the code, as JSON text. What holds no blank comes back as it is, not copied.
 * @param isFrozen whether what is made is frozen
 */
export function compileForm<S>(form: Form<S>, isFrozen: boolean): CompiledForm<S> {
  if (!hasBlanks(form)) {
    const bytes = sizeBytes(form);
    return { make: () => form, atMostBytes: () => bytes };
  }
  const draft: Draft<S> = { isFrozen, fills: [], constants: [], constantBytes: 0, parts: 0, fields: [] };
  const code = codeOf(form, draft);
  const { constantBytes } = draft;
  const parts = draft.parts + (areDisjoint(draft.fields) ? Math.min(draft.fields.length, 1) : draft.fields.length);
  let made: CompiledForm<S>['make'] | undefined;
  return {
    // Most states of a large machine are never entered in a test.
    make: (scope, sum) => (made ??= link(code, draft))(scope, sum),
    atMostBytes: parts === 0 ? () => constantBytes : (inputBytes) => constantBytes + parts * inputBytes,
  };
}

function link<S>(code: string, { fills, constants }: Draft<S>): CompiledForm<S>['make'] {
  // oxlint-disable-next-line typescript/no-implied-eval
  const bind = new Function('f', 'c', 'measured', `return (scope, sum) => { let v; return ${code}; };`) as (
    f: typeof fills,
    c: typeof constants,
    add: typeof measured,
  ) => CompiledForm<S>['make'];
  return bind(fills, constants, measured);
}

/** What is filled in may be null where there is no such part, or have brackets that the part has not. */
const BYTES_BESIDE_PART = 4;

/** What the generated code refers to, and what is known of what it makes. */
interface Draft<S> {
  readonly isFrozen: boolean;
  readonly fills: ((scope: S) => Json)[];
  readonly constants: Json[];
  constantBytes: number;
  /** How many blanks are filled with parts of the input that are not known any better. */
  parts: number;
  /** Names of the fields in fields of the input that fill the others. */
  readonly fields: (readonly string[])[];
}

/** No field is in another: all of them together are no larger than the input. */
function areDisjoint(fields: readonly (readonly string[])[]): boolean {
  // A separator that comes before all others puts a field right before those in it.
  const ways = fields.map((names) => names.map((name) => `${JSON.stringify(name)}\0`).join('')).sort();
  return ways.every((way, index) => index === 0 || !way.startsWith(ways[index - 1] as string));
}

function codeOf<S>(form: Form<S>, draft: Draft<S>): string {
  if (form instanceof Blank) {
    const filled = codeOfFill(form, `f[${draft.fills.push(form.fill) - 1}](scope)`);
    if (!form.isPart) return `measured(${filled}, sum)`;
    if (form.fields?.root === 'input') draft.fields.push(form.fields.names);
    else draft.parts++;
    draft.constantBytes += BYTES_BESIDE_PART;
    return filled;
  }
  if (!(form instanceof Compound)) {
    draft.constantBytes += sizeBytes(form);
    return `c[${draft.constants.push(form) - 1}]`;
  }
  // Brackets.
  draft.constantBytes += 2;
  const parts = form.entries.map(([name, part]) => {
    // The name with its colon, and a comma.
    draft.constantBytes += form.isArray ? 1 : sizeBytes(name) + 2;
    return form.isArray ? codeOf(part, draft) : `${literalName(name)}:${codeOf(part, draft)}`;
  });
  const code = form.isArray ? `[${parts.join(',')}]` : `{${parts.join(',')}}`;
  return draft.isFrozen ? `Object.freeze(${code})` : code;
}

/** Reads fields in place: V8 remembers for each place in the code where in an object its field is. */
function codeOfFill<S>({ fields }: Blank<S>, otherwise: string): string {
  if (fields === undefined) return otherwise;
  const reads = fields.names.map(
    (name) => `typeof v === 'object' && v !== null && !Array.isArray(v) && (v = v[${JSON.stringify(name)}]) !== undefined`,
  );
  return `((v = scope.${fields.root}) !== undefined${reads.map((read) => ` && ${read}`).join('')} ? v : ${otherwise})`;
}

function measured(value: Json, sum: Sum): Json {
  sum.atMostBytes += atMostBytesOf(value);
  return value;
}
