/** A piece of a pattern, as ECMAScript reads it without the flag u. https://tc39.es/ecma262/#sec-patterns */
export type PatternNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly negated: boolean }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly ways: readonly PatternNode[] }
  | ({
      readonly kind: 'repeat';
      readonly item: PatternNode;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    } & Groups)
  | { readonly kind: 'group'; readonly item: PatternNode; readonly index: number }
  | { readonly kind: 'look'; readonly item: PatternNode; readonly negated: boolean }
  | { readonly kind: 'reference'; readonly index: () => number }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'not-word' };

/** The capturing groups inside a piece: from the first up to, and without, the last. */
interface Groups {
  readonly firstGroup: number;
  readonly endGroup: number;
}

/** UTF-16 code units from the first to the last. */
export type Range = readonly [first: number, last: number];
