/**
 * Deepest nesting of an evaluation: AWS accepts `1+1+…` of 100 terms, 99 parentheses and a `$f(31)` that is not tail-recursive, and
 * refuses one more of each. https://github.com/floci-io/floci/pull/2783
 */
export const MAX_EVALUATION_DEPTH = 100;

/** Longest array: AWS accepts `[1..873782]` and refuses one item more. https://github.com/floci-io/floci/issues/2737 */
export const MAX_ITEMS = 873_782;

/** Longest string, in UTF-16 code units: AWS accepts 2^22 and refuses 2^23, and counts a number as eight characters. Same source. */
export const MAX_CHARACTERS = MAX_ITEMS * 8;

/** Longest result of `$range`: AWS accepts `$range(1, 360145, 1)` and refuses one item more. Same source. */
export const MAX_RANGE_ITEMS = 360_145;

/**
 * Most work of an evaluation, in steps: nodes of the syntax tree that are evaluated, frames of calls and blocks, and what else takes
 * as long as one. It stands for
 * AWS's limit of one second; AWS still accepts `$sum($map([1..200000], function($v){$v * 2}))`, which takes 800,000. Same source.
 */
export const MAX_STEPS = 1_000_000;

/** Longest operand that the parser doubles for `?:` and `??`, in characters of its syntax tree. */
export const MAX_DOUBLED_CHARACTERS = 1_000_000;
