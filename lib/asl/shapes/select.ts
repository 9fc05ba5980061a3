import type { Segment } from '../../expressions/path/segment';
import {
  type ArrayShape,
  closed,
  MAX_FIELDS,
  type ObjectShape,
  open,
  type Presence,
  SEQUENCE,
  type Shape,
  UNKNOWN,
} from './shape';

/** What a path finds in a shape. */
export interface Selection {
  readonly shape: Shape;
  /** `missing`: it cannot be there. */
  readonly presence: Presence | 'missing';
  /** Where the way ends or may end; undefined where it is always or maybe there. */
  readonly lost?: Loss;
}

/** The step at which a path finds nothing. */
export interface Loss {
  /** The step: a field's name or an index. */
  readonly key: string | number;
  /** What the step is taken in. */
  readonly holder: Shape;
  /** What lacks it, for people: `the Error Output of "Pay"`. */
  readonly origin?: string;
}

/** How paths step through arrays: JSONPath finds no field in an array, JSONata takes it of each item. */
export type Manner = 'JSONPath' | 'JSONata';

/** Follows a path. Steps that may lead to several places lead to an unknown one. */
export function select(document: Shape, segments: readonly Segment[], manner: Manner = 'JSONPath'): Selection {
  let found: Selection = { shape: document, presence: 'always' };
  for (const segment of segments) {
    const key = keyOf(segment);
    if (key === undefined) return { shape: UNKNOWN, presence: 'maybe' };
    const next = step(found.shape, key, manner);
    if (next.presence === 'missing') return next;
    found = { shape: next.shape, presence: along(found.presence as Presence, next.presence), ...lossOf(found, next) };
  }
  return found;
}

const lossOf = (found: Selection, next: Selection): Pick<Selection, 'lost'> => {
  const lost = found.lost ?? next.lost;
  return lost === undefined ? {} : { lost };
};

const keyOf = (segment: Segment): string | number | undefined => {
  const list: readonly (string | number)[] =
    segment.kind === 'fields' ? segment.names : segment.kind === 'indexes' ? segment.indexes : [];
  return list.length === 1 ? list[0] : undefined;
};

/** A step that on some way surely leads nowhere says so, whatever may be behind it. */
const along = (one: Presence, other: Presence): Presence =>
  one === 'sometimes' || other === 'sometimes' ? 'sometimes' : one === 'maybe' || other === 'maybe' ? 'maybe' : 'always';

/** One step of a path. */
export function step(shape: Shape, key: string | number, manner: Manner): Selection {
  const origin = shape.kind === 'unknown' ? undefined : shape.origin;
  const miss: Selection = {
    shape: UNKNOWN,
    presence: 'missing',
    lost: { key, holder: shape, ...(origin === undefined ? {} : { origin }) },
  };
  switch (shape.kind) {
    case 'unknown':
      // Of what a filter found as well: the field of the one item may be an array itself.
      return { shape: UNKNOWN, presence: 'maybe' };
    case 'scalar':
      return miss;
    case 'array':
      if (typeof key === 'number') return element(shape, key);
      return manner === 'JSONata' ? ofEach(shape, key, miss) : miss;
    case 'object': {
      if (typeof key === 'number') return manner === 'JSONata' && key === 0 ? { shape, presence: 'always' } : miss;
      const field = shape.fields.get(key);
      if (field === undefined) return shape.isOpen ? { shape: shape.others ?? UNKNOWN, presence: 'maybe' } : miss;
      if (field.presence !== 'sometimes') return { shape: field.shape, presence: field.presence };
      const without = field.without ?? origin;
      return {
        shape: field.shape,
        presence: 'sometimes',
        lost: { key, holder: shape, ...(without === undefined ? {} : { origin: without }) },
      };
    }
  }
}

function element({ item, items }: ArrayShape, index: number): Selection {
  const found = items?.at(index);
  // Past the end AWS finds null (measured: github.com/floci-io/floci/issues/3167).
  return { shape: found ?? (items === undefined ? item : UNKNOWN), presence: 'maybe' };
}

/** JSONata takes a field of each item. What only one of them has stands for itself. */
function ofEach({ item, items = [item] }: ArrayShape, key: string, miss: Selection): Selection {
  const found = items.map((one) => step(one, key, 'JSONata'));
  if (items.length > 0 && found.every(({ presence }) => presence === 'missing')) return miss;
  const isOne = found.every(({ shape }) => shape.kind === 'scalar' || shape.kind === 'object');
  return { shape: isOne && items.length < 2 ? SEQUENCE : UNKNOWN, presence: 'maybe' };
}

/** The document with a value written at a Reference Path. Undefined: the way is barred, which fails at run time. */
export function write(document: Shape, keys: readonly (string | number)[], value: Shape): Shape | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (document.kind === 'unknown') {
    if (typeof key === 'number') return UNKNOWN;
    return withFieldShape(open({}), key, write(closed({}), rest, value) ?? UNKNOWN);
  }
  if (document.kind === 'array' && typeof key === 'number') return UNKNOWN;
  if (document.kind !== 'object' || typeof key === 'number') return undefined;
  const field = document.fields.get(key);
  const target = field?.shape ?? (document.isOpen && rest.length > 0 ? UNKNOWN : closed({}));
  const written = write(field?.presence === 'maybe' ? UNKNOWN : target, rest, value);
  return written === undefined ? undefined : withFieldShape(document, key, written);
}

/** The object with a field that is always there. */
export function withFieldShape(object: ObjectShape, name: string, shape: Shape): ObjectShape {
  if (object.fields.size >= MAX_FIELDS && !object.fields.has(name)) return open({ [name]: shape });
  const fields = new Map(object.fields);
  fields.set(name, { shape, presence: 'always' });
  return { ...object, fields };
}

/** The document in which the path is there, as a test has shown. */
export function assume(document: Shape, keys: readonly (string | number)[]): Shape {
  const [key, ...rest] = keys;
  if (typeof key !== 'string') return document;
  if (document.kind === 'unknown') return withFieldShape(open({}), key, assume(UNKNOWN, rest));
  if (document.kind !== 'object') return document;
  const field = document.fields.get(key);
  if (field === undefined && !document.isOpen) return document;
  return withFieldShape(document, key, assume(field?.shape ?? document.others ?? UNKNOWN, rest));
}
