import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { missingField, unsupportedField, wrongType } from '../parameter-types';
import type { FieldValidationMode } from './field-validation-mode';
import { findRequestModel, type Integration, pascalCase, type RequestModel } from './models';
import { isFilledIn, jsonTypeOf, requiredMembers, type Schema } from './schema';

const models = new Map<string, RequestModel | undefined>();

/**
 * What Step Functions says against a request before it starts the Task, as the installed SDK client's model of the API tells it: each text
 * in the words of `parameterProblems`. Empty: nothing, or no client is installed.
 *
 * Unknown fields fail the execution when the Task is to start, not CreateStateMachine, of optimised integrations (seen with lambda:invoke)
 * as of SDK integrations (seen with batch:submitJob). Names, types and required fields are looked at; values are the API's matter.
 */
export function requestProblems(
  integration: Pick<Integration, 'resourceType' | 'action'>,
  request: Json,
  mode: FieldValidationMode,
): readonly string[] {
  if (mode === 'NONE') return [];
  const name = `${integration.resourceType}:${integration.action}`;
  if (!models.has(name)) models.set(name, findRequestModel(integration));
  const model = models.get(name);
  if (model === undefined) return [];
  if (!isObject(request)) return [wrongType('Parameters', 'MAP')];
  return problemsOfStructure(model.schema, request, model.free, mode);
}

/** A structure's members by the names that Step Functions has for them. */
interface Structure {
  readonly members: ReadonlyMap<string, Schema>;
  /** Step Functions writes acronyms as the AWS SDK for Java does (`DbInstanceIdentifier`), the model as the API (`DBInstanceIdentifier`). */
  readonly byLetters: ReadonlyMap<string, string>;
  readonly required: readonly string[];
}

/** By the schema as the client has it. */
const structures = new WeakMap<object, Structure>();

function structureOf(schema: Schema): Structure {
  const raw = schema.getSchema() as object;
  let structure = structures.get(raw);
  if (structure === undefined) {
    const members = new Map(Object.entries(schema.getMemberSchemas()).map(([name, member]) => [pascalCase(name), member]));
    const byLetters = new Map([...members.keys()].map((name) => [name.toLowerCase(), name]));
    const required = requiredMembers(schema).filter((name) => !isFilledIn(schema, name));
    structures.set(raw, (structure = { members, byLetters, required: required.map(pascalCase) }));
  }
  return structure;
}

function problemsOfStructure(
  schema: Schema,
  request: JsonObject,
  free: readonly string[],
  mode: FieldValidationMode,
): readonly string[] {
  const { members, byLetters, required } = structureOf(schema);
  const problems: string[] = [];
  const given = new Set<string>();
  for (const [field, value] of Object.entries(request)) {
    if (free.includes(field)) continue;
    const name = members.has(field) || !/^[A-Z]/.test(field) ? field : (byLetters.get(field.toLowerCase()) ?? field);
    const member = members.get(name);
    given.add(name);
    if (member === undefined) problems.push(unsupportedField(field));
    else problems.push(...problemsOfValue(member, value, field, mode));
  }
  if (mode === 'PRESENT') return problems;
  return [...required.filter((name) => !given.has(name)).map(missingField), ...problems];
}

function problemsOfValue(schema: Schema, value: Json, field: string, mode: FieldValidationMode): readonly string[] {
  // A blob is made of anything (recorded), a timestamp of seconds or text; what becomes of null is not known.
  if (value === null || schema.isBlobSchema() || (schema.isTimestampSchema() && typeof value === 'number')) return [];
  switch (jsonTypeOf(schema)) {
    case 'string':
      // An object becomes its JSON text (recorded).
      return typeof value === 'string' || typeof value === 'object' ? [] : [wrongType(field, 'STRING')];
    case 'number':
      return typeof value === 'number' ? [] : [wrongType(field, 'NUMBER')];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType(field, 'BOOLEAN')];
    case 'array':
      if (!isArray(value)) return [wrongType(field, 'LIST')];
      return value.flatMap((item) => problemsOfValue(schema.getValueSchema(), item, field, mode));
    case 'object':
      if (!isObject(value)) return [wrongType(field, 'MAP')];
      if (schema.isStructSchema()) return problemsOfStructure(schema, value, [], mode);
      return Object.entries(value).flatMap(([key, item]) => problemsOfValue(schema.getValueSchema(), item, key, mode));
    case undefined:
      return [];
  }
}
