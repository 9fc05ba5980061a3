import { combineServices } from '../../../lib/services/combine-services';
import { createS3, type S3 } from '../../../lib/services/s3/s3';
import type { ObjectSource } from '../../../lib/services/s3/object-source';
import type { Service } from '../../../lib/services/service';
import type { Json, JsonObject } from '../../../lib/json/json';
import { SimulatorError } from '../../../lib/simulator/simulator-error';
import { callOf, NOW_MS } from '../call-of';
import { describeService } from '../service-suite';

const Bucket = 'files';

function holding(objects: Readonly<Record<string, string>>, source?: ObjectSource): S3 {
  const s3 = createS3();
  s3.makeBucket(Bucket, NOW_MS, source);
  for (const [key, text] of Object.entries(objects)) s3.tryBucket(Bucket)?.put({ key, bytes: Buffer.from(text) }, NOW_MS);
  return s3;
}

const callerOf = (s3: S3) => {
  const { perform, problems } = combineServices(s3.services);
  return {
    call: async (action: string, parameters: JsonObject): Promise<Json> =>
      perform(callOf('aws-sdk:s3', action, { Bucket, ...parameters })).value,
    problems: (action: string, parameters: JsonObject) => problems(callOf('aws-sdk:s3', action, parameters)),
  };
};

/** The Error Output of a call. */
const failing = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );

describeService('aws-sdk:s3', {
  create: () => holding({ 'a.txt': 'A' }).services[0] as Service,
  succeeding: { action: 'getObject', parameters: { Bucket, Key: 'a.txt' } },
  failing: {
    action: 'getObject',
    parameters: { Bucket, Key: 'b.txt' },
    error: 'S3.NoSuchKeyException',
    cause:
      /^The specified key does not exist\. \(Service: S3, Status Code: 404, Request ID: 00000000-0000-4000-8000-000000000001, Extended Request ID: [\w+/=]+\) \(SDK Attempt Count: 1\)$/,
  },
  malformed: {
    action: 'getObject',
    parameters: { Bucket: 7, VersionID: 'x' },
    problems: [
      "The field 'Key' is required but was missing",
      "The value for the field 'Bucket' must be a STRING",
      'The field "VersionID" is not supported by Step Functions',
    ],
  },
});

