import { atMostBytes } from '../json/fits';
import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../json/json';
import { sizeBytes } from '../json/size-bytes';
import { has } from '../json/with-field';
import { ExpressionSyntaxError } from './evaluation-error';
import type { Evaluate, Scope } from './scope';
import { compileValueExpression } from './value-expression';

/**
 * Makes a Payload Template (Parameters, ResultSelector, ItemSelector) a function of the scope. Fields whose name ends in `.$`, at any
 * depth, hold a path or an intrinsic function; all else is constant and comes back as it is, not copied.
 * Evaluating throws EvaluationError (States.Runtime) for a path that finds nothing.
 * https://states-language.net/spec.html#payload-template
 * @throws ExpressionSyntaxError
 */
export const compilePayloadTemplate = (template: Json): Evaluate =>
  // The code does not refer to a sum.
  generate(template, (index) => `e[${index}](scope)`) as Evaluate;

/** A Payload Template whose results are measured while they are made. */
export interface MeasuredTemplate {
  /** Adds to `sum` an upper bound of the sizes of all that is filled in. */
  evaluate(scope: Scope, sum: { atMostBytes: number }): Json;
  /** Upper bound of the size of all the rest. */
  readonly constantBytes: number;
}

/** `compilePayloadTemplate`, measured: only what is filled in has to be looked at each time. @throws ExpressionSyntaxError */
export const compileMeasuredTemplate = (template: Json): MeasuredTemplate => ({
  evaluate: generate(template, (index) => `measured(e[${index}](scope), sum)`),
  // It has all the names, and each field that is filled in holds a text.
  constantBytes: sizeBytes(template),
});

function measured(value: Json, sum: { atMostBytes: number }): Json {
  sum.atMostBytes += atMostBytes(value);
  return value;
}

/** What the generated code refers to. */
interface Parts {
  readonly evaluates: Evaluate[];
  readonly constants: Json[];
  /** Code that fills in what `evaluates[index]` gives. */
  readonly fill: (index: number) => string;
}

/**
 * Objects are written as literals, in code that is generated once: setting their fields one by one takes five times as long. Of the
 * definition only names go into the code, as JSON text.
 */
function generate(template: Json, fill: Parts['fill']): MeasuredTemplate['evaluate'] {
  const parts: Parts = { evaluates: [], constants: [], fill };
  const source = sourceOf(template, parts);
  if (source === undefined) return () => template;
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function('e', 'c', 'measured', `return (scope, sum) => (${source});`) as (
    e: readonly Evaluate[],
    c: readonly Json[],
    add: typeof measured,
  ) => MeasuredTemplate['evaluate'];
  return make(parts.evaluates, parts.constants, measured);
}

/** Undefined: the value is constant. */
const sourceOf = (value: Json, parts: Parts): string | undefined =>
  isArray(value) ? sourceOfArray(value, parts) : isObject(value) ? sourceOfObject(value, parts) : undefined;

function sourceOfArray(array: JsonArray, parts: Parts): string | undefined {
  const items = array.map((item) => sourceOf(item, parts));
  if (items.every((item) => item === undefined)) return undefined;
  return `[${items.map((item, index) => item ?? constant(array[index] as Json, parts)).join(',')}]`;
}

function sourceOfObject(object: JsonObject, parts: Parts): string | undefined {
  const fields = Object.entries(object).map(([key, value]) => {
    if (!key.endsWith('.$')) return { name: key, value, source: sourceOf(value, parts) };
    return { name: nameOf(object, key), value, source: evaluated(key, value, parts) };
  });
  if (fields.every(({ source }) => source === undefined)) return undefined;
  return `{${fields.map(({ name, value, source }) => `${keyOf(name)}:${source ?? constant(value, parts)}`).join(',')}}`;
}

/** As a literal has it: in brackets `__proto__` is a name like any other. */
const keyOf = (name: string): string => (name === '__proto__' ? '["__proto__"]' : JSON.stringify(name));

function nameOf(object: JsonObject, key: string): string {
  const name = key.slice(0, -2);
  if (has(object, name)) throw new ExpressionSyntaxError(`'${name}' and '${key}' would give the same field`);
  return name;
}

function evaluated(key: string, value: Json, { evaluates, fill }: Parts): string {
  if (typeof value !== 'string')
    throw new ExpressionSyntaxError(
      `the field '${key}' takes a string with a JSONPath or an intrinsic function, found ${typeName(value)}`,
    );
  return fill(evaluates.push(compileValueExpression(value, key)) - 1);
}

const constant = (value: Json, { constants }: Parts): string => `c[${constants.push(value) - 1}]`;

const typeName = (value: Json): string =>
  value === null ? 'null' : isArray(value) ? 'an array' : isObject(value) ? 'an object' : `a ${typeof value}`;
