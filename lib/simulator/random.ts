import type { RandomSource } from '../expressions/scope';

/** A source of randomness whose state is data, so that a snapshot can take it along. */
export interface SeededRandom extends RandomSource {
  /** Four 32-bit integers. */
  readonly state: readonly [number, number, number, number];
}

/** A source that depends on the seed text alone: sfc32, seeded by a hash of the text (FNV-1a, four times). */
export function randomFromSeed(seed: string): SeededRandom {
  const word = (salt: number): number => {
    let hash = 0x811c9dc5 ^ salt;
    for (let index = 0; index < seed.length; index++) hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
    return hash >>> 0;
  };
  const random = randomFromState([word(0), word(0x9e3779b9), word(0x85ebca6b), 1]);
  for (let round = 0; round < 12; round++) random.next();
  return random;
}

/** Goes on from a state that `SeededRandom.state` gave. */
export function randomFromState(state: readonly [number, number, number, number]): SeededRandom {
  let [a, b, c, d] = state;
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  const hex = (): string => word().toString(16).padStart(8, '0');
  return {
    get state(): [number, number, number, number] {
      return [a, b, c, d];
    },
    next: () => word() / 0x1_0000_0000,
    uuid: () => {
      const digits = hex() + hex() + hex() + hex();
      const variant = '89ab'[Number.parseInt(digits[16] as string, 16) & 3] as string;
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}
