import { headerOf, type HttpRequest } from './http';

/** True for a body that is sent in chunks of AWS's own, with checksums behind them. */
export const isChunked = (request: HttpRequest): boolean =>
  headerOf(request, 'x-amz-content-sha256')?.startsWith('STREAMING-') === true ||
  headerOf(request, 'content-encoding')?.includes('aws-chunked') === true;

/**
 * What the chunks hold: each is `<length in hexadecimal>[;chunk-signature=…]\r\n<bytes>\r\n`, the last is empty.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function decodeChunks(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body);
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (end === -1 || !(length > 0)) return Buffer.concat(chunks);
    const begin = end + 2;
    chunks.push(bytes.subarray(begin, begin + length));
    at = begin + length + 2;
  }
}
