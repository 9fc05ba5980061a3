import type { Range } from './pattern-node';

const MAX_UNIT = 0xffff;

/** All code units that the ranges leave out. */
export const complement = (ranges: readonly Range[]): readonly Range[] => {
  const sorted = [...ranges].sort(([a], [b]) => a - b);
  const gaps: Range[] = [];
  let next = 0;
  for (const [first, last] of sorted) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= MAX_UNIT) gaps.push([next, MAX_UNIT]);
  return gaps;
};

const DIGITS: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]; // prettier-ignore
/** White space and line terminators. https://tc39.es/ecma262/#sec-white-space */
const SPACE: readonly Range[] = [[0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]]; // prettier-ignore

/** What `.` does not match. */
export const LINE_ENDS: readonly Range[] = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]]; // prettier-ignore

/** By the letter behind the backslash. */
export const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACE,
  S: complement(SPACE),
};

/** True if one of the ranges holds the unit. */
export const isIn = (ranges: readonly Range[], unit: number): boolean =>
  ranges.some(([first, last]) => unit >= first && unit <= last);

/** True for what \w matches. */
export const isWord = (unit: number): boolean => isIn(WORD, unit);

/** True for the ends of lines. */
export const isLineEnd = (unit: number): boolean => unit === 0x0a || unit === 0x0d || unit === 0x2028 || unit === 0x2029;

/** What the flag i compares: the upper case, where it is one unit and does not lead into ASCII. https://tc39.es/ecma262/#sec-runtime-semantics-canonicalize-ch */
export const canonical = (unit: number): number => {
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? unit - 0x20 : unit;
  const upper = String.fromCharCode(unit).toUpperCase();
  return upper.length !== 1 || upper.charCodeAt(0) < 0x80 ? unit : upper.charCodeAt(0);
};
