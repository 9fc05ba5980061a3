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
  /** The piece is the writer's to keep. A promise: the next piece waits for it. */
  write(piece: Uint8Array): void | Promise<void>;
  /** There is nothing more to write: the object is there from now on, whole. */
  end(): void | Promise<void>;
}

/** What S3 answers when it refuses, in words. */
export class ObjectStoreError extends Error {}
