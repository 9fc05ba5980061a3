import { inspect } from 'node:util';
import { bucketsOf, tryFindBucket } from '../cloud/find-in-cloud';
import type { Cloud } from '../cloud/cloud';
import type { StoredObject } from '../services/s3/bucket';
import type { ObjectSource } from '../services/s3/object-source';
import type { S3 } from '../services/s3/s3';
import { SimulatorError } from '../simulator/simulator-error';
import { isConstruct, queryOf, type ResourceLike, tryImportedArn } from './construct';
import { notInStack } from './fakes/not-in-stack';

/** A bucket, and what it holds from the beginning. */
export interface BucketContents {
  readonly bucket: ResourceLike;
  readonly source: ObjectSource | undefined;
}

/**
 * A bucket of a test world, for its option `buckets`: one of the stack, or one that the stack only names.
 *
 * ```ts
 * createTestWorld(orders, { buckets: [bucket(orders.files, directory('test/fixtures')), bucket('partner-uploads')] })
 * ```
 * @param source what it holds: `directory(…)`, or functions that list and read. It is never written to: what the workflow puts or deletes is so
 * for that world only. But for what a Distributed Map writes out, which `directory(…, { writable: true })` takes. @default - nothing
 * @throws SimulatorError for a source that is neither
 */
export function bucket(target: ResourceLike, source?: ObjectSource): BucketContents {
  const { list, get } = (source ?? { list: () => [], get: () => undefined }) as Partial<ObjectSource>;
  if (typeof list !== 'function' || typeof get !== 'function') {
    throw new SimulatorError(
      `bucket('${queryOf(target)}', …) holds directory(…), or an object with the functions list(prefix, after) and get(key); found ${inspect(source, { depth: 0 })}. ` +
        `To put single objects into it: world.putObject('${queryOf(target)}', key, body).`,
    );
  }
  return { bucket: target, source };
}

/** An object as a test sees it. */
export interface S3Object {
  readonly key: string;
  /** The bytes as UTF-8. */
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Virtual time. */
  readonly lastModified: Date;
}

/**
 * Makes the buckets that a world's options name, and those of a cloud. What has been made stays as it is.
 * @throws SimulatorError for a construct that the cloud does not have
 */
export function makeBuckets(s3: S3, cloud: Cloud, contents: readonly BucketContents[], epochMs: number): void {
  for (const { bucket: target, source } of contents) s3.makeBucket(bucketName(cloud, target), epochMs, source);
  for (const { name } of bucketsOf(cloud)) s3.makeBucket(name, epochMs);
}

/** Those that are named by a text: they need no stack. */
export const namedBuckets = (contents: readonly BucketContents[]): readonly BucketContents[] =>
  contents.filter(({ bucket: target }) => !isConstruct(target));

function bucketName(cloud: Cloud, target: ResourceLike): string {
  const query = queryOf(target);
  const known = tryFindBucket(cloud, query);
  if (known !== undefined) return known.name;
  const arn = tryImportedArn(target, 'bucketArn');
  if (arn === undefined && isConstruct(target)) throw notInStack(`bucket('${query}')`, 'about', 'bucket', bucketsOf(cloud));
  return (arn ?? query).replace(/^arn:[^:]*:s3:::/, '');
}

/** What tests do to buckets. */
export function bucketTools(s3: S3, cloud: Cloud, epochMs: () => number) {
  const find = (target: ResourceLike) => {
    const name = bucketName(cloud, target);
    const found = s3.tryBucket(name);
    if (found !== undefined) return found;
    const names = bucketsOf(cloud).map((known) => known.name);
    throw new SimulatorError(
      `There is no bucket ${name} in this world. The stack has: ${names.length === 0 ? 'none' : names.join(', ')}. ` +
        `To add one: createTestWorld(…, { buckets: [bucket('${name}')] }).`,
    );
  };
  return {
    putObject(target: ResourceLike, key: string, body: string | Uint8Array): void {
      find(target).put({ key, bytes: Buffer.from(body) }, epochMs());
    },
    async objects(target: ResourceLike, prefix?: string): Promise<readonly S3Object[]> {
      const found = find(target);
      const all: S3Object[] = [];
      for await (const { key } of found.list(prefix)) {
        const object = await found.get(key);
        if (object !== undefined) all.push(seen(object));
      }
      return all;
    },
  };
}

const seen = ({ key, bytes, contentType, metadata, lastModifiedMs }: StoredObject): S3Object => ({
  key,
  text: Buffer.from(bytes).toString(),
  bytes,
  contentType,
  metadata,
  lastModified: new Date(lastModifiedMs),
});
