import { equals } from '../../json/equals';
import { isArray, isObject, type Json, type JsonArray } from '../../json/json';
import { bucketOf, LOAD_FACTOR, MIN_TABLE_SIZE, stringHash } from '../java-hash';

/**
 * The distinct values of an array in the order of a Java HashSet of them, which is how AWS answers States.ArrayUnique:
 * `[true,false]` comes back as `[false,true]`, small whole numbers come back sorted.
 * (Measured by https://github.com/gabrielmoreira/tiny-asl-machine; the size of the hash table is that of `new HashSet<>(list)`.)
 */
export const distinctInHashOrder = (array: JsonArray): Json[] => {
  const size = tableSize(array.length);
  const buckets = new Map<number, Json[]>();
  for (const value of array) {
    const index = bucketOf(javaHash(value), size);
    const bucket = buckets.get(index) ?? [];
    if (!bucket.some((other) => equals(other, value))) bucket.push(value);
    buckets.set(index, bucket);
  }
  return [...buckets].sort(([a], [b]) => a - b).flatMap(([, bucket]) => bucket);
};

const tableSize = (count: number): number => {
  let size = MIN_TABLE_SIZE;
  while (size < Math.floor(count / LOAD_FACTOR) + 1) size *= 2;
  return size;
};

/** Java's hashCode of Boolean, Integer, Long, Double, String, List and Map; 0 for null. A 32-bit integer. */
const javaHash = (value: Json): number => {
  if (value === null) return 0;
  if (isArray(value)) return value.reduce<number>((hash, item) => (Math.imul(31, hash) + javaHash(item)) | 0, 1);
  if (isObject(value))
    return Object.entries(value).reduce((hash, [key, field]) => (hash + (stringHash(key) ^ javaHash(field))) | 0, 0);
  if (typeof value === 'string') return stringHash(value);
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  return numberHash(value);
};

const numberHash = (value: number): number => {
  if (value === (value | 0)) return value;
  const view = new DataView(new ArrayBuffer(8));
  if (Number.isSafeInteger(value)) view.setBigInt64(0, BigInt(value));
  else view.setFloat64(0, value);
  return view.getInt32(0) ^ view.getInt32(4);
};
