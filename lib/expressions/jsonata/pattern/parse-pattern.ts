import { CLASSES, complement, LINE_ENDS } from './character-classes';
import type { PatternNode, Range } from './pattern-node';

/** A parsed pattern. */
export interface ParsedPattern {
  readonly node: PatternNode;
  /** Number of capturing groups. */
  readonly groups: number;
}

/** A pattern that ECMAScript refuses, or that is not supported here. */
export class PatternError extends Error {}

/** Deepest nesting of groups. */
const MAX_NESTING = 100;

interface Reader {
  readonly text: string;
  at: number;
  groups: number;
  nesting: number;
  readonly names: Map<string, number>;
  /** The number of groups in the whole text: decides whether `\2` is a reference. */
  readonly total: number;
}

/** Parses a pattern as ECMAScript does without the flag u. Look-behind is refused. @throws PatternError */
export const parsePattern = (text: string): ParsedPattern => {
  const reader: Reader = { text, at: 0, groups: 0, nesting: 0, names: new Map(), total: countGroups(text) };
  const node = choice(reader);
  if (reader.at < text.length) refuse(reader, 'Unmatched )');
  return { node, groups: reader.groups };
};

const refuse = (reader: Reader, what: string): never => {
  throw new PatternError(`Invalid regular expression: /${reader.text}/: ${what}`);
};

const countGroups = (text: string): number =>
  [...text.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?!\?)|\(\?<(?![=!])/g)].filter(([found]) => found.startsWith('('))
    .length;

const peek = (reader: Reader, ahead = 0): string => reader.text[reader.at + ahead] ?? '';

const accept = (reader: Reader, text: string): boolean => {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
};

const choice = (reader: Reader): PatternNode => {
  if (++reader.nesting > MAX_NESTING) refuse(reader, `more than ${MAX_NESTING} groups inside each other are not supported`);
  const ways = [sequence(reader)];
  while (accept(reader, '|')) ways.push(sequence(reader));
  reader.nesting--;
  return ways.length === 1 ? (ways[0] as PatternNode) : { kind: 'choice', ways };
};

const sequence = (reader: Reader): PatternNode => {
  const items: PatternNode[] = [];
  while (reader.at < reader.text.length && peek(reader) !== '|' && peek(reader) !== ')') items.push(term(reader));
  return items.length === 1 ? (items[0] as PatternNode) : { kind: 'sequence', items };
};

const term = (reader: Reader): PatternNode => {
  const firstGroup = reader.groups + 1;
  const edge = edgeOf(reader);
  if (edge !== undefined) return edge;
  const item = atom(reader);
  const bounds = quantifier(reader);
  if (bounds === undefined) return item;
  const [least, most] = bounds;
  const greedy = !accept(reader, '?');
  return { kind: 'repeat', item, least, most, greedy, firstGroup, endGroup: reader.groups + 1 };
};

const edgeOf = (reader: Reader): PatternNode | undefined => {
  if (accept(reader, '^')) return { kind: 'edge', edge: 'start' };
  if (accept(reader, '$')) return { kind: 'edge', edge: 'end' };
  if (accept(reader, '\\b')) return { kind: 'edge', edge: 'word' };
  if (accept(reader, '\\B')) return { kind: 'edge', edge: 'not-word' };
  return undefined;
};

const QUANTIFIER = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;

const quantifier = (reader: Reader): readonly [number, number] | undefined => {
  QUANTIFIER.lastIndex = reader.at;
  const match = QUANTIFIER.exec(reader.text);
  if (match === null) return undefined;
  const [text, low, comma, high] = match;
  reader.at += text.length;
  if (low === undefined) return text === '*' ? [0, Infinity] : text === '+' ? [1, Infinity] : [0, 1];
  const least = Number(low);
  const most = comma === undefined ? least : high === undefined || high === '' ? Infinity : Number(high);
  if (most < least) refuse(reader, 'numbers out of order in {} quantifier');
  return [least, most];
};

const atom = (reader: Reader): PatternNode => {
  const character = peek(reader);
  if (character === '(') return group(reader);
  if (character === '[') return characterClass(reader);
  if (character === '\\') return escape(reader);
  if (/[*+?]/.test(character) || (character === '{' && matchesQuantifier(reader))) return refuse(reader, 'Nothing to repeat');
  reader.at++;
  if (character === '.') return { kind: 'set', ranges: LINE_ENDS, negated: true };
  return unit(character.charCodeAt(0));
};

const matchesQuantifier = (reader: Reader): boolean => {
  QUANTIFIER.lastIndex = reader.at;
  return QUANTIFIER.test(reader.text);
};

const unit = (code: number): PatternNode => ({ kind: 'set', ranges: [[code, code]], negated: false });

