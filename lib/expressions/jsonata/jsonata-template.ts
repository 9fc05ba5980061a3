import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../../json/json';
import type { JsonataScope } from '../scope';
import { compileJsonata, type JsonataExpression } from './compile-jsonata';
import { JsonataError } from './jsonata-error';
import { evaluationFailed, nothingReturned } from './query-evaluation-error';

/** A compiled template. Throws `EvaluationError` (States.QueryEvaluationError, with the field at fault). */
export type EvaluateJsonata<T = Json> = (scope: JsonataScope) => T;

/** True for a string that is an expression: it begins with `{%` and ends with `%}`. */
export const isJsonata = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}');

/** The text between `{%` and `%}`, without the blanks around it. */
export const jsonataSource = (text: string): string => text.slice(2, -2).trim();

/**
 * Makes a field of a JSONata state (Arguments, Output, Assign, Items, ItemSelector …) a function of the scope. Strings that are
 * expressions are evaluated at any depth; keys never are; what holds no expression comes back as it is, not copied.
 * @param field the field's name in errors, such as `Output`; what is inside adds to it: `Output/a/b[0]`
 * @throws ExpressionSyntaxError
 */
export const compileJsonataTemplate = (template: Json, field: string): EvaluateJsonata =>
  compile(template, field) ?? (() => template);

/** The value that an expression gives to a field. @throws EvaluationError where it fails or gives nothing */
export const evaluateField = (expression: JsonataExpression, field: string, scope: JsonataScope): Json => {
  const value = tryEvaluate(expression, field, scope);
  if (value === undefined) throw nothingReturned(expression.source, field);
  return value;
};

const tryEvaluate = (expression: JsonataExpression, field: string, scope: JsonataScope): Json | undefined => {
  try {
    return expression.evaluate(scope);
  } catch (error) {
    if (error instanceof JsonataError) throw evaluationFailed(expression.source, field, error);
    throw error;
  }
};

/** Undefined: the value is constant. */
const compile = (value: Json, field: string): EvaluateJsonata | undefined => {
  if (isJsonata(value)) {
    const expression = compileJsonata(jsonataSource(value));
    return (scope) => evaluateField(expression, field, scope);
  }
  return isArray(value) ? compileArray(value, field) : isObject(value) ? compileObject(value, field) : undefined;
};

const compileArray = (array: JsonArray, field: string): EvaluateJsonata | undefined => {
  const items = array.map((item, index) => compile(item, `${field}[${index}]`));
  if (items.every((item) => item === undefined)) return undefined;
  return (scope) =>
    Object.freeze(items.map((evaluate, index) => (evaluate === undefined ? (array[index] as Json) : evaluate(scope))));
};

const compileObject = (object: JsonObject, field: string): EvaluateJsonata | undefined => {
  const fields = Object.entries(object).map(([name, value]) => ({ name, value, evaluate: compile(value, `${field}/${name}`) }));
  if (fields.every(({ evaluate }) => evaluate === undefined)) return undefined;
  return (scope) => {
    const result: Record<string, Json> = {};
    for (const { name, value, evaluate } of fields) {
      const json = evaluate === undefined ? value : evaluate(scope);
      if (name === '__proto__')
        Object.defineProperty(result, name, { value: json, enumerable: true, writable: true, configurable: true });
      else result[name] = json;
    }
    return Object.freeze(result);
  };
};
