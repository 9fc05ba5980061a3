import type { RandomSource, Scope } from '../../lib/expressions/scope';
import type { Json, JsonObject } from '../../lib/json/json';
import { toJson } from '../../lib/json/to-json';

const random: RandomSource = { next: () => 0.25, uuid: () => '01234567-89ab-4cde-8f01-23456789abcd' };

/** A scope for tests: an input, a Context Object, variables, and randomness that never changes. */
export const scopeOf = (input: Json, context: JsonObject = {}, variables: JsonObject = {}): Scope => {
  const frozen = toJson(context, 'The Context Object') as JsonObject;
  return {
    input: toJson(input, 'The input'),
    context: () => frozen,
    variables: toJson(variables, 'The variables') as JsonObject,
    random,
  };
};
