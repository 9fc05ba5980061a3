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
    const digits = this.hex() + this.hex() + this.hex() + this.hex();
    const variant = '89ab'[Number.parseInt(digits[16] as string, 16) & 3] as string;
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  private hex(): string {
    return this.word().toString(16).padStart(8, '0');
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
    this.a = hash(seed, 0);
    this.b = hash(seed, 0x9e3779b9);
    this.c = hash(seed, 0x85ebca6b);
    this.d = 1;
    for (let round = 0; round < 12; round++) this.word();
  }
}

function hash(text: string, salt: number): number {
  let sum = 0x811c9dc5 ^ salt;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
}
