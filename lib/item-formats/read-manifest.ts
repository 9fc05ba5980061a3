import type { Json } from '../json/json';
import { isArray, isObject } from '../json/json';
import { get } from '../json/with-field';
import { type Assume, assumeInSilence } from './assume';
import { ItemFormatError } from './item-format-error';
import type { SourceBytes } from './item-pieces';
import { parseItem } from './parse-item';
import { readCsv } from './read-csv';
import { textPieces, withoutMark } from './text-pieces';

/** What an Amazon S3 inventory report says of itself. */
export interface InventoryManifest {
  /** Name of the bucket that the files are in. */
  readonly bucket: string;
  /** Headers of the files, which are CSV without a row of headers. */
  readonly columns: readonly string[];
  /** Keys of the files, in order. */
  readonly keys: readonly string[];
}

/** An object that a manifest names. */
export interface ManifestFile {
  /** Name of its bucket. */
  readonly bucket: string;
  readonly key: string;
}

const BUCKET_ARN = /^arn:[^:]+:s3:::/;

/** Reads manifest.json of an S3 inventory. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html @throws ItemFormatError */
export async function readInventoryManifest(bytes: SourceBytes, assume: Assume = assumeInSilence): Promise<InventoryManifest> {
  assume('item-reader-manifest');
  let text = '';
  for await (const piece of textPieces(bytes)) text += piece;
  const manifest = parseItem(withoutMark(text), () => 'the manifest');
  const format = fieldOf(manifest, 'fileFormat');
  if (format !== 'CSV')
    throw new ItemFormatError(
      `The files of an S3 inventory have to be CSV; its manifest has the fileFormat ${JSON.stringify(format)}.`,
    );
  const files = fieldOf(manifest, 'files');
  if (!isArray(files)) throw notThere('files');
  return {
    bucket: textOf(manifest, 'destinationBucket').replace(BUCKET_ARN, ''),
    columns: textOf(manifest, 'fileSchema')
      .split(',')
      .map((column) => column.trim()),
    keys: files.map((file) => textOf(file, 'key')),
  };
}

const fieldOf = (json: Json, name: string): Json => (isObject(json) ? get(json, name) : undefined) ?? null;

const textOf = (json: Json, name: string): string => {
  const field = fieldOf(json, name);
  if (typeof field !== 'string') throw notThere(name);
  return field;
};

const notThere = (name: string): ItemFormatError =>
  new ItemFormatError(`The manifest of an S3 inventory has to have the field ${name}.`);

const S3_URI = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/i;

/** Reads the manifest that Athena writes of an UNLOAD: a CSV file with the S3 URI of one file per row. @throws ItemFormatError */
export async function* readAthenaManifest(bytes: SourceBytes, assume: Assume = assumeInSilence): AsyncGenerator<ManifestFile> {
  assume('item-reader-manifest');
  for await (const rows of readCsv(bytes, { delimiter: 'COMMA', headers: ['uri'] })) {
    for (const row of rows) {
      const uri = textOf(row, 'uri');
      if (uri === '') continue;
      const { bucket, key } = S3_URI.exec(uri)?.groups ?? {};
      if (bucket === undefined || key === undefined)
        throw new ItemFormatError(`The manifest of Athena has the row ${JSON.stringify(uri)} where an S3 URI has to be.`);
      yield { bucket, key };
    }
  }
}
