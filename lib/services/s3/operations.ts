import { isArray, isObject } from '../../json/json';
import type { Json, JsonObject } from '../../json/json';
import { get } from '../../json/with-field';
import { SimulatorError } from '../../simulator/simulator-error';
import type { Caller, Operation } from '../api';
import { ApiFailure } from '../api';
import { crc32 } from '../crc32';
import { stringField } from '../parameter-types';
import type { Bucket, StoredObject } from './bucket';
import { byteRange } from './byte-range';
import { listPage } from './list-page';

/** Finds the bucket that a request names. Throws what S3 answers, or what a test has forgotten. */
export type FindBucket = (name: string, from: Caller) => Bucket;

/** What S3 does, by operation. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
export function s3Operations(findBucket: FindBucket): Readonly<Record<string, Operation>> {
  const bucketOf = (request: JsonObject, from: Caller): Bucket => findBucket(text(request, 'Bucket'), from);

  return {
    GetObject: async (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Key', 'Range']);
      const object = await find(bucketOf(request, from), text(request, 'Key'));
      const range = byteRange(stringField(request, 'Range'), object.bytes.length);
      const bytes = range === undefined ? object.bytes : object.bytes.subarray(range.first, range.last + 1);
      const contentRange: JsonObject =
        range === undefined ? {} : { ContentRange: `bytes ${range.first}-${range.last}/${object.bytes.length}` };
      return { ...describe(object, bytes.length, contentRange), Body: Buffer.from(bytes).toString('base64') };
    },
    HeadObject: async (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Key']);
      const bucket = bucketOf(request, from);
      // A HEAD response has no body, so AWS's SDK for Java has no message but "null".
      const object = (await bucket.get(text(request, 'Key'))) ?? refuse('NoSuchKey', 'null', 404);
      return describe(object, object.bytes.length);
    },
    PutObject: (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Key', 'Body', 'Metadata', 'ContentType', ...KEPT_HEADERS, ...PUT_WITHOUT_EFFECT]);
      const bytes = Buffer.from(stringField(request, 'Body') ?? '', 'base64');
      const stored = bucketOf(request, from).put(
        {
          key: text(request, 'Key'),
          bytes,
          metadata: texts(get(request, 'Metadata')),
          headers: headersOf(request),
          ...typed(stringField(request, 'ContentType')),
        },
        from.epochMs,
      );
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(crc32(bytes));
      return {
        ChecksumCRC32: checksum.toString('base64'),
        ChecksumType: 'FULL_OBJECT',
        ETag: stored.etag,
        ServerSideEncryption: 'AES256',
      };
    },
    DeleteObject: (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Key']);
      bucketOf(request, from).delete(text(request, 'Key'));
      return {};
    },
    DeleteObjects: (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Delete']);
      const bucket = bucketOf(request, from);
      const wanted = get(request, 'Delete');
      const objects = isObject(wanted) ? get(wanted, 'Objects') : undefined;
      const keys = isArray(objects) ? objects.map((object) => keyToDelete(object, from)) : [];
      if (keys.length === 0 || keys.length > 1000) refuse('MalformedXML', MALFORMED, 400);
      for (const key of keys) bucket.delete(key);
      const quiet = isObject(wanted) && get(wanted, 'Quiet') === true;
      const deleted: JsonObject = { Deleted: keys.map((Key) => ({ Key })) };
      return quiet ? {} : deleted;
    },
    CopyObject: async (request, from) => {
      const replaced = ['Metadata', 'ContentType', ...KEPT_HEADERS];
      refuseUnless(request, from, ['Bucket', 'Key', 'CopySource', 'MetadataDirective', ...replaced, ...PUT_WITHOUT_EFFECT]);
      const bucket = bucketOf(request, from);
      const source = copySource(text(request, 'CopySource'), from);
      const object = await find(findBucket(source.bucket, from), source.key);
      const own =
        get(request, 'MetadataDirective') === 'REPLACE'
          ? {
              metadata: texts(get(request, 'Metadata')),
              headers: headersOf(request),
              ...typed(stringField(request, 'ContentType')),
            }
          : { metadata: object.metadata, headers: object.headers, contentType: object.contentType };
      const stored = bucket.put({ key: text(request, 'Key'), bytes: object.bytes, ...own }, from.epochMs);
      return {
        CopyObjectResult: { ETag: stored.etag, LastModified: stored.lastModifiedMs / 1000 },
        ServerSideEncryption: 'AES256',
      };
    },
    ListObjectsV2: async (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'StartAfter', 'ContinuationToken', 'FetchOwner']);
      const bucket = bucketOf(request, from);
      const token = stringField(request, 'ContinuationToken');
      const startAfter = stringField(request, 'StartAfter');
      const page = await listPage(bucket, listQuery(request, token === undefined ? startAfter : keyOfToken(token)));
      return {
        ...page.found,
        ...given(request, ['ContinuationToken', 'Delimiter']),
        IsTruncated: page.next !== undefined,
        KeyCount: page.count,
        MaxKeys: page.maxKeys,
        Name: bucket.name,
        ...(page.next === undefined ? {} : { NextContinuationToken: tokenOfKey(page.next) }),
        Prefix: stringField(request, 'Prefix') ?? '',
        ...given(request, ['StartAfter']),
      };
    },
    ListObjects: async (request, from) => {
      refuseUnless(request, from, ['Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'Marker']);
      const bucket = bucketOf(request, from);
      const page = await listPage(bucket, listQuery(request, stringField(request, 'Marker')));
      return {
        ...page.found,
        ...given(request, ['Delimiter']),
        IsTruncated: page.next !== undefined,
        Marker: stringField(request, 'Marker') ?? '',
        MaxKeys: page.maxKeys,
        Name: bucket.name,
        // Without a delimiter the last key of the page is the marker.
        ...(page.next === undefined || stringField(request, 'Delimiter') === undefined ? {} : { NextMarker: page.next }),
        Prefix: stringField(request, 'Prefix') ?? '',
      };
    },
    HeadBucket: (request, from) => {
      refuseUnless(request, from, ['Bucket']);
      bucketOf(request, from);
      return { BucketRegion: from.region };
    },
  };
}

/** Headers that S3 keeps with an object, and gives back. */
const KEPT_HEADERS = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage'];

