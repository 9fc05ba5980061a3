import { jsonataProblems } from '../expressions/jsonata/jsonata-problems';
import { isJsonata, jsonataSource } from '../expressions/jsonata/jsonata-template';
import type { StatesField } from '../expressions/jsonata/references';
import { isArray, isObject, type Json } from '../json/json';
import type { FieldCheck } from './field-checks';
import type { Place } from './place';

/** In JSONata an expression or what `literal` takes; in JSONPath what `literal` takes. */
export const orExpression =
  (literal: FieldCheck, ...visible: readonly StatesField[]): FieldCheck =>
  (value, place, language) => {
    if (language === 'JSONata' && isMeant(value)) checkExpression(value, place, visible);
    else literal(value, place, language);
  };

/**
 * A template of JSONata: any value in which strings may be expressions, at any depth.
 * @param visible the fields of `$states` that it sees besides `input` and `context`
 */
export const jsonataTemplate =
  (...visible: readonly StatesField[]): FieldCheck =>
  (value, place) =>
    checkTemplate(value, place, visible);

/** A template of JSONata that is an expression as a whole, or what `literal` takes. */
export const templateOf =
  (literal: FieldCheck): FieldCheck =>
  (value, place, language) => {
    if (!isMeant(value)) literal(value, place, language);
    checkTemplate(value, place, []);
  };

function checkTemplate(value: Json, place: Place, visible: readonly StatesField[]): void {
  if (isMeant(value)) checkExpression(value, place, visible);
  else if (isArray(value)) value.forEach((item, index) => checkTemplate(item, place.element(index), visible));
  else if (isObject(value)) for (const [key, member] of Object.entries(value)) checkTemplate(member, place.member(key), visible);
}

/** True for a string that begins as an expression does. One with a blank before `{%` is plain text (recorded). */
const isMeant = (value: Json): value is string => typeof value === 'string' && value.startsWith('{%');

function checkExpression(value: string, place: Place, visible: readonly StatesField[]): void {
  if (!isJsonata(value))
    return place.refuse('JSONata string must start with {% and end with %}', 'nothing, not even a blank, may follow %}');
  for (const { code, message } of jsonataProblems(jsonataSource(value), ['input', 'context', ...visible]))
    place.refuse(message, hintFor(message), code);
}

/** What to do about AWS's words. */
function hintFor(message: string): string | undefined {
  if (message.includes('at the top level') || message.includes("'$$'"))
    return 'there is no input document: write $states.input.…, or $name for a variable';
  if (message.includes('$states.result')) return 'only Output and Assign of Task, Parallel and Map see the result';
  if (message.includes('$states.errorOutput')) return 'only Output and Assign of a Catcher see the Error Output';
  return undefined;
}
