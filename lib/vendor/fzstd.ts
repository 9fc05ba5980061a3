import { loadBundle } from './load-bundle';

/** Zstandard decompression in JavaScript. https://github.com/101arrowz/fzstd (MIT). Node.js has none of its own before 22.15. */
export interface Fzstd {
  /** Decompresses what comes piece by piece. `take` gets what has been decompressed, before `push` returns. */
  readonly Decompress: new (take: (data: Uint8Array) => void) => {
    /** @param isLast no more will come. Throws an Error for what is not Zstandard, or ends too early */
    push(data: Uint8Array, isLast: boolean): void;
  };
  /** Decompresses at once. Throws an Error. */
  decompress(data: Uint8Array): Uint8Array;
}

/** Loads fzstd. */
export const loadFzstd = (): Fzstd => loadBundle<Fzstd>('fzstd');
