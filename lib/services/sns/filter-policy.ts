import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import { stringField } from '../parameter-types';
import { tryParseObject } from '../try-parse-object';
import type { Dialect } from '../matching/conditions';
import { compilePattern } from '../matching/pattern';

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
const DIALECT: Dialect = {
  operators: new Set([
    'anything-but',
    'anything-but prefix',
    'anything-but suffix',
    'anything-but wildcard',
    'anything-but equals-ignore-case',
    'cidr',
    'equals-ignore-case',
    'exists',
    'numeric',
    'prefix',
    'suffix',
    'wildcard',
  ]),
  numericBound: 1e9,
};

/** What a filter policy looks at. */
export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** Tells whether a subscription accepts a message: by its attributes, or by its body, which has to be a JSON object then. */
export function compileFilterPolicy(
  policy: Json,
  scope: FilterPolicyScope,
  what: string,
): (message: string, attributes: JsonObject) => boolean {
  checkPolicy(policy, scope, what);
  const matches = compilePattern(policy, DIALECT, what);
  if (scope === 'MessageAttributes') return (_, attributes) => matches(valuesOf(attributes));
  return (message) => {
    const body = tryParseObject(message);
    return body !== undefined && matches(body);
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MAX_KEYS = 5;

/** @throws SimulatorError for what SNS alone refuses */
function checkPolicy(policy: Json, scope: FilterPolicyScope, what: string): void {
  if (!isObject(policy)) return;
  const refuse = (problem: string): never => {
    throw new SimulatorError(`The filter policy of ${what} is not valid: ${problem}. Correct it in the template.`);
  };
  const names = Object.keys(policy).filter((name) => name !== '$or');
  if (names.length > MAX_KEYS) refuse(`it has ${names.length} keys, and SNS takes ${MAX_KEYS}`);
  const nested = scope === 'MessageBody' ? undefined : names.find((name) => isObject(get(policy, name) ?? null));
  if (nested !== undefined)
    refuse(
      `it has an object at ${nested}, and attributes have no fields of their own: FilterPolicyScope MessageBody looks at the body`,
    );
}

/** Message attributes as a filter policy sees them: a `String.Array` is a list, a binary attribute has no value to compare. */
const valuesOf = (attributes: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, attribute]): [string, Json][] => {
      const value = isObject(attribute) ? valueOf(attribute) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );

function valueOf(attribute: JsonObject): Json | undefined {
  const text = stringField(attribute, 'StringValue');
  if (text === undefined) return undefined;
  const type = stringField(attribute, 'DataType') ?? '';
  if (type === 'Number' || type.startsWith('Number.')) return Number(text);
  if (type !== 'String.Array') return text;
  return tryParseList(text) ?? text;
}

function tryParseList(text: string): readonly Json[] | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
