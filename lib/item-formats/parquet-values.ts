import type { Json } from '../json/json';
import { setField } from '../json/with-field';
import type { ParquetOptions, ParquetSchemaNode } from '../vendor/hyparquet';
import { ItemFormatError } from './item-format-error';

/** What becomes of values that JSON has no type for. */
export const PARSERS: ParquetOptions['parsers'] = {
  // Milliseconds since 1970.
  timestampFromMilliseconds: (millis: bigint) => millis,
  timestampFromMicroseconds: (micros: bigint) => floor(micros, 1_000n),
  timestampFromNanoseconds: (nanos: bigint) => floor(nanos, 1_000_000n),
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, -'T00:00:00.000Z'.length),
  // The text, as it is.
  jsonFromBytes: (bytes: Uint8Array | undefined) => (bytes === undefined ? null : Buffer.from(bytes).toString()),
  geometryFromBytes: (bytes: Uint8Array) => bytes,
  geographyFromBytes: (bytes: Uint8Array) => bytes,
};

/** Types that JSON has, too; of a BYTE_ARRAY, text. */
const PLAIN_TYPES = new Set(['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE']);
const PLAIN_MEANINGS = /^(?:UTF8|STRING|ENUM|U?INT_\d+|INTEGER|LIST)$/;

/** Whether JSON has a type for a column, and for all that is in it. */
export function isPlainColumn({ element, children }: ParquetSchemaNode): boolean {
  const meaning = element.converted_type ?? element.logical_type?.type;
  const isPlain =
    meaning === undefined ? children.length > 0 || PLAIN_TYPES.has(element.type ?? '') : PLAIN_MEANINGS.test(meaning);
  return isPlain && children.every(isPlainColumn);
}

const floor = (value: bigint, unit: bigint): bigint => (value - (((value % unit) + unit) % unit)) / unit;

/** What hyparquet has read, as a JSON value. @param where names it in the error @throws ItemFormatError */
export function toParquetJson(value: unknown, node: ParquetSchemaNode | undefined, where: () => string): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return fromNumber(value, node);
    case 'bigint':
      return fromInteger(value, where);
    case 'object':
      if (value === null) return null;
      if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
      return Array.isArray(value) ? fromArray(value, node, where) : fromObject(value, node, where);
    default:
      return null;
  }
}

function fromNumber(value: number, node: ParquetSchemaNode | undefined): Json {
  // As Jackson writes them; JSON has no number for them.
  if (!Number.isFinite(value)) return String(value);
  const { converted_type, scale = 0 } = node?.element ?? {};
  // hyparquet multiplies by a power of ten, which is not exact.
  return converted_type === 'DECIMAL' ? Number(value.toFixed(Math.min(Math.max(scale, 0), 100))) : value === 0 ? 0 : value;
}

function fromInteger(value: bigint, where: () => string): number {
  const number = Number(value);
  if (BigInt(number) !== value) throw new ItemFormatError(`The integer ${value} in ${where()} is too large for a JSON number.`);
  return number;
}

const fromArray = (values: readonly unknown[], node: ParquetSchemaNode | undefined, where: () => string): Json => {
  const item = node === undefined ? undefined : itemOf(node);
  return Object.freeze(values.map((value) => toParquetJson(value, item, where)));
};

/** Of a list, the node of its items; of a repeated field, the field. */
function itemOf(node: ParquetSchemaNode): ParquetSchemaNode | undefined {
  if (node.element.converted_type !== 'LIST') return node;
  const [repeated] = node.children;
  return repeated?.children.length === 1 ? repeated.children[0] : repeated;
}

function fromObject(value: object, node: ParquetSchemaNode | undefined, where: () => string): Json {
  const fields: Record<string, Json> = {};
  const children = node?.element.converted_type === 'MAP' ? undefined : node?.children;
  const valueOfMap = node?.children[0]?.children[1];
  for (const [key, field] of Object.entries(value)) {
    const child = children === undefined ? valueOfMap : children.find(({ element }) => element.name === key);
    setField(fields, key, toParquetJson(field, child, where));
  }
  return Object.freeze(fields);
}
