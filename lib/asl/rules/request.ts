import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { memberOf, elementOf, type Position } from '../position';
import type { StateNode } from '../workflow';

/** The field that holds a task's request. */
export const requestField = ({ language }: StateNode): 'Arguments' | 'Parameters' =>
  language === 'JSONata' ? 'Arguments' : 'Parameters';

/** A task's request, as it is written. */
export const requestOf = (node: StateNode): Json | undefined => node.source[requestField(node)];

/** A field of the request, whether it is constant (`Name`) or not (`Name.$`); undefined where it is not there or not seen. */
export function requestMember(node: StateNode, name: string): Json | undefined {
  const request = requestOf(node);
  if (!isObject(request)) return undefined;
  return request[name] ?? (node.language === 'JSONPath' ? request[`${name}.$`] : undefined);
}

/** All text in the request, keys and values. */
export const requestText = (node: StateNode): string => JSON.stringify(requestOf(node) ?? null);

/** Calls `look` for every member of objects in a value, at any depth. */
export function eachMember(value: Json | undefined, at: Position, look: (key: string, member: Json, at: Position) => void): void {
  if (isArray(value)) value.forEach((item, index) => eachMember(item, elementOf(at, index), look));
  else if (isObject(value))
    for (const [key, member] of Object.entries(value)) {
      look(key, member, memberOf(at, key));
      eachMember(member, memberOf(at, key), look);
    }
}

/** True for a task that calls this action of an optimised integration. */
export const calls = ({ resource }: StateNode, resourceType: string, action: string): boolean =>
  resource?.kind === 'service' && resource.resourceType === resourceType && resource.action === action;

/** True for a state that is inside a Map, at any depth. */
export const isInMap = ({ scope }: StateNode): boolean =>
  scope.kind === 'iteration' || scope.kind === 'children' || (scope.parent !== undefined && isInMap(scope.parent));

/** Objects of a list. */
export const objectsIn = (value: Json | undefined): readonly JsonObject[] => (isArray(value) ? value.filter(isObject) : []);
