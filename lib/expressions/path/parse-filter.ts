import type { Json } from '../../json/json';
import { accept, expect, match, peek, refuse, skipBlanks, type Cursor } from './cursor';
import { filterOperators, type Operand } from './filter-operators';
import { parseRegularExpression } from './regular-expression';
import type { Holds, Segment } from './segment';
import { compileSegments } from './select';

/** Deepest nesting of parentheses and lists in a filter. */
const MAX_NESTING = 50;

/** What a side of a comparison is for an element of a document. */
type Side = (element: Json, document: Json) => Operand;

/** Reads the segments of a path inside a filter, up to a character that `stop` matches; given, for a path holds filters and a filter paths. */
type ParseSegments = (cursor: Cursor, stop: RegExp) => readonly Segment[];

interface FilterCursor extends Cursor {
  readonly parseSegments: ParseSegments;
}

/** Reads the filter in its parentheses: `(@.price < 10 && !(@.tags empty true))`. @throws ExpressionSyntaxError */
export const parseFilter = (outer: Cursor, parseSegments: ParseSegments): Holds => {
  const cursor: FilterCursor = { text: outer.text, at: outer.at, parseSegments };
  expect(cursor, '(');
  const holds = parseOr(cursor, 1);
  skipBlanks(cursor);
  expect(cursor, ')');
  outer.at = cursor.at;
  return holds;
};

const parseOr = (cursor: FilterCursor, depth: number): Holds => {
  if (depth > MAX_NESTING) refuse(cursor, `a filter nests at most ${MAX_NESTING} levels`);
  const terms = [parseAnd(cursor, depth)];
  while ((skipBlanks(cursor), accept(cursor, '||'))) terms.push(parseAnd(cursor, depth));
  return terms.length === 1 ? (terms[0] as Holds) : (element, document) => terms.some((holds) => holds(element, document));
};

const parseAnd = (cursor: FilterCursor, depth: number): Holds => {
  const terms = [parseTerm(cursor, depth)];
  while ((skipBlanks(cursor), accept(cursor, '&&'))) terms.push(parseTerm(cursor, depth));
  return terms.length === 1 ? (terms[0] as Holds) : (element, document) => terms.every((holds) => holds(element, document));
};

const parseTerm = (cursor: FilterCursor, depth: number): Holds => {
  skipBlanks(cursor);
  if (accept(cursor, '!')) {
    if (depth === MAX_NESTING) refuse(cursor, `a filter nests at most ${MAX_NESTING} levels`);
    const holds = parseTerm(cursor, depth + 1);
    return (element, document) => !holds(element, document);
  }
  if (!accept(cursor, '(')) return parseComparison(cursor);
  const holds = parseOr(cursor, depth + 1);
  skipBlanks(cursor);
  expect(cursor, ')');
  return holds;
};

const parseComparison = (cursor: FilterCursor): Holds => {
  const isPath = peek(cursor) === '@' || peek(cursor) === '$';
  const left = parseSide(cursor);
  skipBlanks(cursor);
  const operator = match(cursor, /===|!==|==|!=|<=|<|>=|>|=~|[a-zA-Z]+/y);
  if (operator === undefined) {
    if (!isPath) refuse(cursor, 'expected an operator');
    return (element, document) => left(element, document) !== undefined;
  }
  const compare = Object.hasOwn(filterOperators, operator) ? filterOperators[operator] : undefined;
  if (compare === undefined)
    return refuse(cursor, `unknown operator '${operator}' (known: ${Object.keys(filterOperators).join(' ')})`);
  skipBlanks(cursor);
  const right = parseSide(cursor);
  return (element, document) => compare(left(element, document), right(element, document));
};

const parseSide = (cursor: FilterCursor): Side => {
  const sign = peek(cursor);
  if (sign === '@' || sign === '$') return parsePathSide(cursor);
  if (sign === '/') {
    const pattern = parseRegularExpression(cursor);
    return () => pattern;
  }
  const literal = parseLiteral(cursor, 1);
  return () => literal;
};

const parsePathSide = (cursor: FilterCursor): Side => {
  const isElement = peek(cursor) === '@';
  cursor.at++;
  const select = compileSegments(cursor.parseSegments(cursor, /[)=!<>~&|,\]]/));
  // A path that leads to several places and finds none is missing too: nothing is there to compare.
  return (element, document) => {
    const found = select(isElement ? element : document, document);
    return 'miss' in found || (Array.isArray(found.value) && found.value.length === 0 && !select.definite)
      ? undefined
      : found.value;
  };
};

const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

const parseLiteral = (cursor: Cursor, depth: number): Json => {
  const sign = peek(cursor);
  if (sign === "'" || sign === '"') return parseString(cursor);
  if (sign === '[') return parseList(cursor, depth);
  const number = match(cursor, /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return Number(number);
  const word = match(cursor, /true|false|null/y);
  return word === undefined
    ? refuse(cursor, 'expected a path, a string, a number, a list, a pattern, true, false or null')
    : (WORDS[word] as Json);
};

const parseList = (cursor: Cursor, depth: number): Json => {
  if (depth > MAX_NESTING) refuse(cursor, `a filter nests at most ${MAX_NESTING} levels`);
  expect(cursor, '[');
  const items: Json[] = [];
  skipBlanks(cursor);
  if (accept(cursor, ']')) return items;
  for (;;) {
    skipBlanks(cursor);
    items.push(parseLiteral(cursor, depth + 1));
    skipBlanks(cursor);
    if (accept(cursor, ']')) return items;
    expect(cursor, ',');
  }
};

const parseString = (cursor: Cursor): string => {
  const quote = peek(cursor);
  cursor.at++;
  let text = '';
  while (peek(cursor) !== quote) {
    if (peek(cursor) === '') refuse(cursor, 'a string is not closed:');
    if (peek(cursor) === '\\' && peek(cursor, 1) !== '') cursor.at++;
    text += peek(cursor);
    cursor.at++;
  }
  cursor.at++;
  return text;
};
