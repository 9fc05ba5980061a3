import { ExpressionSyntaxError } from '../../expressions/evaluation-error';
import { type IntrinsicCall, type IntrinsicNode, parseIntrinsic } from '../../expressions/intrinsic/parse-intrinsic';
import { isJsonata, jsonataSource } from '../../expressions/jsonata/jsonata-template';
import { type ParsedPath, parsePath } from '../../expressions/path/parse-path';
import { isArray, isObject, type Json, type JsonObject } from '../../json/json';
import { elementOf, memberOf, type Position } from '../position';
import { evaluateExpression } from './evaluate-jsonata';
import type { Scene } from './scene';
import { select } from './select';
import {
  arrayOf,
  BOOLEAN,
  type FieldShape,
  merge,
  NUMBER,
  type ObjectShape,
  type Shape,
  shapeOf,
  text as textShape,
  tuple,
  UNKNOWN,
} from './shape';

/** The shape of what a path or an intrinsic function call gives to a field. */
export function evaluateValue(text: string, scene: Scene, at: Position): Shape {
  const shape = evaluateText(text, scene, at);
  scene.watch.give(at, shape);
  return shape;
}

function evaluateText(text: string, scene: Scene, at: Position): Shape {
  const parsed = scene.parsed.has(text) ? scene.parsed.get(text) : parse(text);
  scene.parsed.set(text, parsed);
  if (parsed === undefined) return UNKNOWN;
  return 'kind' in parsed ? call(parsed, scene, at) : readPath(text, parsed, scene, at);
}

const parse = (text: string): ParsedPath | IntrinsicCall | undefined => {
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
  scene.watch.read({ ...found, text, root: kind, position: at });
  return found.shape;
}

function call({ name, args }: IntrinsicCall, scene: Scene, at: Position): Shape {
  const shapes = args.map((arg) => argument(arg, scene, at));
  scene.watch.use({ name, shapes, position: at });
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
      return BOOLEAN;
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
      return evaluateText(node.path.text, scene, at);
  }
};

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
  if (isJsonata(template)) {
    const shape = evaluateExpression(jsonataSource(template), scene, at);
    scene.watch.give(at, shape);
    return shape;
  }
  if (isArray(template)) return tuple(template.map((item, index) => evaluateJsonata(item, scene, elementOf(at, index))));
  if (!isObject(template)) return shapeOf(template);
  const fields = new Map<string, FieldShape>();
  for (const [key, value] of Object.entries(template))
    fields.set(key, { shape: evaluateJsonata(value, scene, memberOf(at, key)), presence: 'always' });
  return { kind: 'object', fields, isOpen: false, ...(origin === undefined ? {} : { origin }) };
}

/** The variables after an `Assign`. */
export function assign(assignment: JsonObject | undefined, shape: Shape, variables: ObjectShape): ObjectShape {
  if (assignment === undefined || shape.kind !== 'object') return variables;
  return { ...variables, fields: new Map<string, FieldShape>([...variables.fields, ...shape.fields]) };
}
