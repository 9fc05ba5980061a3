import type { Json } from '../json/json';
import { type Assume, assumeInSilence } from './assume';
import { type CsvDelimiter, compileCsvRows, DELIMITERS } from './csv-rows';
import { DUPLICATE_HEADERS, ItemFormatError } from './item-format-error';
import type { ItemPieces, SourceBytes } from './item-pieces';
import { compileRecord } from './record';
import { hasMark, linePieces } from './text-pieces';

/** How the text of a file is delimited, and what its columns are called. */
export interface CsvOptions {
  readonly delimiter: CsvDelimiter;
  /** Undefined: the first row has them. */
  readonly headers: readonly string[] | undefined;
}

/** Longest row of headers, in bytes. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
const MAX_HEADER_BYTES = 10 * 1024;

/**
 * The rows of a text delimited file, as objects of strings. Missing fields are empty, additional fields are skipped.
 * https://docs.aws.amazon.com/step-functions/latest/dg/example-csv-parse-dist-map.html
 * @throws ItemFormatError
 */
export async function* readCsv(
  bytes: SourceBytes,
  { delimiter, headers }: CsvOptions,
  assume: Assume = assumeInSilence,
): ItemPieces {
  const rows = compileCsvRows(DELIMITERS[delimiter], assume);
  let isFirst = true;
  let items: Json[] = [];
  const useHeaders = (names: readonly string[]): void => {
    checkHeaders(names);
    const record = compileRecord(names);
    rows.begin(names.length, (row) => void items.push(record(row)));
  };
  if (headers === undefined) rows.begin(Infinity, (row) => useHeaders([...row]));
  else useHeaders(headers);
  for await (const text of linePieces(bytes, assume)) {
    if (isFirst && hasMark(text)) assume('item-reader-csv-lines');
    isFirst = false;
    rows.read(text);
    yield items;
    items = [];
  }
  rows.end();
  yield items;
}

function checkHeaders(names: readonly string[]): void {
  if (names.reduce((sum, name) => sum + Buffer.byteLength(name) + 1, -1) > MAX_HEADER_BYTES)
    throw new ItemFormatError(`The CSV headers have more than ${MAX_HEADER_BYTES} bytes.`);
  if (new Set(names).size < names.length) throw new ItemFormatError(DUPLICATE_HEADERS);
}
