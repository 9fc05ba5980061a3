import { ExpressionSyntaxError } from '../../expressions/evaluation-error';
import { BUILT_IN_FUNCTIONS } from '../../expressions/jsonata/built-in-functions';
import { parseJsonata } from '../../expressions/jsonata/twin';
import type { JsonataNode, JsonataStage } from '../../vendor/jsonata';
import type { Position } from '../position';
import type { Read, Scene } from './scene';
import { select, type Selection, step } from './select';
import {
  arrayOf,
  BOOLEAN,
  closed,
  type FieldShape,
  join,
  merge,
  NUMBER,
  open,
  SEQUENCE,
  type Shape,
  shapeOf,
  text,
  tuple,
  UNKNOWN,
} from './shape';

/** A way of plain names from `$states` or a variable: most expressions are no more, and need no parser. */
const PLAIN = /^\$([\p{ID_Start}_][\p{ID_Continue}]*)((?:\.[\p{ID_Start}_][\p{ID_Continue}]*)*)$/u;

/** The shape of what an expression of JSONata gives. `source` is what stands between `{%` and `%}`. */
export function evaluateExpression(source: string, scene: Scene, at: Position): Shape {
  const match = PLAIN.exec(source);
  const place: Place = { scene, at, locals: new Map(), item: UNKNOWN, isNeeded: true, isTested: false };
  if (match !== null) {
    const [, name = '', way = ''] = match;
    return way === '' ? variable(name, place) : namesFrom(name, way.slice(1).split('.'), place);
  }
  try {
    return parseJsonata(source, (program) => infer(program.ast(), place));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return UNKNOWN;
    throw error;
  }
}

/** Where a node of an expression stands. */
interface Place {
  readonly scene: Scene;
  readonly at: Position;
  /** What `:=` and parameters bind. */
  readonly locals: ReadonlyMap<string, Shape>;
  /** What bare names and `$` are read in. */
  readonly item: Shape;
  /** True where the expression gives nothing, and so fails, if this gives nothing. */
  readonly isNeeded: boolean;
  /** True in what a condition has let through: it may have looked at the same value. */
  readonly isTested: boolean;
}

const optional = (place: Place): Place => (place.isNeeded ? { ...place, isNeeded: false } : place);

function infer(node: JsonataNode, place: Place): Shape {
  const bare = inferBare(node, place);
  // A grouping makes an object of it, with keys that are computed.
  if (node.group !== undefined) return UNKNOWN;
  const found = node.predicate === undefined ? bare : staged(bare, node.predicate, place);
  return node.keepArray === true || node.keepSingletonArray === true ? kept(found) : found;
}

/** Behind `[]` one item stays in an array. */
const kept = (shape: Shape): Shape => (shape.kind === 'array' ? shape : arrayOf(itemOf(shape)));

function inferBare(node: JsonataNode, place: Place): Shape {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return shapeOf(node.value as string | number | boolean | null);
    case 'variable':
      return variable(node.value as string, place);
    case 'path':
      return path(node, place);
    case 'binary':
      return binary(node, place);
    case 'unary':
      return unary(node, place);
    case 'block':
      return block(node.expressions ?? [], place);
    case 'bind':
      return infer(node.rhs as JsonataNode, optional(place));
    case 'condition':
      return condition(node, place);
    case 'function':
      return call(node, [], place);
    case 'apply':
      return apply(node, place);
    case 'lambda':
      return lambda(node, place);
    default:
      // Wildcards, regular expressions, transformations …
      return UNKNOWN;
  }
}

function variable(name: string, place: Place): Shape {
  const { scene, locals, item } = place;
  if (name === '') return item;
  if (name === 'states') return scene.states;
  const local = locals.get(name);
  if (local !== undefined) return local;
  // A function handed on by its name.
  if (BUILT_IN_FUNCTIONS.has(name) && !scene.variables.fields.has(name)) return UNKNOWN;
  return namesFrom(name, [], place);
}

/** A way of names from `$states` or a workflow variable. */
function namesFrom(root: string, names: readonly string[], place: Place): Shape {
  const { scene } = place;
  const isStates = root === 'states';
  const keys = isStates ? names : [root, ...names];
  const found = select(
    isStates ? scene.states : scene.variables,
    keys.map((key) => ({ kind: 'fields', names: [key] })),
    'JSONata',
  );
  tell(found, `$${root}`, names, place);
  return found.shape;
}

