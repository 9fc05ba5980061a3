// node test/item-formats/write-parquet-files.mjs: writes parquet-files.json beside it, the files that read-parquet.test.ts reads, as base64.
import { writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';

const optional = (name, type, more = {}) => ({ name, type, repetition_type: 'OPTIONAL', ...more });
const required = (name, type, more = {}) => ({ name, type, repetition_type: 'REQUIRED', ...more });
const root = (num_children) => ({ name: 'root', num_children });
const group = (name, num_children, more = {}) => ({ name, num_children, repetition_type: 'OPTIONAL', ...more });

const numbers = (count) => ({
  columnData: [
    { name: 'n', data: Array.from({ length: count }, (_, index) => index), type: 'INT32' },
    { name: 'text', data: Array.from({ length: count }, (_, index) => `row ${index}`), type: 'STRING' },
  ],
});

const column = (element, data) => ({ schema: [root(1), element], columnData: [{ name: element.name, data }] });

const files = {
  rows: { ...numbers(2_500), rowGroupSize: 1_000 },
  empty: numbers(0),
  gzip: { ...numbers(3), codec: 'GZIP', compressors: { GZIP: (data) => gzipSync(data) } },
  brotli: { ...numbers(3), codec: 'BROTLI', compressors: { BROTLI: (data) => brotliCompressSync(data) } },
  scalars: {
    schema: [
      root(12),
      optional('boolean', 'BOOLEAN'),
      optional('int32', 'INT32'),
      optional('int64', 'INT64'),
      optional('double', 'DOUBLE'),
      optional('string', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
      optional('plain', 'BYTE_ARRAY'),
      optional('bytes', 'FIXED_LEN_BYTE_ARRAY', { type_length: 3 }),
      optional('date', 'INT32', { converted_type: 'DATE' }),
      optional('millis', 'INT64', { converted_type: 'TIMESTAMP_MILLIS' }),
      optional('micros', 'INT64', { converted_type: 'TIMESTAMP_MICROS' }),
      optional('decimal', 'INT64', { converted_type: 'DECIMAL', precision: 12, scale: 2 }),
      optional('json', 'BYTE_ARRAY', { converted_type: 'JSON' }),
    ],
    columnData: [
      { name: 'boolean', data: [true, null] },
      { name: 'int32', data: [-1, null] },
      { name: 'int64', data: [2n ** 53n, null] },
      { name: 'double', data: [0.5, null] },
      { name: 'string', data: ['ü', null] },
      { name: 'plain', data: [new TextEncoder().encode('ü'), null] },
      { name: 'bytes', data: [new Uint8Array([1, 2, 255]), null] },
      { name: 'date', data: [new Date('1969-12-31'), null] },
      { name: 'millis', data: [new Date('2026-11-22T10:00:00.123Z'), null] },
      { name: 'micros', data: [new Date('1969-12-31T23:59:59.999Z'), null] },
      { name: 'decimal', data: [1234.56, null] },
      { name: 'json', data: [{ a: 1 }, null] },
    ],
  },
  nested: {
    schema: [
      root(3),
      group('tags', 1, { converted_type: 'LIST' }),
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      optional('element', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
      group('prices', 1, { converted_type: 'MAP' }),
      { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
      required('key', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
      optional('value', 'INT64'),
      group('place', 2),
      optional('city', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
      optional('zip', 'INT64'),
    ],
    columnData: [
      { name: 'tags', data: [['a', null], [], null] },
      { name: 'prices', data: [[{ key: 'eur', value: 3n }], [], null] },
      { name: 'place', data: [{ city: 'Ulm', zip: 89073n }, { city: null, zip: null }, null] },
    ],
  },
  'large integer': column(required('id', 'INT64'), [1n, 2n ** 53n + 1n]),
  'no number': column(required('d', 'DOUBLE'), [NaN, Infinity, -0]),
  'own keys': column(required('__proto__', 'INT32'), [1]),
};

const written = Object.entries(files).map(([name, options]) => [
  name,
  Buffer.from(parquetWriteBuffer(options)).toString('base64'),
]);
writeFileSync(new URL('parquet-files.json', import.meta.url), `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`);
