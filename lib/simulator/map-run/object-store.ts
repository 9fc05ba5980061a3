import type { JsonObject } from '../../json/json';

/** What Map Runs ask of S3. Where S3 would refuse, a call throws or rejects with an `ObjectStoreError`. */
export interface ObjectStore {
  /** ListObjectsV2, with continuation: the entries that Step Functions makes items of. */
  list(request: JsonObject): AsyncIterable<readonly JsonObject[]>;
  /** GetObject. */
  open(request: JsonObject): Promise<OpenedObject>;
  /** PutObject, piece by piece: the object is there once it has ended. */
  create(bucket: string, key: string): ObjectWriter;
}

/** An object that is read. */
export interface OpenedObject {
  bytes(): AsyncIterable<Uint8Array>;
}

/** An object that is written. */
export interface ObjectWriter {
  /** A promise: the next piece waits for it. */
  write(piece: string): void | Promise<void>;
  end(): void | Promise<void>;
}

/** What S3 answers when it refuses, in words. */
export class ObjectStoreError extends Error {}
