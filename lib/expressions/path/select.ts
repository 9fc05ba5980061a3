import { isArray, isObject, type Json, type JsonArray, type JsonObject } from '../../json/json';
import { renderJson } from '../../json/render-json';
import { get, has, withField } from '../../json/with-field';
import { EvaluationError } from '../evaluation-error';
import { pathFunctions } from './path-functions';
import { isDefinite, renderSegment, type Segment } from './segment';

/** What a path found: a value, or in Jayway's words why there is none. */
export type Found =
  /** `isPastEnd`: the null is an element past the end of an array */
  { readonly value: Json; readonly isPastEnd: boolean } | { readonly miss: string };

/** Segments made into a function of the document they start from and the document that `$` means in filters. */
export interface Select {
  (from: Json, document: Json): Found;
  /** True if the path leads to one place at most: then `value` is what is there; else it is the array of all that was found. */
  readonly definite: boolean;
}

/**
 * Jayway over Jackson's tree: an index past the end of an array finds null (https://github.com/floci-io/floci/issues/3167),
 * an index into what is no array is a mistake of its own, a missing parent of a wildcard or slice gives `[]`.
 */
export const compileSegments = (segments: readonly Segment[]): Select => {
  const definite = segments.every((segment, index) => isDefinite(segment, index === segments.length - 1));
  return Object.assign(definite ? one(segments as readonly DefiniteSegment[]) : several(segments), { definite });
};

type DefiniteSegment = Extract<Segment, { kind: 'fields' | 'indexes' | 'function' }>;

const one =
  (segments: readonly DefiniteSegment[]) =>
  (from: Json): Found => {
    let value: Json | undefined = from;
    for (let index = 0; index < segments.length; index++) {
      const step: Json | undefined = stepOne(segments[index] as DefiniteSegment, value);
      if (step === undefined) return { miss: why(segments, index, value) };
      value = step;
    }
    return { value, isPastEnd: value === null && isPastEnd(segments, from) };
  };

/** Undefined: nothing is there. */
const stepOne = (segment: DefiniteSegment, value: Json): Json | undefined => {
  switch (segment.kind) {
    case 'fields':
      if (!isObject(value)) return undefined;
      return segment.names.length === 1 ? get(value, segment.names[0] as string) : pick(value, segment.names);
    case 'indexes':
      return isArray(value) ? at(value, segment.indexes[0] as number) : undefined;
    case 'function':
      return pathFunctions[segment.name]?.(value);
  }
};

/** For a path that found null: is there no such element? */
const isPastEnd = (segments: readonly DefiniteSegment[], from: Json): boolean => {
  const last = segments.at(-1);
  if (last?.kind !== 'indexes') return false;
  const array = segments
    .slice(0, -1)
    .reduce<Json | undefined>((value, segment) => (value === undefined ? undefined : stepOne(segment, value)), from);
  return isArray(array) && array.at(last.indexes[0] as number) === undefined;
};

const pick = (object: JsonObject, names: readonly string[]): Json =>
  names.reduce<JsonObject>((picked, name) => (has(object, name) ? withField(picked, name, object[name] as Json) : picked), {});

const at = (array: JsonArray, index: number): Json => array[index < 0 ? array.length + index : index] ?? null;

/** Why the segment at `index` found nothing in `value`. */
const why = (segments: readonly DefiniteSegment[], index: number, value: Json): string => {
  const segment = segments[index] as DefiniteSegment;
  const before = `$${segments.slice(0, index).map(renderSegment).join('')}`;
  if (segment.kind === 'indexes') return value === null ? `The path ${before} is null` : notAnArray(segment, value);
  if (segment.kind === 'fields' && !isObject(value))
    return (
      `Expected to find an object with property ${renderSegment(segment)} in path ${before} but found '${javaClass(value)}'. ` +
      `This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.`
    );
  const path = `${before}${renderSegment(segment)}`;
  return index === segments.length - 1 ? `No results for path: ${path}` : `Missing property in path ${path}`;
};

const notAnArray = (segment: Segment, value: Json): string =>
  `Filter: ${renderSegment(segment)} can only be applied to arrays. Current context is: ${renderJson(value)}`;