/** Tells of a path, also of one that is surely there; of one that may be missing only where the value is needed. */
function tell(found: Selection, root: string, names: readonly string[], { scene, at, isNeeded }: Place): void {
  if (!isNeeded && found.presence !== 'missing') return;
  const kind: Read['root'] = root === '$states' ? 'states' : 'variable';
  scene.watch.read({ ...found, text: [root, ...names].join('.'), root: kind, position: at });
}

const isName = ({ type, value, stages, predicate, focus, index }: JsonataNode): boolean =>
  type === 'name' && typeof value === 'string' && [stages, predicate, focus, index].every((part) => part === undefined);

function path(node: JsonataNode, place: Place): Shape {
  const steps = node.steps ?? [];
  const [first] = steps as [JsonataNode];
  if (steps.some(({ focus, index, tuple: isTuple }) => focus !== undefined || index !== undefined || isTuple === true))
    return UNKNOWN;
  const isOuter = first.type === 'variable' && first.value !== '' && !place.locals.has(first.value as string);
  let at = 1;
  let found: Shape;
  if (isOuter && first.predicate === undefined) {
    // The names up to the first one with a predicate are one path to tell of.
    while (at < steps.length && isName(steps[at] as JsonataNode)) at++;
    const next = steps[at];
    const isFiltered = next?.type === 'name' && next.focus === undefined && next.index === undefined;
    const names = steps.slice(1, isFiltered ? at + 1 : at).map(({ value }) => value as string);
    found = namesFrom(first.value as string, names, place);
    if (isFiltered) {
      found = staged(found, next.stages ?? next.predicate ?? [], place);
      at++;
    }
  } else if (first.type === 'name') {
    found = staged(step(place.item, first.value as string, 'JSONata').shape, first.stages ?? [], place);
  } else found = staged(infer(first, optional(place)), first.stages ?? [], place);
  for (; at < steps.length; at++) found = along(found, steps, at, isOuter, place);
  return found;
}

function along(found: Shape, steps: readonly JsonataNode[], at: number, isOuter: boolean, place: Place): Shape {
  const next = steps[at] as JsonataNode;
  if (next.type === 'name') {
    const stepped = step(found, next.value as string, 'JSONata');
    if (isOuter && stepped.presence === 'missing') {
      const names = steps.slice(1, at + 1).map(({ value, stages }) => `${String(value)}${stages === undefined ? '' : '[…]'}`);
      tell(stepped, `$${String(steps[0]?.value)}`, names, place);
    }
    return staged(stepped.shape, next.stages ?? [], place);
  }
  if (next.type === 'sort') {
    next.terms?.forEach(({ expression }) => infer(expression, inItem(found, place)));
    return SEQUENCE;
  }
  const made = infer(next, inItem(found, place));
  return found.kind === 'array' && (made.kind === 'object' || made.kind === 'scalar') ? SEQUENCE : UNKNOWN;
}

const itemOf = (shape: Shape): Shape => (shape.kind === 'array' ? shape.item : shape.kind === 'unknown' ? UNKNOWN : shape);

const inItem = (shape: Shape, place: Place): Place => ({ ...place, item: itemOf(shape), isNeeded: false });

/** A value behind its predicates. */
function staged(shape: Shape, stages: readonly JsonataStage[], place: Place): Shape {
  return stages.reduce(
    (found, { type, expr }) => (type === 'filter' && expr !== undefined ? filtered(found, expr, place) : UNKNOWN),
    shape,
  );
}

function filtered(shape: Shape, test: JsonataNode, place: Place): Shape {
  if (test.type === 'number') return step(shape, test.value as number, 'JSONata').shape;
  infer(test, inItem(shape, place));
  // One object passes or does not; an index that is computed gives one item.
  return isTest(test) && shape.kind !== 'object' && shape.kind !== 'scalar' ? SEQUENCE : UNKNOWN;
}

/** True for what can only be true or false: as a predicate it is no index. */
const isTest = ({ type, value, procedure }: JsonataNode): boolean =>
  type === 'binary'
    ? COMPARISONS.has(value as string) || value === 'and' || value === 'or' || value === 'in'
    : type === 'function' && FUNCTIONS[procedure?.value as string] === BOOLEAN;

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

