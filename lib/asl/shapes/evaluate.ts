import { ExpressionSyntaxError } from '../../expressions/evaluation-error';
import { type IntrinsicCall, type IntrinsicNode, parseIntrinsic } from '../../expressions/intrinsic/parse-intrinsic';
import { isJsonata, jsonataSource } from '../../expressions/jsonata/jsonata-template';
import { type ParsedPath, parsePath } from '../../expressions/path/parse-path';
import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { elementOf, memberOf, type Position } from '../position';
import { type Manner, select, type Selection } from './select';
import {
  arrayOf,
  type FieldShape,
  NUMBER,
  type ObjectShape,
  type Shape,
  shapeOf,
  text as textShape,
  tuple,
  UNKNOWN,
} from './shape';

/** What expressions read, and who watches them do it. */
export interface Scene {
  /** What `$` means in JSONPath. */
  readonly document: Shape;
  /** What `$$` means. */
  readonly context: Shape;
  /** Workflow variables by name. */
  readonly variables: ObjectShape;
  /** `$states` in JSONata. */
  readonly states: ObjectShape;
  readonly observe: Observe;
  /** Expressions that were taken apart before, by their text. */
  readonly parsed: Map<string, Parsed | undefined>;
}

/** A path or an intrinsic function call, taken apart. */
export type Parsed = ParsedPath | IntrinsicCall;

/** Told of every path that is read. */
export type Observe = (reading: Read) => void;

/** A path that is read, and what it finds. */
export interface Read extends Selection {
  /** The path as it is written. */
  readonly text: string;
  readonly root: 'document' | 'context' | 'variable' | 'states';
  readonly position: Position;
}

/** The shape of what a path or an intrinsic function call gives. */
export function evaluateValue(text: string, scene: Scene, at: Position): Shape {
  const parsed = scene.parsed.has(text) ? scene.parsed.get(text) : parse(text);
  scene.parsed.set(text, parsed);
  if (parsed === undefined) return UNKNOWN;
  return 'kind' in parsed ? call(parsed, scene, at) : readPath(text, parsed, scene, at);
}

const parse = (text: string): Parsed | undefined => {
  try {
    return text.startsWith('States.') ? parseIntrinsic(text) : parsePath(text);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
};

function readPath(text: string, { root, segments }: ParsedPath, scene: Scene, at: Position): Shape {
  const found =
    root.kind === 'variable'
      ? select(scene.variables, [{ kind: 'fields', names: [root.name] }, ...segments])
      : select(root.kind === 'context' ? scene.context : scene.document, segments);
  const kind = root.kind === 'input' ? 'document' : root.kind;
  scene.observe({ ...found, text, root: kind, position: at });
  return found.shape;
}

function call({ name, args }: IntrinsicCall, scene: Scene, at: Position): Shape {
  const shapes = args.map((arg) => argument(arg, scene, at));
  switch (name) {
    case 'States.Format':
    case 'States.Base64Encode':
    case 'States.Base64Decode':
    case 'States.Hash':
    case 'States.UUID':
      return textShape();
    case 'States.JsonToString':
      return textShape({ holds: 'json' });
    case 'States.Array':
      return tuple(shapes);
    case 'States.ArrayLength':
    case 'States.MathAdd':
    case 'States.MathRandom':
      return NUMBER;
    case 'States.ArrayContains':
      return { kind: 'scalar', type: 'boolean' };
    case 'States.StringSplit':
      return arrayOf(textShape());
    case 'States.ArrayRange':
      return arrayOf(NUMBER);
    case 'States.JsonMerge':
      return merge(shapes[0] ?? UNKNOWN, shapes[1] ?? UNKNOWN);
    default:
      return UNKNOWN;
  }
}

const argument = (node: IntrinsicNode, scene: Scene, at: Position): Shape => {
  switch (node.kind) {
    case 'literal':
      return shapeOf(node.value);
    case 'call':
      return call(node, scene, at);
    case 'path':
      return evaluateValue(node.path.text, scene, at);
  }
};

function merge(one: Shape, other: Shape): Shape {
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

/** The shape of what a Payload Template gives. */
export function evaluateTemplate(template: Json, scene: Scene, at: Position, origin?: string): Shape {
  if (isArray(template)) return tuple(template.map((item, index) => evaluateTemplate(item, scene, elementOf(at, index))));
  if (!isObject(template)) return shapeOf(template);
  const fields = new Map<string, FieldShape>();
  for (const [key, value] of Object.entries(template)) {
    const position = memberOf(at, key);
    if (key.endsWith('.$') && typeof value === 'string')
      fields.set(key.slice(0, -2), { shape: evaluateValue(value, scene, position), presence: 'always' });
    else fields.set(key, { shape: evaluateTemplate(value, scene, position), presence: 'always' });
  }
  return { kind: 'object', fields, isOpen: false, ...(origin === undefined ? {} : { origin }) };
}

/** The shape of what a template of JSONata gives. */
export function evaluateJsonata(template: Json, scene: Scene, at: Position, origin?: string): Shape {
  if (isJsonata(template)) return expression(jsonataSource(template), scene, at);
  if (isArray(template)) return tuple(template.map((item, index) => evaluateJsonata(item, scene, elementOf(at, index))));
  if (!isObject(template)) return shapeOf(template);
  const fields = new Map<string, FieldShape>();
  for (const [key, value] of Object.entries(template))
    fields.set(key, { shape: evaluateJsonata(value, scene, memberOf(at, key)), presence: 'always' });
  return { kind: 'object', fields, isOpen: false, ...(origin === undefined ? {} : { origin }) };
}

/** A way of plain names from `$states` or a variable; all else is left to the run. */
const PLAIN = /^\$([\p{ID_Start}_][\p{ID_Continue}]*)((?:\.[\p{ID_Start}_][\p{ID_Continue}]*)*)$/u;

function expression(source: string, scene: Scene, at: Position): Shape {
  const match = PLAIN.exec(source);
  if (match === null) {
    readWithin(source, scene, at);
    return UNKNOWN;
  }
  const [, name = '', way = ''] = match;
  const keys = way.split('.').slice(1);
  const isStates = name === 'states';
  const manner: Manner = 'JSONata';
  const found = select(
    isStates ? scene.states : scene.variables,
    (isStates ? keys : [name, ...keys]).map((key) => ({ kind: 'fields', names: [key] })),
    manner,
  );
  scene.observe({ ...found, text: source, root: isStates ? 'states' : 'variable', position: at });
  return found.shape;
}

/** Ways from `$states` in a longer expression. */
const WITHIN = /\$states((?:\.[\p{ID_Start}_][\p{ID_Continue}]*)+)/gu;

/** In a longer expression what may be missing may be meant to; what can never be there cannot. */
function readWithin(source: string, scene: Scene, at: Position): void {
  if (source.includes('$exists(')) return;
  for (const [text, way = ''] of source.matchAll(WITHIN)) {
    const keys = way.split('.').slice(1);
    const found = select(
      scene.states,
      keys.map((key) => ({ kind: 'fields', names: [key] })),
      'JSONata',
    );
    if (found.presence === 'missing') scene.observe({ ...found, text, root: 'states', position: at });
  }
}

/** The variables after an `Assign`. */
export function assign(assignment: JsonObject | undefined, shape: Shape, variables: ObjectShape): ObjectShape {
  if (assignment === undefined || shape.kind !== 'object') return variables;
  return { ...variables, fields: new Map<string, FieldShape>([...variables.fields, ...shape.fields]) };
}
