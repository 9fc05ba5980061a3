/** Deepest nesting of an evaluation: AWS accepts `1+1+…` of 100 terms and refuses 101. https://github.com/floci-io/floci/issues/2783 */
export const MAX_DEPTH = 100;
