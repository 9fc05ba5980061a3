import type { Assume } from '../../item-formats/assume';
import { Failure } from '../failure';
import { SimulatorError } from '../simulator-error';
import type { ItemPage, ItemSource } from './item-source';
import type { ObjectStore } from './object-store';
import type { ReaderRequest } from './plan';
import { readItems } from './read-objects';

/** A source that cannot be read, as the state fails for it. */
export const readerFailed = (cause: string): Failure => new Failure('States.ItemReaderFailed', cause);

/**
 * Opens what an ItemReader names. Nothing is read before the first page is asked for.
 * @param skipped how many items have been read before
 * @param assume is told of what reading rests on
 * @throws Failure, also later on
 */
export function openSource(
  store: ObjectStore | undefined,
  reader: ReaderRequest,
  state: string,
  skipped: number,
  assume: Assume,
): ItemSource {
  if (store === undefined)
    throw new SimulatorError(
      `The ItemReader of "${state}" reads from S3, and this world has none: simulate the stack that makes the bucket.`,
    );
  // Recorded, though a literal cannot be negative.
  if (reader.maxItems < 0) throw readerFailed('field MaxItems must be positive');
  return between(readItems(store, reader, assume), skipped, reader.maxItems === 0 ? Infinity : reader.maxItems);
}

/** The items from one number up to another. */
async function* between(source: AsyncIterable<ItemPage>, from: number, to: number): AsyncGenerator<ItemPage, void> {
  let at = 0;
  for await (const { items, keys, source: name } of source) {
    const first = Math.max(from - at, 0);
    const last = Math.min(to - at, items.length);
    at += items.length;
    if (first < last)
      yield first === 0 && last === items.length
        ? { items, keys, source: name }
        : { items: items.slice(first, last), keys: keys?.slice(first, last), source: name };
    if (at >= to) return;
  }
}
