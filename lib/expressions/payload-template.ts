import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { has } from '../json/with-field';
import { ExpressionSyntaxError } from './evaluation-error';
import { Blank, type CompiledForm, compileForm, compoundOf, type Form } from './form';
import { inHashMapOrder } from './java-hash';
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

const formOf = (value: Json): Form<Scope> => {
  if (isArray(value))
    return compoundOf(
      value,
      value.map((item) => ['', formOf(item)]),
    );
  return isObject(value) ? compoundOf(value, fieldsOf(value)) : value;
};

/**
 * What the template itself has comes first, as it stands there; then what is filled in, in the order of a Java HashMap of the names.
 * (Measured on AWS: github.com/gabrielmoreira/tiny-asl-machine, and in all recordings.)
 */
function fieldsOf(template: JsonObject): (readonly [name: string, form: Form<Scope>])[] {
  const own: [string, Form<Scope>][] = [];
  const filled: [string, Form<Scope>][] = [];
  for (const [key, value] of Object.entries(template)) {
    if (key.endsWith('.$')) filled.push([nameOf(template, key), blankOf(key, value)]);
    else own.push([key, formOf(value)]);
  }
  return [...own, ...inHashMapOrder(filled)];
}

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
