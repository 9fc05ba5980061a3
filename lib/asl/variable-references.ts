import { isObject, type JsonObject } from '../json/json';
import { parseJson } from '../json/parse-json';
import { expressionsOf, variablesIn } from './expressions-of';
import { effectiveLanguage } from './language';
import { Place } from './place';
import type { QueryLanguage } from './types';
import { inside } from './variables';

/**
 * The variables that each state of a valid definition reads, by the state's name; states that read none are not there.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
 */
export function variableReferences(definition: string): Readonly<Record<string, readonly string[]>> {
  const machine = parseJson(definition, 'the definition') as JsonObject;
  const found = new Map<string, readonly string[]>();
  visit(machine, effectiveLanguage(machine['QueryLanguage'], 'JSONPath'), found);
  return Object.fromEntries(found);
}

function visit(holder: JsonObject, machineLanguage: QueryLanguage, found: Map<string, readonly string[]>): void {
  const place = Place.root([]);
  for (const [name, state] of Object.entries(holder['States'] as JsonObject)) {
    if (!isObject(state)) continue;
    const expressions = expressionsOf(state, effectiveLanguage(state['QueryLanguage'], machineLanguage), place);
    const variables = new Set(expressions.flatMap((expression) => variablesIn(expression)));
    if (variables.size > 0) found.set(name, [...variables].sort());
    for (const [inner] of inside(state, place)) visit(inner, machineLanguage, found);
  }
}