const group = (reader: Reader): PatternNode => {
  reader.at++;
  if (accept(reader, '?:')) return closed(reader, choice(reader));
  if (accept(reader, '?=')) return { kind: 'look', negated: false, item: closed(reader, choice(reader)) };
  if (accept(reader, '?!')) return { kind: 'look', negated: true, item: closed(reader, choice(reader)) };
  if (accept(reader, '?<=') || accept(reader, '?<!')) return refuse(reader, 'look-behind is not supported by the simulator');
  if (accept(reader, '?<')) name(reader);
  else if (peek(reader) === '?') return refuse(reader, 'Invalid group');
  const index = ++reader.groups;
  return { kind: 'group', index, item: closed(reader, choice(reader)) };
};

const closed = (reader: Reader, node: PatternNode): PatternNode =>
  accept(reader, ')') ? node : refuse(reader, 'Unterminated group');

const name = (reader: Reader): void => {
  const [text, found] = /^(\w+)>/.exec(reader.text.slice(reader.at, reader.at + 200)) ?? [];
  if (text === undefined || found === undefined) return refuse(reader, 'Invalid capture group name');
  if (reader.names.has(found)) return refuse(reader, 'Duplicate capture group name');
  reader.names.set(found, reader.groups + 1);
  reader.at += text.length;
};

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** An escape outside a class. */
const escape = (reader: Reader): PatternNode => {
  const letter = peek(reader, 1);
  const known = CLASSES[letter];
  if (known !== undefined) {
    reader.at += 2;
    return { kind: 'set', ranges: known, negated: false };
  }
  if (letter === 'k' && reader.text.includes('(?<')) return namedReference(reader);
  const digits = /^[1-9]\d*/.exec(reader.text.slice(reader.at + 1, reader.at + 10))?.[0];
  if (digits !== undefined && Number(digits) <= reader.total) {
    reader.at += 1 + digits.length;
    return { kind: 'reference', index: () => Number(digits) };
  }
  return unit(escapedUnit(reader));
};

const namedReference = (reader: Reader): PatternNode => {
  const [text, found] = /^\\k<(\w+)>/.exec(reader.text.slice(reader.at, reader.at + 200)) ?? [];
  if (text === undefined || found === undefined) return refuse(reader, 'Invalid named reference');
  reader.at += text.length;
  return { kind: 'reference', index: () => reader.names.get(found) ?? refuse(reader, 'Invalid named capture referenced') };
};

/** The code unit that an escape stands for. */
const escapedUnit = (reader: Reader): number => {
  reader.at++;
  const letter = peek(reader);
  if (letter === '') return refuse(reader, '\\ at end of pattern');
  const rest = reader.text.slice(reader.at, reader.at + 5);
  const hex = /^x([\da-fA-F]{2})|^u([\da-fA-F]{4})/.exec(rest);
  if (hex !== null) {
    reader.at += hex[0].length;
    return Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
  }
  const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest)?.[0];
  if (octal !== undefined) {
    reader.at += octal.length;
    return Number.parseInt(octal, 8);
  }
  const control = /^c([a-zA-Z])/.exec(rest)?.[1];
  if (control !== undefined) {
    reader.at += 2;
    return control.charCodeAt(0) % 32;
  }
  if (letter === 'c') return 0x5c; // the backslash stands for itself, and the c comes next
  reader.at++;
  return CONTROLS[letter] ?? letter.charCodeAt(0);
};

const characterClass = (reader: Reader): PatternNode => {
  reader.at++;
  const negated = accept(reader, '^');
  const ranges: Range[] = [];
  while (peek(reader) !== ']') {
    if (peek(reader) === '') return refuse(reader, 'Unterminated character class');
    const first = member(reader);
    if (peek(reader) !== '-' || peek(reader, 1) === ']' || peek(reader, 1) === '') {
      ranges.push(...first);
      continue;
    }
    reader.at++;
    const last = member(reader);
    const [from] = single(first);
    const [to] = single(last);
    if (from === undefined || to === undefined) ranges.push(...first, [0x2d, 0x2d], ...last);
    else if (to < from) return refuse(reader, 'Range out of order in character class');
    else ranges.push([from, to]);
  }
  reader.at++;
  return { kind: 'set', ranges: ranges.length > 1 ? complement(complement(ranges)) : ranges, negated };
};

/** The unit, where the ranges hold but one. A class such as \d stands for itself in a range. */
const single = (ranges: readonly Range[]): readonly number[] => {
  const [range] = ranges;
  return ranges.length === 1 && range !== undefined && range[0] === range[1] ? [range[0]] : [];
};

const member = (reader: Reader): readonly Range[] => {
  if (peek(reader) !== '\\') {
    const code = reader.text.charCodeAt(reader.at++);
    return [[code, code]];
  }
  const known = CLASSES[peek(reader, 1)];
  if (known !== undefined) {
    reader.at += 2;
    return known;
  }
  if (peek(reader, 1) === 'b') {
    reader.at += 2;
    return [[8, 8]];
  }
  const code = escapedUnit(reader);
  return [[code, code]];
};