describe('putObject and getObject', () => {
  test('a text comes back as it was put, with what S3 says of it', async () => {
    const { call } = callerOf(holding({}));
    expect(await call('putObject', { Key: 'order.txt', Body: 'tea' })).toEqual({
      ChecksumCRC32: 'jobXsg==',
      ChecksumType: 'FULL_OBJECT',
      ETag: '"7239ea2b5dc943f61f3c0a0276c20974"',
      ServerSideEncryption: 'AES256',
    });
    expect(await call('getObject', { Key: 'order.txt' })).toEqual({
      AcceptRanges: 'bytes',
      ContentLength: 3,
      ContentType: 'binary/octet-stream',
      ETag: '"7239ea2b5dc943f61f3c0a0276c20974"',
      LastModified: '2025-11-22T10:00:00Z',
      Metadata: {},
      ServerSideEncryption: 'AES256',
      Body: 'tea',
    });
  });

  test.each([
    [false, 'false'],
    [7, '7'],
    [{ tea: [1, 'ü'] }, '{"tea":[1,"ü"]}'],
    ['"quoted"', '"quoted"'],
    ['', ''],
  ])('the body %j is kept as the text %s', async (Body, text) => {
    const { call } = callerOf(holding({}));
    await call('putObject', { Key: 'k', Body });
    expect(await call('getObject', { Key: 'k' })).toMatchObject({ Body: text, ContentLength: Buffer.byteLength(text) });
  });

  test('metadata, type and headers are kept; headObject tells them without the body', async () => {
    const { call } = callerOf(holding({}));
    const kept = { ContentType: 'text/csv', Metadata: { LastModified: 'never', by: 'ann' }, CacheControl: 'no-store' };
    await call('putObject', { Key: 'k', Body: 'x', ...kept });
    expect(await call('headObject', { Key: 'k' })).toMatchObject(kept);
    expect(await call('headObject', { Key: 'k' })).not.toHaveProperty('Body');
    expect(await call('getObject', { Key: 'k' })).toMatchObject(kept);
  });

  test.each([
    ['bytes=0-2', 'abc', 'bytes 0-2/6'],
    ['bytes=4-', 'ef', 'bytes 4-5/6'],
    ['bytes=-2', 'ef', 'bytes 4-5/6'],
    ['bytes=-9', 'abcdef', 'bytes 0-5/6'],
    ['bytes=3-99', 'def', 'bytes 3-5/6'],
    ['bytes=3-1', 'abcdef', undefined],
    ['bytes=0-1,3-4', 'abcdef', undefined],
    ['lines=0-1', 'abcdef', undefined],
  ])('of the range %s it reads %s', async (Range, Body, ContentRange) => {
    const { call } = callerOf(holding({ k: 'abcdef' }));
    const read = await call('getObject', { Key: 'k', Range });
    expect(read).toMatchObject({ Body, ContentLength: Body.length });
    expect((read as JsonObject).ContentRange).toBe(ContentRange);
  });

  test.each(['bytes=6-', 'bytes=-0'])('a range beyond the object, %s, is refused as S3 does', async (Range) => {
    const { call } = callerOf(holding({ k: 'abcdef' }));
    expect(await failing(call('getObject', { Key: 'k', Range }))).toMatchObject({
      error: 'S3.S3Exception',
      errorCause: expect.stringMatching(/^The requested range is not satisfiable \(Service: S3, Status Code: 416/) as unknown,
    });
  });

  test('headObject of a key that is not there has no message, for a HEAD response has no body', async () => {
    const { call } = callerOf(holding({}));
    expect(await failing(call('headObject', { Key: 'k' }))).toMatchObject({
      error: 'S3.NoSuchKeyException',
      errorCause: expect.stringMatching(/^null \(Service: S3, Status Code: 404/) as unknown,
    });
  });

  test('bytes that are no text are refused by name', async () => {
    const s3 = holding({});
    s3.tryBucket(Bucket)?.put({ key: 'k', bytes: Buffer.from([0xff, 0xfe]) }, NOW_MS);
    expect(await failing(callerOf(s3).call('getObject', { Key: 'k' }))).toEqual(
      expect.objectContaining({ name: 'SimulatorError', message: expect.stringContaining('no UTF-8') as unknown }),
    );
  });
});

describe('a bucket that is not there', () => {
  test('gets the answer of S3, where there are buckets', async () => {
    const { call } = callerOf(holding({}));
    expect(await failing(call('listObjectsV2', { Bucket: 'other' }))).toMatchObject({
      error: 'S3.NoSuchBucketException',
      errorCause: expect.stringMatching(/^The specified bucket does not exist \(Service: S3, Status Code: 404/) as unknown,
    });
  });

  test('stops the run, where there is none at all', async () => {
    const error = await failing(callerOf(createS3()).call('getObject', { Key: 'k' }));
    expect(error).toBeInstanceOf(SimulatorError);
    expect((error as Error).message).toBe(
      `"Ask" asks for the bucket files, and there is no bucket at all. Give the world one: buckets: [bucket('files')]; or simulate the stack that makes it.`,
    );
  });
});

test.each([
  ['getObject', { Key: 'k', VersionId: 'v1' }, 'VersionId'],
  ['getObject', { Key: 'k', PartNumber: 1, IfMatch: 'x' }, 'PartNumber, IfMatch'],
  ['putObject', { Key: 'k', ServerSideEncryption: 'aws:kms' }, 'ServerSideEncryption'],
  ['deleteObjects', { Delete: { Objects: [{ Key: 'k', VersionId: 'v1' }] } }, 'VersionId'],
])('%s with %j is refused by name', async (action, parameters, named) => {
  const { call } = callerOf(holding({ k: 'x' }));
  const error = await failing(call(action, parameters));
  expect(error).toBeInstanceOf(SimulatorError);
  expect((error as Error).message).toBe(
    `"Ask" asks S3 for ${named}, which is not simulated: leave it out, or add a fake: service('aws-sdk:s3:…', …).`,
  );
});

describe('deleting and copying', () => {
  test('deleteObject deletes, and does not mind what is not there', async () => {
    const { call } = callerOf(holding({ k: 'x' }));
    expect(await call('deleteObject', { Key: 'k' })).toEqual({});
    expect(await call('deleteObject', { Key: 'k' })).toEqual({});
    expect(await failing(call('getObject', { Key: 'k' }))).toMatchObject({ error: 'S3.NoSuchKeyException' });
  });

  test('deleteObjects says what it has deleted, unless it is to be quiet', async () => {
    const { call } = callerOf(holding({ a: '1', b: '2', c: '3' }));
    expect(await call('deleteObjects', { Delete: { Objects: [{ Key: 'a' }, { Key: 'z' }] } })).toEqual({
      Deleted: [{ Key: 'a' }, { Key: 'z' }],
    });
    expect(await call('deleteObjects', { Delete: { Objects: [{ Key: 'b' }], Quiet: true } })).toEqual({});
    expect(await call('listObjectsV2', {})).toMatchObject({ KeyCount: 1, Contents: [{ Key: 'c' }] });
    expect(await failing(call('deleteObjects', { Delete: { Objects: [] } }))).toMatchObject({ error: 'S3.S3Exception' });
  });

  test('copyObject takes the metadata along, or the new one', async () => {
    const { call } = callerOf(holding({}));
    await call('putObject', { Key: 'in/ä b', Body: 'x', Metadata: { by: 'ann' }, ContentType: 'text/csv' });
    expect(await call('copyObject', { Key: 'out/1', CopySource: `/files/in/${encodeURIComponent('ä b')}` })).toEqual({
      CopyObjectResult: { ETag: '"9dd4e461268c8034f5c8564e155c67a6"', LastModified: '2025-11-22T10:00:00Z' },
      ServerSideEncryption: 'AES256',
    });
    expect(await call('headObject', { Key: 'out/1' })).toMatchObject({ Metadata: { by: 'ann' }, ContentType: 'text/csv' });
    await call('copyObject', { Key: 'out/2', CopySource: 'files/in/ä b', MetadataDirective: 'REPLACE', Metadata: { by: 'bob' } });
    expect(await call('headObject', { Key: 'out/2' })).toMatchObject({
      Metadata: { by: 'bob' },
      ContentType: 'binary/octet-stream',
    });
    expect(await failing(call('copyObject', { Key: 'x', CopySource: 'files/none' }))).toMatchObject({
      error: 'S3.NoSuchKeyException',
    });
    expect(await failing(call('copyObject', { Key: 'x', CopySource: 'files/in?versionId=1' }))).toBeInstanceOf(SimulatorError);
  });
});

describe('listing', () => {
  const keys = (list: Json): readonly string[] => ((list as JsonObject).Contents as JsonObject[]).map(({ Key }) => Key as string);

  test('has keys in the order of their UTF-8 bytes, and what S3 says of each', async () => {
    const { call } = callerOf(holding({ b: 'B', '\u{1f600}': '', '\ufb03': '', a: '' }));
    const list = await call('listObjectsV2', {});
    expect(keys(list)).toEqual(['a', 'b', '\ufb03', '\u{1f600}']);
    expect(list).toMatchObject({ IsTruncated: false, KeyCount: 4, MaxKeys: 1000, Name: 'files', Prefix: '' });
    expect((list as { Contents: Json[] }).Contents[1]).toEqual({
      ETag: '"9d5ed678fe57bcca610140957afab571"',
      Key: 'b',
      LastModified: '2025-11-22T10:00:00Z',
      Size: 1,
      StorageClass: 'STANDARD',
    });
  });

  test('an empty one has no Contents', async () => {
    const { call } = callerOf(holding({}));
    expect(await call('listObjectsV2', { Prefix: 'x/' })).toEqual({
      IsTruncated: false,
      KeyCount: 0,
      MaxKeys: 1000,
      Name: 'files',
      Prefix: 'x/',
    });
  });

  test('goes on with a token, page by page, and counts common prefixes', async () => {
    const { call } = callerOf(holding({ a: '', 'b/1': '', 'b/2': '', c: '', 'd/1': '' }));
    const pages: Json[] = [];
    let token: JsonObject = {};
    for (;;) {
      const page = (await call('listObjectsV2', { Delimiter: '/', MaxKeys: 2, ...token })) as JsonObject;
      pages.push([page.Contents, page.CommonPrefixes, page.KeyCount, page.IsTruncated].map((part) => part ?? null));
      if (page.NextContinuationToken === undefined) break;
      token = { ContinuationToken: page.NextContinuationToken };
    }
    expect(pages).toMatchObject([
      [[{ Key: 'a' }], [{ Prefix: 'b/' }], 2, true],
      [[{ Key: 'c' }], [{ Prefix: 'd/' }], 2, false],
    ]);
    expect(await failing(call('listObjectsV2', { ContinuationToken: '%' }))).toMatchObject({ error: 'S3.S3Exception' });
  });

  test('begins after a key, within a prefix', async () => {
    const { call } = callerOf(holding({ 'a/1': '', 'a/2': '', 'a/3': '', b: '' }));
    expect(keys(await call('listObjectsV2', { Prefix: 'a/', StartAfter: 'a/1' }))).toEqual(['a/2', 'a/3']);
    expect(keys(await call('listObjectsV2', { Prefix: 'a/', StartAfter: '0' }))).toHaveLength(3);
    expect(await call('listObjectsV2', { Prefix: 'a/', MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  test('listObjects goes on with a marker', async () => {
    const { call } = callerOf(holding({ 'a/1': '', 'a/2': '', b: '', c: '' }));
    const first = await call('listObjects', { Delimiter: '/', MaxKeys: 1 });
    expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], IsTruncated: true, NextMarker: 'a/', Marker: '' });
    const second = await call('listObjects', { Delimiter: '/', MaxKeys: 5, Marker: 'a/' });
    expect(keys(second)).toEqual(['b', 'c']);
    expect(second).not.toHaveProperty('CommonPrefixes');
    expect(await call('listObjects', { MaxKeys: 1 })).not.toHaveProperty('NextMarker');
  });
});

describe('a bucket with a source', () => {
  const source = (texts: Readonly<Record<string, string>>): ObjectSource => ({
    list: (prefix, after) => Object.keys(texts).filter((key) => key.startsWith(prefix) && key > after),
    get: (key) => texts[key],
  });

  test('shows what is put and deleted above it, and never writes to it', async () => {
    const { call } = callerOf(holding({}, source({ a: 'A', c: 'C', e: 'E' })));
    await call('putObject', { Key: 'b', Body: 'new' });
    await call('putObject', { Key: 'c', Body: 'newer' });
    await call('deleteObject', { Key: 'e' });
    expect(await call('listObjectsV2', {})).toMatchObject({
      Contents: [
        { Key: 'a', Size: 1 },
        { Key: 'b', Size: 3 },
        { Key: 'c', Size: 5 },
      ],
    });
    expect(await call('getObject', { Key: 'c' })).toMatchObject({ Body: 'newer' });
    expect(await call('getObject', { Key: 'a' })).toMatchObject({ Body: 'A', LastModified: '2025-11-22T10:00:00Z' });
    expect(await failing(call('getObject', { Key: 'e' }))).toMatchObject({ error: 'S3.NoSuchKeyException' });
  });

  test('of millions, only what is looked at is asked for', async () => {
    let asked = 0;
    const s3 = holding(
      {},
      {
        async *list(prefix, after) {
          for (let index = Number(after.slice(1)) || 0; index < 5e6; index += 1) {
            asked += 1;
            const key = `k${String(index).padStart(7, '0')}`;
            if (key.startsWith(prefix) && key > after) yield { key, size: 3, etag: '"e"' };
          }
        },
        get: () => {
          throw new Error('nobody reads');
        },
      },
    );
    const page = (await callerOf(s3).call('listObjectsV2', {})) as JsonObject;
    expect(page).toMatchObject({ KeyCount: 1000, IsTruncated: true });
    expect(asked).toBe(1001);
  });

  test('streams', async () => {
    const s3 = holding(
      {},
      {
        list: () => [],
        async *get() {
          yield 'te';
          yield Buffer.from('a');
        },
      },
    );
    expect(await callerOf(s3).call('getObject', { Key: 'any' })).toMatchObject({ Body: 'tea' });
    const pieces: Uint8Array[] = [];
    for await (const piece of (await s3.tryBucket(Bucket)?.stream('any')) ?? []) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('tea');
  });

  test.each([
    ['in another order', ['b', 'a']],
    ['twice', ['a', 'a']],
  ])('which lists keys %s is refused', async (_, list) => {
    const { call } = callerOf(holding({}, { list: () => list, get: () => '' }));
    const error = await failing(call('listObjectsV2', {}));
    expect(error).toBeInstanceOf(SimulatorError);
    expect((error as Error).message).toContain('The source of the bucket files lists "a" where it is asked for');
  });
});
