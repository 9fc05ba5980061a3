import { StringDecoder } from 'node:string_decoder';
import { type Assume, assumeInSilence } from './assume';
import { ItemFormatError } from './item-format-error';
import { MAX_ITEM_BYTES, type SourceBytes } from './item-pieces';

/** Longest stretch that is read at once, in bytes: longer chunks are cut, so that what is held does not grow with them. */
const STRETCH_BYTES = 256 * 1024;

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = 0xfeff;
/** Stands for what is no UTF-8; a file may have one of its own, too. */
const REPLACEMENT = '\ufffd';

/** The text of UTF-8 bytes. What is no UTF-8 becomes U+FFFD. */
export async function* textPieces(bytes: SourceBytes, assume: Assume = assumeInSilence): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  for await (const stretch of stretches(bytes)) yield watched(decoder.write(stretch), assume);
  yield watched(decoder.end(), assume);
}

/** The same text, in pieces that end with a line feed; only the last may have none. @throws ItemFormatError for a line over 8 MiB */
export async function* linePieces(bytes: SourceBytes, assume: Assume = assumeInSilence): AsyncGenerator<string> {
  /** The beginning of a line. */
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const stretch of stretches(bytes)) {
    const end = stretch.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      // A line feed is never a part of another character.
      const text =
        heldBytes === 0 ? stretch.toString('utf8', 0, end) : Buffer.concat([...held, stretch.subarray(0, end)]).toString();
      yield watched(text, assume);
      held = [];
      heldBytes = 0;
    }
    if (end === stretch.length) continue;
    held.push(stretch.subarray(end));
    heldBytes += stretch.length - end;
    if (heldBytes > MAX_ITEM_BYTES) throw tooLong('line');
  }
  if (heldBytes > 0) yield watched(Buffer.concat(held).toString(), assume);
}

function watched(text: string, assume: Assume): string {
  if (text.includes(REPLACEMENT)) assume('item-reader-text');
  return text;
}

/** The piece that is the first of a file begins with a byte order mark. */
export const hasMark = (text: string): boolean => text.charCodeAt(0) === BYTE_ORDER_MARK;

/** The text of a piece that is the first of a file, without a byte order mark. */
export const withoutMark = (text: string): string => (hasMark(text) ? text.slice(1) : text);

/** An item, or a line, that is longer than `MAX_ITEM_BYTES`. */
export const tooLong = (what: string): ItemFormatError =>
  new ItemFormatError(`The file has a ${what} of more than ${MAX_ITEM_BYTES} bytes.`);

async function* stretches(bytes: SourceBytes): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += STRETCH_BYTES)
      yield Buffer.from(chunk.buffer, chunk.byteOffset + at, Math.min(STRETCH_BYTES, chunk.length - at));
  }
}
