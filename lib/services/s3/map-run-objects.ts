import type { Json, JsonObject } from '../../json/json';
import { type ObjectStore, ObjectStoreError, type OpenedObject } from '../../simulator/map-run/object-store';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Bucket } from './bucket';
import type { S3 } from './s3';

/** Objects of a page at most. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const PAGE_SIZE = 1000;

/** S3 as Map Runs read and write it. @param accountId the owner of all buckets @param epochMs virtual time */
export function mapRunObjects(s3: S3, accountId: () => string, epochMs: () => number): ObjectStore {
  const find = (name: Json | undefined): Bucket => {
    const bucket = typeof name === 'string' ? s3.tryBucket(name) : undefined;
    if (bucket !== undefined) return bucket;
    throw new ObjectStoreError('The specified bucket does not exist');
  };
  const checkOwner = (owner: Json | undefined): void => {
    if (owner !== undefined && owner !== accountId()) throw new ObjectStoreError('Access Denied');
  };
  return {
    async *list({ Bucket: name, Prefix: prefix = '', ExpectedBucketOwner: owner }) {
      checkOwner(owner);
      const bucket = find(name);
      let page: JsonObject[] = [];
      for await (const listed of bucket.list(prefix as string)) {
        const described = bucket.describe(listed);
        const { key, size, etag, lastModified } = described instanceof Promise ? await described : described;
        // Etag, with one capital, and in seconds with a fraction (measured: github.com/floci-io/floci).
        page.push({ Etag: etag, Key: key, LastModified: lastModified.getTime() / 1000, Size: size, StorageClass: 'STANDARD' });
        if (page.length === PAGE_SIZE) {
          yield page;
          page = [];
        }
      }
      if (page.length > 0) yield page;
    },
    async open({ Bucket: name, Key: key, VersionId: versionId, ExpectedBucketOwner: owner }): Promise<OpenedObject> {
      checkOwner(owner);
      const bucket = find(name);
      const bytes = await (versionId === undefined
        ? bucket.stream(key as string)
        : bucket.streamVersion(key as string, versionId as string));
      if (bytes === undefined)
        throw new ObjectStoreError(`The specified ${versionId === undefined ? 'key' : 'version'} does not exist.`);
      return { bytes: () => bytes };
    },
    create(name, key) {
      const bucket = find(name);
      const writer = refusing(() => bucket.create(key, epochMs));
      return {
        write: (piece) => refusing(() => writer.write(piece)),
        end: () => refusing(() => writer.end()),
      };
    },
  };
}

/** An error of a source that somebody has given the bucket is S3's refusal. */
function refusing<T>(write: () => T): T {
  try {
    const done = write();
    return done instanceof Promise ? (done.catch(refuse) as T) : done;
  } catch (thrown) {
    return refuse(thrown);
  }
}

function refuse(thrown: unknown): never {
  if (thrown instanceof SimulatorError) throw thrown;
  throw new ObjectStoreError(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
