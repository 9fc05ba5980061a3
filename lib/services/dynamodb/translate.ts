import { isArray, isObject } from '../../json/json';
import type { Json } from '../../json/json';
import { SimulatorError } from '../../simulator/simulator-error';
import { fieldType } from '../parameter-types';
import type { ParameterType } from '../parameter-types';
import { sdkAttributeValue, SDK_TYPE_NAMES } from './attribute-value';

const DYNAMODB_TO_SDK = Object.fromEntries(Object.entries(SDK_TYPE_NAMES).map(([sdk, dynamoDb]) => [dynamoDb, sdk]));

/** A request of an SDK integration as DynamoDB's API has it. A copy, as dynalite changes what it is given. */
export const toDynamoDb = (type: ParameterType, value: Json): Json => translate(type, value, SDK_TYPE_NAMES);

/** A response of DynamoDB's API as an SDK integration gives it. `type` is the response's in SDK names. */
export const toSdk = (type: ParameterType, value: Json): Json => translate(type, value, DYNAMODB_TO_SDK);

function translate(type: ParameterType | undefined, value: Json, names: Readonly<Record<string, string>>): Json {
  if (isArray(value)) {
    const itemType = typeof type === 'object' && 'list' in type ? type.list : undefined;
    return value.map((item) => translate(itemType, item, names));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      // dynalite copies objects by assignment, which loses this key.
      if (key === '__proto__')
        throw new SimulatorError('The simulated DynamoDB cannot hold an attribute named "__proto__": use another name.');
      const name = type === sdkAttributeValue && Object.hasOwn(names, key) ? (names[key] ?? key) : key;
      return [name, translate(memberType(type, key, name), item, names)];
    }),
  );
}

function memberType(type: ParameterType | undefined, key: string, name: string): ParameterType | undefined {
  if (typeof type !== 'object' || 'list' in type) return undefined;
  return 'map' in type ? type.map : (fieldType(type, key) ?? fieldType(type, name));
}
