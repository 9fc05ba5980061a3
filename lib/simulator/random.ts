import type { RandomSource } from '../expressions/scope';

/** A source of randomness whose state is data, so that a snapshot can take it along. */
export interface SeededRandom extends RandomSource {
  /** Four 32-bit integers. */
  readonly state: readonly [number, number, number, number];
}

/** A source that depends on the seed text alone: sfc32, seeded by a hash of the text (FNV-1a, four times). */
export const randomFromSeed = (seed: string): SeededRandom => new Sfc32(seed, 0, 0, 0, 0);

/** Goes on from a state that `SeededRandom.state` gave. */
export const randomFromState = ([a, b, c, d]: readonly [number, number, number, number]): SeededRandom =>
  new Sfc32(undefined, a, b, c, d);

/** Where UUIDs are written: a text that is made in one piece is made, and read, faster than one that is put together. */
const UUID = Buffer.from('00000000-0000-0000-0000-000000000000') as Buffer & { latin1Slice(start: number, end: number): string };
/** Both digits of a byte. */
const HEX = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join(''));
/** Places of the bytes. */
const PLACES: readonly number[] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

class Sfc32 implements SeededRandom {
  /** @param seed what the state will be made of when it is first asked for: most executions need no randomness */
  constructor(
    private seed: string | undefined,
    private a: number,
    private b: number,
    private c: number,
    private d: number,
  ) {}

  get state(): [number, number, number, number] {
    this.sprout();
    return [this.a, this.b, this.c, this.d];
  }

  next(): number {
    return this.word() / 0x1_0000_0000;
  }

  uuid(): string {
    this.writeBytes(0, this.word());
    // Version 4.
    this.writeBytes(4, (this.word() & 0xffff0fff) | 0x4000);
    // 8, 9, a or b, for the last two bits of the digit.
    this.writeBytes(8, (this.word() & 0x3fffffff) | 0x80000000);
    this.writeBytes(12, this.word());
    return UUID.latin1Slice(0, UUID.length);
  }

  /** Writes a word. @param from the place of its first byte among the bytes of the UUID */
  private writeBytes(from: number, word: number): void {
    for (let byte = 0; byte < 4; byte++) {
      const digits = ((word >>> (24 - 8 * byte)) & 255) << 1;
      const place = PLACES[from + byte] as number;
      UUID[place] = HEX[digits] as number;
      UUID[place + 1] = HEX[digits + 1] as number;
    }
  }

  private word(): number {
    this.sprout();
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  private sprout(): void {
    const { seed } = this;
    if (seed === undefined) return;
    this.seed = undefined;
    let a = FNV_OFFSET;
    let b = FNV_OFFSET ^ 0x9e3779b9;
    let c = FNV_OFFSET ^ 0x85ebca6b;
    for (let index = 0; index < seed.length; index++) {
      const unit = seed.charCodeAt(index);
      a = imul(a ^ unit, FNV_PRIME);
      b = imul(b ^ unit, FNV_PRIME);
      c = imul(c ^ unit, FNV_PRIME);
    }
    this.a = a >>> 0;
    this.b = b >>> 0;
    this.c = c >>> 0;
    this.d = 1;
    for (let round = 0; round < 12; round++) this.word();
  }
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
// Looked at once: under Jest every look at a global costs a call.
const { imul } = Math;
