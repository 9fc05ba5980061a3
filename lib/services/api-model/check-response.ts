import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { type Constraint, CONSTRAINTS, type Constraints } from './constraints';
import type { FieldValidationMode } from './field-validation-mode';
import { findResponseModel, type Integration, pascalCase, type ResponseModel } from './models';
import { type JsonType, jsonTypeOf, requiredMembers, type Schema } from './schema';

/** What came of the check. */
export interface ResponseCheck {
  /** What does not fit, in AWS's words and in the model's order; empty: nothing. */
  readonly problems: readonly ResponseProblem[];
  /** What nobody could look at, and why, in words. Not passed, but not known. */
  readonly unchecked: readonly string[];
}

/** One thing about a result that AWS would not take. */
export interface ResponseProblem {
  /** JSON pointer in the result. */
  readonly pointer: string;
  /** `Field 'StatusCode' must be a number` */
  readonly message: string;
}

/** Holds an integration's result against the output of the API that it calls, as the installed SDK client and a table of ranges tell it. */
export function checkResponse(integration: Integration, result: Json, mode: FieldValidationMode): ResponseCheck {
  if (mode === 'NONE') return { problems: [], unchecked: [] };
  const model = findResponseModel(integration);
  if (typeof model === 'string') return { problems: [], unchecked: [`the result: ${model}`] };
  const constraints = CONSTRAINTS[model.client.name];
  const check = new Check(model, mode, constraints ?? {});
  if (constraints === undefined)
    check.unchecked.add(`lengths and ranges: none are known of @aws-sdk/client-${model.client.name}`);
  check.root(result);
  return { problems: check.problems, unchecked: [...check.unchecked] };
}

/** AWS's words (recorded for STRICT and PRESENT, but for those of booleans, objects and lengths that are too great: by analogy). */
const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
};

/** Where a value stands in its structure. */
interface At {
  readonly name: string;
  readonly pointer: string;
  /** The structure's members in the table. */
  readonly table: Readonly<Record<string, Constraint>>;
  /** The member with `[]` and `{}`. */
  readonly key: string;
}

class Check {
  readonly problems: ResponseProblem[] = [];
  readonly unchecked = new Set<string>();

  constructor(
    private readonly model: ResponseModel,
    private readonly mode: FieldValidationMode,
    private readonly constraints: Constraints,
  ) {}

  root(result: Json): void {
    if (isObject(result)) this.structure(this.model.schema, result, '', this.model.free);
    else this.refuse('', 'Result must be an object');
  }

  private structure(schema: Schema, value: JsonObject, pointer: string, free: readonly string[]): void {
    const name = schema.getName() ?? '';
    const table = (Object.hasOwn(this.constraints, name) ? this.constraints[name] : undefined) ?? {};
    const required = this.mode === 'STRICT' ? requiredMembers(schema) : [];
    const known = new Set(free);
    for (const [member, type] of Object.entries(schema.getMemberSchemas())) {
      const field = pascalCase(member);
      const found = get(value, field);
      known.add(field);
      if (found === undefined) {
        if (required.includes(member)) this.refuse(pointer, `Required field '${field}' is missing`);
      } else if (free.includes(field)) this.unchecked.add(`${field}: Step Functions parses it`);
      else this.value(type, found, { name: field, pointer: `${pointer}/${field}`, table, key: member });
    }
    for (const field of Object.keys(value))
      if (!known.has(field)) this.unchecked.add(`${field}: AWS's model of ${this.model.operation} has no such field in ${name}`);
  }

  private value(schema: Schema, value: Json, at: At): void {
    const type = jsonTypeOf(schema);
    if (type === undefined) return;
    if (this.model.epochs && schema.isTimestampSchema() && typeof value === 'number') return;
    if (typeOf(value) !== type) return this.refuse(at.pointer, `Field '${at.name}' must be ${TYPE_WORDS[type]}`);
    const constraint = Object.hasOwn(at.table, at.key) ? at.table[at.key] : undefined;
    if (typeof value === 'string') this.oneOf(value, at, constraint);
    if (constraint !== undefined && typeof constraint !== 'string') this.within(value, at, constraint);
    if (isArray(value)) {
      const element = schema.getValueSchema();
      value.forEach((item, index) => this.value(element, item, { ...at, pointer: `${at.pointer}/${index}`, key: `${at.key}[]` }));
    } else if (isObject(value)) {
      if (schema.isStructSchema()) return this.structure(schema, value, at.pointer, []);
      const element = schema.getValueSchema();
      for (const [name, item] of Object.entries(value))
        this.value(element, item, { ...at, name, pointer: `${at.pointer}/${escape(name)}`, key: `${at.key}{}` });
    }
  }

  /** An enum's values come from the client: it may be newer than the table. */
  private oneOf(value: string, at: At, constraint: Constraint | undefined): void {
    if (constraint !== undefined && typeof constraint !== 'string') return;
    const values = this.model.client.tryFindEnum(constraint ?? pascalCase(at.key));
    if (values !== undefined && !values.includes(value)) this.refuse(at.pointer, `Field '${at.name}' is not an expected value`);
  }

  private within(value: Json, at: At, [least, most]: readonly (number | null)[]): void {
    const size = typeof value === 'number' ? value : lengthOf(value);
    if (size === undefined) return;
    const [tooSmall, tooGreat] =
      typeof value === 'number'
        ? ['is less than the minimum value', 'exceeds the maximum value']
        : ['is smaller than the minimum length', 'exceeds the maximum length'];
    if (typeof least === 'number' && size < least) this.refuse(at.pointer, `Field '${at.name}' ${tooSmall}`);
    if (typeof most === 'number' && size > most) this.refuse(at.pointer, `Field '${at.name}' ${tooGreat}`);
  }

  private refuse(pointer: string, message: string): void {
    this.problems.push({ pointer, message });
  }
}

function typeOf(value: Json): JsonType | undefined {
  if (isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return value === null ? undefined : (typeof value as 'string' | 'number' | 'boolean');
}

/** Entries, or characters; undefined: it has no length. */
function lengthOf(value: Json): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
