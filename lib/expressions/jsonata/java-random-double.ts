/**
 * The first `nextDouble()` of a java.util.Random with the seed, as AWS's `$random(seed)` draws it: 42 gives 0.7275636800328681.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Random.html
 * @param seed its fraction is dropped; beyond 64 bits it is the nearest that fits, and NaN is 0, as in Java
 */
export const javaRandomDouble = (seed: number): number => {
  let state = (toLong(seed) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): bigint => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
};

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;
const LARGEST = (1n << 63n) - 1n;

const toLong = (value: number): bigint => {
  if (Number.isNaN(value)) return 0n;
  const whole = Number.isFinite(value) ? BigInt(Math.trunc(value)) : value > 0 ? LARGEST : -LARGEST - 1n;
  return whole > LARGEST ? LARGEST : whole < -LARGEST - 1n ? -LARGEST - 1n : whole;
};
