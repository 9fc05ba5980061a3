import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { arrayOf, type FieldShape, join, type ObjectShape, type Shape, shapeOf, UNKNOWN } from './shape';

/** Deepest nesting that is followed, `$ref`s included. */
const MAX_DEPTH = 20;

/**
 * What a JSON Schema says of a value. Fields that it does not name are taken as not there, unless `additionalProperties` or
 * `patternProperties` allow them; what it says in other ways than `type`, `properties`, `required`, `items`, `prefixItems`, `enum`, `const`,
 * `anyOf`, `oneOf` and local `$ref`s is left unknown.
 * https://json-schema.org/draft/2020-12
 */
export const shapeOfSchema = (schema: Json): Shape => shape(schema, { root: schema, depth: 0 });

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/** Why a value is no JSON Schema, as far as one can see from its top: no object, a type that there is not, a reference to nowhere. */
export function findSchemaProblem(schema: Json): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (!isObject(schema)) return `it is an object such as {"type": "object", "properties": {…}}; found ${renderJson(schema)}`;
  const { type, $ref: reference } = schema;
  const types: readonly (Json | undefined)[] = isArray(type) ? type : [type];
  const unknown = types.find((one) => one !== undefined && !TYPES.includes(one as string));
  if (unknown !== undefined) return `there is no type ${renderJson(unknown)}; there are ${TYPES.join(', ')}`;
  if (typeof reference === 'string' && resolve(reference, schema) === undefined) return `$ref "${reference}" leads nowhere in it`;
  return undefined;
}

interface Walk {
  readonly root: Json;
  readonly depth: number;
}

const ORIGIN = 'the input, as its schema describes it';

function shape(schema: Json | undefined, walk: Walk): Shape {
  if (!isObject(schema) || walk.depth === MAX_DEPTH) return UNKNOWN;
  const inner: Walk = { ...walk, depth: walk.depth + 1 };
  if (typeof schema['$ref'] === 'string') return shape(resolve(schema['$ref'], walk.root), inner);
  if (schema['allOf'] !== undefined || schema['not'] !== undefined || schema['if'] !== undefined) return UNKNOWN;
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (isArray(alternatives))
    return alternatives.length === 0 ? UNKNOWN : alternatives.map((one) => shape(one, inner)).reduce(join);
  if (schema['const'] !== undefined) return shapeOf(schema['const']);
  const values = schema['enum'];
  if (isArray(values)) return values.length === 0 ? UNKNOWN : values.map((value) => shapeOf(value)).reduce(join);
  switch (schema['type'] ?? (isObject(schema['properties']) ? 'object' : undefined)) {
    case 'object':
      return object(schema, inner);
    case 'array':
      return arrayOf(shape(schema['items'], inner));
    case 'string':
      return { kind: 'scalar', type: 'string' };
    case 'number':
    case 'integer':
      return { kind: 'scalar', type: 'number' };
    case 'boolean':
      return { kind: 'scalar', type: 'boolean' };
    case 'null':
      return { kind: 'scalar', type: 'null' };
    default:
      return UNKNOWN;
  }
}

function object(schema: JsonObject, walk: Walk): ObjectShape {
  const { properties, required, additionalProperties } = schema;
  const fields = new Map<string, FieldShape>();
  for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
    const isRequired = isArray(required) && required.includes(name);
    fields.set(name, { shape: shape(property, walk), presence: isRequired ? 'always' : 'sometimes' });
  }
  const isNamed = isObject(properties) && (additionalProperties === undefined || additionalProperties === false);
  const isOpen = (!isNamed && additionalProperties !== false) || schema['patternProperties'] !== undefined;
  for (const name of isArray(required) ? required : []) {
    if (typeof name === 'string' && !fields.has(name)) fields.set(name, { shape: UNKNOWN, presence: 'always' });
  }
  const others = isOpen ? shape(additionalProperties, walk) : UNKNOWN;
  return { kind: 'object', fields, isOpen, ...(others.kind === 'unknown' ? {} : { others }), origin: ORIGIN };
}

/** A `$ref` within the schema; undefined where it leads elsewhere. */
function resolve(reference: string, root: Json): Json | undefined {
  if (!reference.startsWith('#')) return undefined;
  let found: Json | undefined = root;
  for (const part of reference.slice(1).split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return found;
}
