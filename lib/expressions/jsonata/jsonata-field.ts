import { isArray, type Json, type JsonArray, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { compileJsonata } from './compile-jsonata';
import { evaluateField, jsonataSource, type EvaluateJsonata } from './jsonata-template';
import { unexpectedType } from './query-evaluation-error';

/** The JSON types that a field may ask for. */
export interface FieldTypes {
  readonly array: JsonArray;
  readonly boolean: boolean;
  readonly number: number;
  readonly object: JsonObject;
  readonly string: string;
}

/**
 * Makes a field that takes an expression of one type a function of the scope: `Items` (array), `Condition` (boolean),
 * `TimeoutSeconds` (number). Evaluating throws EvaluationError, also where the value has another type:
 * `… returned an unexpected result type. Expected 'array', but was 'number' for value: 1`.
 * @param text the field's value with its `{%` and `%}`
 * @throws ExpressionSyntaxError
 */
export const compileJsonataField = <T extends keyof FieldTypes>(
  text: string,
  field: string,
  expected: T,
): EvaluateJsonata<FieldTypes[T]> => {
  const expression = compileJsonata(jsonataSource(text));
  return (scope) => {
    const value = evaluateField(expression, field, scope);
    if (typeName(value) === expected) return value as FieldTypes[T];
    throw unexpectedType(expression.source, field, expected, typeName(value), renderJson(value));
  };
};

/** The type's name in AWS's sentence. */
const typeName = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value);
