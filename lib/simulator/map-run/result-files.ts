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
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** AWS writes JSON Lines into files named .jsonl, the last line ended as all are (measured: github.com/radkawar/stackd). */
export const LAYOUTS = {
  JSON: { extension: 'json', before: '[', between: ',', after: ']' },
  JSONL: { extension: 'jsonl', before: '', between: '\n', after: '\n' },
} as const satisfies Record<string, Layout>;

/** Characters that are put together before they are written. What is much longer is memory that the system takes back and gives again each time. */
const CHUNK_LENGTH = 64 * 1024;

/** Bytes of a UTF-16 unit at most. */
const MAX_UNIT_BYTES = 3;

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
  /** What has yet to be written. */
  private chunk = '';
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
    this.append(saved.open, Infinity);
  }

  /** What it takes to go on with them. A file of which S3 has a part already ends here. */
  snapshot(): ResultFilesSnapshot {
    if (this.before > 0) this.close();
    return { written: [...this.written], open: this.chunk };
  }

  /** @param record JSON text */
  add(record: string): void {
    const { layout, writer, limitBytes } = this;
    if (writer !== undefined && this.append(layout.between + record, limitBytes)) return;
    this.close();
    this.begin();
    this.append(layout.before + record, Infinity);
  }

  /** There are no more. */
  close(): void {
    const { writer, queue } = this;
    if (writer === undefined) return;
    this.append(this.layout.after, Infinity);
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

  /** False: the file would become longer than that, and nothing was appended. */
  private append(text: string, limitBytes: number): boolean {
    const mostBytes = (this.chunk.length + text.length + this.layout.after.length) * MAX_UNIT_BYTES;
    if (this.before + mostBytes > limitBytes && this.bytesWith(text) > limitBytes) return false;
    this.chunk += text;
    if (this.chunk.length >= CHUNK_LENGTH) this.flush();
    return true;
  }

  /** How long the file would be with that, and ended there. */
  private bytesWith(text: string): number {
    this.flush();
    return this.before + Buffer.byteLength(text) + this.layout.after.length;
  }

  private flush(): void {
    if (this.chunk === '') return;
    const piece = Buffer.from(this.chunk);
    const { writer } = this;
    this.chunk = '';
    this.before += piece.length;
    this.queue.do(() => writer?.write(piece));
  }
}
