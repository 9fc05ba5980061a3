import { Duplex } from 'node:stream';

/** One end of a connection in memory. */
class End extends Duplex {
  other: End | undefined;
  private wanted: (() => void) | undefined;

  override _read(): void {
    const { wanted } = this;
    this.wanted = undefined;
    wanted?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: () => void): void {
    const { other } = this;
    if (other === undefined || chunk.length === 0) return written();
    other.wanted = written;
    other.push(chunk);
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    this.other = undefined;
    if (other?.destroyed === false) process.nextTick(() => other.destroy(error ?? undefined));
    done(error);
  }
}

/** Settings of a socket. Here they mean nothing. */
const SETTINGS = ['setTimeout', 'setKeepAlive', 'setNoDelay', 'ref', 'unref'];
for (const name of SETTINGS)
  Object.defineProperty(End.prototype, name, {
    value(this: End): End {
      return this;
    },
  });

/** A connection in memory: what is written to one end is read at the other. */
export function streamPair(): readonly [Duplex, Duplex] {
  const one = new End();
  const other = new End();
  one.other = other;
  other.other = one;
  return [one, other];
}
