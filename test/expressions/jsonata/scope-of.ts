import type { Json, JsonObject } from '../../../lib/json/json';
import { toJson } from '../../../lib/json/to-json';
import type { JsonataScope } from '../../../lib/expressions/scope';

/** A scope with the input and the variables, at 2023-11-14T22:13:20Z. Random numbers count up from 0.1. */
export const scopeOf = (
  input: unknown,
  variables: Record<string, unknown> = {},
  more: Partial<JsonataScope> = {},
): JsonataScope => {
  let drawn = 0;
  return {
    input: toJson(input, 'the input'),
    context: () => toJson({ State: { Name: 'S' }, Execution: { Id: 'e' } }, 'the context') as JsonObject,
    variables: toJson(variables, 'the variables') as JsonObject,
    random: { next: () => (++drawn / 10) % 1, uuid: () => `00000000-0000-4000-8000-${String(++drawn).padStart(12, '0')}` },
    epochMs: 1_700_000_000_000,
    ...more,
  };
};

/** JSON that went through the door. */
export const json = (value: unknown): Json => toJson(value, 'the value');
