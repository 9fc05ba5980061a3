import { compilePattern } from './compile-pattern';
import { parsePattern } from './parse-pattern';
import { runPattern, type PatternBounds } from './run-pattern';

/** What JSONata uses of a RegExp. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** With the flag g: where the next search begins. */
  lastIndex: number;
  /** The match: its text, then that of each group. What is not a string is made one. */
  exec(text: unknown): PatternMatch | null;
}

/** A match, as RegExp gives it. */
export type PatternMatch = (string | undefined)[] & { index: number };

/**
 * A regular expression that ends: as RegExp with the flags g, i and m, but each step is counted, so that a pattern such as `(a+)+$` stops
 * at a bound of steps and not of real time.
 * @throws PatternError
 */
export const createPattern = (source: string, flags: string, bounds: PatternBounds): Pattern => {
  const program = compilePattern(parsePattern(source), flags);
  const isGlobal = flags.includes('g');
  const pattern: Pattern = {
    source,
    flags,
    lastIndex: 0,
    exec(subject) {
      const text = String(subject); // may throw, as that of RegExp: an object without a prototype has no text
      const slots = runPattern(program, text, isGlobal ? pattern.lastIndex : 0, bounds);
      if (isGlobal) pattern.lastIndex = slots?.[1] ?? 0;
      if (slots === undefined) return null;
      const parts: (string | undefined)[] = [];
      for (let slot = 0; slot < slots.length; slot += 2)
        parts.push(slots[slot] === -1 || slots[slot + 1] === -1 ? undefined : text.slice(slots[slot], slots[slot + 1]));
      return Object.assign(parts, { index: slots[0] as number });
    },
  };
  return pattern;
};
