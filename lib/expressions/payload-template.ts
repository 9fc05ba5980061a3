import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../json/json';
import { has, setField } from '../json/with-field';
import { ExpressionSyntaxError } from './evaluation-error';
import type { Evaluate } from './scope';
import { compileValueExpression } from './value-expression';

/**
 * Makes a Payload Template (Parameters, ResultSelector, ItemSelector) a function of the scope. Fields whose name ends in `.$`, at any
 * depth, hold a path or an intrinsic function; all else is constant and comes back as it is, not copied.
 * Evaluating throws EvaluationError (States.Runtime) for a path that finds nothing.
 * https://states-language.net/spec.html#payload-template
 * @throws ExpressionSyntaxError
 */
export const compilePayloadTemplate = (template: Json): Evaluate => compile(template) ?? (() => template);

/** Undefined: the value is constant. */
const compile = (value: Json): Evaluate | undefined =>
  isArray(value) ? compileArray(value) : isObject(value) ? compileObject(value) : undefined;

const compileArray = (array: JsonArray): Evaluate | undefined => {
  const items = array.map(compile);
  if (items.every((item) => item === undefined)) return undefined;
  return (scope) => items.map((evaluate, index) => (evaluate === undefined ? (array[index] as Json) : evaluate(scope)));
};

/** A field of the result: its value, or how to get it. */
interface Field {
  readonly name: string;
  readonly value: Json;
  readonly evaluate: Evaluate | undefined;
}

const compileObject = (object: JsonObject): Evaluate | undefined => {
  const fields = Object.entries(object).map(([key, value]) => compileField(object, key, value));
  if (fields.every(({ evaluate }) => evaluate === undefined)) return undefined;
  return (scope) => {
    const result: Record<string, Json> = {};
    for (const { name, value, evaluate } of fields) {
      const field = evaluate === undefined ? value : evaluate(scope);
      setField(result, name, field);
    }
    return result;
  };
};

const compileField = (object: JsonObject, key: string, value: Json): Field => {
  if (!key.endsWith('.$')) return { name: key, value, evaluate: compile(value) };
  const name = key.slice(0, -2);
  if (has(object, name)) throw new ExpressionSyntaxError(`'${name}' and '${key}' would give the same field`);
  if (typeof value !== 'string')
    throw new ExpressionSyntaxError(
      `the field '${key}' takes a string with a JSONPath or an intrinsic function, found ${typeName(value)}`,
    );
  return { name, value, evaluate: compileValueExpression(value, key) };
};

const typeName = (value: Json): string =>
  value === null ? 'null' : isArray(value) ? 'an array' : isObject(value) ? 'an object' : `a ${typeof value}`;
