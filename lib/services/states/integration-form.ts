import { isArray, isObject, type Json } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get } from '../../json/with-field';
import type { ParameterType } from '../parameter-types';
import type { Shape } from './shape';

const pascal = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/** What Step Functions lets a parameter of that shape be. Where the API has JSON text, any value becomes one (recorded). */
export function parameterType(shape: Shape): ParameterType {
  switch (shape.type) {
    case 'string':
      return shape.json === true ? 'JSON' : 'STRING';
    case 'integer':
    case 'float':
      return 'NUMBER';
    case 'boolean':
      return 'BOOLEAN';
    case 'list':
      return { list: parameterType(shape.of) };
    case 'structure':
      return {
        fields: Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [pascal(name), parameterType(member)])),
        required: shape.required.map(pascal),
      };
  }
}

/** Parameters as the API has them: its own names, JSON as text. Null is left out (recorded of Input). */
export function apiRequest(shape: Shape, value: Json): Json {
  if (shape.type === 'structure' && isObject(value)) {
    return Object.fromEntries(
      Object.entries(shape.members).flatMap(([name, member]) => {
        const given = get(value, pascal(name));
        return given === undefined || given === null ? [] : [[name, apiRequest(member, given)]];
      }),
    );
  }
  if (shape.type === 'list' && isArray(value)) return value.map((item) => apiRequest(shape.of, item));
  return shape.type === 'string' && shape.json === true && typeof value !== 'string' ? renderJson(value) : value;
}

/** A response as integrations have it. Names that are data stay. */
export function sdkForm(value: unknown, renderTime: (time: Date) => Json): Json {
  if (value instanceof Date) return renderTime(value);
  if (Array.isArray(value)) return value.map((item) => sdkForm(item, renderTime));
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [pascal(name), name === 'variableReferences' ? (member as Json) : sdkForm(member, renderTime)]),
  );
}