function binary(node: JsonataNode, place: Place): Shape {
  const operator = node.value as string;
  const isOrder = operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
  const isArithmetic = ['+', '-', '*', '/', '%'].includes(operator);
  const inner = isOrder || isArithmetic ? place : optional(place);
  const sides = [infer(node.lhs as JsonataNode, inner), infer(node.rhs as JsonataNode, guardedBy(operator, inner))];
  if (COMPARISONS.has(operator)) use(operator, sides, place);
  if (isArithmetic) return NUMBER;
  if (operator === '&') return text();
  return operator === '..' ? range(node.lhs as JsonataNode, node.rhs as JsonataNode) : BOOLEAN;
}

/** A longer range is not counted: it is more than any history holds. */
const MAX_COUNTED = 25_000;

function range({ value: from }: JsonataNode, { value: to }: JsonataNode): Shape {
  if (typeof from !== 'number' || typeof to !== 'number') return arrayOf(NUMBER);
  const count = Math.max(0, to - from + 1);
  return Number.isInteger(count) && count <= MAX_COUNTED ? tuple(Array.from({ length: count }, () => NUMBER)) : arrayOf(NUMBER);
}

/** The right side of `and` and `or` may be guarded by the left one. */
const guardedBy = (operator: string, place: Place): Place =>
  operator === 'and' || operator === 'or' ? { ...place, isTested: true } : place;

function use(name: string, shapes: readonly Shape[], { scene, at, isTested }: Place): void {
  if (!isTested) scene.watch.use({ name, shapes, position: at });
}

function unary(node: JsonataNode, place: Place): Shape {
  if (node.value === '-') {
    infer(node.expression as JsonataNode, place);
    return NUMBER;
  }
  if (node.value === '[') return array(node.expressions ?? [], optional(place));
  const fields = new Map<string, FieldShape>();
  let isOpen = false;
  for (const [key, value] of (node.lhs ?? []) as readonly (readonly [JsonataNode, JsonataNode])[]) {
    const shape = infer(value, optional(place));
    if (key.type === 'string') fields.set(key.value as string, { shape, presence: 'always' });
    else isOpen = true;
  }
  return { ...closed({}), fields, isOpen };
}

/** What stands in `[…]` goes into it item by item, but for arrays that are written out. */
function array(expressions: readonly JsonataNode[], place: Place): Shape {
  const parts = expressions.map((expression) => {
    const shape = infer(expression, place);
    return shape.kind === 'array' && !(expression.type === 'unary' && expression.value === '[') ? shape : tuple([shape]);
  });
  const items = parts.map((part) => part.items);
  return items.every((known) => known?.every(({ kind }) => kind !== 'unknown') === true)
    ? tuple(items.flatMap((known) => known as readonly Shape[]))
    : arrayOf(parts.map(({ item }) => item).reduce(join));
}

function block(expressions: readonly JsonataNode[], place: Place): Shape {
  const locals = new Map(place.locals);
  // A function may use what is bound after it.
  for (const { type, lhs } of expressions) if (type === 'bind') locals.set((lhs as JsonataNode).value as string, UNKNOWN);
  let last: Shape = UNKNOWN;
  expressions.forEach((expression, index) => {
    const isLast = index === expressions.length - 1;
    last = infer(expression, { ...place, locals, isNeeded: place.isNeeded && isLast });
    if (expression.type === 'bind') locals.set((expression.lhs as JsonataNode).value as string, last);
  });
  return last;
}

function condition(node: JsonataNode, place: Place): Shape {
  const inner: Place = { ...place, isNeeded: false };
  infer(node.condition as JsonataNode, inner);
  const tested: Place = { ...inner, isTested: true };
  const [one, other] = [node.then, node.else].map((part) => (part === undefined ? UNKNOWN : infer(part, tested))) as [
    Shape,
    Shape,
  ];
  return join(one, other);
}

/** The body is looked at once, with parameters of which nothing is known. */
function lambda(node: JsonataNode, place: Place): Shape {
  const locals = new Map(place.locals);
  for (const { value } of node.arguments ?? []) locals.set(value as string, UNKNOWN);
  infer(node.body as unknown as JsonataNode, { ...place, locals, isNeeded: false });
  return UNKNOWN;
}

