import { isArray, isObject } from '../json/json';
import type { Json, JsonObject } from '../json/json';
import { get } from '../json/with-field';

/** What Step Functions lets a field of an integration's `Parameters` be. */
export type ParameterType = ScalarType | ListType | MapType | StructureType;

/** `JSON`: anything, passed on as it is. */
export type ScalarType = 'STRING' | 'NUMBER' | 'BOOLEAN' | 'JSON';
/** A list of one type. */
export interface ListType {
  readonly list: ParameterType;
}
/** Free names, one type of value. */
export interface MapType {
  readonly map: ParameterType;
}
/** Fixed names, each with its type. */
export interface StructureType {
  readonly fields: Readonly<Record<string, ParameterType>>;
  readonly required?: readonly string[];
}

/**
 * What Step Functions says against the parameters before it starts the Task. Each text stands in the brackets of
 * `The Parameters '<json>' could not be used to start the Task: [<texts joined by ", ">]` (States.Runtime, never caught).
 *
 * Sources: the STRING form is quoted in https://github.com/aws/aws-cdk/issues/9181, "is not supported" in
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-parameters.html, "is required but was missing" is what
 * ValidateStateMachineDefinition says; the words for the other types are by analogy.
 */
export function parameterProblems(type: ParameterType, value: Json, name = 'Parameters'): readonly string[] {
  const problems: string[] = [];
  findProblems(type, value, name, problems);
  return problems;
}

function findProblems(type: ParameterType, value: Json, name: string, problems: string[]): void {
  if (typeof type === 'string') {
    if (!hasScalarType(type, value)) problems.push(wrongType(name, type));
  } else if ('list' in type) {
    if (!isArray(value)) problems.push(wrongType(name, 'LIST'));
    else for (const item of value) findProblems(type.list, item, name, problems);
  } else if (!isObject(value)) problems.push(wrongType(name, 'MAP'));
  else if ('map' in type) for (const key of Object.keys(value)) findProblems(type.map, value[key] as Json, key, problems);
  else {
    for (const field of type.required ?? []) if (!Object.hasOwn(value, field)) problems.push(missingField(field));
    for (const key of Object.keys(value)) {
      const field = fieldType(type, key);
      if (field === undefined) problems.push(unsupportedField(key));
      else findProblems(field, value[key] as Json, key, problems);
    }
  }
}

/** The type of a structure's field; undefined where it has none of that name. */
export const fieldType = (type: StructureType, field: string): ParameterType | undefined =>
  Object.hasOwn(type.fields, field) ? type.fields[field] : undefined;

/** A field's value is of another type. */
export const wrongType = (name: string, type: string): string => `The value for the field '${name}' must be a ${type}`;

/** There is no such field. */
export const unsupportedField = (name: string): string => `The field "${name}" is not supported by Step Functions`;

/** A field is not there and has to be. */
export const missingField = (name: string): string => `The field '${name}' is required but was missing`;

function hasScalarType(type: ScalarType, value: Json): boolean {
  switch (type) {
    case 'STRING':
      return typeof value === 'string';
    case 'NUMBER':
      return typeof value === 'number';
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'JSON':
      return true;
  }
}

/** A field that `parameterProblems` has found to be a string or absent. */
export function stringField(request: JsonObject, field: string): string | undefined {
  const value = get(request, field);
  return typeof value === 'string' ? value : undefined;
}
