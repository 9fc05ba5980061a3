import { isArray, isObject, type Json } from '../../json/json';

/** What is known of a value without running anything. */
export type Shape = UnknownShape | ScalarShape | ArrayShape | ObjectShape;

/** Nothing is known, or no more than that JSONata found it among several. */
export interface UnknownShape {
  readonly kind: 'unknown';
  /** True for what is an array only where JSONata found more than one: one stands for itself, none is nothing. */
  readonly isSequence?: true;
}

/** A string, a number, a boolean or null. */
export interface ScalarShape {
  readonly kind: 'scalar';
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  /** What a text holds that its type does not say. */
  readonly holds?: 'number' | 'json' | 'cause';
  /** Why it may be null instead, for people. */
  readonly orNull?: string;
  /** Where it comes from, for people: `DynamoDB gives numbers as strings`. */
  readonly origin?: string;
}

/** An array. */
export interface ArrayShape {
  readonly kind: 'array';
  /** What is known of each item. */
  readonly item: Shape;
  /** Each item, where their number is known. */
  readonly items?: readonly Shape[];
  readonly origin?: string;
}

/** An object. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, FieldShape>;
  /** True if it may have fields besides. */
  readonly isOpen: boolean;
  /** What is known of each of those. @default unknown */
  readonly others?: Shape;
  readonly origin?: string;
}

/** A field of an object. */
export interface FieldShape {
  readonly shape: Shape;
  readonly presence: Presence;
  /** Of a `sometimes`: what lacks it. */
  readonly without?: string;
}

/**
 * Whether a field is there: `always`; `sometimes`, where on one way it surely is not; `maybe`, where it may be missing and it would be
 * an alarm too many to say so.
 */
export type Presence = 'always' | 'sometimes' | 'maybe';

/** A value of which nothing is known. */
export const UNKNOWN: UnknownShape = { kind: 'unknown' };

/** What JSONata finds among several. */
export const SEQUENCE: UnknownShape = { kind: 'unknown', isSequence: true };

/** A string, with what is known of it. */
export const text = (more: Pick<ScalarShape, 'holds' | 'orNull' | 'origin'> = {}): ScalarShape => ({
  kind: 'scalar',
  type: 'string',
  ...more,
});

/** A number. */
export const NUMBER: ScalarShape = { kind: 'scalar', type: 'number' };

/** true or false. */
export const BOOLEAN: ScalarShape = { kind: 'scalar', type: 'boolean' };

/** An object of these fields, all of which are there, and no others. */
export function closed(shapes: Readonly<Record<string, Shape>>, origin?: string): ObjectShape {
  const fields = new Map<string, FieldShape>();
  for (const [name, shape] of Object.entries(shapes)) fields.set(name, { shape, presence: 'always' });
  return { kind: 'object', fields, isOpen: false, ...(origin === undefined ? {} : { origin }) };
}

/** An object with these fields among others, of which `others` says what they are. */
export const open = (fields: Readonly<Record<string, Shape>>, origin?: string, others?: Shape): ObjectShape => ({
  ...closed(fields, origin),
  isOpen: true,
  ...(others === undefined ? {} : { others }),
});

/** The object with fields that may be missing besides. */
export const withMaybe = (object: ObjectShape, fields: Readonly<Record<string, Shape>>): ObjectShape => ({
  ...object,
  fields: new Map<string, FieldShape>([
    ...object.fields,
    ...Object.entries(fields).map(([name, shape]) => [name, { shape, presence: 'maybe' }] as const),
  ]),
});

/** An array of items of one shape. */
export const arrayOf = (item: Shape): ArrayShape => ({ kind: 'array', item });

/** An array whose items are known one by one. */
export const tuple = (items: readonly Shape[], origin?: string): ArrayShape => ({
  kind: 'array',
  item: items.length === 0 ? UNKNOWN : items.reduce(join),
  items,
  ...(origin === undefined ? {} : { origin }),
});

/** The shape of a constant. */
export function shapeOf(value: Json, origin?: string): Shape {
  const more = origin === undefined ? {} : { origin };
  if (isArray(value))
    return tuple(
      value.map((item) => shapeOf(item)),
      origin,
    );
  if (isObject(value))
    return closed(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)])), origin);
  if (value === null) return { kind: 'scalar', type: 'null', ...more };
  return { kind: 'scalar', type: typeof value as 'string' | 'number' | 'boolean', ...more };
}

/** An object with more fields is not remembered: following it would take longer than anybody waits. */
export const MAX_FIELDS = 64;

/** Deeper than this nothing is remembered, so that a loop that wraps its data comes to an end. */
const MAX_DEPTH = 12;

/** What is known of a value that is one or the other; `one` itself where the other adds nothing. */
export const join = (one: Shape, other: Shape): Shape => joinAt(one, other, 0);

function joinAt(one: Shape, other: Shape, depth: number): Shape {
  if (one === other) return one;
  if (depth === MAX_DEPTH) return UNKNOWN;
  if (one.kind === 'scalar' && other.kind === 'scalar') return joinScalars(one, other);
  if (one.kind === 'array' && other.kind === 'array') return joinArrays(one, other, depth);
  if (one.kind === 'object' && other.kind === 'object') return joinObjects(one, other, depth);
  return UNKNOWN;
}

