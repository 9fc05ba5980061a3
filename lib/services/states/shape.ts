/** What a member of a request may be, as the API's model says it. */
export type Shape = TextShape | NumberShape | { readonly type: 'boolean' } | ListShape | StructureShape;

interface TextShape {
  readonly type: 'string';
  /** Fewest and most characters. */
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: string;
  /** Of an enum, in the order in which the service lists them. */
  readonly values?: readonly string[];
  /** Errors do not repeat it. */
  readonly sensitive?: true;
  /** It holds JSON. */
  readonly json?: true;
}

interface NumberShape {
  readonly type: 'integer' | 'float';
  readonly least?: number;
  readonly most?: number;
}

interface ListShape {
  readonly type: 'list';
  readonly of: Shape;
  readonly least?: number;
  readonly most?: number;
}

/** Members with names. */
export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

/** What a value of a shape is in TypeScript. */
export type ValueOf<S> = S extends { readonly type: 'string'; readonly values: readonly (infer V)[] }
  ? V
  : S extends { readonly type: 'string' }
    ? string
    : S extends { readonly type: 'integer' | 'float' }
      ? number
      : S extends { readonly type: 'boolean' }
        ? boolean
        : S extends { readonly type: 'list'; readonly of: infer Element }
          ? readonly ValueOf<Element>[]
          : S extends { readonly type: 'structure'; readonly members: infer M; readonly required: readonly (infer R)[] }
            ? { readonly [K in keyof M & R]: ValueOf<M[K]> } & { readonly [K in Exclude<keyof M, R>]?: ValueOf<M[K]> }
            : never;

/** A structure; the names of the members that must be there come last. */
export const structure = <const M extends Readonly<Record<string, Shape>>, const R extends readonly (keyof M & string)[]>(
  members: M,
  ...required: R
): { readonly type: 'structure'; readonly members: M; readonly required: R } => ({ type: 'structure', members, required });
