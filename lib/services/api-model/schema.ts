/** The part of `NormalizedSchema` of `@smithy/core/schema` that is read here. */
export interface Schema {
  /** The shape's name without its namespace. */
  getName(): string | undefined;
  getSchema(): unknown;
  isStructSchema(): boolean;
  isListSchema(): boolean;
  isMapSchema(): boolean;
  isDocumentSchema(): boolean;
  isStringSchema(): boolean;
  isTimestampSchema(): boolean;
  isBlobSchema(): boolean;
  isBooleanSchema(): boolean;
  isNumericSchema(): boolean;
  isBigIntegerSchema(): boolean;
  isBigDecimalSchema(): boolean;
  /** Of a list its element, of a map its value. */
  getValueSchema(): Schema;
  getMemberSchemas(): Readonly<Record<string, Schema>>;
  getMergedTraits(): Readonly<Record<string, unknown>>;
}

/** What a value in JSON must be to fit a schema; undefined: anything. */
export type JsonType = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** The JSON type of a schema's values. Timestamps and blobs are strings in what Step Functions hands on (recorded). */
export function jsonTypeOf(schema: Schema): JsonType | undefined {
  if (schema.isDocumentSchema()) return undefined;
  if (schema.isStructSchema() || schema.isMapSchema()) return 'object';
  if (schema.isListSchema()) return 'array';
  if (schema.isStringSchema() || schema.isTimestampSchema() || schema.isBlobSchema()) return 'string';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema() ? 'number' : undefined;
}

/** A structure's static schema: `[3, namespace, name, traits, members, types, count]`, the first `count` members being required. */
const REQUIRED_COUNT = 6;

/** The members that a structure must have. */
export function requiredMembers(schema: Schema): readonly string[] {
  const raw = schema.getSchema();
  const count: unknown = Array.isArray(raw) ? raw[REQUIRED_COUNT] : undefined;
  return typeof count === 'number' ? Object.keys(schema.getMemberSchemas()).slice(0, count) : [];
}

/** True for a member that SDKs fill in where it is not given: an idempotency token. */
export const isFilledIn = (schema: Schema, member: string): boolean =>
  schema.getMemberSchemas()[member]?.getMergedTraits()['idempotencyToken'] !== undefined;
