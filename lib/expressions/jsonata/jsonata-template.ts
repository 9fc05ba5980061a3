import { isArray, isObject, type Json } from '../../json/json';
import { Blank, type CompiledForm, compileForm, compoundOf, type Form } from '../form';
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
export function compileJsonataTemplate(template: Json, field: string): EvaluateJsonata {
  const { make } = compileMeasuredJsonata(template, field);
  return (scope) => make(scope, { bytes: 0 });
}

/** `compileJsonataTemplate`, measured. @throws ExpressionSyntaxError */
export const compileMeasuredJsonata = (template: Json, field: string): CompiledForm<JsonataScope> =>
  compileForm(formOf(template, field), true);

const formOf = (value: Json, field: string): Form<JsonataScope> => {
  if (isJsonata(value)) {
    const expression = compileJsonata(jsonataSource(value));
    return new Blank((scope) => evaluateField(expression, field, scope), expression.isPartOfInput, expression.fields);
  }
  if (isArray(value))
    return compoundOf(
      value,
      value.map((item, index) => ['', formOf(item, `${field}[${index}]`)]),
    );
  if (isObject(value))
    return compoundOf(
      value,
      Object.entries(value).map(([name, member]) => [name, formOf(member, `${field}/${name}`)]),
    );
  return value;
};

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
