import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../json/json';
import { has } from '../json/with-field';
import { ExpressionSyntaxError } from './evaluation-error';
import { Blank, type CompiledForm, compileForm, compoundOf, type Form } from './form';
import type { Scope } from './scope';
import { compileValueExpression } from './value-expression';

/**
 * Makes a Payload Template (Parameters, ResultSelector, ItemSelector) a function of the scope. Fields whose name ends in `.$`, at any
 * depth, hold a path or an intrinsic function; all else is constant and comes back as it is, not copied.
 * Making it throws EvaluationError (States.Runtime) for a path that finds nothing.
 * https://states-language.net/spec.html#payload-template
 * @throws ExpressionSyntaxError
 */
export const compilePayloadTemplate = (template: Json): CompiledForm<Scope> => compileForm(formOf(template), false);

/** Checks a field of a Payload Template whose name ends in `.$`. @throws ExpressionSyntaxError */
export const checkPayloadField = (key: string, value: Json): void => void blankOf(key, value);

const formOf = (value: Json): Form<Scope> =>
  isArray(value) || isObject(value)
    ? compoundOf(
        value,
        Object.entries(value).map(([key, member]) => entryOf(value, key, member)),
      )
    : value;

const entryOf = (holder: JsonArray | JsonObject, key: string, value: Json): [string, Form<Scope>] =>
  isObject(holder) && key.endsWith('.$') ? [nameOf(holder, key), blankOf(key, value)] : [key, formOf(value)];

function nameOf(object: JsonObject, key: string): string {
  const name = key.slice(0, -2);
  if (has(object, name)) throw new ExpressionSyntaxError(`'${name}' and '${key}' would give the same field`);
  return name;
}

function blankOf(key: string, value: Json): Blank<Scope> {
  if (typeof value !== 'string') {
    throw new ExpressionSyntaxError(
      `the field '${key}' takes a string with a JSONPath or an intrinsic function, found ${typeName(value)}`,
    );
  }
  const { evaluate, isPartOfInput, fields } = compileValueExpression(value, key);
  return new Blank(evaluate, isPartOfInput, fields === undefined ? undefined : { root: 'input', names: fields });
}

const typeName = (value: Json): string =>
  value === null ? 'null' : isArray(value) ? 'an array' : isObject(value) ? 'an object' : `a ${typeof value}`;
