import type { Json } from '../json/json';

/** The items of a source, some at a time, in order. A piece may be empty. */
export type ItemPieces = AsyncIterable<readonly Json[]>;

/** The bytes of a source, cut anywhere. */
export type SourceBytes = AsyncIterable<Uint8Array>;

/** Longest item that is read, in bytes. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const MAX_ITEM_BYTES = 8 * 1024 * 1024;
