import { gzipSync } from 'node:zlib';
import { decompress } from '../../lib/item-formats/decompress';
import { ItemFormatError } from '../../lib/item-formats/item-format-error';
import type { SourceBytes } from '../../lib/item-formats/item-pieces';
import { cut } from './sources';

const text = `${'hello '.repeat(20)}ü\n`;
const gzip = gzipSync(text);
/** printf 'hello %.0s' $(seq 20) | zstd -c | base64 */
const zstd = Buffer.from('KLUv/QRYbQAAMGhlbGxvIAEAL2kpAno+fCg=', 'base64');

async function read(bytes: SourceBytes): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe.each(['real', 'fake'])('under %s timers', (timers) => {
  beforeEach(() => (timers === 'fake' ? jest.useFakeTimers() : jest.useRealTimers()));
  afterEach(() => jest.useRealTimers());
  test.each([1, 7, Infinity])('gzip, in chunks of %d', async (step) =>
    expect(await read(decompress('a/b.csv.gz', cut(gzip, step)))).toBe(text),
  );
  test.each([1, 7, Infinity])('zstd, in chunks of %d', async (step) =>
    expect(await read(decompress('a/b.csv.zstd', cut(zstd, step)))).toBe('hello '.repeat(20)),
  );
});

test('.zst is zstd, too', async () => expect(await read(decompress('b.zst', cut(zstd)))).toBe('hello '.repeat(20)));
test('several members', async () =>
  expect(await read(decompress('b.gz', cut(Buffer.concat([gzip, gzip]), 5)))).toBe(text + text));
test('several frames', async () =>
  expect(await read(decompress('b.zstd', cut(Buffer.concat([zstd, zstd]), 5)))).toBe('hello '.repeat(40)));
test('any other key: as it is', async () => expect(await read(decompress('gz', cut(gzip)))).toBe(gzip.toString()));

test.each([
  ['b.gz', gzip.subarray(0, -1), /^The object b.gz could not be decompressed \(gzip\): unexpected end of file\.$/],
  ['b.gz', Buffer.from('a,b\n1,2\n'), /\(gzip\): incorrect header check\.$/],
  ['b.zstd', zstd.subarray(0, -1), /^The object b.zstd could not be decompressed \(zstd\): unexpected EOF\.$/],
  ['b.zstd', Buffer.from('a,b\n1,2\na,b\n1,2\n'), /\(zstd\): invalid zstd data\.$/],
])('%s that is broken', async (key, bytes, message) => {
  const broken = read(decompress(key, cut(bytes)));
  await expect(broken).rejects.toThrow(ItemFormatError);
  await expect(broken).rejects.toThrow(message);
});

test.each(['b.gz', 'b.zstd'])('%s: what goes wrong with the source is not the fault of its format', async (key) => {
  const gone = new Error('NoSuchKey');
  async function* source(): SourceBytes {
    yield Buffer.alloc(0);
    throw gone;
  }
  await expect(read(decompress(key, source()))).rejects.toBe(gone);
});

test('whoever has enough lets the source go', async () => {
  let isClosed = false;
  async function* endless(): SourceBytes {
    try {
      for (;;) yield gzip;
    } finally {
      isClosed = true;
    }
  }
  for await (const chunk of decompress('b.gz', endless())) if (chunk.length > 0) break;
  await new Promise((done) => setImmediate(done));
  expect(isClosed).toBe(true);
});
