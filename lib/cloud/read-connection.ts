import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import type { Connection } from './cloud';
import { lazyFields } from './lazy-fields';
import type { ResourceReader } from './resource-reader';

/**
 * A connection of EventBridge. Secrets are not in the template: their references stand for them.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-connection.html
 */
export function readConnection(reader: ResourceReader, name: string, arn: string): Connection {
  const known = (raw: Json, keys: readonly (string | number)[]): Json => {
    const value = reader.tryValue(raw, keys);
    if (value !== undefined) return value;
    if (isArray(raw)) return raw.map((item, index) => known(item, [...keys, index]));
    if (isObject(raw) && !isIntrinsic(raw)) return inside(raw, keys);
    return typeof raw === 'string' ? raw : `{{${keys.at(-1)} of the connection ${name}}}`;
  };
  const inside = (raw: JsonObject, keys: readonly (string | number)[]): JsonObject =>
    Object.fromEntries(Object.entries(raw).map(([key, item]) => [key, known(item, [...keys, key])]));
  return lazyFields({ ...reader.location, name, arn }, { properties: () => inside(reader.resource.Properties, []) });
}

const isIntrinsic = (raw: JsonObject): boolean => Object.keys(raw).some((key) => key === 'Ref' || key.startsWith('Fn::'));
