import { accept, expect, match, peek, refuse, skipBlanks, type Cursor } from './cursor';

/** Does the whole text match? Takes time in proportion to the text, whatever the pattern: there is no backtracking. */
export type RegularExpression = (text: string) => boolean;

/** Most states of the automaton that a pattern becomes: `(a{1,50}){1,50}` would be 2,500. */
const MAX_STATES = 500;

/** Deepest nesting of groups. */
const MAX_NESTING = 50;

type Test = (character: string) => boolean;

/** A state of a nondeterministic automaton: reads one character that passes `test`, or goes on without reading. */
type State =
  | { readonly kind: 'read'; readonly test: Test; next: State | undefined }
  | { readonly kind: 'fork'; readonly ways: (State | undefined)[] }
  | { readonly kind: 'end' };

/** A piece of a pattern, not yet joined to what comes after it: makes its states in front of `after`. */
type Piece = (after: State, pattern: Pattern) => State;

interface Pattern {
  states: number;
  readonly cursor: Cursor;
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

/**
 * Reads `/pattern/flags` with what Java's patterns and these have in common: characters, classes, groups, alternatives, quantifiers,
 * anchors at the ends, and the flags i, s, m, u, d. Look-around, back-references and possessive quantifiers are refused by name.
 * @throws ExpressionSyntaxError
 */
export const parseRegularExpression = (cursor: Cursor): RegularExpression => {
  expect(cursor, '/');
  const end = closingSlash(cursor);
  const flagText = /^[a-zA-Z]*/.exec(cursor.text.slice(end + 1))?.[0] ?? '';
  const unknown = /[^ismud]/.exec(flagText)?.[0];
  if (unknown !== undefined) refuse(cursor, `the flag '${unknown}' of a pattern is not supported`);
  const flags = { ignoreCase: flagText.includes('i'), dotAll: flagText.includes('s') };
  const body: Cursor = { text: cursor.text.slice(cursor.at, end), at: 0 };
  accept(body, '^'); // the whole text must match in any case
  const piece = parseAlternatives(body, flags, 1);
  if (body.at < body.text.length) refuse(body, 'unexpected character in a pattern');
  const start = piece({ kind: 'end' }, { states: 0, cursor: body });
  cursor.at = end + 1 + flagText.length;
  skipBlanks(cursor);
  return (text) => run(start, text);
};

const closingSlash = (cursor: Cursor): number => {
  for (let at = cursor.at; at < cursor.text.length; at++) {
    if (cursor.text[at] === '\\') at++;
    else if (cursor.text[at] === '/') return at;
  }
  return refuse(cursor, 'a pattern is not closed:');
};

const parseAlternatives = (cursor: Cursor, flags: Flags, depth: number): Piece => {
  if (depth > MAX_NESTING) refuse(cursor, `a pattern nests at most ${MAX_NESTING} groups`);
  const ways = [parseSequence(cursor, flags, depth)];
  while (accept(cursor, '|')) ways.push(parseSequence(cursor, flags, depth));
  return ways.length === 1
    ? (ways[0] as Piece)
    : (after, pattern) =>
        fork(
          pattern,
          ways.map((way) => way(after, pattern)),
        );
};

const parseSequence = (cursor: Cursor, flags: Flags, depth: number): Piece => {
  const pieces: Piece[] = [];
  while (cursor.at < cursor.text.length && peek(cursor) !== '|' && peek(cursor) !== ')') {
    if (peek(cursor) === '$' && cursor.at === cursor.text.length - 1) {
      cursor.at++;
      break;
    }
    pieces.push(parseQuantified(cursor, flags, depth));
  }
  return (after, pattern) => pieces.reduceRight((next, piece) => piece(next, pattern), after);
};

const parseQuantified = (cursor: Cursor, flags: Flags, depth: number): Piece => {
  const piece = parseAtom(cursor, flags, depth);
  const quantifier = match(cursor, /[*+?]|\{\d+(?:,\d*)?\}/y);
  if (quantifier === undefined) return piece;
  accept(cursor, '?'); // lazy or greedy makes no difference to whether the whole text matches
  if (peek(cursor) === '+') refuse(cursor, 'a possessive quantifier is not supported');
  if (/[*+?{]/.test(peek(cursor))) refuse(cursor, 'a quantifier follows a quantifier');
  const [least, most] = bounds(quantifier);
  if (most < least) refuse(cursor, `the quantifier ${quantifier} has its bounds in the wrong order`);
  return repeated(piece, least, most);
};

const bounds = (quantifier: string): [number, number] => {
  if (quantifier === '*') return [0, Infinity];
  if (quantifier === '+') return [1, Infinity];
  if (quantifier === '?') return [0, 1];
  const [least, most] = quantifier.slice(1, -1).split(',');
  return [Number(least), most === undefined ? Number(least) : most === '' ? Infinity : Number(most)];
};

const repeated =
  (piece: Piece, least: number, most: number): Piece =>
  (after, pattern) => {
    let next = after;
    if (most === Infinity) {
      const loop: State = { kind: 'fork', ways: [undefined, after] };
      count(pattern);
      loop.ways[0] = piece(loop, pattern);
      next = loop;
    } else {
      for (let time = least; time < most; time++) next = fork(pattern, [piece(next, pattern), after]);
    }
    for (let time = 0; time < least; time++) next = piece(next, pattern);
    return next;
  };

const parseAtom = (cursor: Cursor, flags: Flags, depth: number): Piece => {
  if (accept(cursor, '(')) return parseGroup(cursor, flags, depth);
  if (accept(cursor, '[')) return read(parseClass(cursor, flags));
  if (accept(cursor, '.')) return read(flags.dotAll ? () => true : (character) => !/[\n\r\u0085\u2028\u2029]/.test(character));
  if (/[*+?{^$]/.test(peek(cursor))) refuse(cursor, 'unexpected character in a pattern');
  return read(parseCharacter(cursor, flags));
};

const parseGroup = (cursor: Cursor, flags: Flags, depth: number): Piece => {
  if (peek(cursor) === '?' && !accept(cursor, '?:'))
    refuse(cursor, 'look-around, named groups and inline flags are not supported');
  const piece = parseAlternatives(cursor, flags, depth + 1);
  expect(cursor, ')');
  return piece;
};

const read =
  (test: Test): Piece =>
  (after, pattern) => {
    count(pattern);
    return { kind: 'read', test, next: after };
  };

const fork = (pattern: Pattern, ways: State[]): State => {
  count(pattern);
  return { kind: 'fork', ways };
};

const count = (pattern: Pattern): void => {
  if (++pattern.states > MAX_STATES) refuse(pattern.cursor, `a pattern of more than ${MAX_STATES} states is too large`);
};

const CLASSES: Readonly<Record<string, RegExp>> = { d: /\d/, D: /\D/, w: /\w/, W: /\W/, s: /[ \t\n\v\f\r]/, S: /[^ \t\n\v\f\r]/ };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

/** One character, or an escape for one or for a class. */
const parseCharacter = (cursor: Cursor, flags: Flags): Test => {
  const literal = parseLiteral(cursor);
  if (literal instanceof RegExp) return (character) => literal.test(character);
  return same(literal, flags);
};

/** A RegExp stands for a class such as \d. */
const parseLiteral = (cursor: Cursor): string | RegExp => {
  if (!accept(cursor, '\\')) return take(cursor);
  const letter = peek(cursor);
  const unit = match(cursor, /u[\da-fA-F]{4}|x[\da-fA-F]{2}/y);
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit.slice(1), 16));
  if (/[a-zA-Z0-9]/.test(letter) && CLASSES[letter] === undefined && CONTROLS[letter] === undefined)
    refuse(cursor, 'this escape is not supported in a pattern;');
  return CLASSES[letter] !== undefined ? (cursor.at++, CLASSES[letter]) : (CONTROLS[take(cursor)] ?? letter);
};

const take = (cursor: Cursor): string => {
  const code = cursor.text.codePointAt(cursor.at);
  if (code === undefined) return refuse(cursor, 'expected a character');
  const character = String.fromCodePoint(code);
  cursor.at += character.length;
  return character;
};

const same = (literal: string, flags: Flags): Test => {
  if (!flags.ignoreCase) return (character) => character === literal;
  const folded = literal.toLowerCase();
  return (character) => character.toLowerCase() === folded;
};

const parseClass = (cursor: Cursor, flags: Flags): Test => {
  const negated = accept(cursor, '^');
  const tests: Test[] = [];
  do {
    if (peek(cursor) === '[' || cursor.text.startsWith('&&', cursor.at))
      refuse(cursor, 'a class inside a class is not supported');
    tests.push(parseRange(cursor, flags));
  } while (peek(cursor) !== ']');
  expect(cursor, ']');
  return (character) => tests.some((test) => test(character)) !== negated;
};

const parseRange = (cursor: Cursor, flags: Flags): Test => {
  const first = parseLiteral(cursor);
  if (first instanceof RegExp) return (character) => first.test(character);
  if (peek(cursor) !== '-' || peek(cursor, 1) === ']') return same(first, flags);
  cursor.at++;
  const last = parseLiteral(cursor);
  if (last instanceof RegExp || code(last) < code(first)) return refuse(cursor, 'a range in a class ends before it begins;');
  const within: Test = (character) => code(character) >= code(first) && code(character) <= code(last);
  return flags.ignoreCase ? (character) => within(character.toLowerCase()) || within(character.toUpperCase()) : within;
};

const code = (character: string): number => character.codePointAt(0) as number;

/** Follows all ways at once. */
const run = (start: State, text: string): boolean => {
  let current = new Set<State>();
  enter(start, current);
  for (const character of text) {
    const next = new Set<State>();
    for (const state of current) if (state.kind === 'read' && state.test(character)) enter(state.next as State, next);
    if (next.size === 0) return false;
    current = next;
  }
  for (const state of current) if (state.kind === 'end') return true;
  return false;
};

const enter = (start: State, states: Set<State>): void => {
  const open = [start];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (states.has(state)) continue;
    states.add(state);
    if (state.kind === 'fork') open.push(...(state.ways as State[]));
  }
};
