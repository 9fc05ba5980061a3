import { ExpressionSyntaxError } from '../expressions/evaluation-error';
import { compileJsonata } from '../expressions/jsonata/compile-jsonata';
import { isJsonata, jsonataSource } from '../expressions/jsonata/jsonata-template';
import { type StatesField, STATES_FIELDS } from '../expressions/jsonata/references';
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
  try {
    const { states } = compileJsonata(jsonataSource(value));
    if (states.length === STATES_FIELDS.length) return;
    const hidden = states.filter((field) => field !== 'input' && field !== 'context' && !visible.includes(field));
    for (const field of hidden)
      place.refuse(
        `Field '$states.${field}' does not exist.`,
        field === 'result'
          ? 'only Output and Assign of Task, Parallel and Map see the result'
          : 'only Output and Assign of a Catcher see the Error Output',
        'UNSUPPORTED_JSONATA_EXPRESSION',
      );
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    place.refuse(error.message, undefined, 'INVALID_JSONATA_EXPRESSION');
  }
}