/** `$x ~> $f(y)` is `$f($x, y)`. */
function apply(node: JsonataNode, place: Place): Shape {
  const rhs = node.rhs as JsonataNode;
  const given = infer(node.lhs as JsonataNode, optional(place));
  if (rhs.type === 'function') return call(rhs, [given], place);
  infer(rhs, optional(place));
  return UNKNOWN;
}

/** Functions that give something for nothing; all others give nothing. */
const ANSWERS_NOTHING: ReadonlySet<string> = new Set(['count', 'append', 'merge', 'lookup']);

function call({ procedure, arguments: nodes = [] }: JsonataNode, given: readonly Shape[], place: Place): Shape {
  const name = procedure?.type === 'variable' ? (procedure.value as string) : undefined;
  if (name === undefined || place.locals.has(name)) {
    if (procedure !== undefined && name === undefined) infer(procedure, optional(place));
    for (const node of nodes) infer(node, optional(place));
    return UNKNOWN;
  }
  // To ask whether something is there is no reading of it.
  if (name === 'exists') return BOOLEAN;
  const [list] = nodes;
  if (name === 'merge' && list?.type === 'unary' && list.value === '[') return merged(list.expressions ?? [], place);
  const shapes = [...given];
  for (const node of nodes) {
    const isNeeded = place.isNeeded && shapes.length === 0 && !ANSWERS_NOTHING.has(name);
    shapes.push(infer(node, { ...place, isNeeded }));
  }
  use(`$${name}`, shapes, place);
  if (name === 'append') return shapes.some(({ kind }) => kind === 'array') ? ARRAY : UNKNOWN;
  const answer = Object.hasOwn(FUNCTIONS, name) ? (FUNCTIONS[name] as Shape) : UNKNOWN;
  return name === 'map' && isMany(shapes[0]) ? ARRAY : answer;
}

const isMany = (shape: Shape | undefined): boolean => shape?.kind === 'array' && (shape.items?.length ?? 0) > 1;

/** `$merge([one, other])`: the later field wins. */
const merged = (list: readonly JsonataNode[], place: Place): Shape =>
  list
    .map((part) => infer(part, optional(place)))
    .map((part) => (part.kind === 'object' ? part : open({})))
    .reduce<Shape>(merge, closed({}));

const ARRAY = arrayOf(UNKNOWN);
const TEXT = text();

/** What functions give when they give something. The order is that of https://docs.jsonata.org/string-functions and the pages behind it. */
const FUNCTIONS: Readonly<Record<string, Shape>> = {
  string: TEXT,
  length: NUMBER,
  substring: TEXT,
  substringBefore: TEXT,
  substringAfter: TEXT,
  uppercase: TEXT,
  lowercase: TEXT,
  trim: TEXT,
  pad: TEXT,
  contains: BOOLEAN,
  split: arrayOf(TEXT),
  join: TEXT,
  replace: TEXT,
  base64encode: TEXT,
  base64decode: TEXT,
  encodeUrlComponent: TEXT,
  encodeUrl: TEXT,
  decodeUrlComponent: TEXT,
  decodeUrl: TEXT,
  number: NUMBER,
  abs: NUMBER,
  floor: NUMBER,
  ceil: NUMBER,
  round: NUMBER,
  power: NUMBER,
  sqrt: NUMBER,
  random: NUMBER,
  formatNumber: TEXT,
  formatBase: TEXT,
  formatInteger: TEXT,
  parseInteger: NUMBER,
  sum: NUMBER,
  average: NUMBER,
  max: NUMBER,
  min: NUMBER,
  boolean: BOOLEAN,
  not: BOOLEAN,
  count: NUMBER,
  sort: ARRAY,
  reverse: ARRAY,
  shuffle: ARRAY,
  distinct: ARRAY,
  zip: ARRAY,
  partition: ARRAY,
  // One result is not in an array (seen with the engine): map, filter, each, keys.
  map: SEQUENCE,
  filter: SEQUENCE,
  each: SEQUENCE,
  keys: SEQUENCE,
  range: ARRAY,
  now: TEXT,
  millis: NUMBER,
  fromMillis: TEXT,
  toMillis: NUMBER,
  type: TEXT,
  hash: TEXT,
  uuid: TEXT,
};
