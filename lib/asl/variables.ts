import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { assignedNames } from './assignment';
import { isDistributed } from './distributed-map';
import { expressionsOf, variablesIn } from './expressions-of';
import { effectiveLanguage } from './language';
import type { Place } from './place';
import type { QueryLanguage } from './types';

/** Variables that one `States` map assigns, and the map around it. */
interface VariableScope {
  readonly names: ReadonlySet<string>;
  readonly outer: VariableScope | undefined;
  /** The scope around a Distributed Map, whose variables its children do not see. */
  readonly hidden: VariableScope | undefined;
}

/**
 * Checks the scopes of variables: an inner scope assigns no name that an outer one assigns, and the children of a Distributed Map
 * read no variable of the workflow around them. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export function checkVariables(holder: JsonObject, language: QueryLanguage, place: Place): void {
  visit(holder, language, place, undefined, undefined);
}

function visit(
  holder: JsonObject,
  machineLanguage: QueryLanguage,
  place: Place,
  outer: VariableScope | undefined,
  hidden: VariableScope | undefined,
): void {
  const states = holder['States'];
  if (!isObject(states)) return;
  const names = new Set<string>();
  const scope: VariableScope = { names, outer, hidden };
  const eachState = (look: (state: JsonObject, at: Place, language: QueryLanguage) => void): void => {
    for (const [name, state] of Object.entries(states))
      if (isObject(state))
        look(state, place.member('States').member(name), effectiveLanguage(state['QueryLanguage'], machineLanguage));
  };
  eachState((state, at, language) => {
    for (const [assign, where] of assignments(state, at)) {
      for (const name of assignedNames(assign, language)) {
        names.add(name);
        if (isAssigned(name, outer))
          where
            .member(name)
            .refuse(
              `The variable name '${name}' was already defined in a parent scope.`,
              'choose another name: a branch or an iteration may read outer variables, not assign them',
              'DUPLICATE_VARIABLE_NAME',
            );
      }
    }
  });
  eachState((state, at, language) => {
    if (hidden !== undefined) checkReferences(state, language, at, scope);
    const apart = isDistributed(state);
    for (const [inner, where] of inside(state, at))
      visit(inner, machineLanguage, where, apart ? undefined : scope, apart ? scope : hidden);
  });
}

const isAssigned = (name: string, scope: VariableScope | undefined): boolean =>
  scope !== undefined && (scope.names.has(name) || isAssigned(name, scope.outer));

const isHidden = (name: string, scope: VariableScope | undefined): boolean =>
  scope !== undefined && (isAssigned(name, scope) || isHidden(name, scope.hidden));

function checkReferences(state: JsonObject, language: QueryLanguage, place: Place, scope: VariableScope): void {
  for (const expression of expressionsOf(state, language, place)) {
    for (const name of new Set(variablesIn(expression))) {
      if (!isAssigned(name, scope) && isHidden(name, scope.hidden))
        place
          .at(expression.position)
          .refuse(
            `Reference to variable '$${name}' is not supported: the variable is defined outside of the Distributed Map`,
            'hand the value to the children with ItemSelector or BatchInput',
          );
    }
  }
}

/** Every `Assign` of a state. */
function assignments(state: JsonObject, place: Place): readonly (readonly [JsonObject, Place])[] {
  const found: [JsonObject, Place][] = [];
  const add = (holder: Json, at: Place): void => {
    if (isObject(holder) && isObject(holder['Assign'])) found.push([holder['Assign'], at.member('Assign')]);
  };
  add(state, place);
  for (const field of ['Choices', 'Catch']) {
    const list = state[field];
    if (isArray(list)) list.forEach((element, index) => add(element, place.member(field).element(index)));
  }
  return found;
}

/** The `States` maps inside a state. */
export function inside(state: JsonObject, place: Place): readonly (readonly [JsonObject, Place])[] {
  const found: [Json | undefined, Place][] = [];
  const branches = state['Branches'];
  if (state['Type'] === 'Parallel' && isArray(branches))
    branches.forEach((branch, index) => found.push([branch, place.member('Branches').element(index)]));
  if (state['Type'] === 'Map') for (const field of ['ItemProcessor', 'Iterator']) found.push([state[field], place.member(field)]);
  return found.filter((entry): entry is [JsonObject, Place] => isObject(entry[0]));
}
