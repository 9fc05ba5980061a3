import type { Json } from '../../json/json';

/** One step of a JSONPath. */
export type Segment =
  /** `.a`, `['a']`, `['a','b']` */
  | { readonly kind: 'fields'; readonly names: readonly string[] }
  /** `.*`, `[*]` */
  | { readonly kind: 'wildcard' }
  /** `[0]`, `[-1]`, `[0,2]` */
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  /** `[1:3]`, `[1:]`, `[:3]` */
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  /** `[?(…)]`; several filters must all hold */
  | { readonly kind: 'filter'; readonly text: string; readonly holds: Holds }
  /** `..`: the next segment is applied to every descendant */
  | { readonly kind: 'scan' }
  /** `.length()` at the end */
  | { readonly kind: 'function'; readonly name: string };

/** A compiled filter: does it hold for this element (`@`) of this document (`$`)? */
export type Holds = (element: Json, document: Json) => boolean;

/** True for a segment that leads to one place at most. */
export const isDefinite = (segment: Segment, isLast: boolean): boolean => {
  switch (segment.kind) {
    case 'fields':
      return segment.names.length === 1 || isLast; // several names at the end give one object
    case 'indexes':
      return segment.indexes.length === 1;
    case 'function':
      return true;
    default:
      return false;
  }
};

/** The segment as Jayway writes it in its messages. */
export const renderSegment = (segment: Segment): string => {
  switch (segment.kind) {
    case 'fields':
      return `[${segment.names.map((name) => `'${name}'`).join(',')}]`;
    case 'wildcard':
      return '[*]';
    case 'indexes':
      return `[${segment.indexes.join(',')}]`;
    case 'slice':
      return `[${segment.from ?? ''}:${segment.to ?? ''}]`;
    case 'filter':
      return `[${segment.text}]`;
    case 'scan':
      return '..';
    case 'function':
      return `.${segment.name}()`;
  }
};
