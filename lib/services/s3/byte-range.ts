import { ApiFailure } from '../api';

/** Both ends are among the bytes. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range of a `Range` header; undefined for none, or for what S3 passes over: other units, several ranges, nonsense.
 * https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
export function byteRange(header: string | undefined, length: number): ByteRange | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(length - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  if (first >= length || (from === '' && Number(to) === 0)) {
    throw new ApiFailure('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return { first, last };
}
