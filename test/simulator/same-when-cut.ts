import * as fc from 'fast-check';
import { cutEverywhere } from './cut-everywhere';
import { RANDOM_INPUT, randomBehaviour, randomDefinition } from './random-definition';

/**
 * Checks that random definitions come to the same when they run twice and when they are cut anywhere.
 * @param seed of the definitions; undefined: another one each time, named if the check fails
 */
export async function checkSameWhenCut(numRuns: number, seed: number | undefined): Promise<void> {
  const ends = new Map<string, number>();
  const someCuts = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(randomDefinition, fc.nat(1000), someCuts, async (definition, salt, cuts) => {
      const behaviour = randomBehaviour(salt);
      const first = await cutEverywhere(definition, RANDOM_INPUT, behaviour);
      const second = await cutEverywhere(definition, RANDOM_INPUT, behaviour);
      expect(second.whole).toBe(first.whole);
      const { length } = first.snapshots;
      const indexes = length <= 8 ? [...first.snapshots.keys()] : cuts.map((cut) => cut % length);
      for (const index of indexes) expect(`cut ${index}\n${await first.resumed(index)}`).toBe(`cut ${index}\n${first.whole}`);
      const status = /"status": "(\w+)"/.exec(first.whole)?.[1] ?? '';
      ends.set(status, (ends.get(status) ?? 0) + 1);
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  );
  // The property means something only if both ends are usual.
  expect(ends.get('SUCCEEDED')).toBeGreaterThan(numRuns / 10);
  expect(ends.get('FAILED')).toBeGreaterThan(numRuns / 10);
}
