import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import { get } from '../json/with-field';
import { SimulatorError } from '../simulator/simulator-error';
import type { Resource } from './cloud';
import { kind } from './template';

/** Reads properties of a resource that has no reader of its own. Each throws a `SimulatorError` where a property has the wrong type. */
export interface ResourceFields {
  text(key: string): string | undefined;
  /** @throws SimulatorError also if it is missing */
  required(key: string): string;
  /** CloudFormation takes numbers and booleans as texts, too. */
  number(key: string): number | undefined;
  flag(key: string): boolean;
  object(key: string): JsonObject | undefined;
  /** Empty if it is missing. */
  list(key: string): readonly Json[];
  wrong(key: string, expected: string, found: Json | undefined): SimulatorError;
}

/** The properties of a resource, or of a part of one. */
export function fieldsOf(resource: Pick<Resource, 'type' | 'logicalId' | 'stackName'>, properties: JsonObject): ResourceFields {
  const wrong = (key: string, expected: string, found: Json | undefined): SimulatorError =>
    new SimulatorError(
      `Cannot read ${resource.type} "${resource.logicalId}" (stack ${resource.stackName}): at ${key}, expected ${expected}, found ${kind(found)}. Correct the template.`,
    );
  const checked =
    <T extends Json>(expected: string, is: (value: Json) => value is T) =>
    (key: string): T | undefined => {
      const found = get(properties, key);
      if (found === undefined || is(found)) return found;
      throw wrong(key, expected, found);
    };
  const text = checked('a text', (value): value is string => typeof value === 'string');
  const list = checked('a list', isArray);
  return {
    text,
    required(key) {
      const found = text(key);
      if (found === undefined) throw wrong(key, 'a text', found);
      return found;
    },
    number(key) {
      const found = get(properties, key);
      const value = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
      if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
      throw wrong(key, 'a number', found);
    },
    flag: (key) => [true, 'true'].includes(get(properties, key) as boolean | string),
    object: checked('an object', isObject),
    list: (key) => list(key) ?? [],
    wrong,
  };
}
