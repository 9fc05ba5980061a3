import { ExpressionSyntaxError } from '../expressions/evaluation-error';
import { compilePath } from '../expressions/json-path';
import { checkPayloadField } from '../expressions/payload-template';
import { compileReferencePath } from '../expressions/reference-path';
import { parseTimestamp } from '../expressions/timestamp';
import { compileValueExpression } from '../expressions/value-expression';
import { isArray, isObject, type Json } from '../json/json';
import { warnOfStaticPaths } from './static-paths';
import type { Place } from './place';
import type { QueryLanguage } from './types';

// AWS's words: recorded, or measured by others with ValidateStateMachineDefinition (github.com/floci-io/floci,
// github.com/badmintoncryer/cdk-preflight).

/** Looks at one field's value and says at its place what is wrong with it. */
export type FieldCheck = (value: Json, place: Place, language: QueryLanguage) => void;

const typeName = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value);

const expected = (what: string, value: Json, place: Place): void =>
  place.refuse(`Expected value of type ${what}`, `found ${typeName(value)}`);

/** A string. */
export const text: FieldCheck = (value, place) => {
  if (typeof value !== 'string') expected('[STRING]', value, place);
};

/** A string that is a constant in JSONPath: one that looks like a path is most likely a mistake. */
export const constantText: FieldCheck = (value, place, language) => {
  text(value, place, language);
  if (language === 'JSONPath') warnOfStaticPaths.inText(value, place);
};

/** true or false. */
export const flag: FieldCheck = (value, place) => {
  if (typeof value === 'boolean') return;
  if (typeof value === 'string' && /^(?:true|yes|y|on|false|no|n|off)$/i.test(value))
    return place.refuse(
      'Expected value of type [BOOLEAN]',
      `found the text "${value}"; write ${/^(?:t|y|on)/i.test(value)} without quotes (yes, no, on and off are texts in YAML 1.2)`,
    );
  expected('[BOOLEAN]', value, place);
};

/** An object. */
export const object: FieldCheck = (value, place) => {
  if (!isObject(value)) expected('[OBJECT]', value, place);
};

/** An array or an object. */
export const collection: FieldCheck = (value, place) => {
  if (!isArray(value) && !isObject(value)) expected('[ARRAY, OBJECT]', value, place);
};

/** One of the given strings. */
export const oneOf =
  (...values: readonly string[]): FieldCheck =>
  (value, place) => {
    if (typeof value !== 'string') return expected('[STRING]', value, place);
    if (!values.includes(value))
      place.refuse(`Value should be one of the following: [${values.join(', ')}]`, `found ${JSON.stringify(value)}`);
  };

/** A whole number within bounds, both included. */
export const integer =
  (minimum: number, maximum: number): FieldCheck =>
  (value, place) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return expected('Integer', value, place);
    bounds(value, minimum, maximum, place);
  };

/** A number within bounds, both included. */
export const number =
  (minimum: number, maximum = Number.MAX_VALUE): FieldCheck =>
  (value, place) => {
    if (typeof value !== 'number') return expected('Number', value, place);
    bounds(value, minimum, maximum, place);
  };

function bounds(value: number, minimum: number, maximum: number, place: Place): void {
  if (value < minimum) place.refuse(`Minimum value is ${minimum}`, `found ${value}`);
  if (value > maximum) place.refuse(`Maximum value is ${maximum}`, `found ${value}`);
}

/** An array of at least one element, each of which passes `element`. */
export const listOf =
  (element: FieldCheck): FieldCheck =>
  (value, place, language) => {
    if (isArray(value) && value.length === 0) return place.refuse('Value cannot be empty', 'leave the field out or fill it');
    anyListOf(element)(value, place, language);
  };

/** An array, also an empty one, each element of which passes `element`. */
export const anyListOf =
  (element: FieldCheck): FieldCheck =>
  (value, place, language) => {
    if (!isArray(value)) return expected('[ARRAY]', value, place);
    value.forEach((item, index) => element(item, place.element(index), language));
  };

/** The check, or null. */
export const orNull =
  (check: FieldCheck): FieldCheck =>
  (value, place, language) => {
    if (value !== null) check(value, place, language);
  };

/** What `compile` throws is said at the place. */
const compilable =
  (compile: (source: string) => unknown, message: string | ((source: string) => string)): FieldCheck =>
  (value, place) => {
    if (typeof value !== 'string') return expected('[STRING]', value, place);
    const why = trySyntax(() => compile(value));
    if (why !== undefined) place.refuse(typeof message === 'string' ? message : message(value), why);
  };

/** A JSONPath. */
export const path = compilable(compilePath, 'Value must be a valid JSONPath.');

/** Measured: github.com/gabrielmoreira/tiny-asl-machine, Feature.ChoiceValidation. What AWS adds for other faults nobody has told. */
function notReferencePath(source: string): string {
  return `Value is not a Reference Path${source.startsWith('$') ? '' : ": Reference path didn't start with '$'"}`;
}

/** A Reference Path: one that names exactly one place. */
export const referencePath = compilable((source) => {
  const compiled = compilePath(source);
  if (!compiled.isReference) throw new ExpressionSyntaxError(`"${source}" may name several values; a Reference Path names one`);
}, notReferencePath);

/** Where a result may be written. */
export const writablePath = compilable(compileReferencePath, notReferencePath);

/** A path or an intrinsic function. */
export const valueExpression = compilable(
  compileValueExpression,
  'Value must be a valid JSONPath or a valid intrinsic function call',
);

/** A time as RFC 3339 has it. */
export const timestamp: FieldCheck = (value, place) => {
  if (typeof value !== 'string') return expected('[STRING]', value, place);
  if (parseTimestamp(value) === undefined)
    place.refuse('String does not match RFC3339 timestamp', 'write it as 2026-01-31T09:00:00Z');
};

/** A Payload Template: an object in which a field ending in `.$` holds a path or an intrinsic function. */
export const payloadTemplate: FieldCheck = (value, place) => {
  if (!isObject(value)) return expected('[OBJECT]', value, place);
  checkTemplate(value, place);
  warnOfStaticPaths.inTemplate(value, place);
};

function checkTemplate(value: Json, place: Place): void {
  if (isArray(value)) return value.forEach((item, index) => checkTemplate(item, place.element(index)));
  if (!isObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (!key.endsWith('.$')) {
      checkTemplate(member, place.member(key));
      continue;
    }
    const why = trySyntax(() => checkPayloadField(key, member));
    if (why !== undefined)
      place.refuseMember(
        key,
        `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
        why,
      );
    const plain = key.slice(0, -2);
    if (Object.hasOwn(value, plain))
      place.refuseMember(key, `The payload template has both '${plain}' and '${key}'`, 'they would give the same field');
  }
}

/** Why `compile` refuses; undefined if it does not. */
function trySyntax(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error.message;
    throw error;
  }
}
