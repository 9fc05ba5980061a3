/**
 * The first whole number in [0, bound) of a java.util.Random with the seed, as AWS draws it: seed 42 and bound 99 give 62.
 * The generator is the 48-bit linear congruential one that Java's documentation prescribes.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Random.html
 * @param seed an integer
 * @param bound 1 to 2^31-1
 */
export const javaRandomInt = (seed: number, bound: number): number => {
  const range = BigInt(bound);
  let state = (BigInt(seed) ^ MULTIPLIER) & MASK;
  for (;;) {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    const bits = state >> 17n;
    if ((range & (range - 1n)) === 0n) return Number((range * bits) >> 31n);
    const result = bits % range;
    // Numbers of the last, incomplete run of `bound` would come up too often.
    if (bits - result + (range - 1n) < 1n << 31n) return Number(result);
  }
};

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;
