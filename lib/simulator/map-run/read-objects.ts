import type { Assume } from '../../item-formats/assume';
import { decompress } from '../../item-formats/decompress';
import type { SourceBytes } from '../../item-formats/item-pieces';
import { readCsv } from '../../item-formats/read-csv';
import { type JsonPiece, readJsonItems } from '../../item-formats/read-json-items';
import { readJsonLines } from '../../item-formats/read-json-lines';
import { readAthenaManifest, readInventoryManifest } from '../../item-formats/read-manifest';
import { readParquet } from '../../item-formats/read-parquet';
import type { Json, JsonObject } from '../../json/json';
import { SimulatorError } from '../simulator-error';
import type { ItemPage } from './item-source';
import type { ObjectStore } from './object-store';
import type { ReaderConfig, ReaderRequest } from './plan';

/**
 * The items of what an ItemReader names, page by page. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 * @param assume is told of what this rests on
 */
export async function* readItems(
  store: ObjectStore,
  { action, request, config }: ReaderRequest,
  assume: Assume,
): AsyncGenerator<ItemPage, void> {
  const { InputType: type, ManifestType: manifest } = config;
  if (action === 'listObjectsV2') {
    const flatten = config.Transformation === 'LOAD_AND_FLATTEN';
    for await (const items of store.list(request)) {
      if (!flatten) yield { items, keys: undefined, source: `S3://${textOf(request, 'Bucket')}` };
      else for (const { Key } of items) yield* readObject(store, { ...request, Key: Key as Json }, config, assume);
    }
  } else if (manifest === 'ATHENA_DATA') {
    const files = await contentOf(store, request, assume);
    for await (const { bucket, key } of readAthenaManifest(files, assume))
      yield* readObject(store, { Bucket: bucket, Key: key }, config, assume);
  } else if (manifest === 'S3_INVENTORY' || type === 'MANIFEST') {
    const { bucket, columns, keys } = await readInventoryManifest(await contentOf(store, request, assume), assume);
    const inventory: ReaderConfig = { InputType: 'CSV', CSVHeaders: columns };
    for (const key of keys) yield* readObject(store, { Bucket: bucket, Key: key }, inventory, assume);
  } else yield* readObject(store, request, config, assume);
}

/** The items of one object. */
async function* readObject(
  store: ObjectStore,
  request: JsonObject,
  config: ReaderConfig,
  assume: Assume,
): AsyncGenerator<ItemPage, void> {
  if (config.InputType === 'PARQUET' && request['VersionId'] !== undefined)
    throw new SimulatorError(
      `An ItemReader reads a version of the Parquet file ${textOf(request, 'Key')}, which Step Functions does not support. Leave VersionId out.`,
    );
  const bytes = await contentOf(store, request, assume);
  const source = `S3://${textOf(request, 'Bucket')}/${textOf(request, 'Key')}`;
  for await (const { items, keys } of readFormat(bytes, config, assume)) if (items.length > 0) yield { items, keys, source };
}

async function* readFormat(bytes: SourceBytes, config: ReaderConfig, assume: Assume): AsyncGenerator<JsonPiece, void> {
  switch (config.InputType) {
    case 'CSV':
      yield* withoutKeys(readCsv(bytes, { delimiter: config.CSVDelimiter ?? 'COMMA', headers: config.CSVHeaders }, assume));
      break;
    case 'JSON':
      yield* readJsonItems(bytes, config.ItemsPointer, assume);
      break;
    case 'JSONL':
      yield* withoutKeys(readJsonLines(bytes, assume));
      break;
    case 'PARQUET': {
      // Its end is read first.
      const whole = await gather(bytes);
      const slice = async (start: number, end?: number): Promise<ArrayBuffer> => whole.slice(start, end);
      yield* withoutKeys(readParquet({ byteLength: whole.byteLength, slice }, assume));
      break;
    }
    case 'MANIFEST':
    case undefined:
      throw new SimulatorError(`An ItemReader without an InputType reads no objects: found ${String(config.InputType)}.`);
  }
}

async function* withoutKeys(pieces: AsyncIterable<readonly Json[]>): AsyncGenerator<JsonPiece, void> {
  for await (const items of pieces) yield { items, keys: undefined };
}

/** What an object holds, decompressed. */
async function contentOf(store: ObjectStore, request: JsonObject, assume: Assume): Promise<SourceBytes> {
  const object = await store.open(request);
  return decompress(textOf(request, 'Key'), object.bytes(), assume);
}

async function gather(bytes: SourceBytes): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength);
}

const textOf = (request: JsonObject, member: string): string => {
  const value = request[member];
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
};
