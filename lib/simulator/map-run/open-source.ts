import type { Json } from '../../json/json';
import { Failure } from '../failure';
import { SimulatorError } from '../simulator-error';
import type { ItemPage, ItemSource } from './item-source';
import type { ObjectStore } from './object-store';
import type { ReaderRequest } from './plan';

/** A source that cannot be read, as the state fails for it. */
export const readerFailed = (cause: string): Failure => new Failure('States.ItemReaderFailed', cause);

/** Opens what an ItemReader names. Nothing is read before the first page is asked for. @throws Failure, also later on */
export function openSource(store: ObjectStore | undefined, reader: ReaderRequest, state: string): ItemSource {
  if (store === undefined)
    throw new SimulatorError(
      `The ItemReader of "${state}" reads from S3, and this world has none: simulate the stack that makes the bucket.`,
    );
  // Recorded, though a literal cannot be negative.
  if (reader.maxItems < 0) throw readerFailed('field MaxItems must be positive');
  return upTo(pages(store, reader), reader.maxItems === 0 ? Infinity : reader.maxItems);
}

async function* pages(store: ObjectStore, { action, request }: ReaderRequest): AsyncGenerator<ItemPage, void> {
  if (action === 'listObjectsV2') {
    const source = `S3://${String(request['Bucket'])}`;
    for await (const items of store.list(request)) yield { items, keys: undefined, source };
    return;
  }
  throw new SimulatorError('Not yet.');
}

/** At most that many items. */
async function* upTo(source: AsyncIterable<ItemPage>, most: number): AsyncGenerator<ItemPage, void> {
  let left = most;
  for await (const page of source) {
    const items: readonly Json[] = page.items.length > left ? page.items.slice(0, left) : page.items;
    yield { ...page, items };
    left -= items.length;
    if (left === 0) return;
  }
}
