import { MAX_NESTING } from '../expressions/choice-rule';
import { choiceOperators } from '../expressions/choice-operators';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { assignment } from './assignment';
import { constantText, type FieldCheck, flag, number, object, referencePath, text, timestamp } from './field-checks';
import { both, checkFields, type Field, jsonata, jsonPath, type ObjectFields, refuseForeign } from './fields';
import { jsonataTemplate, orExpression } from './jsonata-checks';
import type { Place } from './place';
import type { QueryLanguage } from './types';

/** Checks a top-level Choice Rule: it leads somewhere, nested rules do not, and its test can be made. */
export const checkChoiceRule: FieldCheck = (rule, place, language) => {
  if (!isObject(rule)) return object(rule, place, language);
  checkFields(rule, topLevel, place, language);
  checkSelector(rule, place, language);
  checkTest(rule, place, 1, language);
};

const operands: Readonly<Record<string, FieldCheck>> = {
  string: constantText,
  number: number(-Number.MAX_VALUE),
  boolean: flag,
  timestamp,
};

/** The data-test operators and their Path forms, in the order of AWS's sentences (measured: github.com/gabrielmoreira/tiny-asl-machine). */
const ORDER =
  'StringEquals IsBoolean StringLessThan IsNumeric BooleanEquals StringLessThanEqualsPath NumericLessThan NumericGreaterThan ' +
  'NumericLessThanPath StringMatches TimestampLessThanEqualsPath NumericEquals TimestampGreaterThan StringGreaterThanEqualsPath ' +
  'TimestampGreaterThanEqualsPath TimestampLessThanEquals NumericLessThanEqualsPath TimestampEquals BooleanEqualsPath IsTimestamp ' +
  'StringLessThanEquals NumericLessThanEquals StringLessThanPath TimestampGreaterThanPath StringGreaterThan StringGreaterThanPath ' +
  'IsString StringEqualsPath TimestampEqualsPath TimestampLessThan StringGreaterThanEquals NumericGreaterThanPath ' +
  'NumericGreaterThanEquals NumericEqualsPath TimestampLessThanPath IsNull IsPresent TimestampGreaterThanEquals ' +
  'NumericGreaterThanEqualsPath';

const comparisons: Readonly<Record<string, Field>> = Object.fromEntries(
  ORDER.split(' ').map((name) => {
    const operator = choiceOperators[name];
    return [name, jsonPath(operator === undefined ? referencePath : (operands[operator.operand] as FieldCheck))];
  }),
);

/** And, Or and Not are looked into by `checkTest`. */
const nested: ObjectFields = {
  fields: {
    ...comparisons,
    Variable: jsonPath(referencePath),
    And: jsonPath(() => undefined),
    Or: jsonPath(() => undefined),
    Not: jsonPath(object),
    Comment: both(text),
  },
  atMostOne: [Object.keys(comparisons)],
};

const topLevel: ObjectFields = {
  ...nested,
  fields: {
    ...nested.fields,
    Condition: jsonata(orExpression(flag)),
    Next: both(text),
    Assign: assignment(),
    Output: jsonata(jsonataTemplate()),
  },
  required: ['Next'],
};

const SELECTORS = ['And', 'Or', 'Not', 'Variable', 'Condition'];

function checkSelector(rule: JsonObject, place: Place, language: QueryLanguage): void {
  const given = SELECTORS.filter((name) => Object.hasOwn(rule, name));
  if (given.length === 1) return;
  place.refuse(
    `The object must have only one of the following fields, [${SELECTORS.join(', ')}]`,
    given.length > 1
      ? `found ${given.join(' and ')}`
      : language === 'JSONata'
        ? 'write "Condition": "{% … %}"'
        : 'write "Variable" and one comparison',
  );
}

/** What a test asks besides its fields: one comparison, and nested rules that are tests as well. */
function checkTest(rule: JsonObject, place: Place, depth: number, language: QueryLanguage): void {
  if (depth > MAX_NESTING)
    return place.refuse(`A Choice Rule nests at most ${MAX_NESTING} levels of And, Or and Not`, 'split it into several states');
  if (Object.hasOwn(rule, 'Variable') && !Object.keys(rule).some((name) => Object.hasOwn(comparisons, name)))
    place.refuse(
      `This object should have only one of the following fields: [${Object.keys(comparisons).join(', ')}]`,
      'it has none',
    );
  if (Object.hasOwn(rule, 'Not')) checkNested(rule['Not'] as Json, place.member('Not'), depth, language);
  for (const operator of ['And', 'Or']) {
    if (!Object.hasOwn(rule, operator)) continue;
    const rules = rule[operator];
    const at = place.member(operator);
    if (!isArray(rules)) at.refuse('Expected value of type [ARRAY]');
    else if (rules.length === 0) at.refuse('Value cannot be empty', 'put the tests that are to be combined in it');
    else rules.forEach((part, index) => checkNested(part, at.element(index), depth, language));
  }
}

function checkNested(rule: Json, place: Place, depth: number, language: QueryLanguage): void {
  if (!isObject(rule)) return object(rule, place, language);
  checkFields(without(rule, 'Condition'), nested, place, language);
  if (Object.hasOwn(rule, 'Condition')) {
    if (language === 'JSONPath') refuseForeign('Condition', 'JSONata', place, language);
    else
      place.refuseMember('Condition', "Field 'Condition' is not supported", 'combine conditions with and/or in one expression');
  }
  checkSelector(rule, place, language);
  checkTest(rule, place, depth + 1, language);
}

const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
