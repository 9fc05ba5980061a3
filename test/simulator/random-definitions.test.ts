import * as fc from 'fast-check';
import { cutEverywhere } from './cut-everywhere';
import { RANDOM_INPUT, randomBehaviour, randomDefinition } from './random-definition';

/** CI runs more by `FAST_CHECK_RUNS`. */
const numRuns = Number(process.env['FAST_CHECK_RUNS'] ?? 150);

test('a random definition comes to the same when it runs twice and when it is cut anywhere', async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      randomDefinition,
      fc.nat(1000),
      fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
      async (definition, salt, cuts) => {
        const behaviour = randomBehaviour(salt);
        const first = await cutEverywhere(definition, RANDOM_INPUT, behaviour);
        const second = await cutEverywhere(definition, RANDOM_INPUT, behaviour);
        expect(second.whole).toBe(first.whole);
        const { length } = first.snapshots;
        const indexes = length <= 8 ? [...first.snapshots.keys()] : cuts.map((cut) => cut % length);
        for (const index of indexes) expect(`cut ${index}\n${await first.resumed(index)}`).toBe(`cut ${index}\n${first.whole}`);
        const status = /"status": "(\w+)"/.exec(first.whole)?.[1] ?? '';
        ends.set(status, (ends.get(status) ?? 0) + 1);
      },
    ),
    { numRuns, seed: 7 },
  );
  // The property means something only if both ends are usual.
  expect(ends.get('SUCCEEDED')).toBeGreaterThan(numRuns / 10);
  expect(ends.get('FAILED')).toBeGreaterThan(numRuns / 10);
});
