import type { StatesField } from '../expressions/jsonata/references';
import { isObject, type JsonObject } from '../json/json';
import { object, payloadTemplate } from './field-checks';
import type { Field } from './fields';
import { jsonataTemplate } from './jsonata-checks';
import type { Place } from './place';
import type { QueryLanguage } from './types';

/** Longest name of a variable, in Unicode characters. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
const MAX_NAME_CHARACTERS = 80;

const NAME = /^\p{ID_Start}\p{ID_Continue}*$/u;

/**
 * `Assign`, wherever it stands: names of variables and what they are set to.
 * @param visible the fields of `$states` that it sees besides `input` and `context`
 */
export const assignment = (...visible: readonly StatesField[]): Field => {
  const template = jsonataTemplate(...visible);
  return {
    check: (value, place, language) => {
      if (!isObject(value)) return object(value, place, language);
      for (const key of Object.keys(value)) checkName(nameOf(key, language), place.member(key));
      (language === 'JSONata' ? template : payloadTemplate)(value, place, language);
    },
  };
};

/** The variables that an `Assign` sets. */
export const assignedNames = (assign: JsonObject, language: QueryLanguage): readonly string[] =>
  Object.keys(assign).map((key) => nameOf(key, language));

const nameOf = (key: string, language: QueryLanguage): string =>
  language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;

function checkName(name: string, place: Place): void {
  if (name === 'states')
    return place.refuse("Cannot assign to reserved variable '$states'.", 'choose another name', 'RESERVED_VARIABLE_NAME');
  if ([...name].length > MAX_NAME_CHARACTERS)
    return place.refuse(
      `Invalid variable name '${name}': the variable name exceeds the ${MAX_NAME_CHARACTERS}-character limit allowed by the service.`,
      'shorten it',
      'INVALID_VARIABLE_NAME',
    );
  if (!NAME.test(name))
    place.refuse(
      `Invalid variable name '${name}': the variable name contains invalid characters.`,
      'a name begins with a letter and goes on with letters, digits and _; a part of a variable cannot be set',
      'INVALID_VARIABLE_NAME',
    );
}
