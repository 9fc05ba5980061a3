import type { Json } from '../json/json';
import { gunzipSync } from 'node:zlib';
import { loadFzstd } from '../vendor/fzstd';
import {
  type Hyparquet,
  loadHyparquet,
  type ParquetFile,
  type ParquetMetadata,
  type ParquetOptions,
  type ParquetReadOptions,
} from '../vendor/hyparquet';
import { type Assume, assumeInSilence } from './assume';
import { ItemFormatError } from './item-format-error';
import type { ItemPieces } from './item-pieces';
import { isPlainColumn, PARSERS, toParquetJson } from './parquet-values';
import { compileRecord } from './record';

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const MAX_FOOTER_BYTES = 5 * 1024 * 1024;
const MAX_ROW_GROUP_BYTES = 256 * 1024 * 1024;

/** Rows made at once. The columns of one row group are held. */
const ROWS_PER_PIECE = 1_000;

const OPTIONS: ParquetOptions = { parsers: PARSERS, geoparquet: false };

/** The rows of a Parquet file, as objects. @throws ItemFormatError; what `file` throws */
export async function* readParquet(file: ParquetFile, assume: Assume = assumeInSilence): ItemPieces {
  const hyparquet = loadHyparquet();
  const source = watched(file);
  const metadata = await source.reading(() => hyparquet.parquetMetadataAsync(source.file, OPTIONS));
  checkFooter(metadata);
  if (!hyparquet.parquetSchema(metadata).children.every(isPlainColumn)) assume('item-reader-parquet-values');
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const columns = await source.reading(() => readColumns(hyparquet, { file: source.file, metadata, rowStart, rowEnd }));
    yield* rowsOf(hyparquet, metadata, columns, rowStart, rowEnd);
    rowStart = rowEnd;
  }
}

/** A file, and how to tell its own errors from those of what it holds. */
function watched(file: ParquetFile): { file: ParquetFile; reading<T>(read: () => Promise<T>): Promise<T> } {
  let own: { readonly error: unknown } | undefined;
  return {
    file: {
      byteLength: file.byteLength,
      slice: async (start, end) => {
        try {
          return await file.slice(start, end);
        } catch (error) {
          own = { error };
          throw error;
        }
      },
    },
    reading: async (read) => {
      try {
        return await read();
      } catch (error) {
        if (own !== undefined) throw own.error;
        throw new ItemFormatError(`The Parquet file could not be read: ${(error as Error).message}.`, { cause: error });
      }
    },
  };
}

function checkFooter({ metadata_length, row_groups }: ParquetMetadata): void {
  if (metadata_length > MAX_FOOTER_BYTES)
    throw new ItemFormatError(`The footer of the Parquet file has more than ${MAX_FOOTER_BYTES} bytes.`);
  if (row_groups.some(({ total_byte_size }) => total_byte_size > MAX_ROW_GROUP_BYTES))
    throw new ItemFormatError(`A row group of the Parquet file has more than ${MAX_ROW_GROUP_BYTES} bytes.`);
}

/** Of a row group, by name. */
type Columns = ReadonlyMap<string, ArrayLike<unknown>>;

async function readColumns(
  hyparquet: Hyparquet,
  group: Pick<ParquetReadOptions, 'file' | 'metadata' | 'rowStart' | 'rowEnd'>,
): Promise<Columns> {
  const parts = new Map<string, ArrayLike<unknown>[]>();
  await hyparquet.parquetRead({
    ...OPTIONS,
    ...group,
    // Those that AWS names, with Snappy, which hyparquet brings itself. Any other is refused.
    compressors: { GZIP: gunzipSync, ZSTD: (data) => loadFzstd().decompress(data) },
    onChunk: ({ columnName, columnData }) => {
      const known = parts.get(columnName);
      if (known === undefined) parts.set(columnName, [columnData]);
      else known.push(columnData);
    },
  });
  return new Map([...parts].map(([name, data]) => [name, join(data)]));
}

function join(parts: readonly ArrayLike<unknown>[]): ArrayLike<unknown> {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const all: unknown[] = [];
  for (const part of parts) for (let index = 0; index < part.length; index++) all.push(part[index]);
  return all;
}

function* rowsOf(
  hyparquet: Hyparquet,
  metadata: ParquetMetadata,
  columns: Columns,
  rowStart: number,
  rowEnd: number,
): Generator<readonly Json[]> {
  const nodes = hyparquet.parquetSchema(metadata).children;
  const record = compileRecord(nodes.map(({ element }) => element.name));
  const values = nodes.map(({ element }) => columns.get(element.name));
  const row: Json[] = [];
  for (let from = 0; from < rowEnd - rowStart; from += ROWS_PER_PIECE) {
    const items: Json[] = [];
    const end = Math.min(from + ROWS_PER_PIECE, rowEnd - rowStart);
    for (let index = from; index < end; index++) {
      nodes.forEach((node, column) => {
        row[column] = toParquetJson(values[column]?.[index], node, () => `${node.element.name} of row ${rowStart + index}`);
      });
      items.push(record(row));
    }
    yield items;
  }
}