function joinScalars(one: ScalarShape, other: ScalarShape): Shape {
  if (one.type !== other.type) return UNKNOWN;
  const orNull = one.orNull ?? other.orNull;
  const holds = one.holds === other.holds ? one.holds : undefined;
  if (orNull === one.orNull && holds === one.holds) return one;
  return {
    kind: 'scalar',
    type: one.type,
    ...(holds === undefined ? {} : { holds }),
    ...(orNull === undefined ? {} : { orNull }),
  };
}

function joinArrays(one: ArrayShape, other: ArrayShape, depth: number): ArrayShape {
  const item = joinAt(one.item, other.item, depth + 1);
  if (one.items === undefined || one.items.length !== other.items?.length)
    return one.items === undefined && item === one.item ? one : { kind: 'array', item };
  const items = one.items.map((shape, index) => joinAt(shape, other.items?.[index] ?? UNKNOWN, depth + 1));
  return item === one.item && items.every((shape, index) => shape === one.items?.[index]) ? one : { ...one, item, items };
}

const ANY_OBJECT = open({});

/** Gives `one` itself where `other` adds nothing, so that whoever waits for a change sees it at once. */
function joinObjects(one: ObjectShape, other: ObjectShape, depth: number): ObjectShape {
  if (one.fields.size > MAX_FIELDS || other.fields.size > MAX_FIELDS) return ANY_OBJECT;
  let changed: Map<string, FieldShape> | undefined;
  const set = (name: string, field: FieldShape): void => {
    const before = one.fields.get(name);
    if (before !== undefined && before.shape === field.shape && before.presence === field.presence) return;
    (changed ??= new Map(one.fields)).set(name, field);
  };
  for (const [name, field] of other.fields) {
    const own = one.fields.get(name);
    if (own === undefined) set(name, joinWithout(field, one, depth));
    else
      set(name, {
        shape: joinAt(own.shape, field.shape, depth + 1),
        presence: weaker(own.presence, field.presence),
        ...withoutIt(own.without ?? field.without),
      });
  }
  for (const [name, field] of one.fields) if (!other.fields.has(name)) set(name, joinWithout(field, other, depth));
  const isOpen = one.isOpen || other.isOpen;
  const others =
    one.isOpen && other.isOpen ? joinAt(one.others ?? UNKNOWN, other.others ?? UNKNOWN, depth + 1) : (one.others ?? other.others);
  const known = others === undefined || others.kind === 'unknown' ? undefined : others;
  if (changed === undefined && isOpen === one.isOpen && known === one.others) return one;
  const origin = one.origin ?? other.origin;
  return {
    kind: 'object',
    fields: changed ?? one.fields,
    isOpen,
    ...(known === undefined ? {} : { others: known }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** A field that the other object does not name. */
const joinWithout = (field: FieldShape, lacking: ObjectShape, depth: number): FieldShape =>
  lacking.isOpen
    ? { shape: joinAt(field.shape, lacking.others ?? UNKNOWN, depth + 1), presence: 'maybe' }
    : { ...field, presence: weaker(field.presence, 'sometimes'), ...withoutIt(field.without ?? lacking.origin) };

const withoutIt = (origin: string | undefined): Pick<FieldShape, 'without'> => (origin === undefined ? {} : { without: origin });

const RANK: Readonly<Record<Presence, number>> = { always: 0, sometimes: 1, maybe: 2 };

const weaker = (one: Presence, other: Presence): Presence => (RANK[one] >= RANK[other] ? one : other);

/** What is known of one object laid over the other. */
export function merge(one: Shape, other: Shape): Shape {
  if (one.kind !== 'object' || other.kind !== 'object') return UNKNOWN;
  const fields = new Map<string, FieldShape>(one.fields);
  for (const [name, field] of other.fields) {
    const below = fields.get(name);
    fields.set(name, field.presence === 'always' || below === undefined ? field : { shape: UNKNOWN, presence: below.presence });
  }
  // A field of an open object that is not known may lie over one that is.
  const known = other.isOpen
    ? new Map([...fields].map(([name, field]) => [name, other.fields.has(name) ? field : { ...field, shape: UNKNOWN }]))
    : fields;
  return { kind: 'object', fields: known, isOpen: one.isOpen || other.isOpen };
}

/**
 * What is known behind a Choice, which may have looked at it: a way on which a field is missing (`sometimes`) may be a way not taken, a
 * text that may be null may be tested, and so may what is no JSON.
 */
export function relax(shape: Shape): Shape {
  if (shape.kind === 'scalar') return relaxText(shape);
  if (shape.kind !== 'object') return shape;
  let changed: Map<string, FieldShape> | undefined;
  for (const [name, field] of shape.fields) {
    const inner = relax(field.shape);
    if (inner === field.shape && field.presence !== 'sometimes') continue;
    const presence = field.presence === 'sometimes' ? 'maybe' : field.presence;
    (changed ??= new Map(shape.fields)).set(name, { ...field, shape: inner, presence });
  }
  return changed === undefined ? shape : { ...shape, fields: changed };
}

const relaxText = (shape: ScalarShape): ScalarShape =>
  shape.holds === 'cause' || shape.orNull !== undefined ? { kind: 'scalar', type: shape.type } : shape;

/** The same with a word on where it comes from, for people. */
export const from = (shape: Shape, origin: string): Shape => (shape.kind === 'unknown' ? shape : { ...shape, origin });
