import { readAthenaManifest, readInventoryManifest } from '../../lib/item-formats/read-manifest';
import { cut } from './sources';

describe('S3 inventory', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
  const manifest = {
    sourceBucket: 'photos',
    destinationBucket: 'arn:aws:s3:::inventory',
    version: '2016-11-30',
    creationTimestamp: '1668560400000',
    fileFormat: 'CSV',
    fileSchema: 'Bucket, Key, Size, LastModifiedDate',
    files: [
      { key: 'photos/all/data/1.csv.gz', size: 7300, MD5checksum: 'a7ff' },
      { key: 'photos/all/data/2.csv.gz', size: 1, MD5checksum: 'b7ff' },
    ],
  };
  const read = (json: unknown) => readInventoryManifest(cut(JSON.stringify(json), 7));
  test('names bucket, columns and files', async () =>
    expect(await read(manifest)).toEqual({
      bucket: 'inventory',
      columns: ['Bucket', 'Key', 'Size', 'LastModifiedDate'],
      keys: ['photos/all/data/1.csv.gz', 'photos/all/data/2.csv.gz'],
    }));
  test.each([
    [{ ...manifest, fileFormat: 'Parquet' }, /have to be CSV; its manifest has the fileFormat "Parquet"/],
    [{ ...manifest, fileSchema: undefined }, /has to have the field fileSchema/],
    [{ ...manifest, files: {} }, /has to have the field files/],
    [{ ...manifest, files: [{ size: 1 }] }, /has to have the field key/],
    [[], /has the fileFormat null/],
  ])('%#', (json, message) => expect(read(json)).rejects.toThrow(message));
  test('that is no JSON', () =>
    expect(readInventoryManifest(cut('Bucket,Key'))).rejects.toThrow(
      /^The JSON file could not be read: the manifest is not JSON/,
    ));
});

describe('Athena', () => {
  async function read(text: string) {
    const files = [];
    for await (const file of readAthenaManifest(cut(text, 7))) files.push(file);
    return files;
  }
  test('names files', async () =>
    expect(await read('s3://results/unload/2026/a_1.gz\n"s3://results/b,2"\n\n')).toEqual([
      { bucket: 'results', key: 'unload/2026/a_1.gz' },
      { bucket: 'results', key: 'b,2' },
    ]));
  test('a row that is no S3 URI', () =>
    expect(read('results/a\n')).rejects.toThrow(/has the row "results\/a" where an S3 URI has to be/));
});
