import { MAX_RESULT_FILE_BYTES } from '../limits';
import type { ObjectWriter } from './object-store';
import type { WriteQueue } from './write-queue';

/** A file as `manifest.json` names it. */
export type WrittenFile = { readonly Key: string; readonly Size: number };

/** What it takes to go on with files of one kind. Plain JSON. */
export type ResultFilesSnapshot = {
  readonly written: readonly WrittenFile[];
  /** Text of the file that is being written. */
  readonly open: string;
};

/** How a file holds its records. */
interface Layout {
  readonly extension: string;
  readonly before: Uint8Array;
  readonly between: Uint8Array;
  readonly after: Uint8Array;
}

/** AWS writes JSON Lines into files named .jsonl, the last line ended as all are (measured: github.com/radkawar/stackd). */
export const LAYOUTS = {
  JSON: { extension: 'json', before: Buffer.from('['), between: Buffer.from(','), after: Buffer.from(']') },
  JSONL: { extension: 'jsonl', before: Buffer.from(''), between: Buffer.from('\n'), after: Buffer.from('\n') },
} as const satisfies Record<string, Layout>;

/** Bytes that are put together before they are written. What is much longer is memory that the system takes back and gives again each time. */
const CHUNK_BYTES = 64 * 1024;

/** No file is being written. */
const NOTHING = Buffer.alloc(0);

/**
 * Records of one kind, `SUCCEEDED` say, in as many files as their size asks for. Of what is written a chunk is held.
 *
 * (R1) A file is begun with its first record: none is empty.
 * (R2) A file is no longer than the limit, unless one record alone is.
 */
export class ResultFiles {
  /** Those that are complete. */
  readonly written: WrittenFile[];
  private writer: ObjectWriter | undefined;
  /** What has yet to be written stands at its beginning. */
  private chunk = NOTHING;
  private chunkLength = 0;
  /** Bytes of the file before the chunk. */
  private before = 0;

  /**
   * @param prefix of the keys: folder and kind
   * @param create begins an object
   * @param queue what is written goes through
   * @param limitBytes of a file
   */
  constructor(
    private readonly prefix: string,
    private readonly layout: Layout,
    private readonly create: (key: string) => ObjectWriter,
    private readonly queue: WriteQueue,
    private readonly limitBytes = MAX_RESULT_FILE_BYTES,
    saved?: ResultFilesSnapshot,
  ) {
    this.written = saved === undefined ? [] : [...saved.written];
    if (saved === undefined || saved.open === '') return;
    this.begin();
    this.append(Buffer.from(saved.open));
  }

  /** What it takes to go on with them. A file of which S3 has a part already ends here. */
  snapshot(): ResultFilesSnapshot {
    if (this.before > 0) this.close();
    return { written: [...this.written], open: this.chunk.toString('utf8', 0, this.chunkLength) };
  }

  /** @param record JSON text, which is copied */
  add(record: Uint8Array): void {
    const { before, between, after } = this.layout;
    const bytes = this.before + this.chunkLength + between.length + record.length + after.length;
    if (this.writer === undefined || bytes > this.limitBytes) {
      this.close();
      this.begin();
      this.append(before);
    } else this.append(between);
    this.append(record);
  }

  /** There are no more. */
  close(): void {
    const { writer, queue } = this;
    if (writer === undefined) return;
    this.append(this.layout.after);
    this.flush();
    this.written.push({ Key: this.key, Size: this.before });
    this.writer = undefined;
    this.before = 0;
    queue.do(() => writer.end());
  }

  /** Of the file that is being written. */
  private get key(): string {
    return `${this.prefix}_${this.written.length}.${this.layout.extension}`;
  }

  private begin(): void {
    const { create, key } = this;
    // What it is refused with is heard of in the queue.
    let object: ObjectWriter | undefined;
    this.queue.do(() => void (object = create(key)));
    this.writer = { write: (piece) => object?.write(piece), end: () => object?.end() };
  }

  private append(piece: Uint8Array): void {
    if (this.chunkLength + piece.length > this.chunk.length) {
      this.flush();
      this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, piece.length));
    }
    this.chunk.set(piece, this.chunkLength);
    this.chunkLength += piece.length;
  }

  /** Its writer keeps what it is given. */
  private flush(): void {
    const { writer, chunkLength } = this;
    if (chunkLength === 0) return;
    const piece = this.chunk.subarray(0, chunkLength);
    this.chunk = NOTHING;
    this.chunkLength = 0;
    this.before += chunkLength;
    this.queue.do(() => writer?.write(piece));
  }
}
