import { isObject, type JsonObject } from '../json/json';
import type { FieldCheck } from './field-checks';
import { object } from './field-checks';
import type { Place } from './place';
import type { QueryLanguage } from './types';

/** What a field may hold, and in which query language it exists (both, if none is named). */
export interface Field {
  readonly check: FieldCheck;
  readonly only?: QueryLanguage;
}

/** The fields of an object and what it asks of them together. */
export interface ObjectFields {
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  /** Of each of these lists at most one may be there. */
  readonly atMostOne?: readonly (readonly string[])[];
  /** Of each of these lists exactly one must be there. */
  readonly exactlyOne?: readonly (readonly string[])[];
}

/** A field of both query languages. */
export const both = (check: FieldCheck): Field => ({ check });

/** A field that only JSONPath has. */
export const jsonPath = (check: FieldCheck): Field => ({ check, only: 'JSONPath' });

/** A field that only JSONata has. */
export const jsonata = (check: FieldCheck): Field => ({ check, only: 'JSONata' });

/** A field that holds one thing in JSONPath and another in JSONata. */
export const either = (inJsonPath: FieldCheck, inJsonata: FieldCheck): Field => ({
  check: (value, place, language) => (language === 'JSONata' ? inJsonata : inJsonPath)(value, place, language),
});

/** An object with these fields and no others. `also` looks at them together. */
export const record =
  (known: ObjectFields, also?: (value: JsonObject, place: Place, language: QueryLanguage) => void): FieldCheck =>
  (value, place, language) => {
    if (!isObject(value)) return object(value, place, language);
    checkFields(value, known, place, language);
    also?.(value, place, language);
  };

/**
 * Checks an object's fields, each and together.
 * @param foreign whether fields of the other query language are said; AWS says nothing of them in a state whose own
 *   `QueryLanguage` it refuses
 */
export function checkFields(
  value: JsonObject,
  { fields, required = [], atMostOne = [], exactlyOne = [] }: ObjectFields,
  place: Place,
  language: QueryLanguage,
  foreign = true,
): void {
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  if (missing.length > 0) place.refuse(`These fields are required: [${missing.join(', ')}]`);
  for (const [name, member] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) place.refuseMember(name, `Field '${name}' is not supported`, `known: ${namesFor(fields, language)}`);
    else if (field.only === undefined || field.only === language) field.check(member, place.member(name), language);
    else if (foreign) refuseForeign(name, field.only, place, language);
  }
  const given = (names: readonly string[]): readonly string[] => names.filter((name) => isGiven(value, name));
  for (const names of [...atMostOne, ...exactlyOne]) {
    if (given(names).length > 1) place.refuse(`There should only be one of the following fields: [${names.join(', ')}]`);
  }
  for (const names of exactlyOne) {
    const possible = names.filter((name) => fields[name]?.only === undefined || fields[name].only === language);
    if (given(names).length === 0)
      place.refuse(
        possible.length === 1
          ? `These fields are required: [${possible[0]}]`
          : `This object should have only one of the following fields: [${possible.join(', ')}]`,
        'it has none',
      );
  }
}

/** Says that a field belongs to the other query language. */
export function refuseForeign(name: string, only: QueryLanguage, place: Place, language: QueryLanguage): void {
  place.refuseMember(
    name,
    `The QueryLanguage is set to '${language}', but field '${name}' is only supported for the '${only}' QueryLanguage`,
    language === 'JSONata'
      ? 'in JSONata, Arguments, Output and Assign take the place of the path fields'
      : 'set "QueryLanguage": "JSONata" to use it',
  );
}

/** `"End": false` is as good as none. */
const isGiven = (value: JsonObject, name: string): boolean =>
  name === 'End' ? value['End'] === true : Object.hasOwn(value, name);

const namesFor = (fields: Readonly<Record<string, Field>>, language: QueryLanguage): string =>
  Object.entries(fields)
    .filter(([, { only }]) => only === undefined || only === language)
    .map(([name]) => name)
    .join(', ');
