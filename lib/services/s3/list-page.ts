import type { Json, JsonObject } from '../../json/json';
import type { Bucket } from './bucket';
import type { ListedObject } from './object-source';

/** What a list is asked for. */
export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly after: string;
  readonly maxKeys: number | undefined;
}

/** One page of a bucket's list. */
export interface ListPage {
  /** `Contents` and `CommonPrefixes`, where there are any. */
  readonly found: JsonObject;
  /** Objects and common prefixes. */
  readonly count: number;
  readonly maxKeys: number;
  /** Where the next page begins: after this key. Undefined: this is the last page. */
  readonly next: string | undefined;
}

/** Objects of a page at most. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const MOST_KEYS = 1000;

/** A page of what a bucket holds; keys that go on behind a delimiter are one common prefix. */
export async function listPage(
  bucket: Bucket,
  { prefix, delimiter, after, maxKeys: asked = MOST_KEYS }: ListQuery,
): Promise<ListPage> {
  const maxKeys = Math.min(Math.max(asked, 0), MOST_KEYS);
  const contents: ListedObject[] = [];
  const prefixes: string[] = [];
  // A page may begin behind a common prefix itself: a NextMarker.
  const done = commonPrefix(after, prefix, delimiter) === after ? after : undefined;
  let last = after;
  let next: string | undefined;
  for await (const object of bucket.list(prefix, after)) {
    if (done !== undefined && object.key.startsWith(done)) continue;
    const common = commonPrefix(object.key, prefix, delimiter);
    const isNew = common === undefined || common !== prefixes.at(-1);
    if (isNew && contents.length + prefixes.length >= maxKeys) {
      next = maxKeys === 0 ? undefined : last;
      break;
    }
    if (common === undefined) contents.push(object);
    else if (isNew) prefixes.push(common);
    last = common ?? object.key;
  }
  const described: Json[] = [];
  for (const object of contents) {
    const { key, size, etag, lastModified } = await bucket.describe(object);
    described.push({ ETag: etag, Key: key, LastModified: lastModified.getTime() / 1000, Size: size, StorageClass: 'STANDARD' });
  }
  return {
    found: {
      ...(prefixes.length === 0 ? {} : { CommonPrefixes: prefixes.map((Prefix) => ({ Prefix })) }),
      ...(described.length === 0 ? {} : { Contents: described }),
    },
    count: described.length + prefixes.length,
    maxKeys,
    next,
  };
}

/** The key up to the first delimiter behind the prefix; undefined: there is none. */
function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}
