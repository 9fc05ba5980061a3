/** Java's String.hashCode, a 32-bit integer. */
export const stringHash = (text: string): number => {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
};

/** Where java.util.HashMap puts what has this hash; `size` is that of its table, a power of two. */
export const bucketOf = (hash: number, size: number): number => (hash ^ (hash >>> 16)) & (size - 1);

/** Smallest table of a java.util.HashMap. */
export const MIN_TABLE_SIZE = 16;

/** How full a java.util.HashMap may be before its table is doubled. */
export const LOAD_FACTOR = 0.75;

/**
 * Entries in the order in which a java.util.HashMap gives them back after they were put into it one by one: by bucket, and as they
 * were put in where they share one.
 */
export const inHashMapOrder = <T>(
  entries: readonly (readonly [key: string, value: T])[],
): (readonly [key: string, value: T])[] => {
  let size = MIN_TABLE_SIZE;
  while (entries.length > size * LOAD_FACTOR) size *= 2;
  return [...entries].sort(([a], [b]) => bucketOf(stringHash(a), size) - bucketOf(stringHash(b), size));
};
