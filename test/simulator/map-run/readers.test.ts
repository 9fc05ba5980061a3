import { gzipSync } from 'node:zlib';
import { type BucketContents, bucket, simulate } from '../../../lib/testing';
import parquetFiles from '../../item-formats/parquet-files.json';

/** A Distributed Map whose children hand on their items. */
const reading = (reader: object, rest: object = {}) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'data', Key: 'file' }, ...reader },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Item',
        States: { Item: { Type: 'Pass', End: true } },
      },
      End: true,
      ...rest,
    },
  },
});

const holding = (objects: Readonly<Record<string, string | Uint8Array>>): readonly BucketContents[] => [
  bucket('data', {
    list: (prefix, after) =>
      Object.keys(objects)
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort(),
    get: (key) => objects[key],
  }),
];

async function itemsOf(reader: object, objects: Parameters<typeof holding>[0], rest: object = {}): Promise<unknown> {
  const run = await simulate(reading(reader, rest), { buckets: holding(objects) });
  return run.status === 'SUCCEEDED' ? run.output : `${run.error}: ${run.cause}`;
}

const csv = { ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' } };
const list = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket: 'data', Prefix: 'in/' } };

test.each<[string, object, Record<string, string | Uint8Array>, unknown]>([
  [
    'CSV',
    csv,
    { file: 'a,b\n1,"x, y"\n2\n' },
    [
      { a: '1', b: 'x, y' },
      { a: '2', b: '' },
    ],
  ],
  [
    'CSV with headers given, and another delimiter',
    { ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['n'], CSVDelimiter: 'PIPE' } },
    { file: '1|2\n3|4\n' },
    [{ n: '1' }, { n: '3' }],
  ],
  ['JSON', { ReaderConfig: { InputType: 'JSON' } }, { file: '[1, {"a": [2]}]' }, [1, { a: [2] }]],
  [
    'JSON behind a pointer',
    { ReaderConfig: { InputType: 'JSON', ItemsPointer: '/all/here' } },
    { file: '{"all": {"here": [1, 2]}, "rest": 3}' },
    [1, 2],
  ],
  [
    'members of a JSON object',
    { ReaderConfig: { InputType: 'JSON', ItemsPointer: '/all' } },
    { file: '{"all": {"a": 1, "b": 2}}' },
    [
      { Key: 'a', Value: 1 },
      { Key: 'b', Value: 2 },
    ],
  ],
  ['JSON Lines', { ReaderConfig: { InputType: 'JSONL' } }, { file: '{"a":1}\n{"a":2}' }, [{ a: 1 }, { a: 2 }]],
  [
    'what is compressed',
    { ...csv, Parameters: { Bucket: 'data', Key: 'file.gz' } },
    { 'file.gz': gzipSync('a\n1\n') },
    [{ a: '1' }],
  ],
  [
    'records of all listed objects',
    { ...list, ReaderConfig: { InputType: 'JSONL', Transformation: 'LOAD_AND_FLATTEN' } },
    { 'in/1': '1\n2\n', 'in/2': '3\n', other: '4\n' },
    [1, 2, 3],
  ],
  [
    'an S3 inventory',
    { ReaderConfig: { ManifestType: 'S3_INVENTORY' } },
    {
      file: JSON.stringify({
        fileFormat: 'CSV',
        fileSchema: 'Bucket, Key',
        destinationBucket: 'arn:aws:s3:::data',
        files: [{ key: 'inventory.csv.gz' }],
      }),
      'inventory.csv.gz': gzipSync('"photos","a.png"\n"photos","b.png"\n'),
    },
    [
      { Bucket: 'photos', Key: 'a.png' },
      { Bucket: 'photos', Key: 'b.png' },
    ],
  ],
  [
    'files that Athena has written',
    { ReaderConfig: { InputType: 'JSONL', ManifestType: 'ATHENA_DATA' } },
    { file: '"s3://data/part-1"\n"s3://data/part-2"\n', 'part-1': '1\n', 'part-2': '2\n' },
    [1, 2],
  ],
  ['nothing', csv, { file: 'a\n' }, []],
])('%s', async (_what, reader, objects, expected) => {
  expect(await itemsOf(reader, objects)).toEqual(expected);
});