/** The class that holds the value in Jackson's tree. */
const javaClass = (value: Json): string => {
  if (value === null) return 'null';
  if (isArray(value)) return jackson('Array');
  switch (typeof value) {
    case 'string':
      return jackson('Text');
    case 'boolean':
      return jackson('Boolean');
    default:
      return jackson(Number.isInteger(value) ? (Math.abs(value as number) < 2 ** 31 ? 'Int' : 'Long') : 'Double');
  }
};

const jackson = (type: string): string => `com.fasterxml.jackson.databind.node.${type}Node`;

const several =
  (segments: readonly Segment[]) =>
  (from: Json, document: Json): Found => {
    const walk: Walk = { segments, document, found: [], miss: undefined, steps: 0 };
    visit(walk, 0, from, true);
    return walk.miss === undefined ? { value: walk.found, isPastEnd: false } : { miss: walk.miss };
  };

interface Walk {
  readonly segments: readonly Segment[];
  readonly document: Json;
  readonly found: Json[];
  miss: string | undefined;
  steps: number;
}

/** Most places that one evaluation visits: `$..*..*..*` of a large value would visit them for ever. AWS's own bound is not known. */
const MAX_STEPS = 2_000_000;

const step = (walk: Walk): void => {
  if (++walk.steps > MAX_STEPS)
    throw new EvaluationError(
      'States.Runtime',
      `The path ${walk.segments.map(renderSegment).join('')} visits more than ${MAX_STEPS} places`,
    );
};

/** Applies the segments from `index` on to one value. `definite`: only one way led here, so a value of the wrong kind is a mistake. */
const visit = (walk: Walk, index: number, value: Json, definite: boolean): void => {
  step(walk);
  const segment = walk.segments[index];
  if (segment === undefined) {
    walk.found.push(value);
    return;
  }
  const onward = (next: Json | undefined): void => {
    if (next !== undefined) visit(walk, index + 1, next, definite && isDefinite(segment, false));
  };
  switch (segment.kind) {
    case 'fields':
      if (!isObject(value)) return;
      if (segment.names.length > 1 && index === walk.segments.length - 1) return onward(pick(value, segment.names));
      return segment.names.forEach((name) => onward(get(value, name)));
    case 'wildcard':
      return children(value).forEach(onward);
    case 'indexes':
      if (isArray(value)) return segment.indexes.forEach((position) => onward(at(value, position)));
      if (definite && value !== null) walk.miss = notAnArray(segment, value);
      return;
    case 'slice':
      if (isArray(value)) return slice(value, segment.from, segment.to).forEach(onward);
      if (definite && value !== null) walk.miss = notAnArray(segment, value);
      return;
    case 'filter':
      if (isArray(value)) return value.filter((item) => segment.holds(item, walk.document)).forEach(onward);
      if (isObject(value) && segment.holds(value, walk.document)) onward(value);
      return;
    case 'scan':
      return scan(walk, index + 1, value);
    case 'function':
      return onward(pathFunctions[segment.name]?.(value));
  }
};

const children = (value: Json): readonly Json[] => (isArray(value) ? value : isObject(value) ? Object.values(value) : []);

/** Jayway's slice: with both bounds, a negative one counts from the end and the way between may pass over 0. */
const slice = (array: JsonArray, from: number | undefined, to: number | undefined): readonly Json[] => {
  const { length } = array;
  if (from === undefined) return array.slice(0, to);
  if (to === undefined) return array.slice(from);
  const items: Json[] = [];
  for (let index = Math.max(from, -length); index < Math.min(to, length); index++) items.push(at(array, index));
  return items;
};

/** Applies the segment at `index` to the value and all that is in it, parents first. */
const scan = (walk: Walk, index: number, value: Json): void => {
  step(walk);
  const segment = walk.segments[index] as Segment;
  if (isArray(value) ? segment.kind !== 'fields' && segment.kind !== 'filter' : isObject(value) && takesObject(segment, value))
    visit(walk, index, value, false);
  children(value).forEach((child) => scan(walk, index, child));
};

/** True if a scan stops at this object; fields must all be there. */
const takesObject = (segment: Segment, value: JsonObject): boolean => {
  if (segment.kind === 'fields') return segment.names.every((name) => has(value, name));
  return segment.kind === 'wildcard' || segment.kind === 'filter';
};
