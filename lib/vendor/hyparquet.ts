import { loadBundle } from './load-bundle';

/** A reader of Apache Parquet in JavaScript. https://github.com/hyparam/hyparquet (MIT). An ES module, therefore bundled. Throws Errors. */
export interface Hyparquet {
  /** Reads what stands at the end of a file. */
  parquetMetadataAsync(file: ParquetFile, options: ParquetOptions): Promise<ParquetMetadata>;
  /** The tree of columns; its root stands for a row. */
  parquetSchema(metadata: ParquetMetadata): ParquetSchemaNode;
  /** Reads rows, a column at a time. Lists come as arrays, maps and structs as objects, what is null as null or undefined. */
  parquetRead(options: ParquetReadOptions): Promise<void>;
}

/** A file of which parts can be read. */
export interface ParquetFile {
  readonly byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/** How values of some types are made. */
export interface ParquetOptions {
  readonly parsers: Readonly<Record<string, (value: never) => unknown>>;
  /** Whether columns of the GeoParquet convention are decoded. */
  readonly geoparquet: boolean;
}

/** What to read, and where to. */
export interface ParquetReadOptions extends ParquetOptions {
  readonly file: ParquetFile;
  readonly metadata: ParquetMetadata;
  readonly rowStart: number;
  /** Exclusive. */
  readonly rowEnd: number;
  /** By name, as in CompressionCodec. Snappy need not be among them. */
  readonly compressors: Readonly<Record<string, (data: Uint8Array) => Uint8Array>>;
  /** Gets the columns, possibly in parts. */
  onChunk(chunk: { readonly columnName: string; readonly columnData: ArrayLike<unknown>; readonly rowStart: number }): void;
}

/** The footer, as far as it is looked at here. */
export interface ParquetMetadata {
  readonly metadata_length: number;
  readonly row_groups: readonly { readonly num_rows: bigint; readonly total_byte_size: bigint }[];
}

/** A column, or a part of one. */
export interface ParquetSchemaNode {
  readonly element: {
    readonly name: string;
    readonly type?: string;
    readonly repetition_type?: 'REQUIRED' | 'OPTIONAL' | 'REPEATED';
    readonly converted_type?: string;
    /** Of files that are newer: what the type stands for. */
    readonly logical_type?: { readonly type: string };
    readonly scale?: number;
  };
  readonly children: readonly ParquetSchemaNode[];
}

/** Loads hyparquet. */
export const loadHyparquet = (): Hyparquet => loadBundle<Hyparquet>('hyparquet');
