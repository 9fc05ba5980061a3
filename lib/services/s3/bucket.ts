import { createHash } from 'node:crypto';
import type { ObjectWriter } from '../../simulator/map-run/object-store';
import { SimulatorError } from '../../simulator/simulator-error';
import { bytesOf, compareKeys, type ListedObject, type ObjectSource } from './object-source';

/** An object of a bucket. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** Milliseconds since 1970. S3 keeps whole seconds. */
  readonly lastModifiedMs: number;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** What else it was put with and is given with again, such as CacheControl. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a bucket keeps of an object that is put. */
export type NewObject = Pick<StoredObject, 'key' | 'bytes'> & Partial<Pick<StoredObject, 'contentType' | 'metadata' | 'headers'>>;

/** As S3 calls what nobody gave a type. */
const DEFAULT_CONTENT_TYPE = 'binary/octet-stream';

/**
 * A bucket: objects in memory, above those of a source, if it has one. The source is never written to, but for what `create` gives to one that
 * takes it: all else is put or deleted for this world only.
 */
export class Bucket {
  /** What was put; undefined: an object of the source that was deleted. */
  private readonly above = new Map<string, StoredObject | undefined>();
  /** Keys of `above`, sorted; undefined: they have changed. */
  private sorted: readonly string[] | undefined;

  constructor(
    readonly name: string,
    private readonly madeAtMs: number,
    private readonly source?: ObjectSource,
  ) {}

  put(object: NewObject, epochMs: number): StoredObject {
    const stored = {
      contentType: DEFAULT_CONTENT_TYPE,
      metadata: {},
      headers: {},
      ...object,
      etag: etagOf(object.bytes),
      lastModifiedMs: wholeSeconds(epochMs),
    };
    if (!this.above.has(object.key)) this.sorted = undefined;
    this.above.set(object.key, stored);
    return stored;
  }

  /** An object that is put piece by piece: into the source, if it takes objects. @param epochMs virtual time */
  create(key: string, epochMs: () => number): ObjectWriter {
    const taken = this.source?.put?.(key);
    if (taken !== undefined) {
      return {
        write: (piece) => taken.write(piece),
        end: () => {
          const unveil = () => this.unveil(key);
          const ended = taken.end();
          return ended === undefined ? unveil() : ended.then(unveil);
        },
      };
    }
    const pieces: Uint8Array[] = [];
    return {
      write: (piece) => void pieces.push(piece),
      end: () => void this.put({ key, bytes: Buffer.concat(pieces) }, epochMs()),
    };
  }

  /** The source's object is the one that is there. */
  private unveil(key: string): void {
    if (this.above.delete(key)) this.sorted = undefined;
  }

  delete(key: string): void {
    this.sorted = undefined;
    if (this.source === undefined) this.above.delete(key);
    else this.above.set(key, undefined);
  }

  /** The whole object; undefined: there is none. */
  async get(key: string): Promise<StoredObject | undefined> {
    if (this.above.has(key)) return this.above.get(key);
    const stream = await this.stream(key);
    if (stream === undefined) return undefined;
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const lastModifiedMs = wholeSeconds(this.madeAtMs);
    return { key, bytes, etag: etagOf(bytes), lastModifiedMs, contentType: DEFAULT_CONTENT_TYPE, metadata: {}, headers: {} };
  }

  /** The object's bytes, piece by piece: for what may be too large for memory. */
  async stream(key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (this.above.has(key)) {
      const stored = this.above.get(key);
      return stored === undefined ? undefined : bytesOf(stored.bytes);
    }
    const body = await this.source?.get(key);
    return body === undefined ? undefined : bytesOf(body);
  }

  /** The same of one of the object's versions, which only a source can have. @throws SimulatorError if it has none */
  async streamVersion(key: string, versionId: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (this.source?.getVersion === undefined) {
      throw new SimulatorError(
        `The version ${JSON.stringify(versionId)} of ${JSON.stringify(key)} is asked for, and the bucket ${this.name} keeps one version of each object. ` +
          `Give it a source that knows others: bucket(…, { list, get, getVersion: (key, versionId) => … }).`,
      );
    }
    const body = await this.source.getVersion(key, versionId);
    return body === undefined ? undefined : bytesOf(body);
  }

  /** Objects whose keys begin with `prefix` and come after `after`, in S3's order. Of millions only the one at hand is kept. */
  async *list(prefix = '', after = ''): AsyncGenerator<ListedObject> {
    const above = this.keysAbove(prefix, after);
    let next = above.next();
    for await (const listed of this.ofSource(prefix, after)) {
      for (; next.done !== true && compareKeys(next.value, listed.key) < 0; next = above.next())
        yield* this.listedAbove(next.value);
      if (!this.above.has(listed.key)) yield listed;
    }
    for (; next.done !== true; next = above.next()) yield* this.listedAbove(next.value);
  }

  /** What a list says of an object, all of it. No promise, unless it has to be read. */
  describe({ key, size, etag, lastModified }: ListedObject): Required<ListedObject> | Promise<Required<ListedObject>> {
    if (size === undefined || etag === undefined) return this.inspect(key, lastModified);
    return { key, size, etag, lastModified: lastModified ?? new Date(wholeSeconds(this.madeAtMs)) };
  }

  private async inspect(key: string, lastModified: Date | undefined): Promise<Required<ListedObject>> {
    const object = await this.get(key);
    if (object === undefined)
      throw new SimulatorError(`The source of the bucket ${this.name} lists ${key} and has no such object.`);
    return { key, size: object.bytes.length, etag: object.etag, lastModified: lastModified ?? new Date(object.lastModifiedMs) };
  }

  private *listedAbove(key: string): Generator<ListedObject> {
    const stored = this.above.get(key);
    if (stored === undefined) return;
    yield { key, size: stored.bytes.length, etag: stored.etag, lastModified: new Date(stored.lastModifiedMs) };
  }

  private *keysAbove(prefix: string, after: string): Generator<string> {
    this.sorted ??= [...this.above.keys()].sort(compareKeys);
    const keys = this.sorted;
    const from = after !== '' && compareKeys(after, prefix) >= 0 ? firstAfter(keys, after) : firstFrom(keys, prefix);
    for (let index = from; index < keys.length; index += 1) {
      const key = keys[index] as string;
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  private async *ofSource(prefix: string, after: string): AsyncGenerator<ListedObject> {
    if (this.source === undefined) return;
    let last = after;
    for await (const listed of this.source.list(prefix, after)) {
      const object = typeof listed === 'string' ? { key: listed } : listed;
      if (!object.key.startsWith(prefix) || (last !== '' && compareKeys(object.key, last) <= 0)) {
        throw new SimulatorError(
          `The source of the bucket ${this.name} lists ${JSON.stringify(object.key)} where it is asked for keys that begin with ` +
            `${JSON.stringify(prefix)} and come after ${JSON.stringify(last)}, in the order of their UTF-8 bytes.`,
        );
      }
      last = object.key;
      yield object;
    }
  }
}

const wholeSeconds = (epochMs: number): number => Math.floor(epochMs / 1000) * 1000;

const etagOf = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

/** Index of the first key that is not before `wanted`. */
const firstFrom = (keys: readonly string[], wanted: string): number => bisect(keys, (key) => compareKeys(key, wanted) >= 0);

const firstAfter = (keys: readonly string[], after: string): number => bisect(keys, (key) => compareKeys(key, after) > 0);

function bisect(keys: readonly string[], holds: (key: string) => boolean): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(keys[middle] as string)) high = middle;
    else low = middle + 1;
  }
  return low;
}