test('a listed object is an item with its size and ETag', async () => {
  expect(await itemsOf(list, { 'in/1': 'one', out: 'two' })).toEqual([
    {
      Etag: '"f97c5d29941bfb1b2fdab0874906ab82"',
      Key: 'in/1',
      LastModified: Date.UTC(2025, 0, 1) / 1000,
      Size: 3,
      StorageClass: 'STANDARD',
    },
  ]);
});

test('MaxItems counts over all pages and objects', async () => {
  const keys = Object.fromEntries(Array.from({ length: 2500 }, (_, n) => [`in/${String(n).padStart(4, '0')}`, `${n}\n${n}\n`]));
  const flattened = { ...list, ReaderConfig: { InputType: 'JSONL', Transformation: 'LOAD_AND_FLATTEN', MaxItems: 5 } };
  expect(await itemsOf(flattened, keys)).toEqual([0, 0, 1, 1, 2]);
  const run = await simulate(reading(list), { buckets: holding(keys) });
  // 2,500 listed objects are more than a result may have; all of them were items.
  expect(run).toMatchObject({ error: 'States.DataLimitExceeded', mapRuns: [{ itemCounts: { total: 2500, succeeded: 2500 } }] });
});

test('ItemSelector sees where an item is from', async () => {
  const selector = { ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value.a', 'from.$': '$$.Map.Item.Source' } };
  expect(await itemsOf(csv, { file: 'a\nx\ny\n' }, selector)).toEqual([
    { i: 0, v: 'x', from: 'S3://data/file' },
    { i: 1, v: 'y', from: 'S3://data/file' },
  ]);
});

test.each<[string, object, Record<string, string | Uint8Array>, RegExp]>([
  ['a key that is not there', csv, {}, /^States\.ItemReaderFailed: The specified key does not exist\.$/],
  [
    'another bucket',
    { ...csv, Parameters: { Bucket: 'lost', Key: 'a' } },
    {},
    /^States\.ItemReaderFailed: .*bucket does not exist/,
  ],
  [
    'another owner',
    { ...csv, Parameters: { Bucket: 'data', Key: 'file', ExpectedBucketOwner: '999999999999' } },
    { file: 'a\n1' },
    /^States\.ItemReaderFailed: Access Denied$/,
  ],
  ['duplicate headers', csv, { file: 'a,a\n1,2\n' }, /^States\.ItemReaderFailed: CSV headers cannot contain duplicates\.$/],
  [
    'JSON that is no array',
    { ReaderConfig: { InputType: 'JSON' } },
    { file: '{"a":1}' },
    /Attempting to map over non-iterable node\.$/,
  ],
  ['broken JSON', { ReaderConfig: { InputType: 'JSON' } }, { file: '[1,' }, /^States\.ItemReaderFailed: /],
  ['broken quotes', csv, { file: 'a\n"b' }, /^States\.ItemReaderFailed: /],
  ['truncated Parquet', { ReaderConfig: { InputType: 'PARQUET' } }, { file: 'PAR1' }, /^States\.ItemReaderFailed: /],
  [
    'a truncated archive',
    { ...csv, Parameters: { Bucket: 'data', Key: 'file.gz' } },
    { 'file.gz': gzipSync('a\n1\n').subarray(0, 15) },
    /^States\.ItemReaderFailed: /,
  ],
  [
    'an item over 256 KiB',
    { ReaderConfig: { InputType: 'JSONL' } },
    { file: JSON.stringify('x'.repeat(300_000)) },
    /^States\.DataLimitExceeded: /,
  ],
])('%s fails the state', async (_what, reader, objects, expected) => {
  expect(await itemsOf(reader, objects)).toMatch(expected);
});

describe('a run names what its reader rests on', () => {
  const json = { ReaderConfig: { InputType: 'JSON' } };
  const lines = { ReaderConfig: { InputType: 'JSONL' } };
  const at = (pointer: string) => ({ ReaderConfig: { InputType: 'JSON', ItemsPointer: pointer } });
  const named = (key: string, reader: object) => ({ ...reader, Parameters: { Bucket: 'data', Key: key } });
  const athena = { ReaderConfig: { InputType: 'JSONL', ManifestType: 'ATHENA_DATA' } };
  const parquet = { ReaderConfig: { InputType: 'PARQUET' } };
  const parquetFile = (name: keyof typeof parquetFiles) => ({ file: Buffer.from(parquetFiles[name], 'base64') });

  test.each<[string, object, Record<string, string | Uint8Array>, readonly string[]]>([
    ['plain CSV', csv, { file: 'a,b\n1,2\n' }, []],
    ['CSV with quotes as documented', csv, { file: 'a,b\n"1, ""2""",2\r\n' }, []],
    ['a blank line', csv, { file: 'a\n\n1\n' }, ['item-reader-csv-lines']],
    ['a byte order mark', csv, { file: '\ufeffa\n1\n' }, ['item-reader-csv-lines']],
    ['a lone carriage return', csv, { file: 'a\n1\r2\n' }, ['item-reader-csv-lines']],
    ['blanks before a quote', csv, { file: 'a\n "1"\n' }, ['item-reader-csv-quotes']],
    ['a quote inside of a field', csv, { file: 'a\nsay "1"\n' }, ['item-reader-csv-quotes']],
    ['text behind a quote', csv, { file: 'a\n"1"2\n' }, ['item-reader-csv-quotes']],
    ['an open quote', csv, { file: 'a\n"1\n' }, ['item-reader-csv-quotes', 'item-reader-malformed']],
    ['headers twice', csv, { file: 'a,a\n' }, []],
    ['no UTF-8', csv, { file: Buffer.from('a\n\xff\n', 'latin1') }, ['item-reader-text']],
    ['a JSON array', json, { file: '[1]' }, []],
    ['a JSON object', json, { file: '{}' }, ['item-reader-json-object']],
    ['text behind an array', json, { file: '[1] 2' }, ['item-reader-json-skipped', 'item-reader-malformed']],
    ['a pointer', at('/a'), { file: '{"b":nul,"a":[1]}' }, ['item-reader-json-skipped']],
    ['a pointer to an object', at('/a'), { file: '{"a":{"b":1}}' }, ['item-reader-json-object', 'item-reader-json-skipped']],
    ['JSON Lines', lines, { file: '1\n2\n' }, []],
    ['a blank line of JSON Lines', lines, { file: '1\n\n2\n' }, ['item-reader-jsonl-lines']],
    ['JSON Lines with a mark', lines, { file: '\ufeff1\n' }, ['item-reader-jsonl-lines']],
    ['gzip', named('f.gz', csv), { 'f.gz': gzipSync('a\n1\n') }, []],
    ['a key in capitals', named('f.GZ', csv), { 'f.GZ': 'a\n1\n' }, ['item-reader-compression']],
    ['Parquet of what JSON has, too', parquet, parquetFile('gzip'), []],
    ['Parquet with dates', parquet, parquetFile('scalars'), ['item-reader-parquet-values']],
    ['Parquet with maps', parquet, parquetFile('nested'), ['item-reader-parquet-values']],
    ['no Parquet', parquet, { file: 'PAR1' }, ['item-reader-malformed']],
    ['Athena', athena, { file: 's3://data/p\n', p: '1\n' }, ['item-reader-manifest']],
  ])('%s', async (_what, reader, objects, expected) => {
    const { assumptions } = await simulate(reading(reader), { buckets: holding(objects) });
    expect(assumptions.filter((id) => id.startsWith('item-reader-'))).toEqual(expected);
  });
});

describe('a version', () => {
  const versions: Readonly<Record<string, string>> = { v1: 'a\nold\n', v2: 'a\nnew\n' };
  const data = bucket('data', {
    list: () => ['file'],
    get: () => versions['v2'],
    getVersion: (_key, version) => versions[version],
  });
  const readVersion = (VersionId: string, config = csv) =>
    simulate(reading({ ...config, Parameters: { Bucket: 'data', Key: 'file', VersionId } }), { buckets: [data] });

  test('is read', async () => {
    expect(await readVersion('v1')).toMatchObject({ output: [{ a: 'old' }] });
  });

  test('that is not there fails the state', async () => {
    expect(await readVersion('v3')).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'The specified version does not exist.',
    });
  });

  test('of Parquet is refused: Step Functions reads none', async () => {
    const parquet = { ReaderConfig: { InputType: 'PARQUET' } } as unknown as typeof csv;
    await expect(readVersion('v1', parquet)).rejects.toThrow(/Parquet file file, which Step Functions does not support/);
  });

  test('of a bucket that knows of none is refused', async () => {
    const reader = { ...csv, Parameters: { Bucket: 'data', Key: 'file', VersionId: 'v1' } };
    await expect(itemsOf(reader, { file: 'a\n1\n' })).rejects.toThrow(
      /^The version "v1" of "file" is asked for, and the bucket data keeps one version of each object\. Give it a source .*getVersion/,
    );
  });
});
