import * as fc from 'fast-check';
import { isArray, isObject, type Json } from '../../lib/json/json';
import { randomDefinition } from './random-definition';

/** What stands where something else should: wrong types, bounds, paths and expressions of all kinds, names that objects have. */
const debris: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json[]>(null, true, 0, -1, 0.5, 1e308, 99_999_999_999, '', '$', '$$', '$.a[*]..b', '$[-1:]', '$$.Task.Token'),
  fc.constantFrom<Json[]>(
    'States.Format(',
    "States.Format('{}', $.a)",
    'States.ArrayRange(1, 9, 0)',
    'States.ALL',
    'States.Runtime',
  ),
  fc.constantFrom<Json[]>(
    '{% $states.input.a.b %}',
    '{% ( %}',
    '{% $x %}',
    '{%  %}',
    "{% $error('E') %}",
    '{% $f := function() { $f() } %}',
  ),
  fc.constantFrom<Json[]>(
    'JSONata',
    'JSONPath',
    'Task',
    'Map',
    'Parallel',
    'Fail',
    'DISTRIBUTED',
    'Pass4',
    '2025-01-01T00:00:00Z',
  ),
  fc.constantFrom<Json[]>([], {}, [[]], [null], { a: [{}] }, { 'a.$': '$' }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

const name = fc.oneof(
  fc.constantFrom(
    'Type',
    'Next',
    'End',
    'Retry',
    'Catch',
    'Assign',
    'Output',
    'Arguments',
    'Parameters',
    'InputPath',
    'OutputPath',
  ),
  fc.constantFrom('ResultPath', 'ResultSelector', 'Items', 'ItemsPath', 'ItemSelector', 'ItemProcessor', 'Iterator', 'Branches'),
  fc.constantFrom(
    'MaxConcurrency',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Seconds',
    'SecondsPath',
    'Choices',
    'Default',
    'Condition',
  ),
  fc.constantFrom('QueryLanguage', 'StartAt', 'States', 'Comment', '__proto__', 'constructor', 'toString', '', 'a.$', '0'),
);

interface Mutation {
  readonly place: number;
  readonly kind: 'replace' | 'remove' | 'rename' | 'add' | 'copy';
  readonly value: Json;
  readonly name: string;
  readonly from: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom(
    'replace' as const,
    'replace' as const,
    'remove' as const,
    'rename' as const,
    'add' as const,
    'copy' as const,
  ),
  value: debris,
  name,
  from: fc.nat(),
});

/** A definition that was sound until a few of its places were replaced, removed, renamed, added to, or copied elsewhere. */
export const mutatedDefinition: fc.Arbitrary<Json> = fc
  .tuple(randomDefinition, fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([definition, mutations]) => mutations.reduce(mutate, structuredClone(definition) as Json));

type Container = Record<string, Json>;

function mutate(definition: Json, { place, kind, value, name: to, from }: Mutation): Json {
  const places = placesOf(definition);
  // Nothing may be left of it.
  if (places.length === 0) return definition;
  const { container, key } = places[place % places.length] as Place;
  const old = container[key] as Json;
  switch (kind) {
    case 'replace':
      set(container, key, structuredClone(value));
      break;
    case 'copy': {
      const source = places[from % places.length] as Place;
      set(container, key, structuredClone(source.container[source.key] as Json));
      break;
    }
    case 'add':
      if (isObject(old)) set(old, to, structuredClone(value));
      break;
    case 'rename':
    case 'remove':
      if (isArray(container)) (container as unknown as Json[]).splice(Number(key), 1);
      else {
        delete container[key];
        if (kind === 'rename') set(container, to, old);
      }
      break;
  }
  return definition;
}

interface Place {
  readonly container: Container;
  readonly key: string;
}

function placesOf(json: Json): Place[] {
  if (typeof json !== 'object' || json === null) return [];
  const container = json as Container;
  return Object.keys(container).flatMap((key) => [{ container, key }, ...placesOf(container[key] as Json)]);
}

const set = (container: Container, key: string, value: Json): void => {
  Object.defineProperty(container, key, { value, enumerable: true, writable: true, configurable: true });
};
