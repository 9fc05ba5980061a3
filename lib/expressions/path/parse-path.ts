import { ExpressionSyntaxError } from '../evaluation-error';
import { accept, expect, match, peek, refuse, skipBlanks, type Cursor } from './cursor';
import { parseFilter } from './parse-filter';
import { pathFunctions } from './path-functions';
import type { Segment } from './segment';

/** A JSONPath, taken apart. */
export interface ParsedPath {
  /** What the path starts from: the input (`$`), the Context Object (`$$`), or the variable of that name. */
  readonly root: { readonly kind: 'input' } | { readonly kind: 'context' } | { readonly kind: 'variable'; readonly name: string };
  readonly segments: readonly Segment[];
}

/** Most segments of one path: none that people write has more, and an unbounded one would cost unbounded time. */
const MAX_SEGMENTS = 200;

/** Unicode ID_Start, then ID_Continue; at most 80 characters. https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html */
const VARIABLE = /[\p{ID_Start}_][\p{ID_Continue}]{0,79}/uy;

/** Reads a whole path. @throws ExpressionSyntaxError */
export const parsePath = (text: string): ParsedPath => {
  const cursor: Cursor = { text, at: 0 };
  if (text === '') throw new ExpressionSyntaxError("a JSONPath begins with '$', found an empty text");
  if (!accept(cursor, '$')) return refuse(cursor, "a JSONPath begins with '$'");
  const root = parseRoot(cursor);
  const segments = parseSegments(cursor);
  if (cursor.at < text.length) refuse(cursor, "expected '.' or '['");
  return { root, segments };
};

const parseRoot = (cursor: Cursor): ParsedPath['root'] => {
  if (accept(cursor, '$')) return { kind: 'context' };
  const name = match(cursor, VARIABLE);
  return name === undefined ? { kind: 'input' } : { kind: 'variable', name };
};

/** Reads the segments after the root, up to the first character that cannot be one. */
export const parseSegments = (cursor: Cursor, stop?: RegExp): Segment[] => {
  const segments: Segment[] = [];
  for (;;) {
    const next = parseSegment(cursor, stop);
    if (next === undefined) break;
    segments.push(...next);
    if (segments.length > MAX_SEGMENTS) refuse(cursor, `a path has at most ${MAX_SEGMENTS} segments`);
  }
  const misplaced = segments.slice(0, -1).find((segment) => segment.kind === 'function');
  if (misplaced !== undefined) refuse(cursor, 'a path function stands at the end of a path');
  return segments;
};

const parseSegment = (cursor: Cursor, stop: RegExp | undefined): Segment[] | undefined => {
  if (peek(cursor) === '[') return [parseBrackets(cursor)];
  if (!accept(cursor, '.')) return undefined;
  if (!accept(cursor, '.')) return [parseAfterDot(cursor, stop)];
  const next = parseAfterDot(cursor, stop);
  if (next.kind === 'function') refuse(cursor, `'..' and ${next.name}() do not go together`);
  return [{ kind: 'scan' }, next];
};

const parseAfterDot = (cursor: Cursor, stop: RegExp | undefined): Segment => {
  if (peek(cursor) === '[') return parseBrackets(cursor);
  if (accept(cursor, '*')) return { kind: 'wildcard' };
  const start = cursor.at;
  while (cursor.at < cursor.text.length && !' .[('.includes(peek(cursor)) && !(stop?.test(peek(cursor)) ?? false)) cursor.at++;
  const name = cursor.text.slice(start, cursor.at);
  if (name === '') return refuse(cursor, 'expected the name of a field');
  if (peek(cursor) === ' ' && stop === undefined) return refuse(cursor, "a name with blanks is written ['my name']:");
  return peek(cursor) === '(' ? parseFunction(cursor, name) : { kind: 'fields', names: [name] };
};

const parseFunction = (cursor: Cursor, name: string): Segment => {
  if (!Object.hasOwn(pathFunctions, name))
    refuse(
      cursor,
      `${name}() is not known to work in Step Functions (known: ${Object.keys(pathFunctions).join(', ')}); use an intrinsic function`,
    );
  expect(cursor, '(');
  skipBlanks(cursor);
  if (!accept(cursor, ')')) refuse(cursor, `${name}() takes no arguments`);
  return { kind: 'function', name };
};

const parseBrackets = (cursor: Cursor): Segment => {
  expect(cursor, '[');
  skipBlanks(cursor);
  const segment = parseInBrackets(cursor);
  skipBlanks(cursor);
  expect(cursor, ']');
  return segment;
};

const parseInBrackets = (cursor: Cursor): Segment => {
  if (accept(cursor, '*')) return { kind: 'wildcard' };
  if (peek(cursor) === '?') return parseFilterSegment(cursor);
  if (peek(cursor) === "'" || peek(cursor) === '"') return { kind: 'fields', names: list(cursor, quotedName) };
  const slice = match(cursor, /(?:-?\d+)?\s*:\s*(?:-?\d+)?/y);
  if (slice !== undefined) return parseSlice(cursor, slice);
  return { kind: 'indexes', indexes: list(cursor, integer) };
};

const parseFilterSegment = (cursor: Cursor): Segment => {
  const start = cursor.at;
  cursor.at++;
  skipBlanks(cursor);
  const holds = parseFilter(cursor, parseSegments);
  return { kind: 'filter', text: cursor.text.slice(start, cursor.at), holds };
};

const parseSlice = (cursor: Cursor, slice: string): Segment => {
  if (peek(cursor) === ':') refuse(cursor, 'a slice with a step is not supported');
  const [from, to] = slice.split(':').map((bound) => (bound.trim() === '' ? undefined : Number(bound)));
  if (from === undefined && to === undefined) refuse(cursor, 'a slice needs a first or a last index');
  return { kind: 'slice', from, to };
};

const list = <T>(cursor: Cursor, one: (cursor: Cursor) => T): T[] => {
  const items = [one(cursor)];
  skipBlanks(cursor);
  while (accept(cursor, ',')) {
    skipBlanks(cursor);
    items.push(one(cursor));
    skipBlanks(cursor);
  }
  return items;
};

const integer = (cursor: Cursor): number => {
  const digits = match(cursor, /-?\d+/y);
  if (digits === undefined)
    return refuse(cursor, "'[' is followed by a quoted name, an index, a slice, '*' or '?('; expected one of them");
  const index = Number(digits);
  return Number.isSafeInteger(index) ? index : refuse(cursor, `the index ${digits} is too large`);
};

/** A backslash keeps a quote from ending the name and stays in it, as AWS was recorded to read `$['a\"b']`. */
const quotedName = (cursor: Cursor): string => {
  const quote = peek(cursor);
  if (quote !== "'" && quote !== '"') refuse(cursor, 'expected a name in quotes');
  const start = ++cursor.at;
  while (peek(cursor) !== quote) {
    if (peek(cursor) === '') refuse(cursor, 'a quoted name is not closed:');
    cursor.at += peek(cursor) === '\\' ? 2 : 1;
  }
  return cursor.text.slice(start, cursor.at++);
};
