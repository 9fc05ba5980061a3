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
const HEX = Buffer.from('0123456789abcdef');
/** Places of the digits. */
const DIGITS: readonly number[] = [...UUID.keys()].filter((place) => UUID[place] !== 0x2d);
const VERSION_AT = 14;
const VARIANT_AT = 19;

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
    for (let at = 0; at < DIGITS.length; at += 8) this.writeDigits(at);
    UUID[VERSION_AT] = 0x34; // 4
    const variant = UUID[VARIANT_AT] as number;
    // 8, 9, a or b, for the last two bits of the digit: letters begin at 0x61, with the bits of 10.
    UUID[VARIANT_AT] = HEX[8 | ((variant < 0x60 ? variant : variant + 9) & 3)] as number;
    return UUID.latin1Slice(0, UUID.length);
  }

  /** Writes the next word, in 8 digits of the UUID. */
  private writeDigits(from: number): void {
    const word = this.word();
    for (let digit = 0; digit < 8; digit++)
      UUID[DIGITS[from + digit] as number] = HEX[(word >>> (28 - 4 * digit)) & 15] as number;
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
      a = Math.imul(a ^ unit, FNV_PRIME);
      b = Math.imul(b ^ unit, FNV_PRIME);
      c = Math.imul(c ^ unit, FNV_PRIME);
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
