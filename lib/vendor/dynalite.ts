import { loadBundle } from './load-bundle';

/**
 * dynalite without its HTTP server: DynamoDB's validation, expressions and tables, in memory.
 * https://github.com/architect/dynalite (Apache-2.0). Bundled, because as it is it hangs under fake timers and loads a native addon;
 * the bundle also has no clock and no randomness (`bin/vendor/deterministic-globals.mjs`).
 */
export interface Dynalite {
  /** A database without tables. */
  create(options: { readonly createTableMs: number }): DynaliteStore;
  /** Checks JSON types as DynamoDB's deserializer does. Mutates `data`, drops fields it does not know, throws `DynaliteError`. */
  checkTypes(data: unknown, types: DynaliteTypes): Record<string, unknown>;
  /** Checks what `checkTypes` returned against ranges, patterns and expressions. Throws `DynaliteError`. */
  checkValidations(data: Record<string, unknown>, types: DynaliteTypes, custom: unknown, store: DynaliteStore): void;
  /** By API action, such as `GetItem`. */
  readonly operations: Readonly<Record<DynaliteAction, DynaliteOperation>>;
}

/** The API actions that the bundle holds. */
export type DynaliteAction =
  'BatchGetItem' | 'BatchWriteItem' | 'CreateTable' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'Scan' | 'UpdateItem';

/** A database. Opaque. */
export interface DynaliteStore {
  readonly tableDb: unknown;
}

/** The request's members by name. */
export type DynaliteTypes = Readonly<Record<string, unknown>>;

/** How a request is checked, and what performs it. */
export interface DynaliteOperation {
  readonly types: { readonly types: DynaliteTypes; readonly custom?: unknown };
  run(store: DynaliteStore, data: Record<string, unknown>, done: (error: Error | null, response?: unknown) => void): void;
}

/** An error of the API: what DynamoDB answers in the body of a response with a 4xx status. */
export interface DynaliteError extends Error {
  readonly statusCode: number;
  /** `__type` is `namespace#Name`; deserialization errors have `Message`, all others `message`. */
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

/** True for what dynalite throws or reports as an API error. */
export const isDynaliteError = (error: unknown): error is DynaliteError =>
  error instanceof Error && 'statusCode' in error && 'body' in error;

/** Loads dynalite. Takes about 25 ms the first time. */
export const loadDynalite = (): Dynalite => loadBundle<Dynalite>('dynalite');
