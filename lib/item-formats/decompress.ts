import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { loadFzstd } from '../vendor/fzstd';
import { type Assume, assumeInSilence } from './assume';
import { ItemFormatError } from './item-format-error';
import type { SourceBytes } from './item-pieces';

/** Ends of keys that mean a compression, or might. */
const COMPRESSED = /\.(?:gz|zstd?)$/i;
const DOCUMENTED = /\.(?:gz|zstd)$/;

/** What an object holds when it is decompressed: which compression it has is told by the end of its key. @throws ItemFormatError */
export const decompress = (key: string, bytes: SourceBytes, assume: Assume = assumeInSilence): SourceBytes => {
  if (COMPRESSED.test(key) && !DOCUMENTED.test(key)) assume('item-reader-compression');
  if (key.endsWith('.gz')) return gunzip(key, bytes);
  return key.endsWith('.zstd') || key.endsWith('.zst') ? unzstd(key, bytes) : bytes;
};

async function* gunzip(key: string, bytes: SourceBytes): AsyncGenerator<Uint8Array> {
  const unzipped = createGunzip();
  const feeding = pipeline(Readable.from(bytes, { objectMode: false }), unzipped);
  // Whoever reads what is unzipped meets the same error.
  feeding.catch(() => undefined);
  try {
    for await (const chunk of unzipped) yield chunk as Buffer;
  } catch (error) {
    // What zlib finds; anything else has happened to the source.
    throw isZlibError(error) ? undecompressed(key, 'gzip', error) : error;
  }
}

/** Not by its class: under Jest that is another realm's. */
const isZlibError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');

/** A block of some bytes may be decompressed to 128 KiB. */
const ZSTD_STRETCH_BYTES = 16 * 1024;

async function* unzstd(key: string, bytes: SourceBytes): AsyncGenerator<Uint8Array> {
  let made: Uint8Array[] = [];
  const { Decompress } = loadFzstd();
  const decompressor = new Decompress((data) => void made.push(data));
  const push = (data: Uint8Array, isLast: boolean): readonly Uint8Array[] => {
    made = [];
    try {
      decompressor.push(data, isLast);
    } catch (error) {
      throw undecompressed(key, 'zstd', error as Error);
    }
    return made;
  };
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += ZSTD_STRETCH_BYTES) yield* push(chunk.subarray(at, at + ZSTD_STRETCH_BYTES), false);
  }
  yield* push(new Uint8Array(0), true);
}

const undecompressed = (key: string, how: string, { message }: Error): ItemFormatError =>
  new ItemFormatError(`The object ${key} could not be decompressed (${how}): ${message}.`);