/** What may stand in a put, and changes nothing that the simulator shows. */
const PUT_WITHOUT_EFFECT = ['ACL', 'ChecksumAlgorithm', 'ChecksumCRC32', 'ContentLength', 'StorageClass', 'Tagging'];

/** The account is not looked at, and nobody pays. */
const ALWAYS_WITHOUT_EFFECT = ['ExpectedBucketOwner', 'RequestPayer', 'ChecksumMode'];

function refuseUnless(request: JsonObject, from: Caller, simulated: readonly string[]): void {
  const others = Object.keys(request).filter((name) => !simulated.includes(name) && !ALWAYS_WITHOUT_EFFECT.includes(name));
  if (others.length === 0) return;
  throw new SimulatorError(
    `${from.who} asks S3 for ${others.join(', ')}, which is not simulated: leave it out, or add a fake: service('aws-sdk:s3:…', …).`,
  );
}

const MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema';

function refuse(code: string, message: string, statusCode: number): never {
  throw new ApiFailure(code, message, statusCode);
}

const find = async (bucket: Bucket, key: string): Promise<StoredObject> =>
  (await bucket.get(key)) ?? refuse('NoSuchKey', 'The specified key does not exist.', 404);

function describe(object: StoredObject, length: number, more: JsonObject = {}): JsonObject {
  return {
    AcceptRanges: 'bytes',
    ContentLength: length,
    ...more,
    ContentType: object.contentType,
    ETag: object.etag,
    LastModified: object.lastModifiedMs / 1000,
    Metadata: object.metadata,
    ServerSideEncryption: 'AES256',
    ...object.headers,
  };
}

function keyToDelete(object: Json, from: Caller): string {
  const fields = isObject(object) ? object : {};
  refuseUnless(fields, from, ['Key']);
  return text(fields, 'Key');
}

/** `bucket/key`, with or without a leading slash, percent-encoded. */
function copySource(copy: string, from: Caller): { readonly bucket: string; readonly key: string } {
  if (/[?&]versionId=/.test(copy) || copy.startsWith('arn:')) {
    throw new SimulatorError(
      `${from.who} copies from ${copy}: versions and access points are not simulated. Name bucket and key, or add a fake.`,
    );
  }
  const [bucket = '', ...key] = decoded(copy.replace(/^\//, '')).split('/');
  if (bucket === '' || key.join('/') === '') refuse('InvalidArgument', 'Invalid copy source object key', 400);
  return { bucket, key: key.join('/') };
}

function decoded(copy: string): string {
  try {
    return decodeURIComponent(copy);
  } catch {
    return refuse('InvalidArgument', 'Invalid copy source encoding.', 400);
  }
}

const listQuery = (request: JsonObject, after: string | undefined) => {
  const maxKeys = get(request, 'MaxKeys');
  return {
    prefix: stringField(request, 'Prefix') ?? '',
    delimiter: stringField(request, 'Delimiter'),
    after: after ?? '',
    maxKeys: typeof maxKeys === 'number' ? maxKeys : undefined,
  };
};

const tokenOfKey = (key: string): string => Buffer.from(key).toString('base64');

function keyOfToken(token: string): string {
  const key = Buffer.from(token, 'base64').toString();
  return tokenOfKey(key) === token ? key : refuse('InvalidArgument', 'The continuation token provided is incorrect', 400);
}

/** Fields of a request that the response has, too. */
const given = (request: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (get(request, name) === undefined ? [] : [[name, get(request, name) as Json]])));

const headersOf = (request: JsonObject): Readonly<Record<string, string>> => texts(given(request, KEPT_HEADERS));

const typed = (contentType: string | undefined) => (contentType === undefined ? {} : { contentType });

/** A map of texts; it has been looked at, so nothing else is in it. */
const texts = (value: Json | undefined): Readonly<Record<string, string>> =>
  (isObject(value) ? value : {}) as Readonly<Record<string, string>>;

/** A field that is required; Step Functions and SDKs look at that before they ask. */
const text = (request: JsonObject, field: string): string =>
  stringField(request, field) ?? refuse('InvalidRequest', `Missing required field ${field}`, 400);
