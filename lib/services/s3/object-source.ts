import { inspect } from 'node:util';
import type { ObjectWriter } from '../../simulator/map-run/object-store';
import { SimulatorError } from '../../simulator/simulator-error';

/**
 * What a bucket holds from the beginning: something outside, of any size, that is read when it is asked for. It is never written to, but for
 * what `put` takes.
 *
 * ```ts
 * { list: async function* (prefix, after) { for (const key of keys) if (key.startsWith(prefix) && key > after) yield key; },
 *   get: (key) => createReadStream(fileOf(key)) }
 * ```
 */
export interface ObjectSource {
  /** The keys that begin with `prefix` and come after `after`, in the order of their UTF-8 bytes, as S3 has them. */
  list(prefix: string, after: string): Iterable<SourceKey> | AsyncIterable<SourceKey>;
  /** What stands under a key; undefined: nothing. */
  get(key: string): ObjectBody | undefined | Promise<ObjectBody | undefined>;
  /**
   * What stood under a key in one of its versions, for an ItemReader with a `VersionId`; undefined: there is no such version.
   * @default - such an ItemReader is refused
   */
  getVersion?(key: string, versionId: string): ObjectBody | undefined | Promise<ObjectBody | undefined>;
  /**
   * Takes what the ResultWriter of a Distributed Map writes, which may be too large for memory. From the end of the object on, `list` and `get`
   * give it. An error that is thrown, or that a promise is rejected with, is S3's refusal: its message becomes the cause of
   * States.ResultWriterFailed. @default - it is kept in memory, for this world only
   */
  put?(key: string): ObjectWriter;
}

/** Text, bytes, or a stream of them, such as Node's `Readable`. */
export type ObjectBody = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** A key, or a key with what is known of its object: what is left out is found by reading it, where somebody asks. */
export type SourceKey = string | ListedObject;

/** An object as a list has it. */
export interface ListedObject {
  readonly key: string;
  /** Bytes. */
  readonly size?: number;
  /** With its quotes. */
  readonly etag?: string;
  /** @default - the world's time when the bucket was made */
  readonly lastModified?: Date;
}

/** The order in which S3 lists keys: that of their UTF-8 bytes. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** A surrogate stands for a character beyond all those that need none. */
const rank = (codeUnit: number): number => (codeUnit >= 0xd800 && codeUnit <= 0xdfff ? codeUnit + 0x10000 : codeUnit);

/** The bytes of a body, one piece after the other. */
export async function* bytesOf(body: ObjectBody): AsyncGenerator<Uint8Array> {
  if (typeof body === 'string' || body instanceof Uint8Array) yield toBytes(body);
  else if (isStream(body)) for await (const piece of body) yield toBytes(piece);
  else
    throw new SimulatorError(
      `The source of a bucket gives text, bytes or a stream of them for an object; found ${inspect(body, { depth: 0 })}.`,
    );
}

const isStream = (body: unknown): body is AsyncIterable<string | Uint8Array> =>
  typeof body === 'object' && body !== null && (Symbol.asyncIterator in body || Symbol.iterator in body);

const toBytes = (piece: string | Uint8Array): Uint8Array => (typeof piece === 'string' ? Buffer.from(piece) : piece);
